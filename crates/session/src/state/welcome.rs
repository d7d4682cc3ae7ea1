//! The guest is in, and greeted. Entered only with an entry that is on disk (I2).

use portico_types::{AttendeeId, Tick};

use super::consenting::{Consenting, Enrolling};
use super::offering::Offering;
use super::owner::Owner;
use super::presence::Presence;
use super::withdrawing::Withdrawing;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::memory::Greeting;
use crate::{FaceChoice, GuestView, Input, SessionPolicy};

/// Shows the greeting.
pub(crate) struct Welcome {
    attendee: AttendeeId,
    greeting: Greeting,
    owner: Owner,
    face: FaceChoice,
    until: Tick,
}

impl Welcome {
    /// Greets the guest whose entry was written down.
    pub(super) fn enter(
        cx: &Context<'_>,
        attendee: AttendeeId,
        greeting: Greeting,
        owner: Owner,
        by_ticket: bool,
    ) -> State {
        let face = cx.face_choice(greeting.enrolled, by_ticket);
        State::Welcome(Self { attendee, greeting, owner, face, until: cx.now + cx.policy.welcome })
    }
}

impl Phase for Welcome {
    /// Ends at once when the next guest steps up.
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(_) if self.owner.yields(cx) => attend(cx),
            Input::EnrolmentWanted if self.face == FaceChoice::Enrol => {
                let presence = Presence::now(cx);
                Consenting::enter(cx, self.guest(), presence)
            }
            Input::WithdrawalWanted if self.face == FaceChoice::Remove => {
                Withdrawing::enter(cx, self.attendee, self.owner)
            }
            Input::Dismissed => attend(cx),
            _ => State::Welcome(self),
        }
    }

    /// The name goes after its time in any case; the offer stays for a guest who still stands there.
    fn expire(self, cx: &mut Context<'_>) -> State {
        let still_there =
            cx.present().is_some_and(|sighting| self.owner.track() == Some(sighting.subject.track));
        if self.face == FaceChoice::Enrol && cx.memory.enrolment_offered && still_there {
            return Offering::enter(cx, self.guest());
        }
        attend(cx)
    }

    fn view(&self) -> GuestView {
        let Greeting { name, note, offline, enrolled: _ } = self.greeting.clone();
        GuestView::Welcome { name, note, offline, face: self.face }
    }

    fn deadline(&self, _policy: &SessionPolicy) -> Option<Tick> {
        Some(self.until)
    }
}

impl Welcome {
    fn guest(&self) -> Enrolling {
        Enrolling { attendee: self.attendee.clone(), name: self.greeting.name.clone() }
    }
}
