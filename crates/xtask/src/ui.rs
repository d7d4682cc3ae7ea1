//! Builds the screens, unless the built ones are newer than every source.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use anyhow::Result;

use crate::{command, npm};

/// Makes sure that `ui/dist` is up to date.
pub fn build(root: &Path) -> Result<()> {
    let ui = root.join("ui");
    npm::install(&ui)?;
    let built = modified(&ui.join("dist/index.html"));
    let sources = ["src", "index.html", "package-lock.json", "vite.config.ts"];
    let newest = sources.iter().filter_map(|source| newest_below(&ui.join(source))).max();
    if built.is_some() && built >= newest {
        return Ok(());
    }
    println!("building the screens");
    command::run(&ui, npm::NPM, &["run", "--silent", "build", "--", "--logLevel", "warn"])
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// When the newest file at or below `path` was changed.
fn newest_below(path: &Path) -> Option<SystemTime> {
    if !path.is_dir() {
        return modified(path);
    }
    let entries = fs::read_dir(path).ok()?;
    entries.filter_map(|entry| newest_below(&entry.ok()?.path())).max()
}
