//! The real clock, and waiting until a moment on it. The only place that reads the time (I6).

use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use portico_types::{Clock, Tick, UtcMillis};

/// Waits for moments of a [`Clock`]. Real kiosks wait in real time, tests advance it by hand.
pub trait Timer: Send + Sync + 'static {
    /// Ends when the clock has reached `moment`.
    fn wait_until(&self, moment: Tick) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// The operating system's clocks.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// A clock whose `Tick::ZERO` is now.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the monotonic clock")]
    pub fn start() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Tick {
        Tick::new(self.start.elapsed())
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    fn utc(&self) -> UtcMillis {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        UtcMillis(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))
    }
}

impl Timer for SystemClock {
    fn wait_until(&self, moment: Tick) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(moment.since(self.now())))
    }
}
