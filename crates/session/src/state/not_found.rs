//! The guest was not found, and is offered the other ways in. Ends early when they leave.

use portico_types::{Observation, Tick, TrackId};

use super::identifying::Identifying;
use super::owner::Owner;
use super::{Phase, State, attend, go_back, use_face};
use crate::context::Context;
use crate::{GuestView, Input, SessionPolicy, StaffNotice, Tried};

/// Shows what was tried.
pub(crate) struct NotFound {
    tried: Tried,
    owner: Owner,
    until: Tick,
    /// Since when the guest's face has been missing. Unknown without a camera.
    gone_since: Option<Tick>,
}

impl NotFound {
    /// Tells the guest, and staff if a face was involved: a mistyped ticket needs nobody yet.
    pub(super) fn enter(cx: &mut Context<'_>, tried: Tried, owner: Owner) -> State {
        match tried {
            Tried::Face => cx.notify(StaffNotice::NotFound),
            Tried::Fact => cx.notify(StaffNotice::FactRefused),
            // Whoever refused a ticket has told staff why.
            Tried::Ticket
            | Tried::TicketDamaged
            | Tried::TicketElsewhere
            | Tried::TicketExpired
            | Tried::TicketWithdrawn
            | Tried::TicketUnsigned => {}
        }
        Self::show(cx, tried, owner)
    }

    /// Tells a guest who asks again; staff know already.
    pub(super) fn again(cx: &Context<'_>, track: TrackId) -> State {
        Self::show(cx, Tried::Face, Owner::of(track))
    }
}

impl Phase for NotFound {
    fn handle(self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(observation) => self.see(cx, &observation),
            Input::CameraLost => State::NotFound(Self { gone_since: None, ..self }),
            Input::Tapped => use_face(cx),
            Input::Dismissed => go_back(cx),
            _ => State::NotFound(self),
        }
    }

    fn expire(self, cx: &mut Context<'_>) -> State {
        attend(cx)
    }

    fn view(&self) -> GuestView {
        GuestView::NotFound { tried: self.tried }
    }

    fn deadline(&self, policy: &SessionPolicy) -> Option<Tick> {
        let left = self.gone_since.map(|since| since + policy.face_gone);
        Some(left.map_or(self.until, |left| left.min(self.until)))
    }
}

impl NotFound {
    fn show(cx: &Context<'_>, tried: Tried, owner: Owner) -> State {
        State::NotFound(Self { tried, owner, until: cx.now + cx.policy.not_found, gone_since: None })
    }

    fn see(mut self, cx: &mut Context<'_>, observation: &Observation) -> State {
        if self.owner.yields(cx) {
            return attend(cx);
        }
        let seen = observation.subject.as_ref().map(|subject| subject.track);
        if seen.is_some() && seen == self.owner.track() {
            self.gone_since = None;
            return self.look_again(cx);
        }
        if self.owner.track().is_some() {
            self.gone_since.get_or_insert(cx.now);
        }
        State::NotFound(self)
    }

    /// Searches the guest's own face once more if it can be seen clearly better now.
    fn look_again(self, cx: &mut Context<'_>) -> State {
        match cx.improved() {
            Some(track) if self.tried == Tried::Face => Identifying::enter(cx, track),
            _ => State::NotFound(self),
        }
    }
}
