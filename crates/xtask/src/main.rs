//! `cargo xtask`: everything that developers and CI do, as commands that set up what they need.

#![expect(clippy::print_stdout, reason = "a command talks to whoever started it")]
#![expect(clippy::disallowed_methods, reason = "the outermost edge: times of demos and test steps are real")]

mod bench;
mod command;
mod demo;
mod eval;
mod models;
mod npm;
mod room;
mod screens;
mod setup;
mod soak;
mod test;
mod tidy;
mod ui;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Development commands of Portico.
#[derive(Parser)]
#[command(name = "cargo xtask", about)]
struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Shows guests checking in: the real kiosk, window, recogniser and backend.
    Demo(demo::Options),
    /// Sets up what is missing and runs every check and test.
    Test(test::Options),
    /// Checks the project's conventions.
    Tidy,
    /// Measures speed, each figure beside a yardstick from the same run.
    Bench(bench::Options),
    /// Measures recognition on labelled pictures, and calibrates it.
    #[command(disable_help_flag = true)]
    Eval(eval::Options),
    /// Tries to make the kiosk lose something: power cuts, full disks.
    #[command(disable_help_flag = true)]
    Soak(soak::Options),
    /// Takes a picture of every screen in every language, with a page to look through them.
    Screens(screens::Options),
    /// Fetches and imports the recognition models.
    Models,
}

fn main() -> anyhow::Result<()> {
    let root = root();
    match Options::parse().command {
        Command::Demo(options) => demo::run(&root, &options),
        Command::Test(options) => test::run(&root, &options),
        Command::Tidy => tidy::run(&root),
        Command::Bench(options) => bench::run(&root, &options),
        Command::Eval(options) => eval::run(&root, &options),
        Command::Soak(options) => soak::run(&root, &options),
        Command::Screens(options) => screens::run(&root, &options),
        Command::Models => models::run(&root),
    }
}

/// The workspace's folder.
fn root() -> PathBuf {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).map_or(manifest.clone(), PathBuf::from)
}
