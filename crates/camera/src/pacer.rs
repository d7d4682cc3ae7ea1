//! Waiting for a moment of the injected clock. The only place of this crate where a thread rests for a while.

use std::sync::Arc;
use std::thread;

use portico_types::{Clock, Tick};

/// Waits, so that a recording plays at its own speed. Tests bring one that turns their clock forward instead.
pub trait Pacer: Send {
    /// Returns at `when`, or earlier; the caller looks at the clock again.
    fn wait_until(&mut self, when: Tick);
}

/// Parks the calling thread. Unparking it, as [`crate::Capture`] does to stop, ends the wait at once.
pub struct ParkPacer {
    clock: Arc<dyn Clock>,
}

impl ParkPacer {
    /// Waits by `clock`.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock }
    }
}

impl Pacer for ParkPacer {
    fn wait_until(&mut self, when: Tick) {
        let rest = when.since(self.clock.now());
        if !rest.is_zero() {
            thread::park_timeout(rest);
        }
    }
}
