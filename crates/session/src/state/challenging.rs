//! The guest is asked for a sign: to blink, or to turn the head. Whoever does not give it is asked for the second fact
//! instead, and told nothing of why.

mod sign;

use portico_types::{Challenge, Observation, Tick, TrackId};

use super::admitting::Admitting;
use super::approaching::{Approaching, Pace};
use super::confirming::Confirming;
use super::recognised::Recognised;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::tracks::Proof;
use crate::{GuestView, Input, RequestId, SessionPolicy, StaffNotice};

use sign::Sign;

/// Waits for the sign.
pub(crate) struct Challenging {
    track: TrackId,
    /// The guest who is let in by the sign; `None` if nobody has been searched for yet.
    recognised: Option<Recognised>,
    stage: Stage,
    last_seen: Tick,
    until: Tick,
    renewals_left: u8,
}

/// How far it is.
enum Stage {
    /// What to ask for is being drawn.
    Drawing(RequestId),
    /// The guest has been asked.
    Asked(Challenge, Sign),
}

impl Challenging {
    /// Asks for a sign before anybody is searched for.
    pub(super) fn before_search(cx: &mut Context<'_>, track: TrackId) -> State {
        Self::enter(cx, track, None)
    }

    /// Asks for a sign before `recognised` is let in by face alone.
    pub(super) fn before_entry(cx: &mut Context<'_>, recognised: Recognised) -> State {
        Self::enter(cx, recognised.track, Some(recognised))
    }

    fn enter(cx: &mut Context<'_>, track: TrackId, recognised: Option<Recognised>) -> State {
        let stage = Stage::Drawing(cx.draw_challenge());
        let until = cx.now + cx.policy.lookup_guard;
        let renewals_left = cx.policy.sign.renewals;
        State::Challenging(Self { track, recognised, stage, last_seen: cx.now, until, renewals_left })
    }

    pub(super) fn track(&self) -> TrackId {
        self.track
    }
}

impl Phase for Challenging {
    fn handle(self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::ChallengeDrawn { request, challenge } => self.ask(cx, request, challenge),
            Input::Observed(observation) => self.see(cx, &observation),
            Input::Touched => self.give_more_time(cx),
            Input::CameraLost => attend(cx),
            Input::Dismissed => self.go_on(cx, Proof::Missing),
            _ => State::Challenging(self),
        }
    }

    /// The guest has left, or has not done it.
    fn expire(self, cx: &mut Context<'_>) -> State {
        if self.left_at(cx.policy) <= cx.now { attend(cx) } else { self.go_on(cx, Proof::Missing) }
    }

    /// Until there is something to ask, it looks like the search that it delays.
    fn view(&self) -> GuestView {
        match self.stage {
            Stage::Drawing(_) => GuestView::Identifying,
            Stage::Asked(challenge, _) => GuestView::Challenge { challenge },
        }
    }

    fn deadline(&self, policy: &SessionPolicy) -> Option<Tick> {
        Some(self.until.min(self.left_at(policy)))
    }
}

impl Challenging {
    fn left_at(&self, policy: &SessionPolicy) -> Tick {
        self.last_seen + policy.face_gone
    }

    fn ask(mut self, cx: &Context<'_>, request: RequestId, challenge: Challenge) -> State {
        if matches!(self.stage, Stage::Drawing(awaited) if awaited == request) {
            self.stage = Stage::Asked(challenge, Sign::of(challenge));
            self.until = cx.now + cx.policy.sign.time;
        }
        State::Challenging(self)
    }

    fn give_more_time(mut self, cx: &Context<'_>) -> State {
        if matches!(self.stage, Stage::Asked(..)) && self.renewals_left > 0 {
            self.renewals_left -= 1;
            self.until = cx.now + cx.policy.sign.time;
        }
        State::Challenging(self)
    }

    fn see(mut self, cx: &mut Context<'_>, observation: &Observation) -> State {
        if cx.newcomer_beside(self.track).is_some() {
            return attend(cx);
        }
        let Some(subject) = observation.subject.as_ref().filter(|subject| subject.track == self.track) else {
            return State::Challenging(self);
        };
        self.last_seen = cx.now;
        let given = match &mut self.stage {
            Stage::Asked(_, sign) => sign.is_given(subject, cx.policy),
            Stage::Drawing(_) => false,
        };
        if given { self.go_on(cx, Proof::Given) } else { State::Challenging(self) }
    }

    fn go_on(self, cx: &mut Context<'_>, proof: Proof) -> State {
        cx.memory.tracks.note_proof(self.track, proof);
        // Of a guest with a warning staff have heard already.
        let is_news = self.recognised.as_ref().is_none_or(|recognised| !recognised.warning);
        if proof == Proof::Missing && is_news {
            cx.notify(StaffNotice::ChallengeNotMet);
        }
        match (self.recognised, proof) {
            (Some(recognised), Proof::Given) => {
                let way = recognised.way;
                Admitting::by_face(cx, recognised, way, GuestView::Identifying)
            }
            (Some(recognised), Proof::Missing) => Confirming::enter(cx, recognised),
            // A turned head must come back first: the picture to search with is that of a face looking here.
            (None, _) => match cx.present().cloned() {
                Some(sighting) if sighting.subject.track == self.track => {
                    Approaching::enter(cx, &sighting, Pace::AtOnce)
                }
                _ => attend(cx),
            },
        }
    }
}
