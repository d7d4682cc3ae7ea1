//! What an operator can set. One small file per concern; every number has a default with its reason.

pub(crate) mod enrolment;
mod limits;
mod pairing;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

pub use enrolment::{Bound, EnrolParams, PictureFault};
pub use limits::Limits;
pub use pairing::PairingParams;
use portico_vision::Recognition;

/// Where the server keeps its data, where it listens and what it accepts.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// The `SQLite` file; made when it does not exist.
    pub database: PathBuf,
    /// Folder of imported nets. Without usable nets, identifying and enrolling answer 503 and all else works.
    pub models: PathBuf,
    /// Which recogniser makes the face vectors. Kiosks that search offline must use the same.
    pub recognition: Recognition,
    /// Address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Sizes and times that requests must keep.
    pub limits: Limits,
    /// Which pictures are good enough to enrol.
    pub enrolment: EnrolParams,
    /// Pairing codes.
    pub pairing: PairingParams,
    /// How often to look for changes that another process (the command line) made to the database.
    pub watch_every: Duration,
}

impl ServerConfig {
    /// Defaults: a free loopback port, which suits the server inside a kiosk.
    pub fn new(database: impl Into<PathBuf>, models: impl Into<PathBuf>) -> Self {
        Self {
            database: database.into(),
            models: models.into(),
            recognition: Recognition::default(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            limits: Limits::default(),
            enrolment: EnrolParams::default(),
            pairing: PairingParams::default(),
            // Soon enough for an operator who imports a roster, and one indexed query a second.
            watch_every: Duration::from_secs(1),
        }
    }
}
