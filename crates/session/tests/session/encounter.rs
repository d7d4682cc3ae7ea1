//! A scripted encounter: the guest acts, the runners answer, time passes and deadlines are kept.

mod face_tickets;

use std::time::Duration;

use portico_session::{
    AdmitOutcome, ChallengeRule, Effect, GuestView, IdentifyOutcome, Input, RequestId, Session,
    SessionPolicy, SpoofRules, StaffNotice, WarningRule,
};
use portico_types::{
    Admission, AttendeeId, Candidate, Challenge, CheckIn, CheckInId, Decision, DecisionSource, FirstEntry,
    GateId, Method, Tick, TicketRefusal, UtcMillis,
};

use crate::faces::{Face, frame, good};

/// 20 frames a second.
const FRAME: u64 = 50;
/// Codes are looked for eight times a second.
const READING: u64 = 125;

/// The session, its clock, and everything it has asked for.
pub struct Encounter {
    session: Session,
    now: Tick,
    latest: Vec<Effect>,
    all: Vec<Effect>,
}

/// Nobody has come yet.
pub fn begin() -> Encounter {
    let session = Session::new(SessionPolicy::default());
    Encounter { session, now: Tick::from_millis(1000), latest: Vec::new(), all: Vec::new() }
}

/// Nobody has come yet, and the event has these rules against held-up pictures.
pub fn begin_with(challenge: ChallengeRule, warning: WarningRule) -> Encounter {
    let mut encounter = begin();
    encounter.gets(Input::RulesChanged(SpoofRules { challenge, warning }));
    encounter
}

/// A guest with track 1 has shown intent, and is being searched.
pub fn identifying() -> Encounter {
    let mut encounter = begin();
    encounter.holds(good(1), 600);
    encounter
}

/// A guest with track 1 has been recognised as `name` for sure.
pub fn admitting(name: &str) -> Encounter {
    let mut encounter = identifying();
    encounter.is_accepted_as(name);
    encounter
}

/// A guest with track 1 has been welcomed as `name`.
pub fn welcomed(name: &str) -> Encounter {
    let mut encounter = admitting(name);
    encounter.is_recorded(name);
    encounter
}

/// A guest with track 1, perhaps `name`, is asked for the second fact.
pub fn asked(name: &str) -> Encounter {
    let mut encounter = identifying();
    encounter.is_decided(Decision::Ask(candidate(name)));
    encounter
}

/// A guest with track 1 has not been found; the searched picture scored 0.7.
pub fn missed() -> Encounter {
    let mut encounter = identifying();
    encounter.is_decided(Decision::Unknown);
    encounter
}

/// The candidate that a search would return for `name`.
pub fn candidate(name: &str) -> Candidate {
    Candidate { attendee: AttendeeId::new(name), score: 0.8 }
}

/// A guest's first entry at gate A.
pub fn first_entry() -> FirstEntry {
    FirstEntry { at: UtcMillis(1_700_000_000_000), gate: Some("A".to_owned()) }
}

/// A recorded check-in of `name`.
pub fn check_in(name: &str) -> CheckIn {
    CheckIn {
        id: CheckInId(uuid::Uuid::from_u128(7)),
        attendee: AttendeeId::new(name),
        gate: GateId::new("A"),
        method: Method::Face,
        at: UtcMillis(1_700_000_000_000),
        score: Some(0.8),
        reason: None,
    }
}

/// Time and frames.
impl Encounter {
    pub fn gets(&mut self, input: Input) -> &mut Self {
        self.latest = self.session.handle(self.now, input);
        self.all.extend_from_slice(&self.latest);
        self
    }

    /// Lets `millis` pass without a frame, waking the session when it asks for it.
    pub fn waits(&mut self, millis: u64) -> &mut Self {
        let end = self.now + Duration::from_millis(millis);
        self.latest.clear();
        let mut woken = Vec::new();
        while let Some(deadline) = self.session.deadline().filter(|deadline| *deadline <= end) {
            self.now = deadline;
            woken.append(&mut self.gets(Input::TimePassed).latest);
        }
        self.now = end;
        self.latest = woken;
        self
    }

