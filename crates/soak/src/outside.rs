//! Time and chance for soaks: a clock that goes on by a second at every look, and bytes that a seed decides.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use fastrand::Rng;
use portico_server::Random;
use portico_types::{CheckInId, Clock, Tick, UtcMillis};
use uuid::Builder;

/// When every soak begins: 2026-11-21, 09:00 UTC.
const START_MS: i64 = 1_795_251_600_000;

/// A clock that is a second later at every look, so that the same seed does the same again.
#[derive(Debug)]
pub struct SteppingClock(AtomicI64);

impl SteppingClock {
    /// A clock that begins with the soak.
    pub fn new() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(0)))
    }
}

impl Clock for SteppingClock {
    fn now(&self) -> Tick {
        Tick::from_millis(self.0.fetch_add(1_000, Ordering::Relaxed).unsigned_abs())
    }

    fn utc(&self) -> UtcMillis {
        UtcMillis(START_MS + self.0.fetch_add(1_000, Ordering::Relaxed))
    }
}

/// Fills slices with bytes that `seed` decides. They are no secrets.
pub fn fill(seed: u64) -> impl Fn(&mut [u8]) -> std::io::Result<()> + Send + Sync + 'static {
    let rng = Mutex::new(Rng::with_seed(seed));
    move |bytes| {
        rng.lock().unwrap_or_else(PoisonError::into_inner).fill(bytes);
        Ok(())
    }
}

/// The backend's randomness.
pub fn random(seed: u64) -> Random {
    Random::new(fill(seed))
}

/// A new id as the kiosk makes them.
pub fn fresh_id(rng: &mut Rng, at: UtcMillis) -> CheckInId {
    let mut bytes = [0; 10];
    rng.fill(&mut bytes);
    CheckInId(Builder::from_unix_timestamp_millis(at.0.max(0).cast_unsigned(), &bytes).into_uuid())
}
