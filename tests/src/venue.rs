//! The venue: an event backend with its own file, and the network before it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use portico_app::BackendAccess;
use portico_protocol::{PairRequest, Policy};
use portico_proxy::{LinkState, Proxy};
use portico_server::{Backend, ServerConfig};
use portico_testkit::FakeClock;
use portico_types::DeviceId;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::models::models;
use crate::outside::server_dice;
use crate::seed;
use crate::visitors_book::VisitorsBook;

/// A venue. Dropping it closes it.
pub struct Venue {
    /// The time there.
    pub clock: FakeClock,
    /// The calls that the backend has answered.
    pub book: VisitorsBook,
    backend: Arc<Backend>,
    network: Proxy,
    models: PathBuf,
    dir: TempDir,
    _open: DropGuard,
}

impl Venue {
    /// Opens a venue whose list and faces are those of [`crate::guests`]; `None` without models.
    pub async fn open() -> Option<Self> {
        let models = models()?;
        let dir = tempfile::tempdir().expect("a temporary folder");
        let database = dir.path().join("event.db");
        seed::copy_to(&database, &models);
        let (clock, config) = (FakeClock::new(), ServerConfig::new(database, &models));
        let backend =
            Backend::open(&config, Arc::new(clock.clone()), server_dice(2)).expect("the backend opens");
        let (backend, book, open) = (Arc::new(backend), VisitorsBook::default(), CancellationToken::new());
        let routes = portico_server::router(Arc::clone(&backend), config.limits, open.clone());
        let listener = TcpListener::bind(config.listen).await.expect("a loopback port");
        let address = listener.local_addr().expect("a listener has an address");
        let served =
            axum::serve(listener, book.beside(routes)).with_graceful_shutdown(open.clone().cancelled_owned());
        tokio::spawn(async move { served.await.expect("the backend serves") });
        let network = Proxy::start(address).await.expect("a loopback port");
        Some(Self { clock, book, backend, network, models, dir, _open: open.drop_guard() })
    }

    /// The backend behind the routes.
    pub fn backend(&self) -> &Backend {
        &self.backend
    }

    /// The imported nets.
    pub fn models(&self) -> &Path {
        &self.models
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
        self.backend.stats().expect("the backend counts").checked_in
    }

    /// Changes the event's rules. The tagline names the change, so that it can be seen to arrive at a kiosk.
    pub fn rule(&self, tagline: &str, change: impl FnOnce(&mut Policy)) {
        let mut event = self.backend.event().expect("there is an event");
        event.branding.tagline = Some(tagline.to_owned());
        change(&mut event.policy);
        self.backend.set_event(&event).expect("the rules are well-formed");
    }

    /// A pairing code that is good for an hour.
    pub fn pairing_code(&self) -> String {
        self.backend.new_pairing_code(Duration::from_hours(1)).expect("a code can be made")
    }

    /// A device of this venue, and its access.
    pub fn pair(&self) -> (DeviceId, BackendAccess) {
        let request = PairRequest { code: self.pairing_code(), name: "Kiosk".into(), gate: "main".into() };
        let paired = self.backend.pair(&request).expect("a fresh code pairs");
        let access = BackendAccess::Paired { url: self.url(), token: paired.token };
        (DeviceId::new(paired.device_id), access)
    }
}
