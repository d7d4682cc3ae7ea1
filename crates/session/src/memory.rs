//! What outlives a single state: who stands there, which faces have had their turn, which answers are awaited,
//! and who was welcomed a moment ago. Draws no conclusions.

use std::time::Duration;

use portico_types::{Admission, AttendeeId, Subject, Tick, TrackId};

use crate::codes::{CodeMark, Codes};
use crate::guesses::Guesses;
use crate::state::Enrolling;
use crate::tracks::Tracks;
use crate::{AdmitOutcome, FaceRule, Input, RequestId, SessionPolicy, SpoofRules};

/// A face, and when it was last seen.
#[derive(Clone)]
pub(crate) struct Sighting {
    pub(crate) subject: Subject,
    pub(crate) at: Tick,
}

/// What a welcomed guest is told.
#[derive(Clone)]
pub(crate) struct Greeting {
    pub(crate) name: String,
    pub(crate) note: Option<String>,
    pub(crate) offline: bool,
    /// Whether their face is enrolled.
    pub(crate) enrolled: bool,
}

/// A guest whose entry was written down a moment ago.
struct Welcomed {
    attendee: AttendeeId,
    greeting: Greeting,
    /// Their face, if it was seen.
    track: Option<TrackId>,
    until: Tick,
}

/// A search that has not been answered yet.
struct Search {
    request: RequestId,
    gives_up_at: Tick,
}

/// The session's memory between states.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) tracks: Tracks,
    /// The codes before the camera.
    pub(crate) codes: Codes,
    /// The event's rules against held-up pictures.
    pub(crate) rules: SpoofRules,
    /// Whether guests may be offered to enrol their face.
    pub(crate) enrolment_offered: bool,
    /// What faces are used for.
    pub(crate) face_rule: FaceRule,
    /// How much has been guessed of late at names and their digits.
    pub(crate) guesses: Guesses,
    /// The same of second facts. Whoever plays with the name's screen closes nothing to guests whom a search has found.
    pub(crate) facts: Guesses,
    /// Whom staff want to lead to the consent.
    pub(crate) led: Option<Enrolling>,
    last_request: u64,
    last_sighting: Option<Sighting>,
    search: Option<Search>,
    admission: Option<RequestId>,
    welcomed: Option<Welcomed>,
    last_code: Option<(CodeMark, Tick)>,
}

impl Memory {
    /// Takes note of what `input` tells, whatever the state.
    pub(crate) fn learn(&mut self, input: &Input, now: Tick, policy: &SessionPolicy) {
        self.welcomed.take_if(|welcomed| welcomed.until <= now);
        match input {
            Input::Observed(observation) => {
                if let Some(subject) = observation.subject.clone() {
                    self.last_sighting = Some(Sighting { subject, at: now });
                }
            }
            Input::CameraLost => self.last_sighting = None,
            Input::EntryTakenBack => self.welcomed = None,
            Input::RulesChanged(rules) => self.rules = *rules,
            Input::EnrolmentStarted { attendee, name } => {
                self.led = Some(Enrolling { attendee: attendee.clone(), name: name.clone() });
            }
            Input::EnrolmentOffered(offered) => self.enrolment_offered = *offered,
            Input::FaceRuleChanged(rule) => self.face_rule = *rule,
            Input::Identified { request, .. } => {
                self.search.take_if(|search| search.request == *request);
            }
            Input::Admitted { request, outcome } => self.learn_admission(*request, outcome, now, policy),
            _ => {}
        }
    }

    /// The face that is before the camera: seen no longer ago than a glance aside takes.
    pub(crate) fn present(&self, now: Tick, policy: &SessionPolicy) -> Option<&Sighting> {
        self.last_sighting.as_ref().filter(|sighting| now.since(sighting.at) < policy.face_gone)
    }

    /// A number never used before.
    pub(crate) fn next_request(&mut self) -> RequestId {
        self.last_request += 1;
        RequestId(self.last_request)
    }

    /// Whether no search is under way. One whose guard time is over counts as dead.
    pub(crate) fn may_search(&self, now: Tick) -> bool {
        self.search.as_ref().is_none_or(|search| search.gives_up_at <= now)
    }

    /// Notes that a search was started.
    pub(crate) fn search_started(&mut self, request: RequestId, gives_up_at: Tick) {
        self.search = Some(Search { request, gives_up_at });
    }

    /// Notes that an entry is being written down.
    pub(crate) fn admission_started(&mut self, request: RequestId) {
        self.admission = Some(request);
    }

    /// The greeting of `attendee` if their entry was written down a moment ago.
    pub(crate) fn just_welcomed(&self, attendee: &AttendeeId) -> Option<&Greeting> {
        self.welcomed
            .as_ref()
            .filter(|welcomed| welcomed.attendee == *attendee)
            .map(|welcomed| &welcomed.greeting)
    }

    /// The same, if `track` is the face that was greeted.
    pub(crate) fn just_welcomed_as(&self, attendee: &AttendeeId, track: TrackId) -> Option<&Greeting> {
        let welcomed = self.welcomed.as_ref().filter(|welcomed| welcomed.track == Some(track))?;
        (welcomed.attendee == *attendee).then_some(&welcomed.greeting)
    }

    /// The welcomed guest's face is this one.
    pub(crate) fn welcomed_stands_there(&mut self, attendee: &AttendeeId, track: Option<TrackId>) {
        if let Some(welcomed) = self.welcomed.as_mut().filter(|welcomed| welcomed.attendee == *attendee) {
            welcomed.track = track;
        }
    }

    /// The guest's face was enrolled or removed: a greeting that is shown again says so.
    pub(crate) fn enrolment_changed(&mut self, attendee: &AttendeeId, enrolled: bool) {
        if let Some(welcomed) = self.welcomed.as_mut().filter(|welcomed| welcomed.attendee == *attendee) {
            welcomed.greeting.enrolled = enrolled;
        }
    }

    /// Whether `code` is the last one read over again by a scanner that it stayed in front of, or one that the camera
    /// was faster to read.
    pub(crate) fn is_stutter(&mut self, code: CodeMark, now: Tick, policy: &SessionPolicy) -> bool {
        let again = self.was_scanned(code, now, policy.scanner_stutter)
            || self.codes.is_answered(code) && self.codes.is_in_sight(code, now, policy.scanner_stutter);
        self.last_code = Some((code, now));
        again
    }

    /// Whether `code` is the last one typed or scanned, within `while_back`.
    pub(crate) fn was_scanned(&self, code: CodeMark, now: Tick, while_back: Duration) -> bool {
        let last = self.last_code.as_ref();
        last.is_some_and(|(last, at)| *last == code && now.since(*at) < while_back)
    }

    fn learn_admission(
        &mut self,
        request: RequestId,
        outcome: &AdmitOutcome,
        now: Tick,
        policy: &SessionPolicy,
    ) {
        if self.admission.take_if(|awaited| *awaited == request).is_none() {
            return;
        }
        if let AdmitOutcome::Answered {
            admission: Admission::Recorded(check_in),
            name,
            note,
            offline,
            enrolled,
        } = outcome
        {
            self.welcomed = Some(Welcomed {
                attendee: check_in.attendee.clone(),
                greeting: Greeting {
                    name: name.clone(),
                    note: note.clone(),
                    offline: *offline,
                    enrolled: *enrolled,
                },
                track: None,
                until: now + policy.same_guest_grace,
            });
        }
    }
}
