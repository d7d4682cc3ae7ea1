//! `cargo xtask bench`: measures every stage beside its yardstick of the same run, and prints the figures.
//!
//! `portico-bench` takes turns with ONNX Runtime, faiss, libjpeg-turbo and plain reading of memory; the benchmarks of
//! single crates (criterion) add what has its yardstick beside it, and what has none.

mod criterion;
mod python;

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Map, Value};

use crate::setup::{self, Job};
use crate::{command, models};

/// Options of the benchmarks.
#[derive(clap::Args)]
pub struct Options {
    /// Prints the figures as one JSON object at the end.
    #[arg(long)]
    json: bool,
    /// Turns that each contestant takes.
    #[arg(long, default_value_t = 30)]
    turns: usize,
}

/// Measures and prints.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    setup::prepare(root, Job::Bench)?;
    models::run(root)?;
    let mut figures = criterion::figures(root)?;
    figures.extend(against_yardsticks(root, options.turns)?);
    let text =
        if options.json { serde_json::to_string(&figures)? } else { serde_json::to_string_pretty(&figures)? };
    println!("{text}");
    Ok(())
}

/// Builds `portico-bench` and runs it; its figures are the last line that it prints.
fn against_yardsticks(root: &Path, turns: usize) -> Result<Map<String, Value>> {
    command::run(root, &command::cargo(), &["build", "--locked", "--package", "portico-bench"])?;
    let (target, models, turns) = (command::target_dir(root), models::directory(root), turns.to_string());
    let directory = target.join("bench");
    let mut arguments: Vec<&std::ffi::OsStr> = vec!["--json".as_ref(), "--turns".as_ref(), turns.as_ref()];
    arguments.extend([
        "--directory".as_ref(),
        directory.as_os_str(),
        "--models".as_ref(),
        models.as_os_str(),
    ]);
    let python = python::with_yardsticks(root);
    if let Some(python) = &python {
        arguments.extend(["--python".as_ref(), python.as_os_str()]);
    }
    let program = command::program(root, "portico-bench");
    let printed = command::output(root, &program.to_string_lossy(), &arguments)?;
    let line = printed.lines().last().context("portico-bench printed nothing")?;
    serde_json::from_str(line).with_context(|| format!("portico-bench printed no figures but {line:?}"))
}
