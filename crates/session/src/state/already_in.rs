//! The guest had entered before, and is told when and where.

use portico_types::{AttendeeId, FirstEntry, Tick};

use super::consenting::{Consenting, Enrolling};
use super::owner::Owner;
use super::presence::Presence;
use super::withdrawing::Withdrawing;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::{FaceChoice, GuestView, Input, SessionPolicy};

/// Shows the first entry.
pub(crate) struct AlreadyIn {
    guest: Enrolling,
    first: FirstEntry,
    owner: Owner,
    face: FaceChoice,
    until: Tick,
}

impl AlreadyIn {
    /// Tells the guest about their first entry.
    pub(super) fn enter(
        cx: &Context<'_>,
        guest: Enrolling,
        first: FirstEntry,
        owner: Owner,
        face: FaceChoice,
    ) -> State {
        State::AlreadyIn(Self { guest, first, owner, face, until: cx.now + cx.policy.already_in })
    }
}

impl Phase for AlreadyIn {
    /// Ends at once when the next guest steps up.
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(_) if self.owner.yields(cx) => attend(cx),
            Input::EnrolmentWanted if self.face == FaceChoice::Enrol => {
                let presence = Presence::now(cx);
                Consenting::enter(cx, self.guest, presence)
            }
            Input::WithdrawalWanted if self.face == FaceChoice::Remove => {
                Withdrawing::enter(cx, self.guest.attendee, self.owner)
            }
            Input::Dismissed => attend(cx),
            _ => State::AlreadyIn(self),
        }
    }

    fn expire(self, cx: &mut Context<'_>) -> State {
        attend(cx)
    }

    fn view(&self) -> GuestView {
        GuestView::AlreadyIn { name: self.guest.name.clone(), first: self.first.clone(), face: self.face }
    }

    fn deadline(&self, _policy: &SessionPolicy) -> Option<Tick> {
        Some(self.until)
    }

    fn guest(&self) -> Option<&AttendeeId> {
        Some(&self.guest.attendee)
    }
}
