//! The guest's face is enrolled, and they are told so.

use portico_types::{AttendeeId, Tick};

use super::owner::Owner;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::{GuestView, Input, SessionPolicy};

/// Shows that it is done.
pub(crate) struct Enrolled {
    attendee: AttendeeId,
    pictures: u8,
    quality: f32,
    owner: Owner,
    until: Tick,
}

impl Enrolled {
    /// `pictures` pictures of `attendee` were taken over, the best of this quality score.
    pub(super) fn enter(cx: &mut Context<'_>, attendee: AttendeeId, pictures: u8, quality: f32) -> State {
        let owner = Owner::whoever_is_present(cx);
        State::Enrolled(Self {
            attendee,
            pictures,
            quality,
            owner,
            until: cx.now + cx.policy.enrolment.outcome,
        })
    }
}

impl Phase for Enrolled {
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(_) if self.owner.yields(cx) => attend(cx),
            Input::Dismissed => attend(cx),
            _ => State::Enrolled(self),
        }
    }

    fn expire(self, cx: &mut Context<'_>) -> State {
        attend(cx)
    }

    fn view(&self) -> GuestView {
        GuestView::Enrolled { pictures: self.pictures, quality: self.quality }
    }

    fn deadline(&self, _policy: &SessionPolicy) -> Option<Tick> {
        Some(self.until)
    }

    fn guest(&self) -> Option<&AttendeeId> {
        Some(&self.attendee)
    }
}
