//! `cargo xtask test`: sets up what is missing, then every check and test, the cheap ones first.

use std::ffi::OsStr;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};

use crate::setup::{self, Job};
use crate::{command, models, npm, room, tidy, ui};

/// Options of the tests.
#[derive(clap::Args)]
pub struct Options {
    /// Leaves out the browser and the window.
    #[arg(long)]
    quick: bool,
}

/// Runs everything; stops at the first step that fails.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    step("room on the disk", || room::check(root))?;
    step("system packages", || setup::prepare(root, Job::Test))?;
    step("toolchain", || setup::toolchain(root))?;
    step("conventions", || tidy::run(root))?;
    step("formatting", || cargo(root, &["fmt", "--all", "--check"]))?;
    step("models", || models::run(root))?;
    step("screens: build", || ui::build(root))?;
    step("screens: types and unit tests", || screens(root))?;
    let strict = ["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"];
    step("lints", || cargo(root, &strict))?;
    // Loaded by tests, not linked: cargo does not know that they need it.
    step("recorder", || cargo(root, &["build", "--package", "portico-recorder", "--locked"]))?;
    step("tests", || cargo(root, &["test", "--workspace", "--locked"]))?;
    if options.quick {
        return Ok(());
    }
    // The whole workspace again, as for the tests: other selections of packages would build dependencies anew.
    step("programs", || cargo(root, &["build", "--workspace", "--bins", "--locked"]))?;
    step("screens in Chromium", || chromium(root))?;
    step("the real window", || window(root))
}

fn step(name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("\n=== {name}");
    let start = Instant::now();
    work().with_context(|| format!("step `{name}`"))?;
    println!("=== {name}: {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<()> {
    cargo_with(root, arguments, &[])
}

fn cargo_with(root: &Path, arguments: &[&str], extra: &[(&str, &OsStr)]) -> Result<()> {
    let mut environment = extra.to_vec();
    if !command::keeps_caches() {
        environment.push(("CARGO_INCREMENTAL", OsStr::new("0")));
    }
    command::run_with(root, &command::cargo(), arguments, &environment)
}

fn screens(root: &Path) -> Result<()> {
    let ui = root.join("ui");
    command::run(&ui, npm::NPM, &["run", "--silent", "check"])?;
    command::run(&ui, npm::NPM, &["test", "--silent"])
}

/// The screens in a real browser: over a scripted host, and over the real kiosk.
fn chromium(root: &Path) -> Result<()> {
    let tests = root.join("tests/ui");
    npm::install(&tests)?;
    let (host, server) =
        (command::program(root, "portico-devhost"), command::program(root, "portico-server"));
    let models = models::directory(root);
    let environment = [
        ("PORTICO_DEVHOST", host.as_os_str()),
        ("PORTICO_SERVER", server.as_os_str()),
        ("PORTICO_MODELS", models.as_os_str()),
    ];
    command::run_with(&tests, npm::NPM, &["test", "--silent"], &environment)
}

/// The real window, driven through the operating system's web view.
fn window(root: &Path) -> Result<()> {
    let tools = root.join("target/tools");
    let driver = tools.join("bin").join(format!("tauri-driver{}", std::env::consts::EXE_SUFFIX));
    if !driver.exists() {
        let tools = tools.to_string_lossy().into_owned();
        cargo(root, &["install", "tauri-driver@2.1.0", "--locked", "--root", &tools])?;
    }
    let arguments = ["test", "--workspace", "--test", "window", "--locked", "--", "--ignored"];
    let environment = [("PORTICO_TAURI_DRIVER", driver.as_os_str()), ("RUST_BACKTRACE", OsStr::new("1"))];
    cargo_with(root, &arguments, &environment)
}
