//! The two kinds of time: monotonic, for waiting and measuring, and UTC, for records.

use std::ops::{Add, Sub};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Monotonic time since the app started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tick(Duration);

impl Tick {
    /// The moment the app started.
    pub const ZERO: Self = Self(Duration::ZERO);

    /// `since_start` after the app started.
    pub const fn new(since_start: Duration) -> Self {
        Self(since_start)
    }

    /// `millis` milliseconds after the app started.
    pub const fn from_millis(millis: u64) -> Self {
        Self(Duration::from_millis(millis))
    }

    /// Time since the app started.
    pub const fn since_start(self) -> Duration {
        self.0
    }

    /// How long after `earlier` this is; zero if it is not.
    pub fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

impl Add<Duration> for Tick {
    type Output = Self;

    fn add(self, wait: Duration) -> Self {
        Self(self.0.saturating_add(wait))
    }
}

impl Sub<Duration> for Tick {
    type Output = Self;

    fn sub(self, before: Duration) -> Self {
        Self(self.0.saturating_sub(before))
    }
}

/// UTC wall-clock time in milliseconds since 1970. For records and display, never for ordering or waiting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct UtcMillis(#[ts(type = "number")] pub i64);

/// Where the time comes from. The real one lives in `app`, the fake one in `testkit`; nobody else reads
/// clocks (I6).
pub trait Clock: Send + Sync + 'static {
    /// Monotonic time since the app started.
    fn now(&self) -> Tick;

    /// Wall-clock time, for records.
    fn utc(&self) -> UtcMillis;
}
