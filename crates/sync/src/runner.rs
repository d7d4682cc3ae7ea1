//! Carries the plan out: the one loop that talks to the backend. Everything it awaits is bounded by the backend's own
//! time limits, by the plan's next time, or by being cancelled.

mod exchange;

use std::sync::Arc;

use exchange::{Exchange, Trouble};
use futures_util::future::BoxFuture;
use futures_util::{FutureExt, StreamExt};
use portico_ticketing::{BackendError, EventStream, StreamEvent, Ticketing};
use portico_types::{Clock, ModelId, Tick};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use crate::{Plan, Planner, Progress, Storage, SyncParams, SyncStatus, Task};

/// Waits until the clock shows a time.
pub type WaitUntil = Box<dyn Fn(Tick) -> BoxFuture<'static, ()> + Send + Sync>;

/// Most notices that are heard before the next task: a backend that never stops talking must not keep the kiosk from
/// answering.
const NOTICES_AT_ONCE: usize = 64;

/// What the exchange works with.
pub struct SyncDeps<S, T> {
    /// The kiosk's storage.
    pub storage: S,
    /// The backend.
    pub backend: T,
    /// The recogniser whose templates are pulled. The cursor in the storage must be one of the same recogniser.
    pub model: ModelId,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Waiting, by the same clock.
    pub wait_until: WaitUntil,
    /// Random numbers from 0 to 1, to keep kiosks out of step with each other.
    pub random: Box<dyn FnMut() -> f64 + Send>,
    /// To be notified (`notify_one`) after each recorded check-in, undo or decision.
    pub recorded: Arc<Notify>,
    /// Told how the exchange stands.
    pub status: watch::Sender<SyncStatus>,
}

/// Exchanges with the backend until cancelled. Dropping a delivery half-way is harmless: what was not settled is
/// delivered again with the same ids (I3).
pub async fn run<S: Storage, T: Ticketing>(
    deps: SyncDeps<S, T>,
    params: SyncParams,
    cancel: CancellationToken,
) {
    let mut runner = Runner::new(deps, params);
    loop {
        tokio::select! {
            biased;
            () = cancel.cancelled() => return,
            () = runner.step() => {}
        }
    }
}

struct Runner<S, T> {
    planner: Planner,
    exchange: Exchange<S, T>,
    clock: Arc<dyn Clock>,
    wait_until: WaitUntil,
    random: Box<dyn FnMut() -> f64 + Send>,
    recorded: Arc<Notify>,
    status: watch::Sender<SyncStatus>,
    stream: Option<EventStream>,
}

impl<S: Storage, T: Ticketing> Runner<S, T> {
    fn new(deps: SyncDeps<S, T>, params: SyncParams) -> Self {
        let clock = Arc::clone(&deps.clock);
        Self {
            planner: Planner::new(params),
            exchange: Exchange::new(deps.storage, deps.backend, deps.model, deps.clock),
            clock,
            wait_until: deps.wait_until,
            random: deps.random,
            recorded: deps.recorded,
            status: deps.status,
            stream: None,
        }
    }

    async fn step(&mut self) {
        let now = self.clock.now();
        // What happened during the last task must not wait for the plan to come to rest.
        for _ in 0..NOTICES_AT_ONCE {
            let Some(said) = next_of(&mut self.stream).now_or_never() else { break };
            self.hear(said);
        }
        if self.recorded.notified().now_or_never().is_some() {
            self.planner.check_in_recorded(now);
        }
        match self.planner.next(now) {
            Plan::Do(task) => self.perform(task).await,
            Plan::WaitUntil(until) => self.rest(until).await,
        }
    }

    async fn perform(&mut self, task: Task) {
        let result = match task {
            Task::Deliver => self.exchange.deliver(self.planner.batch_limit()).await,
            Task::Event => self.exchange.event().await,
            Task::Listen => self.listen().await,
            Task::Conflicts => self.exchange.conflicts().await,
            Task::Roster => self.exchange.roster().await,
            Task::Templates => self.exchange.templates().await,
        };
        let now = self.clock.now();
        match &result {
            Ok(progress) => self.planner.succeeded(task, *progress, now),
            Err(trouble) => {
                tracing::debug!(?task, code = trouble.code, "exchange failed");
                self.planner.failed(task, trouble.failure, now, (self.random)());
            }
        }
        if self.exchange.take_conflicts_changed() {
            self.planner.conflicts_changed(now);
        }
        self.report(&result);
    }

    async fn listen(&mut self) -> Result<Progress, Trouble> {
        self.stream = Some(self.exchange.listen().await?);
        Ok(Progress::Complete)
    }

    /// Waits until the plan goes on, a check-in is recorded, or the backend says something.
    async fn rest(&mut self, until: Tick) {
        let due = (self.wait_until)(until);
        tokio::select! {
            () = self.recorded.notified() => self.planner.check_in_recorded(self.clock.now()),
            said = next_of(&mut self.stream) => self.hear(said),
            () = due => {}
        }
    }

    fn hear(&mut self, said: Option<Result<StreamEvent, BackendError>>) {
        let now = self.clock.now();
        if let Some(Ok(event)) = said {
            self.planner.said(&event, now);
        } else {
            self.stream = None;
            self.planner.stream_ended(now, (self.random)());
        }
        self.publish(|_| {});
    }

    fn report(&self, result: &Result<Progress, Trouble>) {
        self.publish(|status| match result {
            Ok(Progress::Idle) => {}
            Ok(_) => {
                status.failure = None;
                status.last_success = Some(self.clock.utc());
                status.server_offset_ms = self.exchange.server_offset_ms().or(status.server_offset_ms);
            }
            Err(trouble) => status.failure = Some(trouble.code),
        });
    }

    fn publish(&self, change: impl FnOnce(&mut SyncStatus)) {
        self.status.send_if_modified(|status| {
            let before = status.clone();
            change(status);
            status.connection = self.planner.connection();
            if status.connection != before.connection {
                tracing::info!(connection = ?status.connection, "connection to the backend changed");
            }
            *status != before
        });
    }
}

/// What the stream says next; never, if there is none.
async fn next_of(stream: &mut Option<EventStream>) -> Option<Result<StreamEvent, BackendError>> {
    match stream {
        Some(stream) => stream.next().await,
        None => std::future::pending().await,
    }
}
