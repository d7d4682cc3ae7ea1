//! `cargo xtask tidy`: conventions that neither the compiler nor clippy keeps, as a test.

mod imports;
mod licences;
mod sources;
mod words;

use std::path::Path;

use anyhow::{Result, bail};

use crate::command;

/// One broken convention.
pub struct Fault {
    /// Where: a file, with a line if there is one, or a crate.
    pub place: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl Fault {
    fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into() }
    }
}

/// Checks everything and lists every fault.
pub fn run(root: &Path) -> Result<()> {
    let metadata =
        command::output(root, &command::cargo(), &["metadata", "--format-version", "1", "--locked"])?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
    let files = tracked_files(root)?;
    let mut faults = imports::check(&metadata);
    faults.extend(licences::check(root, &metadata)?);
    faults.extend(sources::check(root, &files)?);
    faults.extend(words::check(root, &files));
    if faults.is_empty() {
        println!("tidy: {} files are in order", files.len());
        return Ok(());
    }
    for fault in &faults {
        println!("{}: {}", fault.place, fault.message);
    }
    bail!("tidy: {} faults", faults.len())
}

/// Files that git tracks, and new ones that it does not ignore.
fn tracked_files(root: &Path) -> Result<Vec<String>> {
    // A checkout that belongs to somebody else, as in a container, is still a checkout.
    let arguments = ["-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"];
    let listed = command::output(root, "git", &arguments)?;
    Ok(listed.lines().filter(|file| root.join(file).is_file()).map(str::to_owned).collect())
}