    /// Lets `millis` pass without waking the session.
    pub fn oversleeps(&mut self, millis: u64) -> &mut Self {
        self.now = self.now + Duration::from_millis(millis);
        self
    }

    /// One frame shows `face`.
    pub fn shows(&mut self, face: Face) -> &mut Self {
        self.gets(Input::Observed(frame(self.now, Some(face))))
    }

    /// One frame shows nobody.
    pub fn shows_nobody(&mut self) -> &mut Self {
        self.gets(Input::Observed(frame(self.now, None)))
    }

    /// Frames show `face` from now until `millis` later.
    pub fn holds(&mut self, face: Face, millis: u64) -> &mut Self {
        self.shows(face);
        for _ in 0..millis / FRAME {
            self.waits(FRAME).shows(face);
        }
        self
    }

    /// Frames show nobody from now until `millis` later.
    pub fn is_empty_for(&mut self, millis: u64) -> &mut Self {
        self.shows_nobody();
        for _ in 0..millis / FRAME {
            self.waits(FRAME).shows_nobody();
        }
        self
    }
}

/// What the guest does.
impl Encounter {
    pub fn taps(&mut self) -> &mut Self {
        self.gets(Input::Tapped)
    }

    pub fn wants_ticket(&mut self) -> &mut Self {
        self.gets(Input::TicketWanted)
    }

    pub fn enters_ticket(&mut self, code: &str) -> &mut Self {
        self.gets(Input::TicketEntered(code.to_owned()))
    }

    /// The camera sees `code` once.
    pub fn shows_code(&mut self, code: &str) -> &mut Self {
        self.gets(Input::CodeShown(code.to_owned()))
    }

    /// The camera sees `code` from now until `millis` later.
    pub fn holds_code(&mut self, code: &str, millis: u64) -> &mut Self {
        self.shows_code(code);
        for _ in 0..millis / READING {
            self.waits(READING).shows_code(code);
        }
        self
    }

    pub fn enters_fact(&mut self, fact: &str) -> &mut Self {
        self.gets(Input::FactEntered(fact.to_owned()))
    }

    pub fn wants_name(&mut self) -> &mut Self {
        self.gets(Input::NameWanted)
    }

    pub fn enters_name(&mut self, name: &str) -> &mut Self {
        self.gets(Input::NameEntered(name.to_owned()))
    }

    pub fn touches(&mut self) -> &mut Self {
        self.gets(Input::Touched)
    }

    pub fn dismisses(&mut self) -> &mut Self {
        self.gets(Input::Dismissed)
    }

    pub fn calls_staff(&mut self) -> &mut Self {
        self.gets(Input::StaffCalled)
    }
}

/// What the runners answer to the newest request of their kind.
impl Encounter {
    pub fn is_identified(&mut self, outcome: IdentifyOutcome) -> &mut Self {
        let request = self.newest(|effect| match effect {
            Effect::Identify { request, .. } => Some(*request),
            _ => None,
        });
        self.gets(Input::Identified { request, outcome })
    }

    pub fn is_decided(&mut self, decision: Decision) -> &mut Self {
        self.is_identified(IdentifyOutcome::Decided {
            decision,
            source: DecisionSource::Backend,
            quality: 0.7,
            warning: false,
        })
    }

    /// Accepted, with a spoof warning.
    pub fn is_accepted_with_warning_as(&mut self, name: &str) -> &mut Self {
        self.is_identified(IdentifyOutcome::Decided {
            decision: Decision::Accept(candidate(name)),
            source: DecisionSource::Backend,
            quality: 0.7,
            warning: true,
        })
    }

    pub fn challenge_is(&mut self, challenge: Challenge) -> &mut Self {
        let request = self.newest(|effect| match effect {
            Effect::DrawChallenge { request } => Some(*request),
            _ => None,
        });
        self.gets(Input::ChallengeDrawn { request, challenge })
    }

    pub fn is_accepted_as(&mut self, name: &str) -> &mut Self {
        self.is_decided(Decision::Accept(candidate(name)))
    }

    pub fn fact_is(&mut self, correct: bool) -> &mut Self {
        let request = self.newest(|effect| match effect {
            Effect::CheckFact { request, .. } => Some(*request),
            _ => None,
        });
        self.gets(Input::FactChecked { request, correct })
    }

