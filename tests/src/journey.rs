//! One kiosk's evening, told step by step.

mod acts;
mod life;
mod sights;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use portico_app::contract::View;
use portico_app::random::Random;
use portico_app::{BackendAccess, Kiosk, LogLines};
use portico_types::DeviceId;
use tokio::sync::watch;

use crate::camera::Cable;
use crate::clips::Jpeg;
use crate::journal::Journal;
use crate::venue::Venue;

pub use life::{audit_of, open_store};

/// The longest that a step may take in real time before the journey has failed. Far more than any step needs, so that
/// a busy machine is no failure.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The staff's PIN.
pub const PIN: &str = "2468";

/// A kiosk at a venue.
pub struct Journey {
    /// Where the kiosk stands.
    pub venue: Venue,
    /// What it showed.
    pub journal: Journal,
    /// The lines of the log that the kiosk keeps for support.
    pub logs: LogLines,
    kiosk: Kiosk,
    device: Option<DeviceId>,
    access: BackendAccess,
    data_dir: PathBuf,
    random: Random,
    camera: Cable,
    views: watch::Receiver<Arc<View>>,
    observed: watch::Receiver<Option<u64>>,
    room: Vec<Jpeg>,
    make: Make,
}

/// What is special about a kiosk.
#[derive(Clone, Copy)]
struct Make {
    /// By how much its own clock is ahead of the venue's.
    ahead: Duration,
    /// What its configuration names as the first supervisor's PIN.
    initial_pin: Option<&'static str>,
}

impl Default for Make {
    fn default() -> Self {
        Self { ahead: Duration::ZERO, initial_pin: Some(PIN) }
    }
}
