//! The running server: a socket, the routes, and the watch over what other processes write.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use portico_types::Clock;
use tokio::net::TcpListener;
use tokio::task::{JoinError, JoinHandle};
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::backend::Backend;
use crate::config::{Limits, ServerConfig};
use crate::error::{BackendError, ServerError};
use crate::http::AppState;
use crate::random::Random;
use crate::routes;

/// Starts servers.
#[derive(Debug)]
pub struct Server;

/// A server that answers until it is shut down or dropped.
#[derive(Debug)]
pub struct Running {
    addr: SocketAddr,
    backend: Arc<Backend>,
    serving: JoinHandle<std::io::Result<()>>,
    watching: JoinHandle<()>,
    shutdown_time: Duration,
    stopping: DropGuard,
}

impl Server {
    /// Opens the database and the nets, and listens.
    pub async fn start(
        config: ServerConfig,
        clock: Arc<dyn Clock>,
        random: Random,
    ) -> Result<Running, ServerError> {
        let opening = config.clone();
        let backend = tokio::task::spawn_blocking(move || Backend::open(&opening, clock, random)).await??;
        Self::serve(&config, Arc::new(backend)).await
    }

    /// Listens for a backend that is open already.
    pub async fn serve(config: &ServerConfig, backend: Arc<Backend>) -> Result<Running, ServerError> {
        let fail = |source| ServerError::Listen { address: config.listen, source };
        let listener = TcpListener::bind(config.listen).await.map_err(fail)?;
        let addr = listener.local_addr().map_err(fail)?;
        let stopping = CancellationToken::new();
        let router = router(Arc::clone(&backend), config.limits, stopping.clone());
        let stop = stopping.clone().cancelled_owned();
        let serving =
            tokio::spawn(async move { axum::serve(listener, router).with_graceful_shutdown(stop).await });
        let watching = tokio::spawn(watch(Arc::clone(&backend), config.watch_every, stopping.clone()));
        tracing::info!(%addr, "listening");
        Ok(Running {
            addr,
            backend,
            serving,
            watching,
            shutdown_time: config.limits.shutdown_time,
            stopping: stopping.drop_guard(),
        })
    }
}

impl Running {
    /// The address that is listened on.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The backend behind the routes.
    pub fn backend(&self) -> &Arc<Backend> {
        &self.backend
    }

    /// Ends streams, lets answers under way finish for a while, and stops.
    pub async fn shutdown(self) -> Result<(), ServerError> {
        let Self { serving, watching, shutdown_time, stopping, .. } = self;
        drop(stopping);
        let abort = serving.abort_handle();
        let served = timeout(shutdown_time, serving).await;
        if served.is_err() {
            tracing::warn!("some answers were cut off by the shutdown");
            abort.abort();
        }
        watching.await?;
        served.unwrap_or(Ok(Ok(())))??;
        Ok(())
    }
}

/// The routes over `backend`, for a server of one's own; streams end when `stopping` is cancelled.
pub fn router(backend: Arc<Backend>, limits: Limits, stopping: CancellationToken) -> axum::Router {
    routes::router(AppState::new(backend, limits, stopping))
}

/// Tells streams of what other processes write, and erases what expires while nobody asks.
async fn watch(backend: Arc<Backend>, every: Duration, stopping: CancellationToken) {
    let mut beat = interval(every);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stopping.cancelled() => return,
            _ = beat.tick() => {}
        }
        let looking = Arc::clone(&backend);
        let looked: Result<Result<(), BackendError>, JoinError> =
            tokio::task::spawn_blocking(move || looking.look_around()).await;
        match looked {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "cannot look for changes"),
            Err(error) => tracing::warn!(%error, "cannot look for changes"),
        }
    }
}
