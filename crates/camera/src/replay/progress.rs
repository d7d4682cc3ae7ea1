//! Which recording is on, for other threads to look at.

use std::sync::{Arc, Mutex, PoisonError};

/// The recording that the newest frame belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Playing {
    /// Its place in the playlist, from 0.
    pub item: usize,
    /// How many times the whole playlist has been played before.
    pub lap: u64,
}

/// A view of a replay. Clones look at the same one.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Mutex<Option<Playing>>>);

impl Progress {
    /// What is on; `None` in a gap and while nothing is played.
    pub fn playing(&self) -> Option<Playing> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set(&self, playing: Option<Playing>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = playing;
    }
}
