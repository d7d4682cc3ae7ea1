//! The guest asked for a person, and is told that one is coming.

use std::time::Duration;

use portico_types::Tick;

use super::owner::Owner;
use super::patience::Patience;
use super::{Phase, State, attend, go_back, use_face};
use crate::context::Context;
use crate::{GuestView, Input, SessionPolicy, StaffNotice};

/// Shows that staff are coming.
pub(crate) struct StaffCalled {
    owner: Owner,
    patience: Patience,
}

impl StaffCalled {
    /// Calls staff. While this is shown, another call changes nothing: they know.
    pub(super) fn enter(cx: &mut Context<'_>) -> State {
        cx.notify(StaffNotice::Called);
        let owner = Owner::whoever_is_present(cx);
        State::StaffCalled(Self { owner, patience: Patience::of(cx.policy.staff_called, cx.now) })
    }
}

impl Phase for StaffCalled {
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(_) if self.owner.yields(cx) => attend(cx),
            Input::Touched => {
                self.patience.renew(cx.now);
                State::StaffCalled(self)
            }
            Input::Tapped => use_face(cx),
            Input::Dismissed => go_back(cx),
            _ => State::StaffCalled(self),
        }
    }

    fn expire(mut self, cx: &mut Context<'_>) -> State {
        if self.patience.goes_on(cx.now) { State::StaffCalled(self) } else { attend(cx) }
    }

    fn view(&self) -> GuestView {
        GuestView::StaffCalled
    }

    fn deadline(&self, policy: &SessionPolicy) -> Option<Tick> {
        Some(self.patience.deadline(policy))
    }

    fn closing(&self, policy: &SessionPolicy) -> Option<Duration> {
        self.patience.closing(policy)
    }
}
