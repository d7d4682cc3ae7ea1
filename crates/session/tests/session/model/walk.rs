//! Random moves of guests, runners and clock, and what the session made of each.

use std::time::Duration;

use portico_session::{
    AdmitOutcome, Effect, GuestView, IdentifyOutcome, Input, RequestId, Session, SessionPolicy,
};
use portico_types::{Admission, Decision, DecisionSource, FaceTicket, Hint, Tick, TicketRefusal};
use proptest::prelude::*;

use crate::encounter::{candidate, check_in, first_entry};
use crate::faces::{Face, frame, good};

const GUESTS: [&str; 3] = ["ada", "bo", "cy"];

/// What happens next.
#[derive(Clone, Debug)]
pub enum Move {
    /// This many frames, 50 ms apart.
    Frames(Option<Face>, u8),
    CameraLost,
    Tap,
    WantTicket,
    EnterTicket(u8),
    /// The camera sees a code, which may be one that is typed too.
    ShowCode(u8),
    EnterFact,
    WantName,
    /// A name, or digits.
    EnterName(bool),
    Touch,
    Dismiss,
    CallStaff,
    /// The answer, of one of several kinds, to one of the latest requests, answered before or not.
    Answer {
        back: usize,
        kind: u8,
        guest: usize,
        score: f32,
    },
    /// Time, in milliseconds.
    Wait(u64),
    /// Time up to the deadline, if there is one.
    Wake,
}

/// One input, and what came of it.
#[derive(Clone, Debug)]
pub struct Step {
    pub now: Tick,
    pub input: Input,
    pub before: GuestView,
    pub effects: Vec<Effect>,
    pub after: GuestView,
    pub encounter: u64,
    pub closing: Option<Duration>,
    pub deadline: Option<Tick>,
    /// Only sent so that time that has run out is told from the input that follows.
    pub is_prelude: bool,
}

/// A session, its clock, and the steps so far.
pub struct Walk {
    session: Session,
    now: Tick,
    requests: Vec<Effect>,
    steps: Vec<Step>,
}

/// The same with codes before the camera.
pub fn moves_with_codes() -> impl Strategy<Value = Vec<Move>> {
    let codes = prop::collection::vec((any::<prop::sample::Index>(), 0_u8..4), 0..20);
    (moves(), codes).prop_map(|(mut moves, codes)| {
        for (place, code) in codes {
            let at = place.index(moves.len() + 1);
            moves.insert(at, Move::ShowCode(code));
        }
        moves
    })
}

/// Up to 40 moves. Frames and answers are the most frequent, as they are at a door.
pub fn moves() -> impl Strategy<Value = Vec<Move>> {
    let face = (1_u32..6, prop::sample::select(vec![None, None, None, Some(Hint::LookHere)]), 0_u8..3)
        .prop_map(|(track, hint, level)| Face { hint, ..good(track).scored(0.5 + 0.2 * f32::from(level)) });
    let answer = (prop::sample::select(vec![0_usize, 0, 0, 0, 1, 2]), any::<u8>(), 0_usize..3, 0_u8..3)
        .prop_map(|(back, kind, guest, level)| Move::Answer {
            back,
            kind,
            guest,
            score: 0.5 + 0.2 * f32::from(level),
        });
    let step = prop_oneof![
        8 => (prop::option::weighted(0.8, face), 1_u8..16).prop_map(|(face, count)| Move::Frames(face, count)),
        10 => answer,
        1 => Just(Move::CameraLost),
        2 => Just(Move::Tap),
        1 => Just(Move::WantTicket),
        2 => (0_u8..2).prop_map(Move::EnterTicket),
        4 => Just(Move::EnterFact),
        2 => Just(Move::WantName),
        3 => prop::bool::weighted(0.8).prop_map(Move::EnterName),
        1 => Just(Move::Touch),
        1 => Just(Move::Dismiss),
        1 => Just(Move::CallStaff),
        3 => (0_u64..3000).prop_map(Move::Wait),
        2 => Just(Move::Wake),
    ];
    prop::collection::vec(step, 1..40)
}

impl Walk {
    pub fn begin() -> Self {
        let session = Session::new(SessionPolicy::default());
        Self { session, now: Tick::from_millis(1000), requests: Vec::new(), steps: Vec::new() }
    }

