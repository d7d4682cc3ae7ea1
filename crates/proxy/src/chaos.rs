//! An HTTP/1.1 proxy that lets a script decide what befalls each exchange.
//!
//! Each connection carries one exchange and is closed after it. A kept connection would give clients reason to repeat
//! requests by themselves, and the numbers of the exchanges would not mean anything any more. Whatever is random lies
//! in the script. Knows no routes, no JSON and no clock.

mod exchange;
mod fault;
mod http;
mod stats;
mod substitute;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

pub use fault::{Exchange, Fault};
pub use stats::ChaosStats;

/// A running proxy. Dropping it ends it and all its connections.
pub struct Chaos {
    addr: SocketAddr,
    shared: Arc<Shared>,
    listener: JoinHandle<()>,
}

/// What all connections have in common.
struct Shared {
    upstream: SocketAddr,
    script: Mutex<Script>,
    stats: Mutex<ChaosStats>,
    /// How often live streams have been cut.
    cuts: watch::Sender<u64>,
}

/// Decides the faults, and numbers the exchanges in the order in which it was asked.
struct Script {
    exchanges: u64,
    decide: Box<dyn FnMut(&Exchange) -> Fault + Send>,
}

impl Chaos {
    /// Starts a proxy in front of `upstream`. The script is asked once for each exchange, when the head of its request
    /// has been read. Needs a tokio runtime with time and I/O.
    pub async fn start(
        upstream: SocketAddr,
        script: impl FnMut(&Exchange) -> Fault + Send + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let addr = listener.local_addr()?;
        let shared = Arc::new(Shared {
            upstream,
            script: Mutex::new(Script { exchanges: 0, decide: Box::new(script) }),
            stats: Mutex::default(),
            cuts: watch::Sender::new(0),
        });
        let task = tokio::spawn(listen(listener, Arc::clone(&shared)));
        Ok(Self { addr, shared, listener: task })
    }

    /// Where clients connect to.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// What has befallen whom so far.
    pub fn stats(&self) -> ChaosStats {
        self.shared.stats().clone()
    }

    /// Resets all streams of server-sent events that pass at the moment. New ones pass.
    pub fn cut_streams(&self) {
        self.shared.cuts.send_modify(|cuts| *cuts += 1);
    }
}

impl Drop for Chaos {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

impl Shared {
    /// Asks the script about a request and counts what it said.
    fn decide(&self, method: &str, path: &str) -> Fault {
        let fault = {
            let mut script = self.script.lock().unwrap_or_else(PoisonError::into_inner);
            script.exchanges += 1;
            let number = script.exchanges;
            (script.decide)(&Exchange { number, method: method.to_owned(), path: path.to_owned() })
        };
        self.stats().count(fault);
        fault
    }

    fn stats(&self) -> MutexGuard<'_, ChaosStats> {
        self.stats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Accepts for ever. The connections end with this task, which owns them.
async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((client, _)) = accepted else { continue };
                connections.spawn(exchange::serve(client, Arc::clone(&shared)));
            }
            Some(_) = connections.join_next() => {}
        }
    }
}
