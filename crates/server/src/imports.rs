//! The one import that staff may have under way over HTTP, and what became of the last one.
//!
//! The file itself lies in an unnamed temporary file, which is gone with the process at the latest. The report stays in
//! memory until the next import begins, staff forget it, or the server ends.

mod status;

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use portico_protocol::{ImportKind, ImportStatus};
use portico_sheets::ArchiveLimits;
use portico_types::Reason;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use crate::backend::{Agreement, Backend, FacesReport, lock};
use crate::error::BackendError;
use crate::pictures::Pictures;
use crate::progress::{Phase, Progress, Watch};
use crate::refusal;
use crate::roster::{RosterError, RosterOptions, RosterPreview};

/// What is to be imported, with the open file where it is one that is read as it goes.
#[derive(Debug)]
pub(crate) enum Order {
    Roster { options: RosterOptions, preview: bool },
    Faces { agreement: Agreement },
}

/// The imports of a server.
#[derive(Debug)]
pub(crate) struct Imports {
    place: Arc<Semaphore>,
    latest: Mutex<Option<Arc<Job>>>,
}

/// One import.
#[derive(Debug)]
pub(crate) struct Job {
    id: String,
    kind: ImportKind,
    preview: bool,
    stop: CancellationToken,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    progress: Progress,
    end: Option<End>,
}

/// What an import came to.
#[derive(Debug)]
pub(crate) enum End {
    Roster(RosterPreview),
    Faces(FacesReport),
    Stopped,
    /// No column could be taken for the name: whoever imports can say which it is.
    Unmapped {
        why: Reason,
        titles: Vec<String>,
    },
    Failed(Reason),
}

impl Default for Imports {
    fn default() -> Self {
        Self { place: Arc::new(Semaphore::new(1)), latest: Mutex::new(None) }
    }
}

impl Imports {
    /// The place of the one import, from before its file is received until it is through; `None` while it is taken.
    pub(crate) fn place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.place).try_acquire_owned().ok()
    }

    /// Begins an import and forgets the one before. It stops with `stopping`, or on its own.
    pub(crate) fn begin(&self, id: String, order: &Order, stopping: &CancellationToken) -> Arc<Job> {
        let (kind, preview, phase) = match order {
            Order::Roster { preview, .. } => (ImportKind::Roster, *preview, Phase::Reading),
            Order::Faces { .. } => (ImportKind::Faces, false, Phase::Pictures),
        };
        let progress = Progress { phase, done: 0, total: None };
        let state = Mutex::new(State { progress, end: None });
        let job = Arc::new(Job { id, kind, preview, stop: stopping.child_token(), state });
        *lock(&self.latest) = Some(Arc::clone(&job));
        job
    }

    /// The import of this id, if no later one has taken its place.
    pub(crate) fn get(&self, id: &str) -> Option<Arc<Job>> {
        lock(&self.latest).as_ref().filter(|job| job.id == id).map(Arc::clone)
    }

    /// Stops an import that is under way, and forgets one that is through; false if there is none of this id.
    pub(crate) fn end(&self, id: &str) -> bool {
        let mut latest = lock(&self.latest);
        let Some(job) = latest.as_ref().filter(|job| job.id == id) else { return false };
        job.stop.cancel();
        if job.has_ended() {
            *latest = None;
        }
        true
    }
}

impl Job {
    /// Does the import. Blocks; `place` is given back at the end.
    pub(crate) fn run(&self, backend: &Backend, order: &Order, file: File, place: OwnedSemaphorePermit) {
        // A panic must not leave an import that is under way for ever.
        let end = match catch_unwind(AssertUnwindSafe(|| self.import(backend, order, file))) {
            Ok(Ok(end)) => end,
            Ok(Err(BackendError::Stopped)) => End::Stopped,
            Ok(Err(error)) => End::of(&error),
            Err(_) => End::Failed(refusal::crashed()),
        };
        tracing::info!(import = %self.id, kind = ?self.kind, end = end.name(), "import ended");
        // First: whoever sees the end may begin the next one.
        drop(place);
        lock(&self.state).end = Some(end);
    }

    fn import(&self, backend: &Backend, order: &Order, file: File) -> Result<End, BackendError> {
        match order {
            Order::Roster { options, preview } => {
                let bytes = portico_sheets::bounded(file, options.read.limits.file_bytes)?;
                if *preview {
                    return backend.preview_roster(&bytes, options, self).map(End::Roster);
                }
                let report = backend.import_roster_as(&bytes, options, self)?;
                Ok(End::Roster(RosterPreview { report, first_rows: Vec::new() }))
            }
            Order::Faces { agreement } => {
                let mut pictures = Pictures::zip(file, &ArchiveLimits::pictures())?;
                backend.enrol_pictures(&mut pictures, agreement, self).map(End::Faces)
            }
        }
    }

    /// How it stands.
    pub(crate) fn status(&self) -> ImportStatus {
        let state = lock(&self.state);
        status::of(self, &state)
    }

    /// What it came to as a file: the bad rows of a roster, or the verdicts of pictures; `None` while it is under way.
    pub(crate) fn bad_rows(&self) -> Option<Result<Vec<u8>, BackendError>> {
        let state = lock(&self.state);
        let mut file = Vec::new();
        let written = match state.end.as_ref()? {
            End::Roster(preview) => preview.report.write_bad_rows(&mut file),
            End::Faces(report) => report.write(&mut file),
            End::Stopped | End::Unmapped { .. } | End::Failed(_) => Ok(()),
        };
        Some(written.map(|()| file).map_err(BackendError::from))
    }

    fn has_ended(&self) -> bool {
        lock(&self.state).end.is_some()
    }
}

impl Watch for Job {
    fn progress(&self, progress: Progress) {
        lock(&self.state).progress = progress;
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_cancelled()
    }
}

impl End {
    fn of(error: &BackendError) -> Self {
        match error {
            BackendError::Roster(RosterError::NoNameColumn(titles)) => {
                Self::Unmapped { why: refusal::of(error), titles: titles.clone() }
            }
            error => Self::Failed(told(error)),
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Roster(_) | Self::Faces(_) => "done",
            Self::Stopped => "stopped",
            Self::Unmapped { .. } | Self::Failed(_) => "failed",
        }
    }
}

/// What staff are told. What is wrong with the server itself goes to the log.
fn told(error: &BackendError) -> Reason {
    let reason = refusal::of(error);
    let text = match error {
        BackendError::Roster(_)
        | BackendError::Archive(_)
        | BackendError::Malformed(_)
        | BackendError::TermTooLong { .. } => return reason,
        BackendError::FacesUnavailable(_) => "face recognition is not available on this server",
        error => {
            tracing::error!(%error, "an import failed");
            "the server failed; nothing was changed"
        }
    };
    Reason { text: text.to_owned(), ..reason }
}
