//! Compiles the kiosk and its backend.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::command;

/// The demo's programs.
pub struct Programs {
    /// The desktop app.
    pub kiosk: PathBuf,
    /// The event backend.
    pub server: PathBuf,
    /// The recognition models.
    pub models: PathBuf,
}

/// Compiles both. Cargo shows its own progress.
pub fn build(root: &Path) -> Result<Programs> {
    println!("building the kiosk and its backend");
    let packages = ["build", "--locked", "--package", "portico-desktop", "--package", "portico-server"];
    command::run(root, &command::cargo(), &packages)?;
    let program = |name: &str| command::program(root, name);
    Ok(Programs {
        kiosk: program("portico"),
        server: program("portico-server"),
        models: crate::models::directory(root),
    })
}
