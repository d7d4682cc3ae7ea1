//! The guest was not found, and is offered the other ways in. Ends early when they leave.

use std::time::Duration;

use portico_types::{Observation, Tick, TrackId};

use super::identifying::Identifying;
use super::owner::Owner;
use super::patience::Patience;
use super::{Phase, State, attend, go_back, use_face};
use crate::context::Context;
use crate::{GuestView, Input, SessionPolicy, StaffNotice, Tried};

/// Shows what was tried.
pub(crate) struct NotFound {
    tried: Tried,
    owner: Owner,
    patience: Patience,
    /// Since when the guest's face has been missing. Unknown without a camera.
    gone_since: Option<Tick>,
    /// Whether the guest has touched the screen: they are there, also where the camera does not see them, in a
    /// wheelchair or bent over the keys.
    touched: bool,
}

impl NotFound {
    /// Tells the guest, and staff if a face was involved: a mistyped ticket needs nobody yet.
    pub(super) fn enter(cx: &mut Context<'_>, tried: Tried, owner: Owner) -> State {
        match tried {
            Tried::Face => cx.notify(StaffNotice::NotFound),
            Tried::Fact | Tried::Name => cx.notify(StaffNotice::FactRefused),
            // Whoever refused a ticket has told staff why.
            Tried::Ticket
            | Tried::NameClosed
            | Tried::TicketDamaged
            | Tried::TicketElsewhere
            | Tried::TicketExpired
            | Tried::TicketWithdrawn
            | Tried::TicketUnsigned
            | Tried::FaceDiffers
            | Tried::FaceUnseen
            | Tried::FaceUnusable => {}
        }
        Self::show(cx, tried, owner)
    }

    /// Tells a guest who asks again; staff know already.
    pub(super) fn again(cx: &Context<'_>, track: TrackId) -> State {
        Self::show(cx, Tried::Face, Owner::of(track))
    }
}

impl Phase for NotFound {
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(observation) => self.see(cx, &observation),
            Input::CameraLost => State::NotFound(Self { gone_since: None, ..self }),
            Input::Touched => {
                self.patience.renew(cx.now);
                (self.gone_since, self.touched) = (None, true);
                State::NotFound(self)
            }
            Input::Tapped => use_face(cx),
            Input::Dismissed => go_back(cx),
            _ => State::NotFound(self),
        }
    }

    fn expire(mut self, cx: &mut Context<'_>) -> State {
        let has_left = self.left_at(cx.policy).is_some_and(|left| left <= cx.now);
        if !has_left && self.patience.goes_on(cx.now) { State::NotFound(self) } else { attend(cx) }
    }

    fn view(&self) -> GuestView {
        GuestView::NotFound { tried: self.tried }
    }

    fn deadline(&self, policy: &SessionPolicy) -> Option<Tick> {
        let over = self.patience.deadline(policy);
        Some(self.left_at(policy).map_or(over, |left| left.min(over)))
    }

    fn closing(&self, policy: &SessionPolicy) -> Option<Duration> {
        self.patience.closing(policy)
    }
}

impl NotFound {
    fn show(cx: &Context<'_>, tried: Tried, owner: Owner) -> State {
        let patience = Patience::of(cx.policy.not_found, cx.now);
        State::NotFound(Self { tried, owner, patience, gone_since: None, touched: false })
    }

    /// When the guest counts as gone, if their face stays away.
    fn left_at(&self, policy: &SessionPolicy) -> Option<Tick> {
        self.gone_since.map(|since| since + policy.face_gone)
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
        if self.owner.track().is_some() && !self.touched {
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
