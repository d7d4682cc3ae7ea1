//! What every mode is given and needs: seed, folders to work in, a progress bar.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use indicatif::{ProgressBar, ProgressStyle};
use tempfile::TempDir;

/// Linux's folder in memory.
const MEMORY: &str = "/dev/shm";

/// What whoever started the soak wants of every mode.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The same seed does the same again.
    pub seed: u64,
    /// Whether the folder of a case that fails is kept.
    pub keep: bool,
}

impl Setting {
    /// A folder for the whole run, removed with everything in it when dropped. The path has no links in it, as the
    /// recorder needs it.
    pub fn scratch(&self) -> Result<Scratch> {
        self.scratch_in(&std::env::temp_dir())
    }

    /// The same in memory, where the system has such a place: for modes that are not about the disk.
    pub fn memory_scratch(&self) -> Result<Scratch> {
        match self.scratch_in(Path::new(MEMORY)) {
            Ok(scratch) => Ok(scratch),
            Err(_) => self.scratch(),
        }
    }

    fn scratch_in(&self, parent: &Path) -> Result<Scratch> {
        let folder = tempfile::Builder::new().prefix("portico-soak-").tempdir_in(parent)?;
        let path = folder.path().canonicalize().context("the scratch folder is gone")?;
        Ok(Scratch { folder, path, keep: self.keep })
    }
}

/// A folder for the run.
#[derive(Debug)]
pub struct Scratch {
    folder: TempDir,
    path: PathBuf,
    keep: bool,
}

impl Scratch {
    /// The folder `name` within, made now.
    pub fn make(&self, name: &str) -> Result<PathBuf> {
        let path = self.path.join(name);
        std::fs::create_dir_all(&path).with_context(|| format!("{} cannot be made", path.display()))?;
        Ok(path)
    }

    /// Done with the folder `name`: removed, unless it `failed` and is to be kept. Returns where it was kept.
    pub fn done(&self, path: &Path, failed: bool) -> Result<Option<PathBuf>> {
        if !(failed && self.keep) {
            std::fs::remove_dir_all(path)?;
            return Ok(None);
        }
        // Beside the folder of the run, which is removed.
        let kept = self.folder.path().with_file_name(format!(
            "{}-{}",
            self.folder.path().file_name().unwrap_or_default().to_string_lossy(),
            path.file_name().unwrap_or_default().to_string_lossy()
        ));
        std::fs::rename(path, &kept)?;
        Ok(Some(kept))
    }
}

/// A bar on standard error, which shows only where somebody looks.
pub fn bar(name: &'static str, length: u64) -> ProgressBar {
    let bar = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template("{prefix} {wide_bar} {pos}/{len} {msg} ({eta})") {
        bar.set_style(style);
    }
    bar.with_prefix(name)
}
