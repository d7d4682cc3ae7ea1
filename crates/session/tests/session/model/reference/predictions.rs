//! The outcome of every answer, and of every input that leaves no choice.

use std::time::Duration;

use portico_session::{
    Effect, Evidence, FaceChoice, GuestView, IdentifyOutcome, Input, NameAsks, RequestId, StaffNotice, Tried,
};
use portico_types::{AttendeeId, Candidate, Decision, Method, TicketRefusal, TrackId};

use super::Reference;
use crate::model::expected::{Expected, is_busy, name};
use crate::model::walk::Step;

impl Reference {
    /// The outcome of an input that leaves no choice.
    pub(super) fn expected(&self, step: &Step) -> Option<Expected> {
        let current = self.awaited_on(&step.before).map(|(request, effect)| (request, effect.clone()));
        let (answered, expected) = match &step.input {
            Input::Identified { request, outcome } => {
                (*request, self.after_search(current.as_ref(), outcome, step))
            }
            Input::FactChecked { request, correct } => {
                (*request, self.after_fact(current.as_ref(), *correct, step))
            }
            Input::TicketFound { request, .. }
            | Input::TicketWithFace { request, .. }
            | Input::TicketRefused { request, .. }
                if self.owed == Some(*request) =>
            {
                return Some(self.after_owed(current.as_ref(), step));
            }
            Input::TicketRefused { request, refusal } => {
                let told = Effect::NotifyStaff(StaffNotice::TicketRefused(*refusal));
                (*request, Expected::exactly(vec![told], GuestView::NotFound { tried: Tried::TicketExpired }))
            }
            Input::TicketFound { request, attendee } => {
                (*request, self.after_look_up(attendee.as_ref(), step))
            }
            Input::TicketWithFace { request, attendee, .. } => {
                let compared = Expected::after_face_ticket(self.next(), attendee, step);
                (*request, self.or_greeted_again(compared, attendee, step))
            }
            Input::GuestFound { request, attendee } => {
                (*request, self.after_naming(current.as_ref(), attendee.as_ref(), step))
            }
            Input::Admitted { request, outcome } => {
                (*request, Expected::after_admission(current.as_ref(), outcome, step))
            }
            Input::StaffCalled => return Some(Expected::after_call(step)),
            Input::TicketEntered(code) => return Some(self.after_code(current.as_ref(), code, step)),
            Input::NameWanted => return Some(Self::after_name_wanted(current.as_ref(), step)),
            Input::NameEntered(text) => return Some(self.after_name_typed(text, step)),
            Input::Touched => return Some(Expected::unchanged(step)),
            Input::FactEntered(fact) => return Some(self.after_fact_typed(fact, step)),
            _ => return None,
        };
        let is_current = current.is_some_and(|(request, _)| request == answered);
        Some(if is_current { expected } else { Expected::unchanged(step) })
    }

    fn after_search(
        &self,
        current: Option<&(RequestId, Effect)>,
        outcome: &IdentifyOutcome,
        step: &Step,
    ) -> Expected {
        let track = match current {
            Some((_, Effect::Identify { track, .. })) => track,
            Some((_, Effect::CompareFace { track, attendee, .. })) => {
                return self.after_comparison(*track, attendee, outcome, step);
            }
            _ => return Expected::unchanged(step),
        };
        match outcome {
            IdentifyOutcome::FaceGone => Expected::at_rest(),
            IdentifyOutcome::Failed => Expected::at_rest().or(vec![], GuestView::Ticket { checking: false }),
            IdentifyOutcome::Decided { decision: Decision::Accept(candidate), warning, .. } => {
                self.after_proof(candidate, Method::Face, (*track, *warning), step)
            }
            IdentifyOutcome::Decided { decision: Decision::Ask(_), .. } => {
                Expected::none().or_asked(vec![], self.facts.left(step.now))
            }
            IdentifyOutcome::Decided { decision: Decision::Unknown, .. } => {
                let told = Effect::NotifyStaff(StaffNotice::NotFound);
                Expected::exactly(vec![told], GuestView::NotFound { tried: Tried::Face })
            }
        }
    }

