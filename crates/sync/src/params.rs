//! The numbers that pace the exchange.

use std::time::Duration;

/// How often, how much, and how patiently.
#[derive(Clone, Debug)]
pub struct SyncParams {
    /// Most outbox entries in one call, as many as the contract allows: after an outage the line is best used by few
    /// calls, and a line that cannot carry so much leads to smaller ones.
    pub batch_limit: usize,
    /// How often the outbox is looked at without being told of a check-in. A look is a local query; it makes sure that
    /// a lost notice delays a delivery by this much at most.
    pub outbox_every: Duration,
    /// How often the event's rules are asked for when nothing says that they changed.
    pub event_every: Duration,
    /// How often the roster is asked for while there is no stream: about the time that a guest takes from one door to
    /// the next.
    pub roster_every: Duration,
    /// How often the gallery is asked for while there is no stream.
    pub templates_every: Duration,
    /// How often the conflicts are asked for while there is no stream.
    pub conflicts_every: Duration,
    /// How often the feeds are asked for while the stream tells of changes.
    pub while_listening_every: Duration,
    /// How long changes are collected before they are pulled: a busy event sends several notices a second.
    pub burst: Duration,
    /// The same for conflicts, which staff at two doors are to see while the guest still stands there.
    pub conflicts_burst: Duration,
    /// First wait after a failure.
    pub backoff_first: Duration,
    /// Longest wait after repeated failures of a backend that can be reached.
    pub backoff_most: Duration,
    /// Longest wait between two attempts to reach a backend that cannot be reached: staff look at the screen and
    /// expect that it notices the returning network at once. One small question a second burdens nobody.
    pub probe_most: Duration,
    /// Longest wait that a backend may ask for.
    pub asked_wait_most: Duration,
    /// Longest wait before a backend that refuses cursors again and again is read from the start once more.
    pub restart_most: Duration,
    /// How often a kiosk whose access was withdrawn asks whether it still is.
    pub denied_every: Duration,
}

impl Default for SyncParams {
    fn default() -> Self {
        Self {
            batch_limit: 500,
            outbox_every: Duration::from_secs(10),
            event_every: Duration::from_mins(5),
            roster_every: Duration::from_secs(15),
            templates_every: Duration::from_mins(1),
            conflicts_every: Duration::from_secs(15),
            while_listening_every: Duration::from_mins(5),
            burst: Duration::from_millis(300),
            conflicts_burst: Duration::from_millis(50),
            backoff_first: Duration::from_millis(500),
            backoff_most: Duration::from_secs(30),
            probe_most: Duration::from_secs(2),
            asked_wait_most: Duration::from_mins(5),
            restart_most: Duration::from_mins(5),
            denied_every: Duration::from_mins(1),
        }
    }
}
