//! Starting, stopping and losing the kiosk.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use portico_app::config::Config;
use portico_app::contract::ConnectionView;
use portico_app::random::Random;
use portico_app::{BackendAccess, Camera, Kiosk, LogLines, Ports};
use portico_store::{AuditRow, FileKey, Store};
use portico_types::{AuditAction, CameraState, Clock as _, DeviceId};

use super::{Journey, Make};
use crate::camera::Cable;
use crate::clips::{empty_room, render_all};
use crate::journal::Journal;
use crate::outside::{Ahead, TurnedByHand, dice};
use crate::venue::Venue;

/// The last two calls of a kiosk that catches up.
const LAST_CALLS: [&str; 2] = ["GET /v1/attendees", "GET /v1/templates"];
/// After so long everything is asked for again.
const ROUND: Duration = Duration::from_mins(6);

impl Journey {
    /// A kiosk that is paired, knows the list and the faces, and sees an empty room; `None` without models.
    pub async fn begin() -> Option<Self> {
        let mut journey = Self::begin_with(Cable::plugged_in).await?;
        journey.is_in_step().await;
        journey.turns_its_camera_on().await;
        Some(journey)
    }

    /// The same without a camera.
    pub async fn begin_without_camera() -> Option<Self> {
        let journey = Self::begin_with(Cable::unplugged).await?;
        journey.is_in_step().await;
        Some(journey)
    }

    /// Waits until the kiosk has the event, the roster and the gallery: it asks for the roster again only once it has
    /// taken in the gallery.
    pub async fn is_in_step(&self) {
        let [roster, gallery] = LAST_CALLS;
        self.venue.book.until(gallery, 1).await;
        self.venue.clock.advance(ROUND);
        self.venue.book.until(roster, 2).await;
    }

    async fn begin_with(camera: fn(u64) -> (Cable, Camera)) -> Option<Self> {
        let venue = Venue::open().await?;
        let (device, access) = venue.pair();
        Some(Self::switched_on(venue, Some(device), access, camera(0), Make::default()).await)
    }

    /// A new kiosk at `venue` that reaches the backend by `access`.
    pub async fn start(venue: Venue, access: BackendAccess) -> Self {
        Self::start_with_clock_ahead(venue, access, Duration::ZERO).await
    }

    /// The same with a kiosk whose configuration names no PIN.
    pub async fn start_without_pin(venue: Venue, access: BackendAccess) -> Self {
        let make = Make { initial_pin: None, ..Make::default() };
        Self::switched_on(venue, None, access, Cable::plugged_in(0), make).await
    }

    /// The same with a kiosk whose own clock is ahead of the venue's.
    pub async fn start_with_clock_ahead(venue: Venue, access: BackendAccess, ahead: Duration) -> Self {
        let make = Make { ahead, ..Make::default() };
        Self::switched_on(venue, None, access, Cable::plugged_in(0), make).await
    }

    async fn switched_on(
        venue: Venue,
        device: Option<DeviceId>,
        access: BackendAccess,
        (camera, eye): (Cable, Camera),
        make: Make,
    ) -> Self {
        render_all();
        let (data_dir, random, logs) = (venue.folder("kiosk"), Random::new(dice(3)), LogLines::default());
        let kiosk = switch_on(&venue, &data_dir, &access, &random, &logs, eye, make).await;
        let (views, observed, journal) = (kiosk.views(), kiosk.observed(), Journal::of(&kiosk));
        let room = empty_room();
        Self {
            venue,
            journal,
            logs,
            kiosk,
            device,
            access,
            data_dir,
            random,
            camera,
            views,
            observed,
            room,
            make,
        }
    }

    /// The kiosk ends in good order and starts again with `access`, or as before.
    pub async fn starts_again(&mut self, access: Option<BackendAccess>) {
        self.kiosk.stop().await;
        self.access = access.unwrap_or_else(|| self.access.clone());
        self.switch_on_again().await;
        self.turns_its_camera_on().await;
    }

    /// The power fails: the kiosk starts again from what is on disk at this moment. The old one is gone and has no say.
    pub async fn loses_power_and_starts_again(&mut self) {
        self.loses_power_and_starts_again_with(|_| {}).await;
        self.turns_its_camera_on().await;
    }

    /// The same, and something happens to the folder with its data before it starts.
    pub async fn loses_power_and_starts_again_with(&mut self, mishap: impl FnOnce(&Path)) {
        let survived = self.venue.folder("survived");
        copy_folder(&self.data_dir, &survived);
        self.kiosk.stop().await;
        mishap(&survived);
        self.data_dir = survived;
        self.switch_on_again().await;
    }

    async fn switch_on_again(&mut self) {
        let (camera, eye) = Cable::plugged_in(self.camera.sequence());
        self.camera = camera;
        self.kiosk =
            switch_on(&self.venue, &self.data_dir, &self.access, &self.random, &self.logs, eye, self.make)
                .await;
        (self.views, self.observed) = (self.kiosk.views(), self.kiosk.observed());
        self.journal = Journal::of(&self.kiosk);
    }

    /// Shows the empty room until the camera counts as live.
    pub async fn turns_its_camera_on(&mut self) {
        let now = self.venue.clock.now();
        self.camera.show(&self.room[0], now);
        self.in_time("the camera is live", |view| view.camera == CameraState::Live).await;
    }

    /// The kiosk ends in good order; what it has written down is handed over.
    pub async fn ends(self) -> Store {
        self.kiosk.stop().await;
        open_store(&self.data_dir)
    }

    /// Staff revoke this kiosk at the backend.
    pub async fn is_revoked(&mut self) {
        let device = self.device.clone().expect("a kiosk that was paired by the venue");
        self.venue.backend().revoke(&device).expect("a paired device can be revoked");
        self.until("the kiosk knows that it is revoked", |view| view.connection == ConnectionView::Revoked)
            .await;
    }
}

async fn switch_on(
    venue: &Venue,
    data_dir: &Path,
    access: &BackendAccess,
    random: &Random,
    logs: &LogLines,
    camera: Camera,
    make: Make,
) -> Kiosk {
    let mut config = Config::standalone(data_dir.to_owned());
    config.staff.initial_pin = make.initial_pin.map(Into::into);
    let clock = Arc::new(Ahead { of: venue.clock.clone(), by: make.ahead });
    let timer = Arc::new(TurnedByHand(venue.clock.clone()));
    let ports = Ports { camera, clock, timer, random: random.clone(), logs: logs.clone() };
    Kiosk::start(&config, venue.models(), access.clone(), ports).await.expect("the kiosk starts")
}

/// The database of a kiosk that is not running.
pub fn open_store(data_dir: &Path) -> Store {
    let no_new_key = |_: &mut [u8]| Err(std::io::Error::other("the key of a used kiosk is there already"));
    let key = FileKey::new(data_dir.join("kiosk.key"), no_new_key);
    Store::open(&data_dir.join("kiosk.db"), &key).expect("the kiosk's database opens")
}

/// What the audit says of a journey, the newest first: without the supervisor whom every kiosk here begins with.
pub fn audit_of(store: &Store) -> Vec<AuditRow> {
    let rows = store.audit_rows(10).expect("the audit can be read");
    rows.into_iter().filter(|row| row.note.action != AuditAction::StaffAdded).collect()
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder can be read") {
        let entry = entry.expect("the folder can be read");
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("a file can be copied");
    }
}
