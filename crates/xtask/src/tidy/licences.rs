//! Licences and banned crates: the lists of `deny.toml`, kept without another tool.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::Fault;

/// Checks every package that is linked into something.
pub fn check(root: &Path, metadata: &Value) -> Result<Vec<Fault>> {
    let text = std::fs::read_to_string(root.join("deny.toml")).context("deny.toml is missing")?;
    let lists: toml::Table = text.parse()?;
    let allowed = names(&lists["licenses"]["allow"]);
    let banned: Vec<String> = entries(&lists["bans"]["deny"])
        .filter_map(|entry| Some(entry.get("name")?.as_str()?.to_owned()))
        .collect();
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let mut faults = Vec::new();
    for package in packages.filter(|package| !package["source"].is_null()) {
        let name = package["name"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or_default();
        let excepted = exception(&lists["licenses"], name);
        if !satisfied(licence, &[allowed.as_slice(), &excepted].concat()) {
            faults.push(Fault::new(name, format!("licence `{licence}` is not allowed by deny.toml")));
        }
        if banned.iter().any(|banned| banned == name) {
            faults.push(Fault::new(name, "is banned by deny.toml"));
        }
    }
    Ok(faults)
}

/// What `deny.toml` allows for the package `name` alone.
fn exception(licences: &toml::Value, name: &str) -> Vec<String> {
    let exceptions = licences.get("exceptions").into_iter().flat_map(entries);
    let of_this = exceptions.filter(|entry| entry.get("crate").and_then(toml::Value::as_str) == Some(name));
    of_this.filter_map(|entry| entry.get("allow")).flat_map(names).collect()
}

fn entries(value: &toml::Value) -> impl Iterator<Item = &toml::Value> {
    value.as_array().into_iter().flatten()
}

fn names(value: &toml::Value) -> Vec<String> {
    entries(value).filter_map(|entry| entry.as_str().map(str::to_owned)).collect()
}

/// Whether an SPDX expression can be fulfilled with `allowed` licences: one of those between `OR`, all of those
/// between `AND`. Old manifests write `/` for `OR`.
fn satisfied(expression: &str, allowed: &[String]) -> bool {
    let plain = expression.replace('/', " OR ").replace(['(', ')'], " ");
    let all_of =
        |part: &str| part.split(" AND ").map(str::trim).all(|licence| allowed.iter().any(|a| a == licence));
    // `A AND (B OR C)` is read as `A AND B OR C`; both readings must then hold for the part without OR.
    plain.split(" OR ").any(all_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed() -> Vec<String> {
        vec!["MIT".into(), "Apache-2.0".into(), "Unicode-3.0".into()]
    }

    #[test]
    fn one_allowed_choice_is_enough_and_every_part_is_needed() {
        assert!(satisfied("GPL-3.0 OR MIT", &allowed()));
        assert!(satisfied("MIT/Apache-2.0", &allowed()));
        assert!(satisfied("(MIT OR Apache-2.0) AND Unicode-3.0", &allowed()));
        assert!(!satisfied("MIT AND GPL-3.0", &allowed()));
        assert!(!satisfied("", &allowed()), "a package without a licence may not be used");
    }
}
