//! `portico-bench`: measures every stage against a yardstick, turn by turn in the same run.
//!
//! Each stage takes short turns with what it is compared to, so that whatever else the machine does hits both alike;
//! the figures are medians, and a ratio is the median of the turns' ratios. The yardsticks of other people's making run
//! in Python (`yardsticks.py`); without it, the ratios to them are missing and everything else is measured.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to whoever started it")]

mod clip;
mod crowd;
mod decode;
mod frame_loop;
mod identify;
mod nets;
mod report;
mod search;
mod stages;
mod stopwatch;
mod turns;
mod yardsticks;

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Parser;

use crate::report::Report;
use crate::yardsticks::Yardsticks;

/// Measures every stage against a yardstick.
#[derive(Debug, Parser)]
#[command(name = "portico-bench")]
struct Options {
    /// Prints the figures as one JSON object on the last line.
    #[arg(long)]
    json: bool,
    /// Directory of imported models.
    #[arg(long, env = "PORTICO_MODELS", default_value = "target/models")]
    models: PathBuf,
    /// Directory for rendered clips and for what the yardsticks read.
    #[arg(long, default_value = "target/bench")]
    directory: PathBuf,
    /// Python that has the packages of `requirements.txt`; without it there are no ratios to what they bring.
    #[arg(long)]
    python: Option<PathBuf>,
    /// Turns that each contestant takes.
    #[arg(long, default_value_t = 30)]
    turns: usize,
}

fn main() -> Result<()> {
    let options = Options::parse();
    std::fs::create_dir_all(&options.directory)
        .with_context(|| format!("{} cannot be made", options.directory.display()))?;
    let yardsticks = Yardsticks::start(options.python.as_deref(), &options.directory)?;
    let report = measure(&options, &yardsticks)?;
    println!("{}", if options.json { report.line() } else { report.table() });
    Ok(())
}

fn measure(options: &Options, yardsticks: &Yardsticks) -> Result<Report> {
    let mut report = Report::default();
    let Options { models, directory, turns, .. } = options;
    eprintln!("nets …");
    nets::measure(models, directory, yardsticks, *turns, &mut report)?;
    eprintln!("clips …");
    let guest = clip::standing_guest(directory)?;
    let nobody = clip::nobody(directory)?;
    eprintln!("decoding …");
    decode::measure(&guest, directory, yardsticks, *turns, &mut report)?;
    eprintln!("stages …");
    stages::measure(models, &guest, *turns, &mut report)?;
    eprintln!("frame loop …");
    frame_loop::measure(models, &guest, &nobody, &mut report)?;
    eprintln!("identification …");
    identify::measure(models, &guest, *turns, &mut report)?;
    eprintln!("search …");
    search::measure(directory, yardsticks, *turns, &mut report)?;
    Ok(report)
}
