//! A code that the camera sees. In the ticket screen it is as good as typed. Everywhere else it is looked up behind the
//! screen first, because most codes in the world are no tickets: only a ticket interrupts what is going on.

use portico_types::{AttendeeId, FaceTicket, TicketRefusal};

use super::State;
use super::admitting::Admitting;
use super::matching::Matching;
use super::not_found::NotFound;
use super::owner::Owner;
use super::ticket::Ticket;
use crate::codes::CodeMark;
use crate::context::Context;
use crate::{Input, StaffNotice, Tried};

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

/// What a code that was looked up behind the screen turned out to be.
pub(super) fn looked_up(state: State, cx: &mut Context<'_>, code: CodeMark, found: Found) -> State {
    if matches!(found, Found::Nothing) {
        return state;
    }
    if !state.can_be_left() {
        cx.memory.codes.look_up_again(code);
        return state;
    }
    cx.memory.codes.answer(code);
    state.set_face_aside(cx);
    match found {
        Found::Nothing => state,
        Found::Guest(attendee) => Admitting::by_ticket(cx, attendee, state.view()),
        Found::WithFace(attendee, ticket) => Matching::enter(cx, attendee, ticket),
        Found::Refused(refusal) => refuse(cx, refusal),
    }
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
