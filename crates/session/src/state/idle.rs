//! Nobody is near, or nobody who has not had their turn.

use portico_types::Tick;

use super::identifying::Identifying;
use super::{Phase, State, attend, use_face};
use crate::context::Context;
use crate::{GuestView, Input, SessionPolicy};

/// Waits for a face.
#[derive(Default)]
pub(crate) struct Idle {
    /// Until when a tap made without a face in view counts for the first face that comes.
    tap_kept_until: Option<Tick>,
}

impl Idle {
    /// The guest tapped, but the camera has not found them yet.
    pub(super) fn waiting_for_face(cx: &Context<'_>) -> State {
        State::Idle(Self { tap_kept_until: Some(cx.now + cx.policy.tap_kept) })
    }
}

impl Phase for Idle {
    fn handle(self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Tapped => use_face(cx),
            Input::Observed(observation) if observation.subject.is_some() => self.see(cx),
            _ => State::Idle(self),
        }
    }

    /// A tap that finds no face runs out silently, so nothing is awaited here.
    fn expire(self, _cx: &mut Context<'_>) -> State {
        State::Idle(self)
    }

    fn view(&self) -> GuestView {
        GuestView::Idle
    }

    fn deadline(&self, _policy: &SessionPolicy) -> Option<Tick> {
        None
    }
}

impl Idle {
    fn see(self, cx: &mut Context<'_>) -> State {
        if self.tap_kept_until.is_some_and(|until| cx.now < until) {
            use_face(cx)
        } else if cx.newcomer().is_some() {
            attend(cx)
        } else if let Some(track) = cx.improved() {
            Identifying::enter(cx, track)
        } else {
            State::Idle(self)
        }
    }
}
