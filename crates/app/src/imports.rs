//! This kiosk's import: a file on its way to the event backend, and what the backend says of it then. One at a time.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use portico_protocol::{ImportMetadata, ProblemCode};
use portico_ticketing::{BackendError, PorticoBackend};
use portico_types::Reason;
use tokio::fs::File;
use tokio_util::io::ReaderStream;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::contract::{ImportReport, ImportState, ImportView, Recovery, RpcError};
use crate::import_files::ImportFolders;

/// A file, and what is to be done with it.
#[derive(Debug)]
pub(crate) struct ImportOrder {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) metadata: ImportMetadata,
}

/// The import of this kiosk. Clones are the same.
#[derive(Clone, Debug)]
pub(crate) struct Imports {
    /// Where its files may lie.
    pub(crate) folders: ImportFolders,
    current: Arc<Mutex<Option<Import>>>,
}

#[derive(Debug)]
struct Import {
    file: String,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Sending { sent_bytes: Arc<AtomicU64>, bytes: u64, _stops_when_dropped: DropGuard },
    Refused { error: RpcError, reason: Option<Reason> },
    Taken { id: String },
}

impl Imports {
    /// No import, and files from `folders`.
    pub(crate) fn new(folders: ImportFolders) -> Self {
        Self { folders, current: Arc::default() }
    }

    /// Refuses if this kiosk may not import, or if an import is under way.
    pub(crate) async fn may_begin(&self, backend: &PorticoBackend) -> Result<(), RpcError> {
        is_allowed(backend).await?;
        match self.view(backend).await? {
            ImportView::Taken { report: ImportReport { state: ImportState::Running, .. }, .. }
            | ImportView::Sending { .. } => Err(under_way()),
            _ => Ok(()),
        }
    }

    /// Begins to send a file, unless one is on its way. Ask [`Imports::may_begin`] before.
    pub(crate) async fn begin(&self, backend: PorticoBackend, order: ImportOrder) -> Result<(), RpcError> {
        let gone = |_| RpcError::new("staff.import_file_gone", Recovery::Guide);
        let file = File::open(&order.path).await.map_err(gone)?;
        let bytes = file.metadata().await.map_err(gone)?.len();
        let sent_bytes = Arc::new(AtomicU64::new(0));
        let stop = CancellationToken::new();
        {
            let mut import = self.lock();
            if matches!(&*import, Some(Import { stage: Stage::Sending { .. }, .. })) {
                return Err(under_way());
            }
            let sent_bytes = Arc::clone(&sent_bytes);
            let stage = Stage::Sending { sent_bytes, bytes, _stops_when_dropped: stop.clone().drop_guard() };
            *import = Some(Import { file: order.name, stage });
        }
        let imports = self.clone();
        tokio::spawn(async move {
            let sending = backend.begin_import(&order.metadata, counted(file, sent_bytes), bytes);
            // Whoever stopped it has forgotten it as well.
            if let Some(answer) = stop.run_until_cancelled(sending).await {
                imports.sent(&stop, answer.map(|status| status.id));
            }
        });
        Ok(())
    }

    fn sent(&self, stop: &CancellationToken, answer: Result<String, BackendError>) {
        let mut import = self.lock();
        let Some(import) = import.as_mut().filter(|_| !stop.is_cancelled()) else { return };
        import.stage = match answer {
            Ok(id) => Stage::Taken { id },
            Err(error) => {
                tracing::warn!(%error, "an import was not taken");
                let reason = reason_of(&error);
                Stage::Refused { error: failure(&error), reason }
            }
        };
    }

