//! The disk failed: nothing was promised to the guest, and staff have been told.

use std::time::Duration;

use portico_types::Tick;

use super::admitting::AwaitedAdmission;
use super::owner::Owner;
use super::patience::Patience;
use super::{Phase, State, attend, go_back, use_face};
use crate::context::Context;
use crate::{AdmitOutcome, GuestView, Input, RequestId, SessionPolicy, StaffNotice};

/// Shows that something failed.
pub(crate) struct Trouble {
    /// An entry that may still be written: if the answer comes while its guest stands here, they get it.
    awaited: Option<AwaitedAdmission>,
    owner: Owner,
    patience: Patience,
}

impl Trouble {
    /// The disk could not be read.
    pub(super) fn unreadable(cx: &mut Context<'_>) -> State {
        cx.notify(StaffNotice::StorageFailed);
        let owner = Owner::whoever_is_present(cx);
        Self::show(cx, None, owner)
    }

    /// The disk refused an entry.
    pub(super) fn refused(cx: &mut Context<'_>, owner: Option<Owner>) -> State {
        cx.notify(StaffNotice::StorageFailed);
        match owner {
            Some(owner) => Self::show(cx, None, owner),
            None => attend(cx),
        }
    }

    /// The disk has not answered whether an entry is written.
    pub(super) fn unanswered(cx: &mut Context<'_>, awaited: AwaitedAdmission) -> State {
        cx.notify(StaffNotice::StorageFailed);
        match awaited.owner(cx) {
            Some(owner) => Self::show(cx, Some(awaited), owner),
            None => attend(cx),
        }
    }
}

impl Phase for Trouble {
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Admitted { request, outcome } => self.answered_late(cx, request, outcome),
            Input::Observed(_) if self.owner.yields(cx) => attend(cx),
            Input::Touched => {
                self.patience.renew(cx.now);
                State::Trouble(self)
            }
            Input::Tapped => use_face(cx),
            Input::Dismissed => go_back(cx),
            _ => State::Trouble(self),
        }
    }

    fn expire(mut self, cx: &mut Context<'_>) -> State {
        if self.patience.goes_on(cx.now) { State::Trouble(self) } else { attend(cx) }
    }

    fn view(&self) -> GuestView {
        GuestView::Trouble
    }

    fn deadline(&self, policy: &SessionPolicy) -> Option<Tick> {
        Some(self.patience.deadline(policy))
    }

    fn closing(&self, policy: &SessionPolicy) -> Option<Duration> {
        self.patience.closing(policy)
    }
}

impl Trouble {
    /// One answer is enough, and a refusal is no news.
    fn answered_late(mut self, cx: &mut Context<'_>, request: RequestId, outcome: AdmitOutcome) -> State {
        match self.awaited.take_if(|awaited| awaited.expects(request)) {
            Some(awaited) if outcome != AdmitOutcome::Failed => awaited.answered(cx, outcome),
            _ => State::Trouble(self),
        }
    }

    fn show(cx: &Context<'_>, awaited: Option<AwaitedAdmission>, owner: Owner) -> State {
        State::Trouble(Self { awaited, owner, patience: Patience::of(cx.policy.trouble, cx.now) })
    }
}
