//! When one kind of task is due, and how failures put it off.

use std::time::Duration;

use portico_types::Tick;

/// Later than any time that is reached.
const NEVER: Tick = Tick::new(Duration::MAX);

/// When a task is due.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Schedule {
    /// When to do it next.
    pub(super) due: Tick,
    /// How often it has failed since it last succeeded.
    failures: u32,
}

impl Schedule {
    /// Done: next at `due`.
    pub(super) fn done_until(&mut self, due: Tick) {
        *self = Self { due, failures: 0 };
    }

    /// Not to be done until something else changes that. Failures stay counted.
    pub(super) fn suspend(&mut self) {
        self.due = NEVER;
    }

    /// Forgets former failures.
    pub(super) fn forgive(&mut self) {
        self.failures = 0;
    }

    /// Wanted by `wish`, unless failures have put it off.
    pub(super) fn bring_forward(&mut self, wish: Tick) {
        if self.failures == 0 {
            self.due = self.due.min(wish);
        }
    }

    /// Failed: put off for exactly as long as the backend asked, or else for longer each time.
    pub(super) fn put_off(&mut self, now: Tick, backoff: Backoff, asked: Option<Duration>) {
        self.failures = self.failures.saturating_add(1);
        self.due = now + asked.unwrap_or_else(|| backoff.wait(self.failures));
    }

    /// Failed in a way that has a wait of its own.
    pub(super) fn put_off_until(&mut self, due: Tick) {
        self.failures = self.failures.saturating_add(1);
        self.due = due;
    }
}

/// Waits that double from `first` to `most`, spread by `jitter` so that kiosks do not return all at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Backoff {
    /// First wait.
    pub(super) first: Duration,
    /// Longest wait.
    pub(super) most: Duration,
    /// A random number from 0 to 1.
    pub(super) jitter: f64,
}

impl Backoff {
    /// The wait after this many failures in a row: between half of it and all of it, never nothing.
    pub(super) fn wait(self, failures: u32) -> Duration {
        let doublings = failures.saturating_sub(1).min(16);
        let whole = self.first.saturating_mul(1 << doublings).min(self.most);
        let spread = if self.jitter.is_finite() { self.jitter.clamp(0.0, 1.0) } else { 1.0 };
        whole.mul_f64(0.5 + 0.5 * spread).max(Duration::from_millis(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_are_spread_over_their_upper_half() {
        let (first, most) = (Duration::from_millis(500), Duration::from_secs(30));
        let wait = |failures, jitter| Backoff { first, most, jitter }.wait(failures).as_millis();
        let whole: Vec<_> = [1, 2, 3, 6, 7, 8, 1000].map(|failures| wait(failures, 1.0)).into();
        assert_eq!(whole, [500, 1_000, 2_000, 16_000, 30_000, 30_000, 30_000]);
        assert_eq!((wait(2, 0.0), wait(2, 0.5)), (500, 750));
        assert_eq!(wait(2, f64::NAN), 1_000, "a broken source of randomness must not break the pace");
    }
}
