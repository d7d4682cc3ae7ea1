//! The guest had entered before, and is told when and where.

use portico_types::{FirstEntry, Tick};

use super::owner::Owner;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::{GuestView, Input, SessionPolicy};

/// Shows the first entry.
pub(crate) struct AlreadyIn {
    name: String,
    first: FirstEntry,
    owner: Owner,
    until: Tick,
}

impl AlreadyIn {
    /// Tells the guest about their first entry.
    pub(super) fn enter(cx: &Context<'_>, name: String, first: FirstEntry, owner: Owner) -> State {
        State::AlreadyIn(Self { name, first, owner, until: cx.now + cx.policy.already_in })
    }
}

impl Phase for AlreadyIn {
    /// Ends at once when the next guest steps up.
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(_) if self.owner.yields(cx) => attend(cx),
            Input::Dismissed => attend(cx),
            _ => State::AlreadyIn(self),
        }
    }

    fn expire(self, cx: &mut Context<'_>) -> State {
        attend(cx)
    }

    fn view(&self) -> GuestView {
        GuestView::AlreadyIn { name: self.name.clone(), first: self.first.clone() }
    }

    fn deadline(&self, _policy: &SessionPolicy) -> Option<Tick> {
        Some(self.until)
    }
}
