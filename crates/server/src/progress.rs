//! How long work tells how far it is, and how it is told to stop.

use portico_protocol::ImportPhase;

/// What long work is at.
pub type Phase = ImportPhase;

/// How far long work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What it is at.
    pub phase: Phase,
    /// Rows or pictures that are done in this phase.
    pub done: u64,
    /// Of how many, if that is known.
    pub total: Option<u64>,
}

/// Whoever waits for long work. Called often: must be quick, and must not call back.
pub trait Watch: Send + Sync {
    /// Learns how far it is.
    fn progress(&self, progress: Progress);

    /// Whether it should stop.
    fn is_stopped(&self) -> bool;
}

/// Nobody waits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn progress(&self, _: Progress) {}

    fn is_stopped(&self) -> bool {
        false
    }
}
