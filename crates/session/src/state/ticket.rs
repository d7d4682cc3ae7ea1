//! The other way in: the ticket's code, typed, scanned or held before the camera. Ignores faces, since the guest
//! looks at the keypad or their phone.

use portico_types::{AttendeeId, Tick};

use super::admitting::Admitting;
use super::not_found::NotFound;
use super::owner::Owner;
use super::trouble::Trouble;
use super::{Phase, State, attend, go_back, shown_code, use_face};
use crate::context::Context;
use crate::{GuestView, Input, RequestId, SessionPolicy, Tried};

/// Waits for a code, or for its owner to be looked up.
pub(crate) struct Ticket {
    checking: Option<RequestId>,
    until: Tick,
}

impl Ticket {
    /// Asks for the code.
    pub(super) fn enter(cx: &Context<'_>) -> State {
        State::Ticket(Self { checking: None, until: cx.now + cx.policy.ticket_idle })
    }

    /// Looks up the owner of `code`.
    pub(super) fn look_up(cx: &mut Context<'_>, code: String) -> State {
        let request = cx.look_up_ticket(code);
        State::Ticket(Self { checking: Some(request), until: cx.now + cx.policy.lookup_guard })
    }
}

impl Phase for Ticket {
    fn handle(self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::TicketFound { request, attendee } if self.checking == Some(request) => {
                self.found(cx, attendee)
            }
            Input::TicketRefused { request, refusal } if self.checking == Some(request) => {
                shown_code::refuse(cx, refusal)
            }
            Input::Tapped if self.checking.is_none() => use_face(cx),
            Input::Dismissed => go_back(cx),
            _ => State::Ticket(self),
        }
    }

    /// The guest has gone without an answer, or the ticket could not be read from the disk.
    fn expire(self, cx: &mut Context<'_>) -> State {
        if self.checking.is_some() { Trouble::unreadable(cx) } else { attend(cx) }
    }

    fn view(&self) -> GuestView {
        GuestView::Ticket { checking: self.checking.is_some() }
    }

    fn deadline(&self, _policy: &SessionPolicy) -> Option<Tick> {
        Some(self.until)
    }
}

impl Ticket {
    pub(super) fn is_checking(&self) -> bool {
        self.checking.is_some()
    }

    fn found(self, cx: &mut Context<'_>, attendee: Option<AttendeeId>) -> State {
        if let Some(attendee) = attendee {
            return Admitting::by_ticket(cx, attendee, self.view());
        }
        let owner = Owner::whoever_is_present(cx);
        NotFound::enter(cx, Tried::Ticket, owner)
    }
}
