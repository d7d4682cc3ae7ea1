//! A code that the camera sees. In the ticket screen it is as good as typed. Everywhere else it is looked up behind the
//! screen first, because most codes in the world are no tickets: only a ticket interrupts what is going on.

use portico_types::{AttendeeId, TicketRefusal};

use super::State;
use super::admitting::Admitting;
use super::not_found::NotFound;
use super::owner::Owner;
use super::ticket::Ticket;
use crate::context::Context;
use crate::{StaffNotice, Tried};

/// The camera sees `code`.
pub(super) fn seen(state: State, cx: &mut Context<'_>, code: &str) -> State {
    let code = code.trim();
    if code.is_empty() {
        return state;
    }
    cx.memory.codes.see(code, cx.now, cx.policy);
    if cx.memory.was_scanned(code, cx.now, cx.policy.codes.gone) {
        // A hand scanner was faster than the camera.
        cx.memory.codes.answer(code);
    }
    if cx.memory.codes.is_answered(code) || !state.can_be_left() {
        return state;
    }
    if matches!(state, State::Ticket(_)) {
        if cx.memory.codes.is_scenery(code, cx.now, cx.policy) {
            return state;
        }
        cx.memory.codes.answer(code);
        state.set_face_aside(cx);
        return Ticket::look_up(cx, code.to_owned());
    }
    if cx.memory.codes.may_glimpse(code, cx.now) {
        let request = cx.look_up_ticket(code.to_owned());
        cx.memory.codes.glimpse(code, request, cx.now + cx.policy.lookup_guard);
    }
    state
}

/// What a code that was looked up behind the screen turned out to be: `None` for no ticket of this event.
pub(super) fn looked_up(
    state: State,
    cx: &mut Context<'_>,
    code: &str,
    found: Option<Result<AttendeeId, TicketRefusal>>,
) -> State {
    let Some(found) = found else { return state };
    if !state.can_be_left() {
        cx.memory.codes.look_up_again(code);
        return state;
    }
    cx.memory.codes.answer(code);
    state.set_face_aside(cx);
    match found {
        Ok(attendee) => Admitting::by_ticket(cx, attendee, state.view()),
        Err(refusal) => refuse(cx, refusal),
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
    };
    let owner = Owner::whoever_is_present(cx);
    NotFound::enter(cx, tried, owner)
}
