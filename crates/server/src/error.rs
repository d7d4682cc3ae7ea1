//! What can go wrong in the backend and in the server around it.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use portico_sheets::SheetFault;

use crate::config::PictureFault;
use crate::database::DatabaseError;
use crate::roster::RosterError;

/// Why the backend did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum BackendError {
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] DatabaseError),
    /// The database fails.
    #[error("the database fails: {0}")]
    Database(#[from] rusqlite::Error),
    /// There is no randomness to draw from.
    #[error("the source of randomness fails: {0}")]
    Random(#[from] io::Error),
    /// No event is set.
    #[error("the server serves no event yet; set one with `portico-server event --db FILE set --name NAME`")]
    UnknownEvent,
    /// No such guest.
    #[error("no such guest is on the roster; pull the roster again")]
    UnknownAttendee,
    /// No such device.
    #[error("no device in good standing has this id")]
    UnknownDevice,
    /// A value is not as the contract says.
    #[error("{0}")]
    Malformed(String),
    /// A cursor that this database did not issue, or issued in a history that a backup has replaced.
    #[error(
        "the cursor is not of this server's database as it stands; read the list from the start, without `since`"
    )]
    CursorRefused,
    /// No token, or one that is nobody's.
    #[error("the token is not valid; pair this device again")]
    Unauthorised,
    /// Staff have revoked the device.
    #[error("staff have revoked this device; pair it again with a new code")]
    DeviceRevoked,
    /// The device is a kiosk and nothing more.
    #[error(
        "this device may not do that; pair it with a code from `portico-server pair-code --may-administer`"
    )]
    NotAllowed,
    /// The pairing code is wrong, used or too old.
    #[error("the pairing code is wrong, used or too old; ask staff for a new one")]
    PairingRefused,
    /// Too many wrong pairing codes.
    #[error("too many wrong pairing codes; wait {} s", .0.as_secs())]
    PairingPaused(Duration),
    /// The picture cannot be read, or is not good enough.
    #[error("{0}")]
    PictureRefused(String),
    /// A guest has as many pictures as they may have.
    #[error("this guest has {0} pictures already; replace them instead")]
    EnoughPictures(usize),
    /// The consent is not one that this event takes.
    #[error("{0}")]
    ConsentRefused(String),
    /// Faces would be kept for longer than this event keeps them.
    #[error("this event keeps faces for at most {days} day(s) from the agreement on")]
    TermTooLong {
        /// How long it keeps them.
        days: u16,
    },
    /// The guest took back what the enrolment would rest on.
    #[error(
        "this guest has taken their consent back; their face is enrolled again only once they agree anew at a kiosk"
    )]
    Withdrawn,
    /// A consent profile cannot be read.
    #[error("a consent profile cannot be read: {0}")]
    ConsentProfile(#[from] toml::de::Error),
    /// The picture shows a face that is not good enough.
    #[error("{0}")]
    NotGoodEnough(PictureFault),
    /// There is no face in the picture.
    #[error("no face was found in the picture; use a sharp, frontal portrait")]
    NoFace,
    /// Face recognition is off or has failed.
    #[error("face recognition is not available: {0}")]
    FacesUnavailable(String),
    /// The roster file cannot be read as a whole.
    #[error(transparent)]
    Roster(RosterError),
    /// A file of pictures cannot be unpacked as a whole.
    #[error(transparent)]
    Archive(#[from] portico_sheets::ArchiveFault),
    /// A table cannot be written.
    #[error(transparent)]
    Export(#[from] portico_sheets::WriteFault),
    /// Whoever watched has stopped it.
    #[error("the import was stopped; nothing was changed")]
    Stopped,
    /// A report cannot be written as JSON.
    #[error("the report cannot be written: {0}")]
    Report(#[from] serde_json::Error),
    /// A folder of pictures cannot be read.
    #[error("cannot read {path}: {source}")]
    Folder {
        /// Which folder or file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

impl From<RosterError> for BackendError {
    fn from(error: RosterError) -> Self {
        match error {
            RosterError::Sheet(SheetFault::Stopped) => Self::Stopped,
            error => Self::Roster(error),
        }
    }
}

impl From<SheetFault> for BackendError {
    fn from(fault: SheetFault) -> Self {
        RosterError::from(fault).into()
    }
}

/// Why the server does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The backend cannot be opened.
    #[error(transparent)]
    Backend(#[from] BackendError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}; choose another address with --listen")]
    Listen {
        /// Which address.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// Serving has failed.
    #[error("the server stopped: {0}")]
    Serve(#[from] io::Error),
    /// A task of the server has panicked.
    #[error("a task of the server has failed: {0}")]
    Task(#[from] tokio::task::JoinError),
}
