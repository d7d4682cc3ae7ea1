//! `cargo xtask soak`: builds the soak, the recorder that it loads and the kiosk that it kills, and runs it.

use std::path::Path;

use anyhow::Result;

use crate::setup::{self, Job};
use crate::{command, models};

/// Options of the soak.
#[derive(clap::Args)]
pub struct Options {
    /// What to do, e.g. --power-cuts 2000 --json; --help lists every mode.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Builds and runs; fails if the soak finds that something was lost.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    setup::prepare(root, Job::Soak)?;
    models::run(root)?;
    let packages = ["portico-soak", "portico-recorder", "portico-devhost"].map(|name| ["--package", name]);
    let build = [["build", "--locked"]].iter().chain(&packages).flatten().copied();
    command::run(root, &command::cargo(), &build.collect::<Vec<_>>())?;
    let (program, models) = (command::program(root, "portico-soak"), models::directory(root));
    let environment = [("PORTICO_MODELS", models.as_os_str())];
    command::run_with(root, &program.to_string_lossy(), &options.arguments, &environment)
}
