//! Runs other programs and says clearly which one failed.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

/// Runs `program` in `dir` and waits; its output goes to ours.
pub fn run<S: AsRef<OsStr>>(dir: &Path, program: &str, arguments: &[S]) -> Result<()> {
    run_with(dir, program, arguments, &[])
}

/// As [`run`], with environment variables.
pub fn run_with<S: AsRef<OsStr>>(
    dir: &Path,
    program: &str,
    arguments: &[S],
    environment: &[(&str, &OsStr)],
) -> Result<()> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(dir).envs(environment.iter().copied());
    let status = command.status().with_context(|| format!("{program} cannot be started"))?;
    ensure!(status.success(), "`{}` failed ({status})", shown(&command));
    Ok(())
}

/// Runs `program` and returns what it printed; its errors go to ours.
pub fn output<S: AsRef<OsStr>>(dir: &Path, program: &str, arguments: &[S]) -> Result<String> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(dir).stderr(std::process::Stdio::inherit());
    let output = command.output().with_context(|| format!("{program} cannot be started"))?;
    ensure!(output.status.success(), "`{}` failed ({})", shown(&command), output.status);
    Ok(String::from_utf8(output.stdout)?)
}

/// Where cargo builds.
pub fn target_dir(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

/// A program of ours as cargo builds it for the demo and the tests.
pub fn program(root: &Path, name: &str) -> PathBuf {
    target_dir(root).join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Whether cargo keeps what makes the next build quicker. That is two thirds of a target; where there is no next build it only
/// fills the disk.
pub fn keeps_caches() -> bool {
    std::env::var_os("CI").is_none()
}

/// The cargo that runs this command.
pub fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".into())
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}
