//! The way to the event backend: pairing, then sync for as long as the kiosk runs.

mod gallery;
mod pairing;
mod storage;

use portico_identify::HttpIdentify;
use portico_store::Store;
use portico_sync::{Connection, SyncDeps, SyncParams, SyncStatus};
use portico_ticketing::{PorticoBackend, PorticoParams};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

pub(crate) use gallery::reload as reload_gallery;
pub(crate) use pairing::Identity;

use crate::kiosk::BackendAccess;
use crate::kiosk::event::Event;
use crate::runner::Equipment;
use crate::server_time::ServerTime;
use storage::KioskStorage;

/// How long a guest waits for the backend to take their pictures: less than the session's own patience.
const ENROLMENT_PATIENCE: Duration = Duration::from_secs(8);

/// The channels between sync and the rest of the kiosk.
pub(crate) struct BackendLink {
    recorded: Arc<Notify>,
    exchange: Exchange,
}

/// The exchange with the backend, for whoever ends it. Clones are the same.
#[derive(Clone)]
pub(crate) struct Exchange {
    stop: CancellationToken,
    /// Cancelled once nothing of it runs any more.
    stopped: CancellationToken,
    status: watch::Sender<SyncStatus>,
}

impl Exchange {
    /// Ends it until the kiosk starts again, and returns when nothing of it runs any more: what it had begun to write
    /// down is with the store thread, and what it had to tell the loop is told.
    pub(crate) async fn end(&self) {
        self.stop.cancel();
        self.stopped.cancelled().await;
    }

    /// Says that this kiosk has no access any more, to whoever asks from now on.
    pub(crate) fn has_no_access(&self) {
        let status = SyncStatus { connection: Connection::Revoked, ..SyncStatus::default() };
        self.status.send_replace(status);
    }
}

impl BackendLink {
    /// Channels of an exchange that ends with `cancel`.
    pub(crate) fn new(cancel: &CancellationToken) -> Self {
        let exchange = Exchange {
            stop: cancel.child_token(),
            stopped: CancellationToken::new(),
            status: watch::Sender::new(SyncStatus::default()),
        };
        Self { recorded: Arc::new(Notify::new()), exchange }
    }

    /// To end it by.
    pub(crate) fn exchange(&self) -> Exchange {
        self.exchange.clone()
    }

    /// To be notified when there is something to send.
    pub(crate) fn recorded(&self) -> Arc<Notify> {
        Arc::clone(&self.recorded)
    }

    pub(crate) fn status(&self) -> watch::Receiver<SyncStatus> {
        self.exchange.status.subscribe()
    }
}

/// Pairs if that is still to be done, then exchanges with the backend until that is ended.
pub(crate) async fn run(
    link: BackendLink,
    access: BackendAccess,
    identity: Identity,
    client: reqwest::Client,
    equipment: Equipment,
    time: ServerTime,
) {
    let Exchange { stop, stopped, status } = link.exchange;
    let _stopped = stopped.drop_guard();
    let paired = pairing::token(&access, &identity, &client, &equipment);
    let token = tokio::select! {
        token = paired => token,
        () = stop.cancelled() => return,
    };
    let Some(token) = token else { return };
    let url = access.url();
    let (backend, identifier) = match (
        PorticoBackend::new(client.clone(), url, &token, PorticoParams::default()),
        HttpIdentify::new(client.clone(), url, &token),
    ) {
        (Ok(backend), Ok(identifier)) => (backend, identifier),
        (Err(error), _) => return tracing::error!(%error, "the backend cannot be used"),
        (_, Err(error)) => return tracing::error!(%error, "the backend cannot be used"),
    };
    // A guest waits for this one, though nobody else does.
    let patience = PorticoParams { picture: ENROLMENT_PATIENCE, ..PorticoParams::default() };
    let enroller = PorticoBackend::new(client, url, &token, patience).ok();
    equipment.change(|situation| {
        situation.backend = Some(backend.clone());
        situation.identifier = Some(identifier);
        situation.enroller = enroller;
    });
    // What measures the difference of the clocks must not use the corrected one.
    let device_clock = time.device();
    let watching = watch_status(status.subscribe(), time, equipment.clone());
    let timer = Arc::clone(&equipment.timer);
    let deps = SyncDeps {
        backend,
        model: equipment.gallery_model(),
        clock: device_clock,
        wait_until: Box::new(move |moment| timer.wait_until(moment)),
        random: jitter(&equipment),
        recorded: link.recorded,
        status,
        storage: KioskStorage::new(equipment),
    };
    tokio::select! {
        () = portico_sync::run(deps, SyncParams::default(), stop) => {}
        () = watching => {}
    }
}

/// Tells the loop of every change and corrects the wall clock.
async fn watch_status(mut status: watch::Receiver<SyncStatus>, time: ServerTime, equipment: Equipment) {
    while status.changed().await.is_ok() {
        let now = status.borrow_and_update().clone();
        if now.server_offset_ms.is_some_and(|ahead_ms| time.correct(ahead_ms)) {
            // By the wrong time, templates may have been erased whose term is not over: they are told again.
            reread(&equipment).await;
        }
        equipment.mailbox.send(Event::Sync(now)).await;
    }
}

async fn reread(equipment: &Equipment) {
    match equipment.store.with(Store::reread_feeds).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(%error, "the feeds cannot be read anew"),
        Err(error) => tracing::debug!(%error, "no more reading"),
    }
}

/// Random numbers from 0 to 1.
fn jitter(equipment: &Equipment) -> Box<dyn FnMut() -> f64 + Send> {
    let random = equipment.random.clone();
    Box::new(move || {
        let mut bytes = [0; 4];
        random.fill(&mut bytes);
        f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
    })
}
