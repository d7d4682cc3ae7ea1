//! A kiosk without screen and camera: the real store on a thread of its own, the real sync, the real client.
//!
//! Knows neither what is done at its door and when, nor what the network between it and the backend does.

mod door;
mod storage;

use std::path::PathBuf;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex, RwLock};

use anyhow::{Context as _, Result};
use fastrand::Rng;
use portico_identify::Gallery;
use portico_store::MetaKey;
use portico_sync::{SyncDeps, SyncParams, SyncStatus};
use portico_ticketing::{PorticoBackend, PorticoParams};
use portico_types::ModelId;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::clock::RealClock;
use crate::keeper::{Handle, Keeper};
use crate::ledger::Ledger;
use crate::server;
use crate::site::{self, Place};
use storage::KioskStorage;

pub use storage::Heard;

/// What makes a kiosk this one.
#[derive(Clone, Debug)]
pub struct KioskSetup {
    /// The folder of its database and key; must exist.
    pub folder: PathBuf,
    /// Id of its gate.
    pub gate: String,
    /// Where it reaches the backend.
    pub url: String,
    /// What it shows to the backend.
    pub token: String,
    /// Decides its key and its ids.
    pub seed: u64,
    /// How it paces the exchange.
    pub pace: SyncParams,
    /// How long its calls may take.
    pub calls: PorticoParams,
}

/// A kiosk that is switched on. Dropping it without [`Kiosk::close`] leaves its exchange running.
pub struct Kiosk {
    setup: KioskSetup,
    keeper: Keeper,
    /// In which order its acts are made: no two at the same time.
    last_ms: AtomicI64,
    rng: Mutex<Rng>,
    clock: Arc<RealClock>,
    ledger: Ledger,
    gallery: Arc<RwLock<Gallery>>,
    heard: watch::Sender<Heard>,
    recorded: Arc<Notify>,
    status: watch::Sender<SyncStatus>,
    exchange: Option<Exchange>,
}

/// A running exchange.
struct Exchange {
    cancel: CancellationToken,
    task: JoinHandle<()>,
}

impl Kiosk {
    /// Switches a kiosk on that does not talk to its backend yet. What it acknowledges is noted in `ledger`.
    pub async fn open(setup: KioskSetup, ledger: Ledger) -> Result<Self> {
        let rng = Rng::with_seed(setup.seed ^ 0x1d5);
        Self::switch_on(setup, ledger, rng).await
    }

    async fn switch_on(setup: KioskSetup, ledger: Ledger, rng: Rng) -> Result<Self> {
        let (place, seed) = (Place::new(&setup.folder), setup.seed);
        let store = tokio::task::spawn_blocking(move || site::open_store(&place, seed)).await??;
        let event = store.meta(MetaKey::Event)?.map(|json| serde_json::from_str(&json)).transpose()?;
        Ok(Self {
            keeper: Keeper::start(store)?,
            last_ms: AtomicI64::new(0),
            rng: Mutex::new(rng),
            clock: RealClock::start(),
            ledger,
            gallery: Arc::new(RwLock::new(Gallery::new(ModelId(server::MODEL.to_owned())))),
            heard: watch::Sender::new(Heard { event, ..Heard::default() }),
            recorded: Arc::new(Notify::new()),
            status: watch::Sender::new(SyncStatus::default()),
            exchange: None,
            setup,
        })
    }

    /// Begins to exchange with the backend.
    pub async fn connect(&mut self) -> Result<()> {
        let client = crate::client::client()?;
        let KioskSetup { url, token, calls, pace, seed, .. } = &self.setup;
        let backend = PorticoBackend::new(client, url, token, calls.clone())?;
        let storage = KioskStorage {
            store: self.store(),
            gallery: Arc::clone(&self.gallery),
            heard: self.heard.clone(),
            clock: self.clock.clone(),
        };
        storage.reload().await?;
        let mut jitter = Rng::with_seed(seed ^ 0x71);
        let deps = SyncDeps {
            storage,
            backend,
            model: ModelId(server::MODEL.to_owned()),
            clock: self.clock.clone(),
            wait_until: self.clock.timer(),
            random: Box::new(move || jitter.f64()),
            recorded: Arc::clone(&self.recorded),
            status: self.status.clone(),
        };
        let cancel = CancellationToken::new();
        let task = tokio::spawn(portico_sync::run(deps, pace.clone(), cancel.clone()));
        self.exchange = Some(Exchange { cancel, task });
        Ok(())
    }

    /// Ends the exchange, and closes the store.
    pub async fn close(self) -> Result<()> {
        if let Some(Exchange { cancel, task }) = self.exchange {
            cancel.cancel();
            task.await.context("the exchange has panicked")?;
        }
        self.keeper.close().await
    }

    /// Switches the kiosk off and on again.
    pub async fn restart(mut self) -> Result<Self> {
        let (setup, ledger) = (self.setup.clone(), self.ledger.clone());
        let rng = self.rng.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner).fork();
        self.close().await?;
        let mut again = Self::switch_on(setup, ledger, rng).await?;
        again.connect().await?;
        Ok(again)
    }

    /// Where it reaches the backend.
    pub fn url(&self) -> &str {
        &self.setup.url
    }

    /// What it shows to the backend.
    pub fn token(&self) -> &str {
        &self.setup.token
    }

    /// The way to the store.
    pub fn store(&self) -> Handle {
        self.keeper.handle()
    }

    /// What has been taken in since the kiosk was switched on.
    pub fn heard(&self) -> watch::Receiver<Heard> {
        self.heard.subscribe()
    }

    /// The gallery in memory.
    pub fn gallery(&self) -> &Arc<RwLock<Gallery>> {
        &self.gallery
    }

    /// Waits until the event, the whole roster and the whole gallery are there.
    pub async fn ready(&self) -> Result<()> {
        let mut heard = self.heard();
        heard.wait_for(|heard| heard.event.is_some() && heard.rosters > 0 && heard.galleries > 0).await?;
        Ok(())
    }

    /// How many entries wait for the backend.
    pub async fn waiting(&self) -> Result<u64> {
        Ok(self.store().with(|store| store.waiting()).await?)
    }
}
