//! The edge of the process: the real clock and the real randomness.

use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use portico_server::Random;
use portico_types::{Clock, Tick, UtcMillis};

struct SystemClock {
    started: Instant,
}

impl Clock for SystemClock {
    fn now(&self) -> Tick {
        Tick::new(self.started.elapsed())
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the edge of the process, from where the time is handed in"
    )]
    fn utc(&self) -> UtcMillis {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        UtcMillis(since_1970.as_millis() as i64)
    }
}

/// The operating system's clocks.
#[expect(clippy::disallowed_methods, reason = "the edge of the process, from where the time is handed in")]
pub fn clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock { started: Instant::now() })
}

/// The operating system's randomness.
pub fn random() -> Random {
    Random::new(|bytes| getrandom::fill(bytes).map_err(|error| std::io::Error::other(error.to_string())))
}
