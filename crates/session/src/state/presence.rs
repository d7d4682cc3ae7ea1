//! Whether the guest who has shown who they are is still the one who stands there. Their face must not be taken for
//! another's: what is enrolled would belong to the wrong guest.

use portico_types::{Observation, Tick, TrackId};

use crate::context::Context;

/// The guest's face, as far as the camera can follow it.
pub(super) struct Presence {
    track: Option<TrackId>,
    seen_at: Tick,
    awaits: Awaits,
}

/// Which faces are taken for the guest's besides the one that is followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Awaits {
    /// None.
    Nobody,
    /// The first that comes, however late: the guest has agreed without being seen.
    Guest,
    /// Any: a person of staff, who stood before the camera to tap, steps aside for the guest.
    Anybody,
}

impl Presence {
    /// Whoever stands there.
    pub(super) fn now(cx: &mut Context<'_>) -> Self {
        Self { track: cx.set_present_aside(), seen_at: cx.now, awaits: Awaits::Nobody }
    }

    /// Whoever steps up after staff, who may be seen now, until [`Self::settle`] is called.
    pub(super) fn awaited(cx: &mut Context<'_>) -> Self {
        Self { track: cx.set_present_aside(), seen_at: cx.now, awaits: Awaits::Anybody }
    }

    /// The guest has acted: from now on it is they who are followed, and no other.
    pub(super) fn settle(self, cx: &Context<'_>) -> Self {
        if self.awaits == Awaits::Nobody {
            return self;
        }
        let track = cx.present().map(|sighting| sighting.subject.track);
        let awaits = if track.is_some() { Awaits::Nobody } else { Awaits::Guest };
        Self { track, seen_at: cx.now, awaits }
    }

    /// The track that is the guest's.
    pub(super) fn track(&self) -> Option<TrackId> {
        self.track
    }

    /// Takes a frame in; false if another guest has come in between. A face that is lost for a glance aside is found
    /// again under another number.
    pub(super) fn sees(&mut self, cx: &mut Context<'_>, observation: &Observation) -> bool {
        let Some(track) = observation.subject.as_ref().map(|subject| subject.track) else { return true };
        let awaited = self.awaits != Awaits::Nobody;
        let followed = self.track == Some(track);
        if !(followed || awaited || cx.now.since(self.seen_at) < cx.policy.enrolment.same_guest) {
            return false;
        }
        cx.memory.tracks.set_aside(track);
        if self.awaits == Awaits::Guest {
            self.awaits = Awaits::Nobody;
        }
        self.track = Some(track);
        self.seen_at = cx.now;
        true
    }

    /// From when on the guest counts as gone, unless they are seen again before.
    pub(super) fn gone_at(&self, left: std::time::Duration) -> Option<Tick> {
        (self.awaits == Awaits::Nobody).then(|| self.seen_at + left)
    }
}
