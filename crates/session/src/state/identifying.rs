//! A face is being searched. Exactly one search is under way at a time.

use portico_types::{Decision, Method, Tick, TrackId};

use super::confirming::Confirming;
use super::not_found::NotFound;
use super::owner::Owner;
use super::recognised::Recognised;
use super::ticket::Ticket;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::tracks::Standing;
use crate::{GuestView, IdentifyOutcome, Input, RequestId, SessionPolicy, StaffNotice, Tried, WarningRule};

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
                let recognised = Recognised { candidate, track, quality, warning, way: Method::Face };
                recognised.come_in(cx, GuestView::Identifying)
            }
            Decision::Ask(candidate) => {
                cx.memory.tracks.note(track, Standing::Concluded);
                Confirming::enter(cx, Recognised { candidate, track, quality, warning, way: Method::Face })
            }
            Decision::Unknown => {
                cx.memory.tracks.note(track, Standing::Missed { quality, at: cx.now });
                NotFound::enter(cx, Tried::Face, Owner::of(track))
            }
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
