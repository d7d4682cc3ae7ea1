//! A virtual environment below the build directory with the yardsticks that come as Python packages.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::command;

/// The packages, beside the program that uses them.
const REQUIREMENTS: &str = "crates/bench/requirements.txt";

/// A Python that has the yardsticks, or `None`, with a line that says why, where there can be none.
pub fn with_yardsticks(root: &Path) -> Option<PathBuf> {
    match prepare(root) {
        Ok(python) => Some(python),
        Err(error) => {
            println!("no yardsticks in Python ({error:#}); their ratios will be null");
            None
        }
    }
}

fn prepare(root: &Path) -> Result<PathBuf> {
    let environment = command::target_dir(root).join("bench-venv");
    let python = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let requirements = std::fs::read_to_string(root.join(REQUIREMENTS))?;
    let installed = environment.join("installed.txt");
    // Written last, so that an environment that was left half made is made again.
    if std::fs::read_to_string(&installed).is_ok_and(|before| before == requirements) {
        return Ok(python);
    }
    let system = if cfg!(windows) { "python" } else { "python3" };
    command::run(
        root,
        system,
        &["-m".as_ref(), "venv".as_ref(), "--clear".as_ref(), environment.as_os_str()],
    )?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS];
    command::run(root, &python.to_string_lossy(), &install)?;
    std::fs::write(installed, requirements)?;
    Ok(python)
}
