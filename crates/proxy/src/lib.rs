//! A network on the loopback interface that fails on demand, between a client under test and its server.
//!
//! [`Proxy`] knows bytes only: a cable that is pulled, slow or cut. [`Chaos`] knows HTTP/1.1 and gives each exchange a
//! fault of its own. Neither knows what the two sides say to each other.

mod chaos;
mod link;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

pub use chaos::{Chaos, ChaosStats, Exchange, Fault};
use link::Ended;

/// What the network does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkState {
    /// Everything passes.
    #[default]
    Up,
    /// Live connections are reset, new ones too, as soon as they are made.
    Refusing,
    /// Connections are made, but nothing passes any more: a cable without its other end. What waits passes when
    /// the link is up again.
    Silent,
    /// Everything passes, each piece that much later.
    Slow {
        /// Delay of each piece, in each direction.
        latency: Duration,
    },
    /// Live connections are reset; new ones are, once the server has sent so many bytes over them.
    CutMidBody {
        /// Bytes of an answer that still arrive, head included.
        after_bytes: u64,
    },
}

impl LinkState {
    /// Whether turning to this state ends the connections that live.
    fn kills(self) -> bool {
        matches!(self, Self::Refusing | Self::CutMidBody { .. })
    }
}

/// What has passed so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Connections that clients made.
    pub accepted: u64,
    /// Connections that were reset, at once or later.
    pub reset: u64,
    /// Bytes that reached the server.
    pub bytes_up: u64,
    /// Bytes that reached the client.
    pub bytes_down: u64,
}

/// A running proxy. Dropping it ends it and all its connections.
pub struct Proxy {
    addr: SocketAddr,
    weather: watch::Sender<Weather>,
    counts: Arc<Counts>,
    listener: JoinHandle<()>,
}

/// The state of the link, and how often live connections have been killed.
#[derive(Clone, Copy, Default)]
struct Weather {
    state: LinkState,
    kills: u64,
}

#[derive(Default)]
struct Counts {
    accepted: AtomicU64,
    reset: AtomicU64,
    bytes_up: AtomicU64,
    bytes_down: AtomicU64,
}

impl Proxy {
    /// Starts a proxy in front of `upstream` with the link up. Needs a tokio runtime.
    pub async fn start(upstream: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let addr = listener.local_addr()?;
        let (weather, seen) = watch::channel(Weather::default());
        let counts = Arc::<Counts>::default();
        let task = tokio::spawn(listen(listener, upstream, seen, Arc::clone(&counts)));
        Ok(Self { addr, weather, counts, listener: task })
    }

    /// Where clients connect to.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Changes the network from now on.
    pub fn set(&self, state: LinkState) {
        self.weather.send_modify(|weather| {
            weather.state = state;
            weather.kills += u64::from(state.kills());
        });
    }

    /// What has passed so far.
    pub fn stats(&self) -> Stats {
        let read = |count: &AtomicU64| count.load(Ordering::SeqCst);
        Stats {
            accepted: read(&self.counts.accepted),
            reset: read(&self.counts.reset),
            bytes_up: read(&self.counts.bytes_up),
            bytes_down: read(&self.counts.bytes_down),
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

/// Accepts for ever. The connections end with this task, which owns them.
async fn listen(
    listener: TcpListener,
    upstream: SocketAddr,
    weather: watch::Receiver<Weather>,
    counts: Arc<Counts>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((client, _)) = accepted else { continue };
                counts.accepted.fetch_add(1, Ordering::SeqCst);
                connections.spawn(serve(client, upstream, weather.clone(), Arc::clone(&counts)));
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Carries one connection until either side ends it or the weather does.
async fn serve(
    mut client: TcpStream,
    upstream: SocketAddr,
    mut weather: watch::Receiver<Weather>,
    counts: Arc<Counts>,
) {
    let kills = weather.borrow_and_update().kills;
    let mut sky = weather.clone();
    let ended = tokio::select! {
        biased;
        _ = sky.wait_for(|now| now.kills > kills || now.state == LinkState::Refusing) => Ended::Cut,
        ended = link::carry(&mut client, upstream, weather, &counts) => ended,
    };
    if ended == Ended::Cut {
        counts.reset.fetch_add(1, Ordering::SeqCst);
        // Dropping the connection now resets it. Where that fails it ends in good order, which is failure enough.
        let _ = client.set_zero_linger();
    }
}

#[cfg(test)]
mod tests;
