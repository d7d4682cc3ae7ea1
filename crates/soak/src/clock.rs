//! Real time, for modes in which people or networks wait.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use portico_sync::WaitUntil;
use portico_types::{Clock, Tick, UtcMillis};

/// The operating system's clocks.
#[derive(Clone, Copy, Debug)]
pub struct RealClock(Instant);

impl RealClock {
    /// A clock whose `Tick::ZERO` is now.
    #[expect(clippy::disallowed_methods, reason = "the outermost edge: these soaks run in real time")]
    pub fn start() -> Arc<Self> {
        Arc::new(Self(Instant::now()))
    }

    /// Waiting by this clock.
    pub fn timer(self: &Arc<Self>) -> WaitUntil {
        let clock = Arc::clone(self);
        Box::new(move |moment| {
            let wait = moment.since(clock.now());
            Box::pin(tokio::time::sleep(wait))
        })
    }
}

impl Clock for RealClock {
    fn now(&self) -> Tick {
        Tick::new(self.0.elapsed())
    }

    #[expect(clippy::disallowed_methods, reason = "the outermost edge: these soaks run in real time")]
    fn utc(&self) -> UtcMillis {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        UtcMillis(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))
    }
}

/// Measures how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts to measure.
    #[expect(clippy::disallowed_methods, reason = "the outermost edge: how long people wait is real time")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    /// Milliseconds since the start.
    pub fn ms(&self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1e3
    }
}
