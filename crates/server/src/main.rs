//! `portico-server`: the command line over the library. The only place of this crate that reads clocks and asks the
//! operating system for randomness.

mod cli;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    cli::logging::start(arguments.log_format);
    cli::run(arguments.command).unwrap_or_else(|error| {
        tracing::error!("{error:#}");
        ExitCode::FAILURE
    })
}
