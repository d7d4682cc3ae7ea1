//! Ten wrong answers at one kiosk, and one more every ten minutes.

use std::time::Duration;

use portico_types::Tick;

const BUDGET: u8 = 10;
const REFILL: Duration = Duration::from_mins(10);

/// When each answer that still counts is forgotten, the next one first.
#[derive(Default)]
pub struct Budget(Vec<Tick>);

impl Budget {
    /// How many more may be given at `now`.
    pub fn left(&self, now: Tick) -> u8 {
        let counting = self.0.iter().filter(|forgotten| **forgotten > now).count();
        BUDGET.saturating_sub(counting as u8)
    }

    /// One is given: forgotten ten minutes after the one before it.
    pub fn spend(&mut self, now: Tick) {
        self.0.retain(|forgotten| *forgotten > now);
        let last = self.0.last().copied().unwrap_or(now);
        self.0.push(last + REFILL);
    }

    /// It was right.
    pub fn forgive(&mut self) {
        self.0.pop();
    }
}
