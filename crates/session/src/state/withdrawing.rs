//! A guest who is known by their face, or has shown their ticket, takes their consent back. Asked once; then their
//! templates go, with or without a network. Giving consent took no second fact, so neither does this.

use std::time::Duration;

use portico_types::{AttendeeId, Tick};

use super::owner::Owner;
use super::patience::Patience;
use super::trouble::Trouble;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::{GuestView, Input, RequestId, SessionPolicy};

/// Asks, erases, and tells.
pub(crate) struct Withdrawing {
    attendee: AttendeeId,
    owner: Owner,
    stage: Stage,
    patience: Patience,
}

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The guest is asked whether they mean it.
    Asked,
    /// The templates are being erased.
    Erasing(RequestId),
    /// They are gone.
    Done,
}

impl Withdrawing {
    /// Asks whether `attendee` means it.
    pub(super) fn enter(cx: &Context<'_>, attendee: AttendeeId, owner: Owner) -> State {
        let patience = Patience::of(cx.policy.enrolment.withdrawal, cx.now);
        State::Withdrawing(Self { attendee, owner, stage: Stage::Asked, patience })
    }
}

impl Phase for Withdrawing {
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::WithdrawalConfirmed if self.stage == Stage::Asked => {
                self.stage = Stage::Erasing(cx.withdraw(self.attendee.clone()));
                self.patience = Patience::of(cx.policy.enrolment.withdraw_guard, cx.now);
                State::Withdrawing(self)
            }
            Input::Withdrawn { request, done } if self.stage == Stage::Erasing(request) => {
                self.answered(cx, done)
            }
            Input::Touched if self.stage == Stage::Asked => {
                self.patience.renew(cx.now);
                State::Withdrawing(self)
            }
            // Nobody confirms in another's place.
            Input::Observed(_) if !self.is_erasing() && self.owner.yields(cx) => attend(cx),
            Input::Dismissed if !self.is_erasing() => attend(cx),
            _ => State::Withdrawing(self),
        }
    }

    fn expire(mut self, cx: &mut Context<'_>) -> State {
        if self.patience.goes_on(cx.now) {
            State::Withdrawing(self)
        } else if self.is_erasing() {
            Trouble::refused(cx, Some(self.owner))
        } else {
            attend(cx)
        }
    }

    fn view(&self) -> GuestView {
        match self.stage {
            Stage::Asked => GuestView::Withdraw { working: false },
            Stage::Erasing(_) => GuestView::Withdraw { working: true },
            Stage::Done => GuestView::Withdrawn,
        }
    }

    fn deadline(&self, policy: &SessionPolicy) -> Option<Tick> {
        Some(self.patience.deadline(policy))
    }

    fn closing(&self, policy: &SessionPolicy) -> Option<Duration> {
        self.patience.closing(policy)
    }

    fn guest(&self) -> Option<&AttendeeId> {
        Some(&self.attendee)
    }
}

impl Withdrawing {
    pub(super) fn is_erasing(&self) -> bool {
        matches!(self.stage, Stage::Erasing(_))
    }

    fn answered(mut self, cx: &mut Context<'_>, done: bool) -> State {
        if !done {
            return Trouble::refused(cx, Some(self.owner));
        }
        cx.memory.enrolment_changed(&self.attendee, false);
        self.stage = Stage::Done;
        self.patience = Patience::of(cx.policy.enrolment.outcome, cx.now);
        State::Withdrawing(self)
    }
}
