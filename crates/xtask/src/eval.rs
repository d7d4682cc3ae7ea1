//! `cargo xtask eval`: builds the measuring programme and runs it on a folder of labelled pictures.

use std::path::Path;

use anyhow::Result;

use crate::setup::{self, Job};
use crate::{command, models};

/// Options of the evaluation.
#[derive(clap::Args)]
pub struct Options {
    /// What to measure, e.g. --faces DIR --json; --help lists everything.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Builds and runs.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    setup::prepare(root, Job::Bench)?;
    models::run(root)?;
    command::run(root, &command::cargo(), &["build", "--locked", "--package", "portico-eval"])?;
    let (program, models) = (command::program(root, "portico-eval"), models::directory(root));
    let environment = [("PORTICO_MODELS", models.as_os_str())];
    command::run_with(root, &program.to_string_lossy(), &options.arguments, &environment)
}
