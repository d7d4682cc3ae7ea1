//! Whose result is on the screen, and when somebody else has taken over.

use portico_types::{Tick, TrackId};

use crate::context::Context;

/// The guest whom a result is for, as far as the camera can tell.
pub(super) struct Owner {
    track: Option<TrackId>,
    /// Until when a result for nobody in view takes the first face that appears as its guest's.
    adopts_until: Tick,
}

impl Owner {
    /// The guest with this face.
    pub(super) fn of(track: TrackId) -> Self {
        Self { track: Some(track), adopts_until: Tick::ZERO }
    }

    /// Whoever stands there; their face is then left alone until they ask for it.
    pub(super) fn whoever_is_present(cx: &mut Context<'_>) -> Self {
        Self { track: cx.set_present_aside(), adopts_until: cx.now + cx.policy.adoption }
    }

    pub(super) fn track(&self) -> Option<TrackId> {
        self.track
    }

    /// Whether somebody else has stepped up. Faces that have had their turn do not count: a friend who waits
    /// beside the guest takes nothing over. A guest who typed with their head down is found a moment later.
    pub(super) fn yields(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(newcomer) = cx.newcomer().map(|sighting| sighting.subject.track) else {
            return false;
        };
        if self.track.is_none() && cx.now < self.adopts_until {
            self.track = cx.set_present_aside();
            return false;
        }
        self.track != Some(newcomer)
    }
}
