//! Starts a worker of this very program with the recorder in front of its files.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// File name of the recorder's library.
const LIBRARY: &str = "libportico_recorder.so";

/// What the recorder is to do.
#[derive(Clone, Copy, Debug)]
pub enum Role<'a> {
    /// Write every change down in this file.
    Log(&'a Path),
    /// Play a disk whose size in bytes this file tells.
    Disk(&'a Path),
}

/// A command that runs this program again with `arguments`, every change of a file below `folder` going through the
/// recorder.
pub fn worker(folder: &Path, role: Role<'_>, arguments: &[String]) -> Result<Command> {
    let program = std::env::current_exe().context("this program's own path is not known")?;
    let library = library(&program)?;
    let mut command = Command::new(program);
    command.args(arguments).env("LD_PRELOAD", library).env("RECORDER_DIR", folder);
    match role {
        Role::Log(log) => command.env("RECORDER_LOG", log),
        Role::Disk(capacity) => command.env("RECORDER_CAPACITY_FILE", capacity),
    };
    Ok(command)
}

/// The recorder beside this program, where cargo puts it.
fn library(program: &Path) -> Result<PathBuf> {
    let folder = program.parent().context("this program lies nowhere")?;
    let places = [folder.join(LIBRARY), folder.join("deps").join(LIBRARY)];
    match places.into_iter().find(|path| path.is_file()) {
        Some(path) => Ok(path),
        None => bail!(
            "{LIBRARY} is not beside {}; build it with `cargo build --package portico-recorder` (64-bit Linux only)",
            program.display()
        ),
    }
}
