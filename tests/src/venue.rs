//! The venue: an event backend with its own file, and the network before it.

use std::cell::Cell;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use portico_app::BackendAccess;
use portico_protocol::{Branding, CheckInEntry, ConflictRecord, EntryKind, PairRequest, Policy, rfc3339};
use portico_proxy::{LinkState, Proxy};
use portico_server::{Backend, DeviceRight, ServerConfig};
use portico_testkit::FakeClock;
use portico_types::{Clock as _, DeviceId};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};
use uuid::Uuid;

use crate::guests::Person;
use crate::models::models;
use crate::outside::server_dice;
use crate::seed;
use crate::visitors_book::VisitorsBook;

/// File name of the backend's database.
const DATABASE: &str = "event.db";

/// A venue. Dropping it closes it.
pub struct Venue {
    /// The time there.
    pub clock: FakeClock,
    /// The calls that the backend has answered.
    pub book: VisitorsBook,
    /// Always there, but for the moment in which the backend begins again.
    house: Option<House>,
    address: SocketAddr,
    network: Proxy,
    models: PathBuf,
    dir: TempDir,
}

/// The backend that serves.
struct House {
    backend: Arc<Backend>,
    serving: JoinHandle<()>,
    open: DropGuard,
}

impl Venue {
    /// Opens a venue whose list and faces are those of [`crate::guests`]; `None` without models.
    pub async fn open() -> Option<Self> {
        let models = models()?;
        let dir = tempfile::tempdir().expect("a temporary folder");
        let database = dir.path().join(DATABASE);
        seed::copy_to(&database, &models);
        let (clock, book, config) =
            (FakeClock::new(), VisitorsBook::default(), ServerConfig::new(database, &models));
        let (house, address) = House::open(&config, &clock, &book, 2).await;
        let network = Proxy::start(address).await.expect("a loopback port");
        Some(Self { clock, book, house: Some(house), address, network, models, dir })
    }

    /// The backend behind the routes.
    pub fn backend(&self) -> &Backend {
        &self.house.as_ref().expect("the venue is open").backend
    }

    /// A copy of the backend's database as it is now, while nobody writes.
    pub fn backs_up(&self) -> PathBuf {
        let backup = self.folder("backup");
        std::fs::create_dir_all(&backup).expect("a folder can be made");
        copy_database(self.dir.path(), &backup);
        backup
    }

    /// The backend ends and begins again at the same address with the database of a backup.
    pub async fn is_restored_from(&mut self, backup: &Path) {
        let mut config = ServerConfig::new(self.dir.path().join(DATABASE), &self.models);
        config.listen = self.address;
        let house = self.house.take().expect("the venue is open");
        house.close().await;
        copy_database(backup, self.dir.path());
        self.house = Some(House::open(&config, &self.clock, &self.book, 5).await.0);
    }

    /// The imported nets.
    pub fn models(&self) -> &Path {
        &self.models
    }

    /// From the next start on, kiosks find a copy of the nets to which something has happened.
    pub fn swaps_models(&mut self, mishap: impl FnOnce(&Path)) {
        let original = models().expect("a venue opens with models only");
        let copy = self.dir.path().join("nets");
        copy_tree(&original, &copy);
        mishap(&copy);
        self.models = copy;
    }

    /// A folder for the kiosk's data.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The backend's address as kiosks reach it.
    pub fn url(&self) -> String {
        format!("http://{}", self.network.addr())
    }

    /// Changes the network between kiosk and backend.
    pub fn network(&self, state: LinkState) {
        self.network.set(state);
    }

    /// How many guests the backend counts as inside.
    pub fn inside(&self) -> u64 {
        self.backend().stats().expect("the backend counts").checked_in
    }

    /// Changes the event's rules. The tagline names the change, so that it can be seen to arrive at a kiosk.
    pub fn rule(&self, tagline: &str, change: impl FnOnce(&mut Policy)) {
        let mut event = self.backend().event().expect("there is an event");
        event.branding.tagline = Some(tagline.to_owned());
        change(&mut event.policy);
        self.backend().set_event(&event).expect("the rules are well-formed");
    }

    /// Changes the event's looks and sounds.
    pub fn looks(&self, change: impl FnOnce(&mut Branding)) {
        let mut event = self.backend().event().expect("there is an event");
        change(&mut event.branding);
        self.backend().set_event(&event).expect("the looks are well-formed");
    }

