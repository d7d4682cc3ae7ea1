//! The guest reads what they are asked to agree to. Declining leads on, and costs nothing.

use std::time::Duration;

use portico_types::{AttendeeId, Observation, Tick};

use super::capturing::Capturing;
use super::not_enrolled::NotEnrolled;
use super::patience::Patience;
use super::presence::Presence;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::{EnrolFailure, GuestView, Input, SessionPolicy};

/// Whose face is to be enrolled: a guest who has shown their ticket, or whom staff have led here.
#[derive(Clone)]
pub(crate) struct Enrolling {
    pub(crate) attendee: AttendeeId,
    /// The name as the event shows it, so that nobody agrees in another's place.
    pub(crate) name: String,
}

/// Waits for the guest's decision.
pub(crate) struct Consenting {
    guest: Enrolling,
    presence: Presence,
    patience: Patience,
}

impl Consenting {
    /// Shows the text to `guest`.
    pub(super) fn enter(cx: &mut Context<'_>, guest: Enrolling, presence: Presence) -> State {
        if !cx.memory.enrolment_offered {
            return NotEnrolled::enter(cx, EnrolFailure::Network);
        }
        let patience = Patience::of(cx.policy.enrolment.consent, cx.now);
        State::Consenting(Self { guest, presence, patience })
    }
}

impl Phase for Consenting {
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(observation) => self.see(cx, &observation),
            Input::Touched => {
                self.patience.renew(cx.now);
                State::Consenting(self)
            }
            Input::ConsentGiven(consent) => {
                let presence = self.presence.settle(cx);
                Capturing::enter(cx, self.guest, consent, presence)
            }
            // Agreeing to what cannot be done now would be a poor joke.
            Input::EnrolmentOffered(false) => NotEnrolled::enter(cx, EnrolFailure::Network),
            Input::CameraLost => NotEnrolled::enter(cx, EnrolFailure::Picture),
            Input::Dismissed => attend(cx),
            _ => State::Consenting(self),
        }
    }

    fn expire(mut self, cx: &mut Context<'_>) -> State {
        let has_left = self.left_at(cx.policy).is_some_and(|left| left <= cx.now);
        if !has_left && self.patience.goes_on(cx.now) { State::Consenting(self) } else { attend(cx) }
    }

    fn view(&self) -> GuestView {
        GuestView::Consent { name: self.guest.name.clone() }
    }

    fn deadline(&self, policy: &SessionPolicy) -> Option<Tick> {
        let over = self.patience.deadline(policy);
        Some(self.left_at(policy).map_or(over, |left| left.min(over)))
    }

    fn closing(&self, policy: &SessionPolicy) -> Option<Duration> {
        self.patience.closing(policy)
    }

    fn guest(&self) -> Option<&AttendeeId> {
        Some(&self.guest.attendee)
    }
}

impl Consenting {
    /// When the guest counts as gone, if their face stays away.
    fn left_at(&self, policy: &SessionPolicy) -> Option<Tick> {
        self.presence.gone_at(policy.enrolment.left)
    }

    fn see(mut self, cx: &mut Context<'_>, observation: &Observation) -> State {
        if self.presence.sees(cx, observation) { State::Consenting(self) } else { attend(cx) }
    }
}
