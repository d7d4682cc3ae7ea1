//! Which crate may use which: the import table of `docs/architecture.md`.

use serde_json::Value;

use super::Fault;

/// What each crate may depend on. Dev-dependencies are free.
const TABLE: &[(&str, &[&str])] = &[
    ("portico-types", &[]),
    ("portico-session", &["portico-types"]),
    ("portico-inference", &[]),
    ("portico-camera", &["portico-types"]),
    ("portico-store", &["portico-types"]),
    ("portico-protocol", &["portico-types"]),
    ("portico-proxy", &[]),
    ("portico-cast", &[]),
    ("portico-recorder", &[]),
    ("portico-sheets", &[]),
    ("portico-vision", &["portico-types", "portico-inference"]),
    ("portico-identify", &["portico-types", "portico-protocol"]),
    ("portico-ticketing", &["portico-types", "portico-protocol"]),
    ("portico-testkit", &["portico-types", "portico-camera"]),
    (
        "portico-sync",
        &["portico-types", "portico-store", "portico-ticketing", "portico-identify", "portico-protocol"],
    ),
    (
        "portico-app",
        &[
            "portico-types",
            "portico-session",
            "portico-camera",
            "portico-vision",
            "portico-identify",
            "portico-ticketing",
            "portico-protocol",
            "portico-store",
            "portico-sync",
        ],
    ),
    (
        "portico-server",
        &["portico-types", "portico-protocol", "portico-identify", "portico-vision", "portico-sheets"],
    ),
    ("portico-host", &["portico-types", "portico-app", "portico-server"]),
    ("portico-devhost", &["portico-app", "portico-host"]),
    ("portico-desktop", &["portico-app", "portico-host"]),
    // What `xtask` uses must compile before the system packages are there.
    ("xtask", &["portico-cast", "portico-inference", "portico-proxy"]),
];

/// Outside crates that must stay out of some of ours.
const NEVER: &[(&str, &[&str])] = &[
    ("portico-types", &["tokio", "reqwest", "rusqlite", "image", "tauri"]),
    ("portico-session", &["tokio", "reqwest", "rusqlite", "image", "tauri", "rand", "getrandom", "tracing"]),
    ("portico-camera", &["reqwest", "tokio", "rusqlite"]),
    ("portico-vision", &["reqwest", "tokio", "rusqlite", "nokhwa"]),
    ("portico-store", &["reqwest", "tokio", "getrandom", "rand"]),
    ("portico-identify", &["rusqlite", "tauri"]),
    ("portico-ticketing", &["rusqlite", "tauri"]),
    ("portico-sync", &["reqwest", "rusqlite", "tauri"]),
    ("portico-host", &["axum", "rusqlite", "tauri"]),
    ("portico-sheets", &["tokio", "reqwest", "rusqlite", "tauri"]),
    ("portico-app", &["tauri", "axum", "rusqlite", "nokhwa"]),
    ("portico-server", &["tauri", "nokhwa"]),
    ("portico-desktop", &["rusqlite", "axum", "reqwest"]),
    ("portico-devhost", &["rusqlite", "tauri", "reqwest"]),
];

/// Members that may use anything: they only test and measure.
const FREE: &[&str] = &["portico-tests", "portico-soak", "portico-bench", "portico-eval"];

/// Checks every workspace member.
pub fn check(metadata: &Value) -> Vec<Fault> {
    let members = metadata["packages"].as_array().into_iter().flatten().filter(|p| p["source"].is_null());
    members.flat_map(check_member).collect()
}

fn check_member(package: &Value) -> Vec<Fault> {
    let name = package["name"].as_str().unwrap_or_default();
    if FREE.contains(&name) {
        return Vec::new();
    }
    let Some(allowed) = lookup(TABLE, name) else {
        return vec![Fault::new(
            name,
            "is not in the import table (xtask/src/tidy/imports.rs, docs/architecture.md)",
        )];
    };
    let forbidden = lookup(NEVER, name).unwrap_or_default();
    let normal = package["dependencies"].as_array().into_iter().flatten().filter(|d| d["kind"] != "dev");
    let mut faults = Vec::new();
    for dependency in normal.filter_map(|d| d["name"].as_str()) {
        let ours = dependency.starts_with("portico-") || dependency == "xtask";
        if (ours && !allowed.contains(&dependency)) || forbidden.contains(&dependency) {
            faults.push(Fault::new(
                name,
                format!("must not use {dependency} (docs/architecture.md, import table)"),
            ));
        }
    }
    faults
}

fn lookup<'a>(table: &[(&str, &'a [&'a str])], name: &str) -> Option<&'a [&'a str]> {
    table.iter().find(|(crate_name, _)| *crate_name == name).map(|(_, list)| *list)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str, dependency: &str, kind: &Value) -> Value {
        serde_json::json!({"packages": [{
            "name": name, "source": null, "dependencies": [{"name": dependency, "kind": kind}],
        }]})
    }

    #[test]
    fn an_edge_outside_the_table_is_a_fault() {
        assert_eq!(check(&member("portico-session", "portico-store", &Value::Null)).len(), 1);
        assert_eq!(check(&member("portico-session", "tokio", &Value::Null)).len(), 1);
        assert_eq!(check(&member("portico-session", "portico-types", &Value::Null)).len(), 0);
    }

    #[test]
    fn tests_may_use_what_the_crate_may_not() {
        assert_eq!(check(&member("portico-session", "portico-store", &"dev".into())).len(), 0);
    }

    #[test]
    fn a_new_crate_must_take_its_place_in_the_table() {
        assert_eq!(check(&member("portico-utils", "portico-types", &Value::Null)).len(), 1);
    }
}