    /// Only the ticket's guest is let in, whatever the comparison calls them.
    fn after_comparison(
        &self,
        track: TrackId,
        attendee: &AttendeeId,
        outcome: &IdentifyOutcome,
        step: &Step,
    ) -> Expected {
        let spoof = Effect::NotifyStaff(StaffNotice::SpoofWarning);
        let (decision, warning) = match outcome {
            IdentifyOutcome::FaceGone => {
                let GuestView::MatchFace { hint, .. } = step.before else { return Expected::unchanged(step) };
                return Expected::exactly(vec![], GuestView::MatchFace { hint, checking: false });
            }
            IdentifyOutcome::Failed => {
                let told = Effect::NotifyStaff(StaffNotice::TicketRefused(TicketRefusal::FaceUnusable));
                return Expected::exactly(vec![told], GuestView::NotFound { tried: Tried::FaceUnusable });
            }
            IdentifyOutcome::Decided { decision, warning, .. } => (decision, *warning),
        };
        let mut told: Vec<Effect> = (warning && !self.warned).then_some(spoof).into_iter().collect();
        let Decision::Accept(candidate) = decision else {
            let facts = self.facts.left(step.now);
            return Expected::after_no_match(step, told, facts);
        };
        let candidate = Candidate { attendee: attendee.clone(), score: candidate.score };
        let evidence = Evidence { candidate: Some(candidate), track: Some(track), warning };
        told.push(self.admit(attendee, Method::Ticket, evidence));
        Expected::exactly(told, step.before.clone())
    }

    fn after_fact(&self, current: Option<&(RequestId, Effect)>, correct: bool, step: &Step) -> Expected {
        let (
            Some((_, Effect::CheckFact { .. })),
            Some((candidate, track, _)),
            GuestView::Confirm { attempts_left, .. },
        ) = (current, &self.asked, &step.before)
        else {
            return Expected::unchanged(step);
        };
        if correct {
            return self.after_proof(candidate, Method::FaceAndFact, (*track, false), step);
        }
        match attempts_left - 1 {
            0 => {
                let told = Effect::NotifyStaff(StaffNotice::FactRefused);
                Expected::exactly(vec![told], GuestView::NotFound { tried: Tried::Fact })
            }
            left => Expected::exactly(
                vec![],
                GuestView::Confirm { attempts_left: left, refused: true, checking: false },
            ),
        }
    }

    /// A proven guest is admitted once; one welcomed within ten seconds is greeted by what was recorded then.
    /// Staff hear of a spoof warning before anything else.
    fn after_proof(
        &self,
        candidate: &Candidate,
        method: Method,
        (track, warning): (TrackId, bool),
        step: &Step,
    ) -> Expected {
        let mut effects = Vec::new();
        if warning {
            effects.push(Effect::NotifyStaff(StaffNotice::SpoofWarning));
        }
        if let Some((attendee, name, at)) = &self.recorded
            && *attendee == candidate.attendee
            && step.now < *at + Duration::from_secs(10)
        {
            let name = name.clone();
            return Expected::exactly(
                effects,
                GuestView::Welcome { name, note: None, offline: true, face: FaceChoice::None },
            );
        }
        let evidence = Evidence { candidate: Some(candidate.clone()), track: Some(track), warning };
        effects.push(self.admit(&candidate.attendee, method, evidence));
        Expected::exactly(effects, step.before.clone())
    }

    fn after_look_up(&self, attendee: Option<&AttendeeId>, step: &Step) -> Expected {
        match attendee {
            Some(attendee) => {
                let evidence = Evidence { candidate: None, track: None, warning: false };
                let admit = self.admit(attendee, Method::Ticket, evidence);
                let asks = Expected::exactly(vec![admit], GuestView::Ticket { checking: true });
                self.or_greeted_again(asks, attendee, step)
            }
            None => Expected::exactly(vec![], GuestView::NotFound { tried: Tried::Ticket }),
        }
    }

    /// A ticket's guest who was recorded within ten seconds, and whose face may be the one that stands there.
    fn or_greeted_again(&self, asks: Expected, attendee: &AttendeeId, step: &Step) -> Expected {
        let Some((_, name, at)) = self.recorded.as_ref().filter(|(recorded, ..)| recorded == attendee) else {
            return asks;
        };
        let lately = step.now < *at + Duration::from_secs(10);
        let face = self.latest.filter(|(_, seen)| step.now.since(*seen) < Duration::from_millis(600));
        let theirs = face.is_some_and(|(track, _)| {
            self.shown.get(&track).is_some_and(|first| *first < *at + Duration::from_secs(10))
        });
        if !(lately && theirs) {
            return asks;
        }
        let face = FaceChoice::None;
        asks.or(vec![], GuestView::Welcome { name: name.clone(), note: None, offline: true, face })
    }

    /// What was scanned over a guest's own screen: theirs is no news, and another's is as good as anywhere.
    fn after_owed(&self, current: Option<&(RequestId, Effect)>, step: &Step) -> Expected {
        if is_busy(current, &step.before) {
            return Expected::unchanged(step);
        }
        let whose = name(&step.before).and_then(|name| name.split(" of ").next());
        let (expected, owner) = match &step.input {
            Input::TicketFound { attendee, .. } => {
                (self.after_look_up(attendee.as_ref(), step), attendee.as_ref())
            }
            Input::TicketWithFace { attendee, .. } => {
                let compared = Expected::after_face_ticket(self.next(), attendee, step);
                (self.or_greeted_again(compared, attendee, step), Some(attendee))
            }
            _ => {
                let told = Effect::NotifyStaff(StaffNotice::TicketRefused(TicketRefusal::Expired));
                (Expected::exactly(vec![told], GuestView::NotFound { tried: Tried::TicketExpired }), None)
            }
        };
        match owner {
            Some(owner) if whose == Some(owner.as_str()) => expected.or(vec![], step.before.clone()),
            _ => expected,
        }
    }

