//! Looks at every picture with the production pipeline, on all processors, and keeps what it found.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result};
use indicatif::{ProgressBar, ProgressStyle};
use portico_vision::{Examiner, Finding, Models, Portrait, VisionError, VisionParams};

use crate::picture;
use crate::stage_times::StageTimes;

/// What came of a picture.
#[derive(Clone, Debug)]
pub enum Look {
    /// A face was found and read.
    Face(Box<Portrait>),
    /// None was found.
    NoFace,
    /// The bytes are no picture that the pipeline takes.
    Refused(String),
}

impl Look {
    /// The face, if one was found.
    pub fn face(&self) -> Option<&Portrait> {
        match self {
            Self::Face(portrait) => Some(portrait),
            Self::NoFace | Self::Refused(_) => None,
        }
    }
}

/// Everything that was found, by picture.
#[derive(Debug)]
pub struct Looks {
    looks: BTreeMap<PathBuf, Look>,
    /// How long each stage took.
    pub times: StageTimes,
}

impl Looks {
    /// Pictures that the pipeline does not take, each with the reason.
    pub fn refused(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.looks.iter().filter_map(|(path, look)| match look {
            Look::Refused(reason) => Some((path.as_path(), reason.as_str())),
            Look::Face(_) | Look::NoFace => None,
        })
    }

    /// What came of a picture that was read.
    pub fn of(&self, picture: &Path) -> &Look {
        self.looks.get(picture).unwrap_or(&Look::NoFace)
    }
}

/// The pictures to read and how.
pub struct Reader<'a> {
    /// The folder that all pictures are in.
    pub root: &'a Path,
    /// Makes a set of models for one thread.
    pub models: &'a (dyn Fn() -> Result<Models, VisionError> + Sync),
}

impl Reader<'_> {
    /// Reads `pictures`, showing a bar called `name`.
    pub fn read(&self, name: &'static str, pictures: &[PathBuf]) -> Result<Looks> {
        let bar = bar(name, pictures.len());
        let next = AtomicUsize::new(0);
        let found = Mutex::new(Looks { looks: BTreeMap::new(), times: StageTimes::default() });
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            let workers: Vec<_> =
                (0..threads).map(|_| scope.spawn(|| self.work(pictures, &next, &found, &bar))).collect();
            workers.into_iter().try_for_each(|worker| worker.join().unwrap_or_else(|_| Err(died())))
        })?;
        bar.finish_and_clear();
        Ok(found.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    fn work(
        &self,
        pictures: &[PathBuf],
        next: &AtomicUsize,
        found: &Mutex<Looks>,
        bar: &ProgressBar,
    ) -> Result<()> {
        let models = (self.models)().context("the models cannot be loaded")?;
        let mut examiner = Examiner::new(models, VisionParams::default());
        while let Some(path) = pictures.get(next.fetch_add(1, Ordering::Relaxed)) {
            let bytes = picture::read(&self.root.join(path));
            let mut times = StageTimes::default();
            let look = match bytes {
                Ok(bytes) => {
                    let mut watch = times.watch();
                    look(examiner.examine_watched(&bytes, &mut |stage| watch.ended(stage)))?
                }
                Err(error) => Look::Refused(format!("{error:#}")),
            };
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            found.looks.insert(path.clone(), look);
            found.times.append(times);
            bar.inc(1);
        }
        Ok(())
    }
}

fn died() -> anyhow::Error {
    anyhow::anyhow!("a thread that reads pictures ended early")
}

/// A picture that is none is a finding; models that fail are not.
fn look(examined: Result<Finding, VisionError>) -> Result<Look> {
    match examined {
        Ok(Finding::Face(portrait)) => Ok(Look::Face(Box::new(portrait))),
        Ok(Finding::NoFace) => Ok(Look::NoFace),
        Err(error @ (VisionError::Models(_) | VisionError::WrongModel { .. } | VisionError::Run(_))) => {
            Err(error.into())
        }
        Err(error) => Ok(Look::Refused(error.to_string())),
    }
}

/// A bar on standard error, which shows only where somebody looks.
pub fn bar(name: &'static str, length: usize) -> ProgressBar {
    let bar = ProgressBar::new(length as u64).with_prefix(name);
    match ProgressStyle::with_template("{prefix} {wide_bar} {pos}/{len} ({eta})") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
