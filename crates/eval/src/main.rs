//! `portico-eval`: measures recognition on labelled pictures with the pipeline that kiosks ship.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to whoever started it")]
#![expect(clippy::disallowed_methods, reason = "the outermost edge: how long stages take is real time")]

mod calibrate;
mod detection;
mod figures;
mod identification;
mod measure;
mod picture;
mod rate;
mod reader;
mod rejection;
mod report;
mod second_picture;
mod set;
mod spoofing;
mod stage_times;
mod trial;
mod verification;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use portico_vision::Recognition;

/// Measures recognition on labelled pictures.
#[derive(Debug, Parser)]
#[command(name = "portico-eval", version)]
struct Options {
    /// Folder of labelled pictures: gallery/<identity>/, protocol.csv, and what else there is.
    #[arg(long)]
    faces: PathBuf,
    /// Folder of the imported models with their calibrations.
    #[arg(long, env = "PORTICO_MODELS", default_value = "target/models")]
    models: PathBuf,
    /// Which recogniser: `single`, `fused` (two), or `own=PATH` with the entry of a net of your own.
    #[arg(long, value_name = "WHICH", default_value = "single")]
    recognition: Recognition,
    /// Folder for the report.
    #[arg(long, default_value = "target/eval")]
    report: PathBuf,
    /// Folder of rendered clips, which are rendered when they are missing.
    #[arg(long, default_value = "target/cast")]
    clips: PathBuf,
    /// How many generated guests are attacked, each in three ways.
    #[arg(long, value_name = "GUESTS", default_value_t = 4)]
    attacked: usize,
    /// Measures the recogniser's calibration on these pictures, writes it to this file and judges by it.
    #[arg(long)]
    calibrate: Option<PathBuf>,
    /// Prints the figures as one JSON object in the last line.
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let options = Options::parse();
    match measure::run(&options) {
        Ok(figures) => {
            println!("{figures}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
