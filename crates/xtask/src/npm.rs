//! Installs npm packages from a folder's lock file, unless they are there already.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::command;

/// The command to start npm with.
pub const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Installs what `dir/package-lock.json` names.
pub fn install(dir: &Path) -> Result<()> {
    if is_fresh(dir)? {
        return Ok(());
    }
    ensure!(
        Command::new(NPM).arg("--version").output().is_ok(),
        "npm cannot be started; install Node.js 20 or newer"
    );
    println!("installing npm packages for {}", dir.display());
    command::run(dir, NPM, &["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])?;
    std::fs::copy(dir.join("package-lock.json"), installed_lock(dir))?;
    Ok(())
}

/// Whether the packages were installed from the lock file as it is now.
fn is_fresh(dir: &Path) -> Result<bool> {
    let lock = std::fs::read(dir.join("package-lock.json"))
        .with_context(|| format!("{} has no package-lock.json", dir.display()))?;
    Ok(std::fs::read(installed_lock(dir)).is_ok_and(|installed| installed == lock))
}

/// A copy of the lock file that was installed last.
fn installed_lock(dir: &Path) -> PathBuf {
    dir.join("node_modules/.portico-lock.json")
}