    /// A pairing code that is good for an hour.
    pub fn pairing_code(&self) -> String {
        self.backend().new_pairing_code(Duration::from_hours(1)).expect("a code can be made")
    }

    /// Another kiosk of this venue, of which only what it delivers is seen.
    pub fn other_kiosk(&self) -> OtherKiosk {
        let request =
            PairRequest { code: self.pairing_code(), name: "Garden kiosk".into(), gate: "main".into() };
        let paired = self.backend().pair(&request).expect("a fresh code pairs");
        OtherKiosk { device: DeviceId::new(paired.device_id), delivered: Cell::new(0) }
    }

    /// Conflicts as the backend has them.
    pub fn conflicts(&self) -> Vec<ConflictRecord> {
        self.backend().conflicts(None).expect("the backend tells").conflicts
    }

    /// A device of this venue, and its access.
    pub fn pair(&self) -> (DeviceId, BackendAccess) {
        self.pair_with(self.pairing_code())
    }

    /// The same for a device that may import and export.
    pub fn pair_administrator(&self) -> (DeviceId, BackendAccess) {
        let code = self.backend().new_pairing_code_with(Duration::from_hours(1), DeviceRight::Administer);
        self.pair_with(code.expect("a code can be made"))
    }

    fn pair_with(&self, code: String) -> (DeviceId, BackendAccess) {
        let request = PairRequest { code, name: "Kiosk".into(), gate: "main".into() };
        let paired = self.backend().pair(&request).expect("a fresh code pairs");
        let access = BackendAccess::Paired { url: self.url(), token: paired.token };
        (DeviceId::new(paired.device_id), access)
    }
}

impl House {
    async fn open(
        config: &ServerConfig,
        clock: &FakeClock,
        book: &VisitorsBook,
        seed: u64,
    ) -> (Self, SocketAddr) {
        let backend =
            Backend::open(config, Arc::new(clock.clone()), server_dice(seed)).expect("the backend opens");
        let (backend, open) = (Arc::new(backend), CancellationToken::new());
        let routes = portico_server::router(Arc::clone(&backend), config.limits, open.clone());
        let listener = TcpListener::bind(config.listen).await.expect("a loopback port");
        let address = listener.local_addr().expect("a listener has an address");
        let served =
            axum::serve(listener, book.beside(routes)).with_graceful_shutdown(open.clone().cancelled_owned());
        let serving = tokio::spawn(async move { served.await.expect("the backend serves") });
        (Self { backend, serving, open: open.drop_guard() }, address)
    }

    async fn close(self) {
        drop(self.open);
        self.serving.await.expect("the backend ends");
    }
}

/// A kiosk that is not there: its deliveries are.
pub struct OtherKiosk {
    device: DeviceId,
    delivered: Cell<i64>,
}

impl OtherKiosk {
    /// Lets a guest in by their ticket; the entry's id.
    pub fn lets_in(&self, venue: &Venue, person: Person) -> String {
        self.delivers(
            venue,
            EntryKind::CheckIn {
                attendee_id: person.id().to_string(),
                gate: "main".into(),
                method: "ticket".into(),
                score: None,
                reason: None,
            },
        )
    }

    /// Takes an entry back.
    pub fn takes_back(&self, venue: &Venue, entry: &str) {
        self.delivers(venue, EntryKind::Undo { check_in_id: entry.to_owned(), reason: "mistake".into() });
    }

    fn delivers(&self, venue: &Venue, kind: EntryKind) -> String {
        let sequence = self.delivered.get() + 1;
        self.delivered.set(sequence);
        let id = Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + sequence as u128).to_string();
        let entry = CheckInEntry { id: id.clone(), sequence, at: rfc3339(venue.clock.utc()), kind };
        venue.backend().record_check_ins(&self.device, &[entry]).expect("the backend takes deliveries");
        id
    }
}

/// Copies the database with its log over whatever is in `to`.
fn copy_database(from: &Path, to: &Path) {
    for name in [DATABASE.to_owned(), format!("{DATABASE}-wal")] {
        // A database that was closed has no log.
        let _ = std::fs::remove_file(to.join(&name));
        if from.join(&name).exists() {
            std::fs::copy(from.join(&name), to.join(&name)).expect("a file can be copied");
        }
    }
    let _ = std::fs::remove_file(to.join(format!("{DATABASE}-shm")));
}

fn copy_tree(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy_tree(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a file can be copied");
        }
    }
}
