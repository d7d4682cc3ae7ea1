//! The greeting is over, and its guest still stands there: they may enrol their face for the next time. Shows nothing of
//! who they are, and keeps nobody waiting.

use portico_types::{AttendeeId, Observation, Tick};

use super::consenting::{Consenting, Enrolling};
use super::presence::Presence;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::{GuestView, Input, SessionPolicy};

/// Waits for the guest's wish.
pub(crate) struct Offering {
    guest: Enrolling,
    presence: Presence,
    until: Tick,
}

impl Offering {
    /// Offers it to `guest`.
    pub(super) fn enter(cx: &mut Context<'_>, guest: Enrolling) -> State {
        let presence = Presence::now(cx);
        State::Offering(Self { guest, presence, until: cx.now + cx.policy.enrolment.offer })
    }
}

impl Phase for Offering {
    fn handle(self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(observation) => self.see(cx, &observation),
            Input::EnrolmentWanted => Consenting::enter(cx, self.guest, self.presence),
            Input::EnrolmentOffered(false) | Input::Dismissed | Input::CameraLost => attend(cx),
            _ => State::Offering(self),
        }
    }

    fn expire(self, cx: &mut Context<'_>) -> State {
        attend(cx)
    }

    fn view(&self) -> GuestView {
        GuestView::EnrolOffer
    }

    /// Nobody is offered anything who has left.
    fn deadline(&self, policy: &SessionPolicy) -> Option<Tick> {
        let gone = self.presence.gone_at(policy.face_gone);
        Some(gone.map_or(self.until, |gone| gone.min(self.until)))
    }

    fn guest(&self) -> Option<&AttendeeId> {
        Some(&self.guest.attendee)
    }
}

impl Offering {
    /// Unlike where the guest is busy with something, another face ends this at once.
    fn see(mut self, cx: &mut Context<'_>, observation: &Observation) -> State {
        if cx.newcomer().is_some() || !self.presence.sees(cx, observation) {
            return attend(cx);
        }
        State::Offering(self)
    }
}
