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
    check_node()?;
    println!("installing npm packages for {}", dir.display());
    command::run(dir, NPM, &["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])?;
    std::fs::copy(dir.join("package-lock.json"), installed_lock(dir))?;
    Ok(())
}

/// Installs the packages again, whatever is there.
pub fn install_again(dir: &Path) -> Result<()> {
    // A missing copy of the lock file means that nothing is installed.
    let _ = std::fs::remove_file(installed_lock(dir));
    install(dir)
}

/// The build tools of the screens need Node.js 20.19, or 22.12 and newer.
fn check_node() -> Result<()> {
    const WANTED: &str = "install Node.js 20.19 or newer (with npm)";
    let output = Command::new("node").arg("--version").output().context(WANTED)?;
    let version = String::from_utf8_lossy(&output.stdout).trim().trim_start_matches('v').to_owned();
    let mut parts = version.split('.').filter_map(|part| part.parse::<u32>().ok());
    let (major, minor) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    let enough = matches!((major, minor), (20, 19..) | (22, 12..)) || major > 22;
    ensure!(enough, "Node.js {version} is too old; {WANTED}");
    ensure!(Command::new(NPM).arg("--version").output().is_ok(), "npm cannot be started; {WANTED}");
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