    pub fn take(&mut self, step: &Move) {
        match step {
            Move::Frames(face, count) => {
                for _ in 0..*count {
                    self.now = self.now + Duration::from_millis(50);
                    self.give(Input::Observed(frame(self.now, *face)));
                }
            }
            Move::CameraLost => self.give(Input::CameraLost),
            Move::Tap => self.give(Input::Tapped),
            Move::WantTicket => self.give(Input::TicketWanted),
            Move::EnterTicket(code) => self.give(Input::TicketEntered(format!("T{code}"))),
            Move::ShowCode(code) => self.give(Input::CodeShown(format!("T{code}"))),
            Move::EnterFact => self.give(Input::FactEntered("1234".to_owned())),
            Move::WantName => self.give(Input::NameWanted),
            Move::EnterName(is_name) => {
                let text = if *is_name { "Ada Byron" } else { "1234" };
                self.give(Input::NameEntered(text.to_owned()));
            }
            Move::Touch => self.give(Input::Touched),
            Move::Dismiss => self.give(Input::Dismissed),
            Move::CallStaff => self.give(Input::StaffCalled),
            Move::Answer { back, kind, guest, score } => {
                let request = self.requests.iter().rev().nth(*back);
                if let Some(input) = request.map(|request| answer(request, *kind, GUESTS[*guest], *score)) {
                    self.give(input);
                }
            }
            Move::Wait(millis) => self.now = self.now + Duration::from_millis(*millis),
            Move::Wake => {
                if let Some(deadline) = self.session.deadline() {
                    self.now = self.now.max(deadline);
                    self.record(Input::TimePassed, false);
                }
            }
        }
    }

    pub fn view(&self) -> GuestView {
        self.session.view()
    }

    pub fn deadline(&self) -> Option<Tick> {
        self.session.deadline()
    }

    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    pub fn into_steps(self) -> Vec<Step> {
        self.steps
    }

    fn give(&mut self, input: Input) {
        self.record(Input::TimePassed, true);
        self.record(input, false);
    }

    fn record(&mut self, input: Input, is_prelude: bool) {
        let before = self.session.view();
        let effects = self.session.handle(self.now, input.clone());
        let is_request = |effect: &&Effect| !matches!(effect, Effect::NotifyStaff(_));
        self.requests.extend(effects.iter().filter(is_request).cloned());
        let (after, closing) = (self.session.view(), self.session.closing());
        let deadline = self.session.deadline();
        self.steps.push(Step {
            now: self.now,
            input,
            before,
            effects,
            after,
            encounter: self.session.encounter(),
            closing,
            deadline,
            is_prelude,
        });
    }
}

/// An answer of some kind to `effect`. Names carry the request's number, so that no other's can pass for it.
fn answer(effect: &Effect, kind: u8, guest: &str, score: f32) -> Input {
    match effect {
        Effect::Identify { request, .. } => {
            Input::Identified { request: *request, outcome: identified(kind, guest, score) }
        }
        Effect::CompareFace { request, attendee, .. } => {
            Input::Identified { request: *request, outcome: identified(kind, attendee.as_str(), score) }
        }
        Effect::CheckFact { request, .. } => {
            Input::FactChecked { request: *request, correct: kind.is_multiple_of(2) }
        }
        Effect::LookUpTicket { request, .. } => {
            if kind % 7 == 6 {
                return Input::TicketRefused { request: *request, refusal: TicketRefusal::Expired };
            }
            let owner = candidate(guest).attendee;
            if kind % 7 == 5 {
                let ticket = FaceTicket::new(format!("PT2 OF {guest}"));
                return Input::TicketWithFace { request: *request, attendee: owner, ticket };
            }
            Input::TicketFound { request: *request, attendee: (!kind.is_multiple_of(3)).then_some(owner) }
        }
        Effect::FindNamed { request, .. } => {
            let owner = candidate(guest).attendee;
            Input::GuestFound { request: *request, attendee: (!kind.is_multiple_of(3)).then_some(owner) }
        }
        Effect::Admit { request, attendee, .. } => {
            Input::Admitted { request: *request, outcome: admitted(*request, kind, attendee.as_str()) }
        }
        // No challenge is due by the rules that a session begins with; nobody is enrolled, and enrolling is not offered.
        Effect::DrawChallenge { .. }
        | Effect::NotifyStaff(_)
        | Effect::TakePicture { .. }
        | Effect::Enrol { .. }
        | Effect::DropPictures
        | Effect::Withdraw { .. } => Input::TimePassed,
    }
}

fn identified(kind: u8, guest: &str, score: f32) -> IdentifyOutcome {
    let decision = match kind % 8 {
        0 => return IdentifyOutcome::FaceGone,
        1 => return IdentifyOutcome::Failed,
        2 | 3 => Decision::Unknown,
        4 | 5 => Decision::Ask(candidate(guest)),
        _ => Decision::Accept(candidate(guest)),
    };
    let warning = kind % 8 == 7;
    IdentifyOutcome::Decided { decision, source: DecisionSource::LocalGallery, quality: score, warning }
}

fn admitted(request: RequestId, kind: u8, attendee: &str) -> AdmitOutcome {
    let admission = match kind % 6 {
        0 => return AdmitOutcome::Failed,
        1 => Admission::AlreadyIn(first_entry()),
        2 => Admission::NotOnRoster,
        _ => Admission::Recorded(check_in(attendee)),
    };
    AdmitOutcome::Answered {
        admission,
        name: format!("{attendee} of {}", request.0),
        note: None,
        offline: true,
        enrolled: false,
    }
}
