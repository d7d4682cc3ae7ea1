//! The one thread that owns the database. Everybody else sends it work and waits for the answer.

use std::sync::mpsc::{self, TryRecvError};
use std::thread;

use portico_store::Store;
use tokio::sync::oneshot;

type Work = Box<dyn FnOnce(&mut Store) + Send>;

/// The store thread has ended; the kiosk is shutting down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the database thread has ended")]
pub struct StoreGone;

/// Sends work to the store thread. The thread ends when the last handle is dropped.
#[derive(Clone)]
pub struct StoreHandle {
    work: mpsc::Sender<Work>,
}

impl StoreHandle {
    /// Starts the thread. `after` is called on it after each piece of work.
    pub fn spawn(
        mut store: Store,
        mut after: impl FnMut(&mut Store) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (work, inbox) = mpsc::channel::<Work>();
        thread::Builder::new().name("store".into()).spawn(move || {
            while let Some(piece) = next(&inbox, &mut store) {
                piece(&mut store);
                after(&mut store);
            }
        })?;
        Ok(Self { work })
    }

    /// Runs `work` on the store thread and returns what it returns.
    pub async fn with<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> R + Send + 'static,
    ) -> Result<R, StoreGone> {
        let (answer, answered) = oneshot::channel();
        let piece: Work = Box::new(move |store| {
            // Whoever asked may have gone away; the work counts all the same.
            let _ = answer.send(work(store));
        });
        self.work.send(piece).map_err(|_| StoreGone)?;
        answered.await.map_err(|_| StoreGone)
    }
}

/// The next piece of work; before waiting for it, the database does what it puts off while somebody waits.
fn next(inbox: &mpsc::Receiver<Work>, store: &mut Store) -> Option<Work> {
    match inbox.try_recv() {
        Ok(piece) => return Some(piece),
        Err(TryRecvError::Disconnected) => return None,
        Err(TryRecvError::Empty) => {}
    }
    if let Err(error) = store.rest() {
        tracing::warn!(%error, "the write-ahead log could not be folded in; trying again later");
    }
    inbox.recv().ok()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A handle whose thread has ended: nothing can be written down any more.
    pub(crate) fn gone() -> StoreHandle {
        StoreHandle { work: mpsc::channel().0 }
    }

    #[tokio::test]
    async fn whoever_asks_a_thread_that_has_ended_is_told_so() {
        assert_eq!(gone().with(|_| ()).await, Err(StoreGone));
    }
}
