//! The guest's face was not enrolled; nothing of it was kept. Their ticket goes on working.

use std::time::Duration;

use portico_types::Tick;

use super::owner::Owner;
use super::patience::Patience;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::{EnrolFailure, GuestView, Input, SessionPolicy};

/// Shows why.
pub(crate) struct NotEnrolled {
    why: EnrolFailure,
    owner: Owner,
    patience: Patience,
}

impl NotEnrolled {
    /// Tells the guest.
    pub(super) fn enter(cx: &mut Context<'_>, why: EnrolFailure) -> State {
        let owner = Owner::whoever_is_present(cx);
        let patience = Patience::of(cx.policy.enrolment.failure, cx.now);
        State::NotEnrolled(Self { why, owner, patience })
    }
}

impl Phase for NotEnrolled {
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(_) if self.owner.yields(cx) => attend(cx),
            Input::Touched => {
                self.patience.renew(cx.now);
                State::NotEnrolled(self)
            }
            Input::Dismissed => attend(cx),
            _ => State::NotEnrolled(self),
        }
    }

    fn expire(mut self, cx: &mut Context<'_>) -> State {
        if self.patience.goes_on(cx.now) { State::NotEnrolled(self) } else { attend(cx) }
    }

    fn view(&self) -> GuestView {
        GuestView::NotEnrolled { why: self.why }
    }

    fn deadline(&self, policy: &SessionPolicy) -> Option<Tick> {
        Some(self.patience.deadline(policy))
    }

    fn closing(&self, policy: &SessionPolicy) -> Option<Duration> {
        self.patience.closing(policy)
    }
}