    fn after_code(&self, current: Option<&(RequestId, Effect)>, code: &str, step: &Step) -> Expected {
        let repeated = self.last_code.as_ref();
        let stutters =
            repeated.is_some_and(|(last, at)| last == code && step.now.since(*at) < Duration::from_secs(1));
        if is_busy(current, &step.before) || stutters {
            return Expected::unchanged(step);
        }
        let look_up = Effect::LookUpTicket { request: self.next(), code: code.to_owned() };
        if name(&step.before).is_some() {
            return Expected::exactly(vec![look_up], step.before.clone());
        }
        Expected::exactly(vec![look_up], GuestView::Ticket { checking: true })
    }

    fn after_fact_typed(&self, fact: &str, step: &Step) -> Expected {
        match (&step.before, &self.asked) {
            (GuestView::Confirm { attempts_left, refused, checking: false }, Some((candidate, ..))) => {
                let attendee = candidate.attendee.clone();
                let check = Effect::CheckFact { request: self.next(), attendee, fact: fact.to_owned() };
                let (attempts_left, refused) = (*attempts_left, *refused);
                Expected::exactly(vec![check], GuestView::Confirm { attempts_left, refused, checking: true })
            }
            (GuestView::Name { asks: NameAsks::Digits, checking: false, .. }, _) => {
                self.after_both(self.typed_first.as_deref().unwrap_or_default(), fact, step)
            }
            _ => Expected::unchanged(step),
        }
    }

    fn after_name_wanted(current: Option<&(RequestId, Effect)>, step: &Step) -> Expected {
        if is_busy(current, &step.before) || matches!(step.before, GuestView::Name { .. }) {
            return Expected::unchanged(step);
        }
        let closed = Expected::exactly(vec![], GuestView::NotFound { tried: Tried::NameClosed });
        (1..=3).fold(closed, |allowed, attempts_left| {
            allowed.or(vec![], asking(NameAsks::NameOrDigits, attempts_left, false))
        })
    }

    /// A name, or digits: the other one is asked for, whatever it was.
    fn after_name_typed(&self, text: &str, step: &Step) -> Expected {
        let GuestView::Name { asks, attempts_left, checking: false, .. } = step.before else {
            return Expected::unchanged(step);
        };
        let is_name = text.chars().any(char::is_alphabetic);
        match asks {
            NameAsks::NameOrDigits if is_name => {
                Expected::exactly(vec![], asking(NameAsks::Digits, attempts_left, false))
            }
            NameAsks::NameOrDigits => Expected::exactly(vec![], asking(NameAsks::Name, attempts_left, false)),
            NameAsks::Digits => Expected::unchanged(step),
            NameAsks::Name => self.after_both(text, self.typed_first.as_deref().unwrap_or_default(), step),
        }
    }

    fn after_both(&self, name: &str, digits: &str, step: &Step) -> Expected {
        let GuestView::Name { asks, attempts_left, .. } = step.before else {
            return Expected::unchanged(step);
        };
        let find =
            Effect::FindNamed { request: self.next(), name: name.to_owned(), digits: digits.to_owned() };
        Expected::exactly(vec![find], GuestView::Name { asks, attempts_left, refused: false, checking: true })
    }

    /// Whoever has both is admitted; that nobody has is told in its own time.
    fn after_naming(
        &self,
        current: Option<&(RequestId, Effect)>,
        attendee: Option<&AttendeeId>,
        step: &Step,
    ) -> Expected {
        let Some((_, Effect::FindNamed { .. })) = current else { return Expected::unchanged(step) };
        match attendee {
            Some(attendee) => {
                let evidence = Evidence { candidate: None, track: None, warning: false };
                let admit = self.admit(attendee, Method::NameAndFact, evidence);
                Expected::exactly(vec![admit], step.before.clone())
            }
            None => Expected::after_nobody(step),
        }
    }

    fn admit(&self, attendee: &AttendeeId, method: Method, evidence: Evidence) -> Effect {
        Effect::Admit { request: self.next(), attendee: attendee.clone(), method, evidence }
    }

    fn next(&self) -> RequestId {
        RequestId(self.last.map_or(1, |last| last.0 + 1))
    }
}

fn asking(asks: NameAsks, attempts_left: u8, refused: bool) -> GuestView {
    GuestView::Name { asks, attempts_left, refused, checking: false }
}
