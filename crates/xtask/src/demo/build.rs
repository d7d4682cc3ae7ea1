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
    let packages = ["build", "--package", "portico-desktop", "--package", "portico-server"];
    command::run(root, &command::cargo(), &packages)?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let program = |name: &str| target.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    Ok(Programs {
        kiosk: program("portico"),
        server: program("portico-server"),
        models: crate::models::directory(root),
    })
}
