//! `portico-soak`: tries to make Portico lose something, and says whether it managed to.
//!
//! Each mode does something bad to the real kiosk store and the real backend for as long as it is told, and then
//! compares what was acknowledged with what is there. A new mode is a file in `modes` with a `run` like the others.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to whoever started it")]

mod acks;
mod client;
mod clock;
mod crowd;
mod judge;
mod keeper;
mod kiosk;
mod ledger;
mod memory;
mod modes;
mod oracle;
mod outside;
mod recorder;
mod report;
mod scratch;
mod server;
mod site;

use std::process::ExitCode;

use clap::Parser;

use crate::modes::{Modes, Worker};
use crate::report::Report;
use crate::scratch::Setting;

/// Tries to make Portico lose something.
#[derive(Debug, Parser)]
#[command(
    name = "portico-soak",
    version,
    subcommand_negates_reqs = true,
    args_conflicts_with_subcommands = true
)]
struct Options {
    #[command(flatten)]
    modes: Modes,
    /// The same seed does the same again.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Keeps the folder of a case that fails, and says where it is.
    #[arg(long)]
    keep: bool,
    /// Prints the figures as one JSON object in the last line.
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    worker: Option<Worker>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    if let Some(worker) = &options.worker {
        return match worker.work() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&error),
        };
    }
    let setting = Setting { seed: options.seed, keep: options.keep };
    match options.modes.run(&setting).and_then(|report| show(&report, options.json)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => failed(&error),
    }
}

/// Prints the report and tells whether all is well.
fn show(report: &Report, json: bool) -> anyhow::Result<bool> {
    let text = if json { serde_json::to_string(report)? } else { serde_json::to_string_pretty(report)? };
    println!("{text}");
    Ok(report.is_well())
}

fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("portico-soak: {error:#}");
    ExitCode::from(2)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_options_are_consistent() {
        Options::command().debug_assert();
    }

    #[test]
    fn exactly_one_mode_is_asked_for() {
        assert!(Options::try_parse_from(["portico-soak"]).is_err());
        assert!(Options::try_parse_from(["portico-soak", "--disk-full", "--power-cuts", "3"]).is_err());
        assert!(Options::try_parse_from(["portico-soak", "--negative-control"]).is_err());
        assert!(Options::try_parse_from(["portico-soak", "--disk-full", "--json"]).is_ok());
        let control = ["portico-soak", "--power-cuts", "3", "--negative-control"];
        assert!(Options::try_parse_from(control).is_ok());
    }
}
