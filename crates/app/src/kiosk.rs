//! The running kiosk: threads, runners and the loop, behind one cheap handle.

pub(crate) mod event;
mod glance;
mod keeper;
pub(crate) mod moments;
mod run;
pub(crate) mod screen;
pub(crate) mod staff;
mod start;

use std::sync::{Arc, Mutex, PoisonError};

use portico_sync::SyncStatus;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

pub use start::{BackendAccess, Ports, StartError};

use crate::contract::View;
use crate::desk::{Place, StaffDoor};
use crate::moment::Moment;
use crate::preview::Preview;
use crate::runner::Equipment;
use crate::station::Station;

/// A running kiosk. Clones are the same kiosk.
#[derive(Clone)]
pub struct Kiosk {
    pub(crate) equipment: Equipment,
    pub(crate) door: StaffDoor,
    pub(crate) place: Place,
    pub(crate) station: Station,
    pub(crate) shown: Shown,
    pub(crate) sync_status: watch::Receiver<SyncStatus>,
    preview: Preview,
    running: Arc<Running>,
}

/// What the loop shows to everybody else.
#[derive(Clone)]
pub(crate) struct Shown {
    pub(crate) views: watch::Receiver<Arc<View>>,
    /// Number of the newest frame whose observation is part of the view.
    pub(crate) observed: watch::Receiver<Option<u64>>,
}

/// What has to be ended.
struct Running {
    cancel: CancellationToken,
    tasks: Mutex<JoinSet<()>>,
    capture: Mutex<Option<portico_camera::Capture>>,
}

impl Kiosk {
    /// The view as it is and as it changes.
    pub fn views(&self) -> watch::Receiver<Arc<View>> {
        self.shown.views.clone()
    }

    /// The live picture.
    pub fn preview(&self) -> Preview {
        self.preview.clone()
    }

    /// Number of the newest frame that was dealt with: the session has taken in its observation and the view shows what
    /// came of it, or vision passed over it. For whoever must know that, and not only that it was delivered.
    pub fn observed(&self) -> watch::Receiver<Option<u64>> {
        self.shown.observed.clone()
    }

    /// Figures of what happens from now on.
    pub fn moments(&self) -> broadcast::Receiver<Moment> {
        self.equipment.moments.listen()
    }

    /// Ends the kiosk. What was begun is finished; what waits to be sent stays on disk for the next start.
    pub async fn stop(&self) {
        self.running.cancel.cancel();
        let mut tasks =
            std::mem::take(&mut *self.running.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        while tasks.join_next().await.is_some() {}
        let capture = self.running.capture.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(capture) = capture
            && tokio::task::spawn_blocking(move || capture.stop()).await.is_err()
        {
            tracing::error!("the camera could not be stopped");
        }
    }
}
