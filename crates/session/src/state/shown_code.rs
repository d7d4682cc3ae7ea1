//! A code that the camera sees. In the ticket screen it is as good as typed. Everywhere else it is looked up behind the
//! screen first, because most codes in the world are no tickets: only a ticket interrupts what is going on.

use portico_types::{AttendeeId, FaceTicket, TicketRefusal};

use super::State;
use super::admitting::Admitting;
use super::matching::Matching;
use super::not_found::NotFound;
use super::owner::Owner;
use super::ticket::Ticket;
use crate::codes::{CodeMark, Glimpse};
use crate::context::Context;
use crate::{GuestView, Input, StaffNotice, Tried};

/// What a code turned out to be.
pub(super) enum Found {
    /// No ticket of this event.
    Nothing,
    /// A ticket that lets its guest in.
    Guest(AttendeeId),
    /// A ticket that lets its guest in if they have the face that it carries.
    WithFace(AttendeeId, FaceTicket),
    /// A ticket that must not let anybody in.
    Refused(TicketRefusal),
}

impl Found {
    /// What the answer to a look-up says.
    pub(super) fn of(answer: Input) -> Self {
        match answer {
            Input::TicketFound { attendee: Some(attendee), .. } => Self::Guest(attendee),
            Input::TicketWithFace { attendee, ticket, .. } => Self::WithFace(attendee, ticket),
            Input::TicketRefused { refusal, .. } => Self::Refused(refusal),
            _ => Self::Nothing,
        }
    }

    /// Whose good ticket it is.
    fn guest(&self) -> Option<&AttendeeId> {
        match self {
            Self::Guest(attendee) | Self::WithFace(attendee, _) => Some(attendee),
            Self::Nothing | Self::Refused(_) => None,
        }
    }
}

/// The camera sees `code`.
pub(super) fn seen(state: State, cx: &mut Context<'_>, code: &str) -> State {
    let code = code.trim();
    if code.is_empty() {
        return state;
    }
    let mark = CodeMark::of(code);
    cx.memory.codes.see(mark, cx.now, cx.policy);
    if cx.memory.was_scanned(mark, cx.now, cx.policy.codes.gone) {
        // A hand scanner was faster than the camera.
        cx.memory.codes.answer(mark);
    }
    if cx.memory.codes.is_answered(mark) || !state.can_be_left() {
        return state;
    }
    if matches!(state, State::Ticket(_)) {
        if cx.memory.codes.is_scenery(mark, cx.now, cx.policy) {
            return state;
        }
        cx.memory.codes.answer(mark);
        state.set_face_aside(cx);
        return Ticket::look_up(cx, code.to_owned());
    }
    if cx.memory.codes.may_glimpse(mark, cx.now) {
        let request = cx.look_up_ticket(code.to_owned());
        cx.memory.codes.glimpse(mark, request, cx.now + cx.policy.lookup_guard);
    }
    state
}

/// What a code that was looked up behind the screen turned out to be. The telephone in the hand of the guest whose screen
/// it is, is not the next guest.
pub(super) fn looked_up(state: State, cx: &mut Context<'_>, glimpse: &Glimpse, found: Found) -> State {
    let Glimpse { code, is_owed, .. } = *glimpse;
    if matches!(found, Found::Nothing) && !is_owed {
        return state;
    }
    if found.guest().is_some_and(|guest| is_their_own(&state, cx, guest, is_owed)) {
        cx.memory.codes.answer(code);
        return state;
    }
    if !state.can_be_left() {
        cx.memory.codes.look_up_again(code);
        return state;
    }
    cx.memory.codes.answer(code);
    state.set_face_aside(cx);
    match found {
        Found::Nothing => {
            let owner = Owner::whoever_is_present(cx);
            NotFound::enter(cx, Tried::Ticket, owner)
        }
        Found::Guest(attendee) => {
            // While this is written down, another guest's screen is not left standing, least of all their name (I10).
            let is_anothers = is_owed || state.guest().is_some();
            let shown = if is_anothers { GuestView::Ticket { checking: true } } else { state.view() };
            Admitting::by_ticket(cx, attendee, shown)
        }
        Found::WithFace(attendee, ticket) => Matching::enter(cx, attendee, ticket),
        Found::Refused(refusal) => refuse(cx, refusal),
    }
}

/// Whether `guest`, whose ticket was read, is the one whose screen it is. One that was scanned, which takes a hand that
/// means it, may be another's hand by now: a greeting counts for it only while the face that was greeted stands there.
fn is_their_own(state: &State, cx: &Context<'_>, guest: &AttendeeId, was_scanned: bool) -> bool {
    let greets = matches!(state, State::Welcome(_));
    state.guest() == Some(guest) && !(was_scanned && greets && cx.welcomed_who_stands_there(guest).is_none())
}

/// Tells the guest kindly, and staff exactly, what is wrong with a ticket.
pub(super) fn refuse(cx: &mut Context<'_>, refusal: TicketRefusal) -> State {
    cx.notify(StaffNotice::TicketRefused(refusal));
    let tried = match refusal {
        TicketRefusal::Forged => Tried::TicketDamaged,
        TicketRefusal::OtherEvent => Tried::TicketElsewhere,
        TicketRefusal::Expired => Tried::TicketExpired,
        TicketRefusal::Revoked => Tried::TicketWithdrawn,
        TicketRefusal::Unsigned => Tried::TicketUnsigned,
        TicketRefusal::FaceDiffers => Tried::FaceDiffers,
        TicketRefusal::FaceUnseen => Tried::FaceUnseen,
        TicketRefusal::FaceUnusable => Tried::FaceUnusable,
    };
    let owner = Owner::whoever_is_present(cx);
    NotFound::enter(cx, tried, owner)
}