    pub fn ticket_is_of(&mut self, name: Option<&str>) -> &mut Self {
        let request = self.newest(|effect| match effect {
            Effect::LookUpTicket { request, .. } => Some(*request),
            _ => None,
        });
        self.gets(Input::TicketFound { request, attendee: name.map(AttendeeId::new) })
    }

    /// Who has the typed name and digits.
    pub fn guest_is(&mut self, name: Option<&str>) -> &mut Self {
        let request = self.newest(|effect| match effect {
            Effect::FindNamed { request, .. } => Some(*request),
            _ => None,
        });
        self.gets(Input::GuestFound { request, attendee: name.map(AttendeeId::new) })
    }

    pub fn ticket_is_refused(&mut self, refusal: TicketRefusal) -> &mut Self {
        let request = self.newest(|effect| match effect {
            Effect::LookUpTicket { request, .. } => Some(*request),
            _ => None,
        });
        self.gets(Input::TicketRefused { request, refusal })
    }

    pub fn is_admitted(&mut self, name: &str, admission: Admission) -> &mut Self {
        let note = Some("Table 4".to_owned());
        self.admission_is(AdmitOutcome::Answered {
            admission,
            name: name.to_owned(),
            note,
            offline: false,
            enrolled: false,
        })
    }

    pub fn is_recorded(&mut self, name: &str) -> &mut Self {
        self.is_admitted(name, Admission::Recorded(check_in(name)))
    }

    pub fn admission_is(&mut self, outcome: AdmitOutcome) -> &mut Self {
        let request = self.newest(|effect| match effect {
            Effect::Admit { request, .. } => Some(*request),
            _ => None,
        });
        self.gets(Input::Admitted { request, outcome })
    }

    #[expect(clippy::expect_used, reason = "a script that answers what was never asked is wrong")]
    pub fn newest(&self, pick: impl Fn(&Effect) -> Option<RequestId>) -> RequestId {
        self.all.iter().rev().find_map(pick).expect("the session has asked for it")
    }
}

/// What came of it.
impl Encounter {
    pub fn view(&self) -> GuestView {
        self.session.view()
    }

    /// Counts up with the guests.
    pub fn number(&self) -> u64 {
        self.session.encounter()
    }

    pub fn deadline(&self) -> Option<Tick> {
        self.session.deadline()
    }

    pub fn closing(&self) -> Option<Duration> {
        self.session.closing()
    }

    /// How many wrong answers the name's screen still allows; none if it is not shown.
    pub fn attempts_shown(&self) -> u8 {
        match self.view() {
            GuestView::Name { attempts_left, .. } => attempts_left,
            _ => 0,
        }
    }

    /// What the latest input, or the latest wait, asked for.
    pub fn effects(&self) -> &[Effect] {
        &self.latest
    }

    /// Everything asked for since the beginning.
    pub fn identifications(&self) -> usize {
        self.all.iter().filter(|effect| matches!(effect, Effect::Identify { .. })).count()
    }

    pub fn admissions(&self) -> usize {
        self.all.iter().filter(|effect| matches!(effect, Effect::Admit { .. })).count()
    }

    pub fn count(&self, of: impl Fn(&Effect) -> bool) -> usize {
        self.all.iter().filter(|effect| of(effect)).count()
    }

    pub fn everything(&self) -> &[Effect] {
        &self.all
    }

    pub fn look_ups(&self) -> usize {
        self.all.iter().filter(|effect| matches!(effect, Effect::LookUpTicket { .. })).count()
    }

    pub fn notices(&self) -> Vec<StaffNotice> {
        let notice = |effect: &Effect| match effect {
            Effect::NotifyStaff(notice) => Some(*notice),
            _ => None,
        };
        self.all.iter().filter_map(notice).collect()
    }

    pub fn is_idle(&self) -> bool {
        self.view() == GuestView::Idle
    }

    pub fn is_approaching(&self) -> bool {
        matches!(self.view(), GuestView::Approaching { .. })
    }

    pub fn is_welcoming(&self, guest: &str) -> bool {
        matches!(self.view(), GuestView::Welcome { name, .. } if name == guest)
    }
}