    /// How it stands; `backend` is asked if it has the file.
    pub(crate) async fn view(&self, backend: &PorticoBackend) -> Result<ImportView, RpcError> {
        let (file, id) = match &*self.lock() {
            None => return Ok(ImportView::None),
            Some(Import { file, stage }) => match stage {
                Stage::Sending { sent_bytes, bytes, .. } => {
                    let (file, sent_bytes) = (file.clone(), sent_bytes.load(Ordering::Relaxed));
                    return Ok(ImportView::Sending { file, sent_bytes, bytes: *bytes });
                }
                Stage::Refused { error, reason } => {
                    let (file, error, reason) = (file.clone(), error.clone(), reason.clone());
                    return Ok(ImportView::Refused { file, error, reason });
                }
                Stage::Taken { id } => (file.clone(), id.clone()),
            },
        };
        match backend.import(&id).await {
            Ok(status) => Ok(ImportView::Taken { file, report: ImportReport::from(status) }),
            Err(BackendError::Problem { code: ProblemCode::UnknownImport, .. }) => {
                self.forget(&id);
                Ok(ImportView::None)
            }
            Err(error) => Err(failure(&error)),
        }
    }

    /// Stops the import if it is under way; of one that is through, nothing is kept.
    pub(crate) async fn end(&self, backend: &PorticoBackend) -> Result<(), RpcError> {
        let Some(id) = self.id() else {
            *self.lock() = None;
            return Ok(());
        };
        match backend.end_import(&id).await {
            Ok(()) => {}
            Err(BackendError::Problem { code: ProblemCode::UnknownImport, .. }) => self.forget(&id),
            Err(error) => return Err(failure(&error)),
        }
        Ok(())
    }

    /// Stops sending and forgets the import, without asking the backend.
    pub(crate) fn drop_current(&self) {
        *self.lock() = None;
    }

    /// Whether there is an import to end.
    pub(crate) fn is_there(&self) -> bool {
        self.lock().is_some()
    }

    /// The backend's id of the import, once it has the file.
    pub(crate) fn id(&self) -> Option<String> {
        match &*self.lock() {
            Some(Import { stage: Stage::Taken { id }, .. }) => Some(id.clone()),
            _ => None,
        }
    }

    fn forget(&self, id: &str) {
        if self.id().as_deref() == Some(id) {
            *self.lock() = None;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Import>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Asks after an import that there cannot be: whoever may not import hears it before a large file is on its way, in the
/// middle of which no answer can be relied on.
async fn is_allowed(backend: &PorticoBackend) -> Result<(), RpcError> {
    match backend.import("none").await {
        Ok(_) | Err(BackendError::Problem { code: ProblemCode::UnknownImport, .. }) => Ok(()),
        Err(error) => Err(failure(&error)),
    }
}

/// What the screen does about a failure.
pub(crate) fn failure(error: &BackendError) -> RpcError {
    match error {
        BackendError::Problem { code: ProblemCode::NotAllowed, .. } => {
            RpcError::new("staff.import_not_allowed", Recovery::Guide)
        }
        BackendError::Problem { code: ProblemCode::TooLarge, .. } => {
            RpcError::new("staff.import_too_large", Recovery::Guide)
        }
        BackendError::TooMany { .. } => under_way(),
        BackendError::Problem { .. } => RpcError::new("staff.import_refused", Recovery::Guide),
        BackendError::Unreachable(_) | BackendError::Foreign { .. } | BackendError::Timeout { .. } => {
            RpcError::new("staff.import_unreachable", Recovery::Retry)
        }
        _ => RpcError::new("staff.import_failed", Recovery::Staff),
    }
}

fn under_way() -> RpcError {
    RpcError::new("staff.import_under_way", Recovery::Retry)
}

/// What the backend says of a file beyond the [`failure`], which says all where it is this kiosk that is refused.
fn reason_of(error: &BackendError) -> Option<Reason> {
    match error {
        BackendError::Problem { code: ProblemCode::NotAllowed, .. } => None,
        BackendError::Problem { reason, .. } => Some(reason.clone()),
        _ => None,
    }
}

/// The bytes of `file`; what has been read of it is what has gone, but for the little that waits in the connection.
fn counted(file: File, sent_bytes: Arc<AtomicU64>) -> reqwest::Body {
    let counted = futures_util::TryStreamExt::inspect_ok(ReaderStream::new(file), move |chunk| {
        sent_bytes.fetch_add(chunk.len() as u64, Ordering::Relaxed);
    });
    reqwest::Body::wrap_stream(counted)
}
