//! `cargo xtask models`: fetches the npm packages that models come with and imports them.
//!
//! Both steps are skipped where nothing has changed since the last time.

use std::path::{Path, PathBuf};

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use portico_inference::models::{self, ModelsError};

use crate::npm;

/// Fills the models directory.
pub fn run(root: &Path) -> Result<()> {
    let assets = root.join("assets/models");
    npm::install(&assets)?;
    match import(root, &assets) {
        // A file of the packages was altered or lost: fetching them again mends that, and only that.
        Err(error) if matches!(error.downcast_ref(), Some(ModelsError::Source { .. })) => {
            npm::install_again(&assets)?;
            import(root, &assets)
        }
        imported => imported,
    }
}

fn import(root: &Path, assets: &Path) -> Result<()> {
    let bar = ProgressBar::new(0).with_style(ProgressStyle::with_template("models {pos}/{len} {msg}")?);
    let target = directory(root);
    models::prepare(
        &assets.join("manifest.toml"),
        &assets.join("node_modules"),
        &target,
        &mut |name, done, total| {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
            bar.set_message(name.to_owned());
        },
    )?;
    bar.finish_and_clear();
    copy_calibrations(&assets.join("calibration"), &target.join("calibration"))?;
    println!("models are ready in {}", target.display());
    Ok(())
}

/// Puts the measured calibrations beside the models that they belong to, as an installed kiosk has them, and takes
/// away those that are gone.
fn copy_calibrations(from: &Path, to: &Path) -> Result<()> {
    if to.is_dir() {
        std::fs::remove_dir_all(to)?;
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        if let Some(name) = path.file_name().filter(|_| path.is_file()) {
            std::fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

/// Where imported models are kept: `PORTICO_MODELS`, or beside the build.
pub fn directory(root: &Path) -> PathBuf {
    std::env::var_os("PORTICO_MODELS").map_or_else(|| root.join("target/models"), PathBuf::from)
}
