//! How many PINs may be guessed: a bucket of eight, and one more every sixteen minutes that the kiosk has run.
//!
//! In any 24 hours at most `8 + 24 × 60 / 16 = 98` guesses get through. Only the monotonic clock counts, and a restart
//! begins with what is on disk and waits anew, so that neither setting the clock nor pulling the plug buys a guess. Pure:
//! whoever spends a guess keeps what is left on disk before the PIN is looked at.

use std::time::Duration;

use portico_types::Tick;

/// Guesses that a rested kiosk allows at once: typing errors are human.
pub const CAPACITY: u32 = 8;
/// Running time after which there is one more.
pub const REFILL: Duration = Duration::from_mins(16);

/// The guesses that are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guesses {
    left: u32,
    /// When the present wait for one more began; without meaning while the bucket is full.
    waiting_since: Tick,
}

impl Guesses {
    /// A kiosk that has just started; `kept` is what was left when it last wrote that down.
    pub fn at_start(kept: Option<u32>, now: Tick) -> Self {
        Self { left: kept.unwrap_or(CAPACITY).min(CAPACITY), waiting_since: now }
    }

    /// How many are left, as far as [`Guesses::settle`] has counted.
    pub fn left(&self) -> u32 {
        self.left
    }

    /// Adds what the passing of time has brought. Says whether that is anything.
    pub fn settle(&mut self, now: Tick) -> bool {
        let earned = now.since(self.waiting_since).as_secs() / REFILL.as_secs();
        let missing = CAPACITY - self.left;
        if u64::from(missing) <= earned {
            (self.left, self.waiting_since) = (CAPACITY, now);
        } else {
            self.left += earned as u32;
            self.waiting_since = self.waiting_since + REFILL * earned as u32;
        }
        missing > 0 && earned > 0
    }

    /// Takes one guess; if there is none, how long to wait for it.
    pub fn spend(&mut self, now: Tick) -> Result<(), Duration> {
        self.settle(now);
        if let Some(wait) = self.wait(now) {
            return Err(wait);
        }
        self.left -= 1;
        Ok(())
    }

    /// The guess was none: the PIN was right, or was never looked at. The wait for the next one goes on as before.
    pub fn give_back(&mut self) {
        self.left = (self.left + 1).min(CAPACITY);
    }

    /// How long there is no guess from `now` on, if there is none.
    pub fn wait(&self, now: Tick) -> Option<Duration> {
        (self.left == 0).then(|| (self.waiting_since + REFILL).since(now))
    }
}

#[cfg(test)]
mod tests;
