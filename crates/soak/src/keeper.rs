//! The thread that owns a kiosk's store, as in the kiosk: everybody else sends it work, which is done in the order in
//! which it comes.

use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use anyhow::{Result, anyhow};
use portico_store::{Store, StoreError};
use tokio::sync::oneshot;

type Work = Box<dyn FnOnce(&mut Store) + Send>;

/// What the thread is told.
enum Order {
    Do(Work),
    Close,
}

/// Why work was not done.
#[derive(Debug, thiserror::Error)]
pub enum KeeperError {
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The thread.
#[derive(Debug)]
pub struct Keeper {
    handle: Handle,
    thread: JoinHandle<()>,
}

/// The way to the thread.
#[derive(Clone, Debug)]
pub struct Handle(mpsc::Sender<Order>);

impl Keeper {
    /// Starts a thread for `store`.
    pub fn start(mut store: Store) -> Result<Self> {
        let (orders, inbox) = mpsc::channel();
        let thread = thread::Builder::new().name("store".into()).spawn(move || {
            for order in inbox {
                match order {
                    Order::Do(work) => work(&mut store),
                    Order::Close => break,
                }
            }
        })?;
        Ok(Self { handle: Handle(orders), thread })
    }

    /// The way to the thread.
    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// Closes the store after the work that was sent before.
    pub async fn close(self) -> Result<()> {
        // A thread that has ended already is found out by joining it.
        let _ = self.handle.0.send(Order::Close);
        let thread = self.thread;
        let joined = tokio::task::spawn_blocking(move || thread.join()).await?;
        joined.map_err(|_| anyhow!("the store's thread has panicked"))
    }
}

impl Handle {
    /// Runs `work` on the thread and returns what it returns.
    pub async fn with<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<R, StoreError> + Send + 'static,
    ) -> Result<R, KeeperError> {
        let (answer, answered) = oneshot::channel();
        let work: Work = Box::new(move |store| {
            // Whoever asked may have gone away; the work counts all the same.
            let _ = answer.send(work(store));
        });
        self.0.send(Order::Do(work)).map_err(|_| KeeperError::Closed)?;
        Ok(answered.await.map_err(|_| KeeperError::Closed)??)
    }
}
