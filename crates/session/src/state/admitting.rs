//! An entry is being written down. Shown as the screen before, since it takes milliseconds.

use portico_types::{Admission, AttendeeId, Method, Tick, TrackId};

use super::already_in::AlreadyIn;
use super::consenting::Enrolling;
use super::not_found::NotFound;
use super::owner::Owner;
use super::recognised::Recognised;
use super::trouble::Trouble;
use super::welcome::Welcome;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::memory::Greeting;
use crate::{AdmitOutcome, Evidence, GuestView, Input, RequestId, SessionPolicy, Tried};

/// The one wish to enter whose answer is awaited. It is asked for once and never repeated.
pub(super) struct AwaitedAdmission {
    request: RequestId,
    attendee: AttendeeId,
    method: Method,
    track: Option<TrackId>,
}

/// Waits for the answer of the store.
pub(crate) struct Admitting {
    awaited: AwaitedAdmission,
    shown: GuestView,
    until: Tick,
}

impl Admitting {
    /// Admits a recognised guest, unless they were welcomed a moment ago: then they are just welcomed again. A ticket with a
    /// face is shown anew each time, and asks the store like any ticket.
    pub(super) fn by_face(
        cx: &mut Context<'_>,
        recognised: Recognised,
        method: Method,
        shown: GuestView,
    ) -> State {
        let Recognised { candidate, track, warning, quality: _, way: _ } = recognised;
        if method != Method::Ticket
            && let Some(greeting) = cx.memory.just_welcomed(&candidate.attendee).cloned()
        {
            return Welcome::enter(cx, candidate.attendee, greeting, Owner::of(track), false);
        }
        let attendee = candidate.attendee.clone();
        let evidence = Evidence { candidate: Some(candidate), track: Some(track), warning };
        Self::enter(cx, attendee, method, evidence, shown)
    }

    /// Admits the owner of a ticket, unless they were welcomed a moment ago and still stand there. A ticket passed back over
    /// the rope is not its guest seen again: for any other face, and without one, the store is asked.
    pub(super) fn by_ticket(cx: &mut Context<'_>, attendee: AttendeeId, shown: GuestView) -> State {
        if let Some(again) = Welcome::again(cx, &attendee) {
            return again;
        }
        let evidence = Evidence { candidate: None, track: None, warning: false };
        Self::enter(cx, attendee, Method::Ticket, evidence, shown)
    }

    /// Admits the guest who has the typed name and digits.
    pub(super) fn by_name(cx: &mut Context<'_>, attendee: AttendeeId, shown: GuestView) -> State {
        let evidence = Evidence { candidate: None, track: None, warning: false };
        Self::enter(cx, attendee, Method::NameAndFact, evidence, shown)
    }
}

impl Phase for Admitting {
    fn handle(self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Admitted { request, outcome } if self.awaited.expects(request) => {
                self.awaited.answered(cx, outcome)
            }
            _ => State::Admitting(self),
        }
    }

    /// No answer came. The entry may still be written, so it is not asked for again.
    fn expire(self, cx: &mut Context<'_>) -> State {
        Trouble::unanswered(cx, self.awaited)
    }

    fn view(&self) -> GuestView {
        self.shown.clone()
    }

    fn deadline(&self, _policy: &SessionPolicy) -> Option<Tick> {
        Some(self.until)
    }
}

impl Admitting {
    fn enter(
        cx: &mut Context<'_>,
        attendee: AttendeeId,
        method: Method,
        evidence: Evidence,
        shown: GuestView,
    ) -> State {
        let track = evidence.track;
        let request = cx.admit(attendee.clone(), method, evidence);
        let awaited = AwaitedAdmission { request, attendee, method, track };
        State::Admitting(Self { awaited, shown, until: cx.now + cx.policy.admit_guard })
    }
}

impl AwaitedAdmission {
    pub(super) fn expects(&self, request: RequestId) -> bool {
        self.request == request
    }

    /// Shows what came of the wish to enter.
    pub(super) fn answered(&self, cx: &mut Context<'_>, outcome: AdmitOutcome) -> State {
        let owner = self.owner(cx);
        let AdmitOutcome::Answered { admission, name, note, offline, enrolled } = outcome else {
            return Trouble::refused(cx, owner);
        };
        let Some(owner) = owner else {
            return attend(cx);
        };
        let (guest, by_ticket) = (self.attendee.clone(), self.method == Method::Ticket);
        match admission {
            Admission::Recorded(_) => {
                Welcome::enter(cx, guest, Greeting { name, note, offline, enrolled }, owner, by_ticket)
            }
            Admission::AlreadyIn(first) => {
                let face = cx.face_choice(enrolled, by_ticket);
                AlreadyIn::enter(cx, Enrolling { attendee: guest, name }, first, owner, face)
            }
            Admission::NotOnRoster => NotFound::enter(cx, self.tried(), owner),
        }
    }

    /// Whose result it is. A face's result belongs to that face, and to nobody if another guest has stepped up
    /// meanwhile: what it says is not for them (I10). A fact or a ticket alone came from whoever stands there.
    pub(super) fn owner(&self, cx: &mut Context<'_>) -> Option<Owner> {
        match (self.method, self.track) {
            (Method::Face | Method::Ticket, Some(track)) => {
                cx.newcomer_beside(track).is_none().then(|| Owner::of(track))
            }
            _ => Some(Owner::whoever_is_present(cx)),
        }
    }

    fn tried(&self) -> Tried {
        match self.method {
            Method::Ticket => Tried::Ticket,
            Method::NameAndFact => Tried::Name,
            Method::Face | Method::FaceAndFact | Method::Staff => Tried::Face,
        }
    }
}
