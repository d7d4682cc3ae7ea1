//! How far the backend's clock is ahead of the kiosk's, from the times in its answers.
//!
//! The backend notes its time somewhere between question and answer, so an exchange tells the difference up to half of
//! its round trip: quick exchanges tell more than slow ones.

use std::collections::VecDeque;
use std::time::Duration;

use portico_types::UtcMillis;

/// Exchanges that are remembered.
const REMEMBERED: usize = 8;
/// An exchange that takes longer says too little to be used.
const SLOWEST: Duration = Duration::from_secs(2);
/// Clocks drift apart a little between two exchanges without either of them having been set.
const DRIFT_MS: i64 = 250;

#[derive(Clone, Copy, Debug)]
struct Measured {
    ahead_ms: i64,
    round_trip_ms: i64,
}

impl Measured {
    /// Whether both can be true.
    fn agrees(self, other: Self) -> bool {
        let apart = self.ahead_ms.abs_diff(other.ahead_ms);
        apart <= (self.round_trip_ms.midpoint(other.round_trip_ms) + DRIFT_MS).unsigned_abs()
    }
}

/// The difference between the backend's clock and the kiosk's.
#[derive(Clone, Debug, Default)]
pub(crate) struct Skew {
    latest: VecDeque<Measured>,
}

impl Skew {
    /// The backend showed `server` in an answer that arrived at `answered_at`, `round_trip` after the question. The
    /// round trip is to be measured by a clock that nobody sets.
    pub(crate) fn measured(&mut self, server: UtcMillis, answered_at: UtcMillis, round_trip: Duration) {
        if round_trip > SLOWEST {
            return;
        }
        let round_trip_ms = i64::try_from(round_trip.as_millis()).unwrap_or(i64::MAX);
        let ahead_ms = server.0.saturating_sub(answered_at.0).saturating_add(round_trip_ms / 2);
        let new = Measured { ahead_ms, round_trip_ms };
        // Where two measurements contradict each other, one of the clocks has been set: what was known before is over.
        self.latest.retain(|known| known.agrees(new));
        self.latest.push_back(new);
        if self.latest.len() > REMEMBERED {
            self.latest.pop_front();
        }
    }

    /// The difference in milliseconds, by the quickest of the last exchanges.
    pub(crate) fn ahead_ms(&self) -> Option<i64> {
        self.latest.iter().min_by_key(|known| known.round_trip_ms).map(|known| known.ahead_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: i64 = 3_600_000;

    /// After exchanges with a backend: what it showed, what the kiosk showed at the answer, and the round trip.
    fn after(exchanges: &[(i64, i64, u64)]) -> Option<i64> {
        let mut skew = Skew::default();
        for (server, answered_at, round_trip_ms) in exchanges {
            skew.measured(UtcMillis(*server), UtcMillis(*answered_at), Duration::from_millis(*round_trip_ms));
        }
        skew.ahead_ms()
    }

    #[test]
    fn the_quickest_exchange_counts_and_slow_ones_do_not_spoil_it() {
        assert_eq!(after(&[]), None);
        assert_eq!(after(&[(HOUR_MS, 100, 200)]), Some(HOUR_MS), "the middle of the round trip");
        // The second answer was noted at its very beginning and then took 1.8 s to arrive.
        assert_eq!(after(&[(HOUR_MS, 100, 200), (HOUR_MS + 1_000, 2_800, 1_800)]), Some(HOUR_MS));
        assert_eq!(
            after(&[(HOUR_MS, 100, 200), (HOUR_MS, 9_000, 2_001)]),
            Some(HOUR_MS),
            "too slow to count"
        );
        assert_eq!(after(&[(HOUR_MS, 9_000, 2_001)]), None, "nothing is better than something wrong");
    }

    #[test]
    fn a_clock_that_was_set_is_noticed_by_the_next_answer() {
        let quick = (HOUR_MS, 0, 10);
        assert_eq!(after(&[quick, (HOUR_MS, HOUR_MS + 200, 400)]), Some(0), "the kiosk's was set forward");
        assert_eq!(after(&[quick, (0, 200, 400)]), Some(0), "the backend's was set back");
        assert_eq!(after(&[quick, (HOUR_MS + 300, 200, 400)]), Some(HOUR_MS + 5), "within the uncertainty");
    }

    #[test]
    fn what_is_long_past_is_forgotten() {
        let mut exchanges = vec![(HOUR_MS, 0, 10)];
        exchanges.extend((1..=8).map(|n| (HOUR_MS + n * 20_040, n * 20_000 + 100, 200)));
        assert_eq!(
            after(&exchanges),
            Some(HOUR_MS + 40),
            "the drift of eight exchanges, not the first of nine"
        );
    }
}
