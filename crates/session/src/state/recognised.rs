//! Whom a search took a face for, until its guest is in.

use portico_types::{Candidate, TrackId};

/// A candidate, and the picture that spoke for them.
#[derive(Clone)]
pub(super) struct Recognised {
    pub(super) candidate: Candidate,
    pub(super) track: TrackId,
    /// Quality score of the picture, 0 to 1.
    pub(super) quality: f32,
    /// Whether it came with a spoof warning.
    pub(super) warning: bool,
}
