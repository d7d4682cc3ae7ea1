//! The guest's face was not enrolled; nothing of it was kept. Their ticket goes on working.

use portico_types::Tick;

use super::owner::Owner;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::{EnrolFailure, GuestView, Input, SessionPolicy};

/// Shows why.
pub(crate) struct NotEnrolled {
    why: EnrolFailure,
    owner: Owner,
    until: Tick,
}

impl NotEnrolled {
    /// Tells the guest.
    pub(super) fn enter(cx: &mut Context<'_>, why: EnrolFailure) -> State {
        let owner = Owner::whoever_is_present(cx);
        State::NotEnrolled(Self { why, owner, until: cx.now + cx.policy.enrolment.outcome })
    }
}

impl Phase for NotEnrolled {
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(_) if self.owner.yields(cx) => attend(cx),
            Input::Dismissed => attend(cx),
            _ => State::NotEnrolled(self),
        }
    }

    fn expire(self, cx: &mut Context<'_>) -> State {
        attend(cx)
    }

    fn view(&self) -> GuestView {
        GuestView::NotEnrolled { why: self.why }
    }

    fn deadline(&self, _policy: &SessionPolicy) -> Option<Tick> {
        Some(self.until)
    }
}
