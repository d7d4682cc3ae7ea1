//! Spreads [`Moment`]s to whoever measures. Costs nothing while nobody does.

use std::sync::Arc;

use portico_types::Clock;
use tokio::sync::broadcast;

use crate::moment::{Moment, MomentKind};

/// Moments that a slow reader may be behind before it misses some.
const BACKLOG: usize = 1_024;

/// Where moments are announced.
#[derive(Clone)]
pub(crate) struct Moments {
    clock: Arc<dyn Clock>,
    sender: broadcast::Sender<Moment>,
}

impl Moments {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, sender: broadcast::channel(BACKLOG).0 }
    }

    pub(crate) fn announce(&self, kind: MomentKind) {
        // Nobody listening is the normal case.
        let _ = self.sender.send(Moment::new(self.clock.now(), kind));
    }

    pub(crate) fn listen(&self) -> broadcast::Receiver<Moment> {
        self.sender.subscribe()
    }
}
