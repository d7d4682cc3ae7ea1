//! The other way in: the ticket's code, typed, scanned or held before the camera. Ignores faces, since the guest
//! looks at the keypad or their phone.

use std::time::Duration;

use portico_types::{AttendeeId, Tick};

use super::admitting::Admitting;
use super::matching::Matching;
use super::not_found::NotFound;
use super::owner::Owner;
use super::patience::Patience;
use super::trouble::Trouble;
use super::{Phase, State, attend, go_back, shown_code, use_face};
use crate::context::Context;
use crate::{GuestView, Input, RequestId, SessionPolicy, Tried};

/// Waits for a code, or for its owner to be looked up.
pub(crate) struct Ticket {
    checking: Option<RequestId>,
    patience: Patience,
}

impl Ticket {
    /// Asks for the code.
    pub(super) fn enter(cx: &Context<'_>) -> State {
        State::Ticket(Self { checking: None, patience: Patience::of(cx.policy.ticket_idle, cx.now) })
    }

    /// Looks up the owner of `code`.
    pub(super) fn look_up(cx: &mut Context<'_>, code: String) -> State {
        let request = cx.look_up_ticket(code);
        let patience = Patience::of(cx.policy.lookup_guard, cx.now);
        State::Ticket(Self { checking: Some(request), patience })
    }
}

impl Phase for Ticket {
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Touched if self.checking.is_none() => {
                self.patience.renew(cx.now);
                State::Ticket(self)
            }
            Input::TicketFound { request, attendee } if self.checking == Some(request) => {
                self.found(cx, attendee)
            }
            Input::TicketWithFace { request, attendee, ticket } if self.checking == Some(request) => {
                Matching::enter(cx, attendee, ticket)
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
    fn expire(mut self, cx: &mut Context<'_>) -> State {
        if self.patience.goes_on(cx.now) {
            State::Ticket(self)
        } else if self.checking.is_some() {
            Trouble::unreadable(cx)
        } else {
            attend(cx)
        }
    }

    fn view(&self) -> GuestView {
        GuestView::Ticket { checking: self.checking.is_some() }
    }

    fn deadline(&self, policy: &SessionPolicy) -> Option<Tick> {
        Some(self.patience.deadline(policy))
    }

    fn closing(&self, policy: &SessionPolicy) -> Option<Duration> {
        self.patience.closing(policy)
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
