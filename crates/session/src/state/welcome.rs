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
        cx: &mut Context<'_>,
        attendee: AttendeeId,
        greeting: Greeting,
        owner: Owner,
        by_ticket: bool,
    ) -> State {
        cx.memory.welcomed_stands_there(&attendee, owner.track());
        let face = cx.face_choice(greeting.enrolled, by_ticket);
        State::Welcome(Self { attendee, greeting, owner, face, until: cx.now + cx.policy.welcome })
    }

    /// Greets `attendee`, whose ticket was shown, once more by the entry that was written down a moment ago: if the face
    /// that was greeted then still stands there.
    pub(super) fn again(cx: &mut Context<'_>, attendee: &AttendeeId) -> Option<State> {
        let (track, greeting) = cx.welcomed_who_stands_there(attendee)?;
        let greeting = greeting.clone();
        Some(Self::enter(cx, attendee.clone(), greeting, Owner::of(track), true))
    }
}

impl Phase for Welcome {
    /// Ends at once when the next guest steps up.
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(_) if self.owner.yields(cx) => attend(cx),
            Input::Observed(_) => {
                cx.memory.welcomed_stands_there(&self.attendee, self.owner.track());
                State::Welcome(self)
            }
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

    fn guest(&self) -> Option<&AttendeeId> {
        Some(&self.attendee)
    }
}

impl Welcome {
    fn guest(&self) -> Enrolling {
        Enrolling { attendee: self.attendee.clone(), name: self.greeting.name.clone() }
    }
}
