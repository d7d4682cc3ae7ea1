//! The event backend without HTTP: roster, gallery, devices and check-ins over one `SQLite` file.
//!
//! Everything here blocks; the routes call it from blocking workers. Authorisation is checked by the routes.

mod admission;
mod agreement;
mod applied;
mod audit_anchor;
mod change;
mod check_in;
mod cursor;
mod enrol;
mod entry_fault;
mod erasure;
mod erasure_report;
mod event;
mod export;
mod feed;
mod gallery;
mod identify;
mod import;
mod import_queue;
mod pairing;
mod portraits;
mod register;
mod slots;
mod stats;
mod tickets;
mod withdrawal;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use portico_types::{Clock, UtcMillis};
use tokio::sync::broadcast;

pub use agreement::Agreement;
pub use change::Change;
pub use import_queue::{EntryName, Outcomes, QueueImport};
pub use pairing::DeviceRight;
pub use portraits::{FacesReport, PictureVerdict, Verdict};
pub use tickets::IssuedTicket;

use crate::config::{EnrolParams, PairingParams, ServerConfig};
use crate::database::Database;
use crate::error::BackendError;
use crate::faces::{FaceReader, VisionReader};
use crate::random::Random;
use change::Heads;
use gallery::Faces;
use pairing::Guesses;

/// Changes kept for a slow stream; a slower one is told to pull everything.
const CHANGES_KEPT: usize = 64;

/// What the backend draws on from outside.
#[derive(Clone)]
pub struct Outside {
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Where secrets and ids come from.
    pub random: Random,
}

/// The event backend.
pub struct Backend {
    database: Database,
    faces: Result<Faces, String>,
    clock: Arc<dyn Clock>,
    random: Random,
    enrolment: EnrolParams,
    pairing: PairingParams,
    guesses: Mutex<Guesses>,
    heads: Mutex<Heads>,
    changes: broadcast::Sender<Change>,
}

impl Backend {
    /// Opens the database and the nets that `config` names. Without usable nets the backend works all the same, but
    /// cannot identify or enrol.
    pub fn open(config: &ServerConfig, clock: Arc<dyn Clock>, random: Random) -> Result<Self, BackendError> {
        match VisionReader::load(&config.models, &config.recognition) {
            Ok(reader) => Self::with_faces(config, Outside { clock, random }, Box::new(reader)),
            Err(error) => {
                tracing::warn!(models = %config.models.display(), %error, "face recognition is off");
                Self::assemble(config, Outside { clock, random }, Err(error))
            }
        }
    }

    /// Opens the database only, for work that needs no faces.
    pub fn without_faces(
        config: &ServerConfig,
        clock: Arc<dyn Clock>,
        random: Random,
    ) -> Result<Self, BackendError> {
        let reason = "this process was started without face nets".to_owned();
        Self::assemble(config, Outside { clock, random }, Err(reason))
    }

    /// Opens the database and reads faces with `reader`.
    pub fn with_faces(
        config: &ServerConfig,
        outside: Outside,
        reader: Box<dyn FaceReader>,
    ) -> Result<Self, BackendError> {
        Self::assemble(config, outside, Ok(Faces::new(reader)))
    }

    fn assemble(
        config: &ServerConfig,
        outside: Outside,
        faces: Result<Faces, String>,
    ) -> Result<Self, BackendError> {
        if let Some(folder) = config.database.parent().filter(|f| *f != Path::new("")) {
            std::fs::create_dir_all(folder)
                .map_err(|source| BackendError::Folder { path: folder.to_owned(), source })?;
        }
        let database = Database::open(&config.database, outside.random.clone())?;
        let heads = database.read(Heads::read)?;
        Ok(Self {
            database,
            faces,
            clock: outside.clock,
            random: outside.random,
            enrolment: config.enrolment,
            pairing: config.pairing,
            guesses: Mutex::default(),
            heads: Mutex::new(heads),
            changes: broadcast::Sender::new(CHANGES_KEPT),
        })
    }

    /// Whether the database answers.
    pub fn check_health(&self) -> Result<(), BackendError> {
        self.database.read(|c| c.query_row("SELECT 1", [], |_| Ok(())).map_err(BackendError::from))
    }

    /// The server's clock.
    pub fn utc(&self) -> UtcMillis {
        self.clock.utc()
    }

    /// An id that nothing else has.
    pub(crate) fn new_id(&self) -> Result<String, BackendError> {
        Ok(self.random.id()?)
    }

    /// Why faces cannot be read, if they cannot.
    pub fn faces_off(&self) -> Option<&str> {
        self.faces.as_ref().err().map(String::as_str)
    }

    fn faces(&self) -> Result<&Faces, BackendError> {
        self.faces.as_ref().map_err(|reason| BackendError::FacesUnavailable(reason.clone()))
    }
}

impl std::fmt::Debug for Backend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Backend").field("database", &self.database).finish_non_exhaustive()
    }
}

/// Locks `mutex`, also after a panic of another holder: every value kept behind a lock here is whole at all times.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
