//! The event backend: inside the kiosk's process by default, or alone for many kiosks.
//!
//! [`Backend`] is the domain object over one `SQLite` file and usable without HTTP; [`Server`] puts the HTTP contract
//! of `portico_protocol` around it. Reads no clock and draws no randomness of its own: both are handed in.

mod backend;
mod config;
mod consent;
mod database;
mod error;
mod faces;
mod http;
mod imports;
mod pictures;
mod progress;
mod random;
mod refusal;
mod roster;
mod routes;
mod server;
mod signed_report;

pub use backend::{
    Agreement, Backend, Change, DeviceRight, EntryName, FacesReport, IssuedTicket, Outcomes, Outside,
    PictureVerdict, QueueImport, Verdict,
};
pub use config::{Bound, EnrolParams, Limits, PairingParams, PictureFault, ServerConfig};
pub use consent::usual_keep_days;
pub use database::DatabaseError;
pub use database::audit_heads::DeviceAudit;
pub use database::devices::DeviceSummary;
pub use error::{BackendError, ServerError};
pub use faces::{FaceReader, PictureError, Reading, VisionReader};
pub use pictures::Pictures;
pub use portico_sheets::{ArchiveFault, ArchiveLimits, ReadOptions, SheetFault, TableLimits, bounded_file};
pub use progress::{Phase, Progress, Unwatched, Watch};
pub use random::Random;
pub use roster::{
    BadRow, GuestRow, ImportReport, MappedColumn, RosterError, RosterOptions, RosterPreview, RowFault,
};
pub use routes::document as openapi_document;
pub use server::{Running, Server, router};
pub use signed_report::{
    Confirmation, ErasureReport, ErasureRow, KioskRow, KioskState, ReportFault, VerifiedReport, fingerprint,
    verify as verify_report,
};
