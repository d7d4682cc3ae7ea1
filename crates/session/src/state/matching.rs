//! A ticket was read that carries its guest's face: now whoever stands here is compared with it, and with nobody else.
//!
//! Whoever it does not fit is never greeted by the ticket's name, and staff are told. The ticket is forgotten with this
//! state, whatever comes of it.

use std::time::Duration;

use portico_types::{
    AttendeeId, Candidate, Decision, FaceTicket, Method, Observation, Tick, TicketRefusal, TrackId,
};

use super::approaching::ShownHint;
use super::confirming::Confirming;
use super::patience::Patience;
use super::recognised::Recognised;
use super::welcome::Welcome;
use super::{Phase, State, go_back, shown_code};
use crate::context::Context;
use crate::tracks::Standing;
use crate::{GuestView, IdentifyOutcome, Input, RequestId, SessionPolicy, StaffNotice, WarningRule};

/// Waits for a face, or for its comparison.
pub(crate) struct Matching {
    attendee: AttendeeId,
    ticket: FaceTicket,
    stage: Stage,
    hint: ShownHint,
    tries_left: u8,
    /// The last face that might be the ticket's: its guest is asked for the second fact if none is surer.
    doubt: Option<Recognised>,
    /// Whether staff have heard of a possible spoof.
    warned: bool,
    patience: Patience,
}

/// How far it is.
enum Stage {
    /// Waits for a face that is good enough, from then on.
    Looking { from: Tick },
    /// One is being compared.
    Comparing { request: RequestId, track: TrackId, until: Tick },
}

impl Matching {
    /// Compares whoever is present with the face in `ticket`, which is `attendee`'s and good; unless they were welcomed a
    /// moment ago and still stand there.
    pub(super) fn enter(cx: &mut Context<'_>, attendee: AttendeeId, ticket: FaceTicket) -> State {
        if let Some(again) = Welcome::again(cx, &attendee) {
            return again;
        }
        let hint = cx.present().and_then(|sighting| sighting.subject.hint);
        let matching = Self {
            attendee,
            ticket,
            stage: Stage::Looking { from: cx.now },
            hint: ShownHint::new(hint, cx.now),
            tries_left: cx.policy.codes.face_tries,
            doubt: None,
            warned: false,
            patience: Patience::of(cx.policy.codes.face_wait, cx.now),
        };
        State::Matching(matching.compare_when_ready(cx))
    }
}

impl Phase for Matching {
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(observation) => self.see(cx, &observation),
            Input::Identified { request, outcome } => match self.stage {
                Stage::Comparing { request: awaited, track, .. } if awaited == request => {
                    self.answered(cx, track, outcome)
                }
                _ => State::Matching(self),
            },
            Input::Touched => {
                self.patience.renew(cx.now);
                State::Matching(self)
            }
            Input::Dismissed => go_back(cx),
            _ => State::Matching(self),
        }
    }

    /// No answer came, or the guest did not look here.
    fn expire(self, cx: &mut Context<'_>) -> State {
        let state = match self.stage {
            Stage::Comparing { until, .. } if until <= cx.now => self.tried(cx, until),
            _ => State::Matching(self),
        };
        match state {
            State::Matching(mut matching) if matching.patience.deadline(cx.policy) <= cx.now => {
                if matching.patience.goes_on(cx.now) {
                    State::Matching(matching)
                } else {
                    matching.conclude(cx)
                }
            }
            state => state,
        }
    }

    fn view(&self) -> GuestView {
        let checking = matches!(self.stage, Stage::Comparing { .. });
        GuestView::MatchFace { hint: self.hint.shown(), checking }
    }

    fn deadline(&self, policy: &SessionPolicy) -> Option<Tick> {
        let over = self.patience.deadline(policy);
        Some(match self.stage {
            Stage::Looking { .. } => over,
            Stage::Comparing { until, .. } => until.min(over),
        })
    }

    fn closing(&self, policy: &SessionPolicy) -> Option<Duration> {
        self.patience.closing(policy)
    }
}

impl Matching {
    fn see(mut self, cx: &mut Context<'_>, observation: &Observation) -> State {
        let subject = observation.subject.as_ref();
        self.hint.update(subject.and_then(|subject| subject.hint), cx.now, cx.policy);
        State::Matching(if subject.is_some() { self.compare_when_ready(cx) } else { self })
    }

    /// The guest has shown their ticket, which is intent enough: the first good face is compared.
    fn compare_when_ready(mut self, cx: &mut Context<'_>) -> Self {
        let good = cx.present().filter(|sighting| sighting.subject.hint.is_none());
        let track = good.map(|sighting| sighting.subject.track);
        if let (Stage::Looking { from }, Some(track)) = (&self.stage, track)
            && *from <= cx.now
            && cx.memory.may_search(cx.now)
        {
            let request = cx.compare_face(track, self.attendee.clone(), self.ticket.clone());
            self.stage = Stage::Comparing { request, track, until: cx.now + cx.policy.identify_guard };
        }
        self
    }

    fn answered(mut self, cx: &mut Context<'_>, track: TrackId, outcome: IdentifyOutcome) -> State {
        let (decision, quality, warning) = match outcome {
            IdentifyOutcome::Decided { decision, quality, warning, source: _ } => {
                (decision, quality, warning)
            }
            // Nothing was compared.
            IdentifyOutcome::FaceGone => {
                self.stage = Stage::Looking { from: cx.now + cx.policy.codes.face_retry };
                return State::Matching(self);
            }
            IdentifyOutcome::Failed => return shown_code::refuse(cx, TicketRefusal::FaceUnusable),
        };
        if warning && !self.warned && cx.memory.rules.warning != WarningRule::Ignore {
            self.warned = true;
            cx.notify(StaffNotice::SpoofWarning);
        }
        // The ticket says who it is, whoever was compared.
        let recognised = |score: f32| {
            let candidate = Candidate { attendee: self.attendee.clone(), score };
            Recognised { candidate, track, quality, warning, way: Method::Ticket }
        };
        match decision {
            Decision::Accept(candidate) => {
                let (recognised, shown) = (recognised(candidate.score), self.view());
                recognised.come_in(cx, shown)
            }
            Decision::Ask(candidate) => {
                self.doubt = Some(recognised(candidate.score));
                self.tried(cx, cx.now)
            }
            Decision::Unknown => self.tried(cx, cx.now),
        }
    }

    /// A comparison that ended `at` did not let the guest in. Another picture may: a telephone was still before the face.
    fn tried(mut self, cx: &mut Context<'_>, at: Tick) -> State {
        self.tries_left = self.tries_left.saturating_sub(1);
        self.stage = Stage::Looking { from: at + cx.policy.codes.face_retry };
        if self.tries_left == 0 { self.conclude(cx) } else { State::Matching(self) }
    }

    /// There will be no other comparison.
    fn conclude(self, cx: &mut Context<'_>) -> State {
        if let Some(doubt) = self.doubt {
            cx.memory.tracks.note(doubt.track, Standing::Concluded);
            return Confirming::enter(cx, doubt);
        }
        let was_compared = self.tries_left < cx.policy.codes.face_tries;
        let refusal = if was_compared { TicketRefusal::FaceDiffers } else { TicketRefusal::FaceUnseen };
        shown_code::refuse(cx, refusal)
    }
}
