//! Whether the guest who has shown who they are is still the one who stands there. Their face must not be taken for
//! another's: what is enrolled would belong to the wrong guest.

use portico_types::{Observation, Tick, TrackId};

use crate::context::Context;

/// The guest's face, as far as the camera can follow it.
pub(super) struct Presence {
    track: Option<TrackId>,
    seen_at: Tick,
    /// Whether the first face that comes is the guest's, however late: a person of staff stands beside them.
    awaited: bool,
}

impl Presence {
    /// Whoever stands there.
    pub(super) fn now(cx: &mut Context<'_>) -> Self {
        Self { track: cx.set_present_aside(), seen_at: cx.now, awaited: false }
    }

    /// Whoever stands there or steps up next.
    pub(super) fn awaited(cx: &mut Context<'_>) -> Self {
        Self { track: cx.set_present_aside(), seen_at: cx.now, awaited: true }
    }

    /// The track that is the guest's.
    pub(super) fn track(&self) -> Option<TrackId> {
        self.track
    }

    /// Takes a frame in; false if another guest has come in between. A face that is lost for a glance aside is found
    /// again under another number.
    pub(super) fn sees(&mut self, cx: &mut Context<'_>, observation: &Observation) -> bool {
        let Some(track) = observation.subject.as_ref().map(|subject| subject.track) else { return true };
        let awaited = self.awaited && self.track.is_none();
        let followed = self.track == Some(track);
        if !(followed || awaited || cx.now.since(self.seen_at) < cx.policy.enrolment.same_guest) {
            return false;
        }
        cx.memory.tracks.set_aside(track);
        self.track = Some(track);
        self.seen_at = cx.now;
        true
    }

    /// From when on the guest counts as gone, unless they are seen again before.
    pub(super) fn gone_at(&self, left: std::time::Duration) -> Option<Tick> {
        let awaited = self.awaited && self.track.is_none();
        (!awaited).then(|| self.seen_at + left)
    }
}
