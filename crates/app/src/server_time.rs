//! The kiosk's wall clock, corrected by the backend's: two tablets whose clocks differ must agree on who came first, and
//! consent must end when its time is over, not when a wrong clock says so.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use portico_types::{Clock, Tick, UtcMillis};

/// A smaller difference is the uncertainty of its measurement, and correcting it would make times jump to and fro.
const NEGLIGIBLE_MS: i64 = 500;

/// Going back by more than this may bring something back to life.
const NOTICEABLE_MS: i64 = 60_000;

/// A clock whose wall time is that of the backend, as far as it is known. Clones share the correction, which ends with
/// the process: whoever starts a kiosk may have set its clock meanwhile.
#[derive(Clone)]
pub(crate) struct ServerTime {
    device: Arc<dyn Clock>,
    ahead_ms: Arc<AtomicI64>,
}

impl ServerTime {
    /// The device's own time, until the backend has been heard.
    pub(crate) fn new(device: Arc<dyn Clock>) -> Self {
        Self { device, ahead_ms: Arc::default() }
    }

    /// The clock that is not corrected.
    pub(crate) fn device(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.device)
    }

    /// The backend's clock was measured to be so far ahead of the device's. Says whether time went back noticeably:
    /// something may have been taken for over that was not.
    pub(crate) fn correct(&self, ahead_ms: i64) -> bool {
        let known = self.ahead_ms.load(Ordering::Relaxed);
        if ahead_ms.abs_diff(known) < NEGLIGIBLE_MS.unsigned_abs() {
            return false;
        }
        tracing::info!(ahead_ms, "the wall clock follows the backend's");
        self.ahead_ms.store(ahead_ms, Ordering::Relaxed);
        known.saturating_sub(ahead_ms) > NOTICEABLE_MS
    }
}

impl Clock for ServerTime {
    fn now(&self) -> Tick {
        self.device.now()
    }

    fn utc(&self) -> UtcMillis {
        UtcMillis(self.device.utc().0.saturating_add(self.ahead_ms.load(Ordering::Relaxed)))
    }
}

#[cfg(test)]
mod tests {
    use portico_testkit::FakeClock;

    use super::*;

    #[test]
    fn door_times_are_the_backends_once_it_was_heard() {
        let device = FakeClock::new();
        let time = ServerTime::new(Arc::new(device.clone()));
        assert_eq!(time.utc(), device.utc());
        assert!(time.correct(-7_200_000), "time went back");
        assert_eq!(time.utc().0, device.utc().0 - 7_200_000);
        assert_eq!(time.now(), device.now(), "what is measured does not jump");
    }

    #[test]
    fn the_trembling_of_the_measurement_moves_nothing() {
        let device = FakeClock::new();
        let time = ServerTime::new(Arc::new(device.clone()));
        assert!(!time.correct(60_000) && !time.correct(60_200));
        assert_eq!(time.utc().0, device.utc().0 + 60_000);
    }
}
