//! A face is near: it is told what to do better, and held until its guest's intent is clear.

mod hold;
mod shown_hint;

use portico_types::{Observation, Subject, Tick, TrackId};

use super::challenging::Challenging;
use super::identifying::Identifying;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::memory::Sighting;
use crate::{ChallengeRule, FaceRule, GuestView, Input, SessionPolicy};

use hold::Hold;
pub(super) use shown_hint::ShownHint;

/// How a face comes to be identified.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// After being held for the intent time.
    Hold,
    /// As soon as it is good enough, because the guest asked for it.
    AtOnce,
}

/// Attends to one face.
pub(crate) struct Approaching {
    track: TrackId,
    last_seen: Tick,
    pace: Pace,
    hold: Hold,
    hint: ShownHint,
}

impl Approaching {
    /// Attends to the face of `sighting`; goes on to identify it if nothing more is needed.
    pub(super) fn enter(cx: &mut Context<'_>, sighting: &Sighting, pace: Pace) -> State {
        let mut approaching = Self {
            track: sighting.subject.track,
            last_seen: sighting.at,
            pace,
            hold: Hold::default(),
            hint: ShownHint::new(sighting.subject.hint, cx.now),
        };
        approaching.judge(cx, &sighting.subject);
        approaching.identify_when_ready(cx)
    }
}

impl Phase for Approaching {
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(observation) => self.see(cx, &observation),
            Input::Tapped => {
                self.pace = Pace::AtOnce;
                self.identify_when_ready(cx)
            }
            Input::Dismissed => {
                cx.memory.tracks.set_aside(self.track);
                attend(cx)
            }
            Input::CameraLost => attend(cx),
            _ => State::Approaching(self),
        }
    }

    /// The face has been missing for so long that its guest has left, or the camera shows nothing any more.
    fn expire(self, cx: &mut Context<'_>) -> State {
        attend(cx)
    }

    fn view(&self) -> GuestView {
        GuestView::Approaching { hint: self.hint.shown(), progress: self.hold.progress() }
    }

    fn deadline(&self, policy: &SessionPolicy) -> Option<Tick> {
        Some(self.last_seen + policy.face_gone)
    }
}

impl Approaching {
    pub(super) fn track(&self) -> TrackId {
        self.track
    }

    fn see(mut self, cx: &mut Context<'_>, observation: &Observation) -> State {
        if cx.newcomer_beside(self.track).is_some() {
            return attend(cx);
        }
        match observation.subject.as_ref().filter(|subject| subject.track == self.track) {
            Some(subject) => {
                self.last_seen = cx.now;
                self.judge(cx, subject);
            }
            None => self.hold.poor(cx.now, cx.policy),
        }
        self.identify_when_ready(cx)
    }

    fn judge(&mut self, cx: &Context<'_>, subject: &Subject) {
        self.hint.update(subject.hint, cx.now, cx.policy);
        match subject.hint {
            None => self.hold.good(cx.now, cx.policy),
            Some(_) => self.hold.poor(cx.now, cx.policy),
        }
    }

    /// Waits while the previous guest's search is still under way: there is never more than one.
    fn identify_when_ready(self, cx: &mut Context<'_>) -> State {
        if cx.memory.face_rule != FaceRule::Search {
            return attend(cx);
        }
        let wanted = self.pace == Pace::AtOnce || self.hold.is_complete();
        if !(self.hold.is_good() && wanted && cx.memory.may_search(cx.now)) {
            return State::Approaching(self);
        }
        let unproven = cx.memory.tracks.proof(self.track).is_none();
        if cx.memory.rules.challenge == ChallengeRule::Always && unproven {
            Challenging::before_search(cx, self.track)
        } else {
            Identifying::enter(cx, self.track)
        }
    }
}
