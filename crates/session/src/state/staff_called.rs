//! The guest asked for a person, and is told that one is coming.

use portico_types::Tick;

use super::owner::Owner;
use super::{Phase, State, attend, go_back, use_face};
use crate::context::Context;
use crate::{GuestView, Input, SessionPolicy, StaffNotice};

/// Shows that staff are coming.
pub(crate) struct StaffCalled {
    owner: Owner,
    until: Tick,
}

impl StaffCalled {
    /// Calls staff. While this is shown, another call changes nothing: they know.
    pub(super) fn enter(cx: &mut Context<'_>) -> State {
        cx.notify(StaffNotice::Called);
        let owner = Owner::whoever_is_present(cx);
        State::StaffCalled(Self { owner, until: cx.now + cx.policy.staff_called })
    }
}

impl Phase for StaffCalled {
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(_) if self.owner.yields(cx) => attend(cx),
            Input::Tapped => use_face(cx),
            Input::Dismissed => go_back(cx),
            _ => State::StaffCalled(self),
        }
    }

    fn expire(self, cx: &mut Context<'_>) -> State {
        attend(cx)
    }

    fn view(&self) -> GuestView {
        GuestView::StaffCalled
    }

    fn deadline(&self, _policy: &SessionPolicy) -> Option<Tick> {
        Some(self.until)
    }
}
