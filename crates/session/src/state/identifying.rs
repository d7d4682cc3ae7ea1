//! A face is being searched. Exactly one search is under way at a time.

use portico_types::{Decision, Method, Tick, TrackId};

use super::admitting::Admitting;
use super::challenging::Challenging;
use super::confirming::Confirming;
use super::not_found::NotFound;
use super::owner::Owner;
use super::recognised::Recognised;
use super::ticket::Ticket;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::tracks::{Proof, Standing};
use crate::{
    ChallengeRule, GuestView, IdentifyOutcome, Input, RequestId, SessionPolicy, StaffNotice, Tried,
    WarningRule,
};

/// Waits for the answer of a search.
pub(crate) struct Identifying {
    request: RequestId,
    track: TrackId,
    until: Tick,
}

impl Identifying {
    /// Starts the search. The caller has made sure that no other is under way.
    pub(super) fn enter(cx: &mut Context<'_>, track: TrackId) -> State {
        let request = cx.identify(track);
        State::Identifying(Self { request, track, until: cx.now + cx.policy.identify_guard })
    }
}

impl Phase for Identifying {
    fn handle(self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Identified { request, outcome } if request == self.request => self.answered(cx, outcome),
            // Whoever steps away before the answer is not admitted by it; they may come back for another try.
            Input::Observed(_) if cx.newcomer_beside(self.track).is_some() => attend(cx),
            Input::CameraLost => attend(cx),
            Input::Dismissed => {
                cx.memory.tracks.set_aside(self.track);
                attend(cx)
            }
            _ => State::Identifying(self),
        }
    }

    /// No answer came: the same as a failed search.
    fn expire(self, cx: &mut Context<'_>) -> State {
        self.failed(cx)
    }

    fn view(&self) -> GuestView {
        GuestView::Identifying
    }

    fn deadline(&self, _policy: &SessionPolicy) -> Option<Tick> {
        Some(self.until)
    }
}

impl Identifying {
    pub(super) fn track(&self) -> TrackId {
        self.track
    }

    fn answered(self, cx: &mut Context<'_>, outcome: IdentifyOutcome) -> State {
        match outcome {
            IdentifyOutcome::Decided { decision, quality, warning, source: _ } => {
                if warning && cx.memory.rules.warning != WarningRule::Ignore {
                    cx.notify(StaffNotice::SpoofWarning);
                }
                self.decided(cx, decision, quality, warning)
            }
            // Nothing was searched, so the face may try again.
            IdentifyOutcome::FaceGone => attend(cx),
            IdentifyOutcome::Failed => self.failed(cx),
        }
    }

    fn decided(self, cx: &mut Context<'_>, decision: Decision, quality: f32, warning: bool) -> State {
        let track = self.track;
        match decision {
            Decision::Accept(candidate) => {
                self.accepted(cx, Recognised { candidate, track, quality, warning })
            }
            Decision::Ask(candidate) => {
                cx.memory.tracks.note(track, Standing::Concluded);
                Confirming::enter(cx, Recognised { candidate, track, quality, warning })
            }
            Decision::Unknown => {
                cx.memory.tracks.note(track, Standing::Missed { quality, at: cx.now });
                NotFound::enter(cx, Tried::Face, Owner::of(track))
            }
        }
    }

    /// A sure match enters, unless a held-up picture is to be feared: then a second fact or a sign is asked for first.
    fn accepted(self, cx: &mut Context<'_>, recognised: Recognised) -> State {
        cx.memory.tracks.note(self.track, Standing::Concluded);
        let rules = cx.memory.rules;
        let proof = cx.memory.tracks.proof(self.track);
        let warned = recognised.warning && rules.warning == WarningRule::AskSecondFact;
        if warned || proof == Some(Proof::Missing) {
            Confirming::enter(cx, recognised)
        } else if recognised.warning && proof.is_none() && rules.challenge == ChallengeRule::OnWarning {
            Challenging::before_entry(cx, recognised)
        } else {
            Admitting::by_face(cx, recognised, Method::Face, GuestView::Identifying)
        }
    }

    /// A search that failed says nothing about the guest, so they are not told "not found": they are offered
    /// the ticket, and may come back to try their face again. If they have left, nobody is offered anything.
    fn failed(self, cx: &mut Context<'_>) -> State {
        cx.memory.tracks.set_aside(self.track);
        match cx.present() {
            Some(sighting) if sighting.subject.track == self.track => Ticket::enter(cx),
            _ => attend(cx),
        }
    }
}
