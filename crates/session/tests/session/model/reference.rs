//! What the session promises, written down a second time and without its states: a ledger of questions and
//! answers, and the screen before. Predicts every answer's outcome, and bounds what anything else may do.

mod budget;
mod predictions;

use std::collections::BTreeMap;
use std::time::Duration;

use portico_session::{
    AdmitOutcome, Effect, GuestView, IdentifyOutcome, Input, NameAsks, RequestId, StaffNotice,
};
use portico_types::{Admission, AttendeeId, Candidate, Decision, Method, Tick, TicketRefusal, TrackId};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::expected::{is_busy, is_naming, name, request_of, score, shown};
use super::walk::Step;
use budget::Budget;

type Verdict = Result<(), TestCaseError>;

/// A search's conclusion about one face.
#[derive(Clone, Copy)]
enum Conclusion {
    Final,
    Missed { quality: f32, at: Tick },
}

/// The ledger.
#[derive(Default)]
pub struct Reference {
    /// Questions without an answer, and when they were asked.
    open: BTreeMap<RequestId, (Tick, Effect)>,
    last: Option<RequestId>,
    last_admission: Option<RequestId>,
    recorded: Option<(AttendeeId, String, Tick)>,
    /// A code that was scanned while somebody's own screen stood there, and is looked up behind it.
    owed: Option<RequestId>,
    concluded: BTreeMap<TrackId, Conclusion>,
    asked: Option<(Candidate, TrackId, f32)>,
    /// Whether staff have heard of a possible spoof since this ticket with a face was read.
    warned: bool,
    /// A guest whom a comparison with their ticket's face left in doubt.
    doubted: Option<(Candidate, TrackId, f32)>,
    last_code: Option<(String, Tick)>,
    /// What was typed first on the name's screen.
    typed_first: Option<String>,
    /// When names and digits were looked up that nobody was found by.
    wrong: Vec<Tick>,
    /// When somebody was found by them last.
    found_at: Option<Tick>,
    /// What is left of wrong second facts.
    facts: Budget,
    /// Every track that a frame has shown, and when first.
    shown: BTreeMap<TrackId, Tick>,
    /// The face of the latest frame with one.
    latest: Option<(TrackId, Tick)>,
    /// When the name on the screen appeared, and whether a face alone brought it there.
    named: Option<(Tick, Method)>,
}

impl Reference {
    /// Whether `step` keeps every promise.
    pub fn check(&mut self, step: &Step) -> Verdict {
        prop_assert!(
            step.deadline.is_none_or(|deadline| deadline > step.now),
            "it would wake for ever: {step:?}"
        );
        match self.expected(step) {
            Some(expected) => prop_assert!(expected.allows(step), "{:?}\nexpected {:?}", step, expected),
            None => self.check_unpredicted(step)?,
        }
        self.check_searches(step)?;
        self.check_guesses(step)?;
        self.note(step);
        Ok(())
    }

    /// The question that the guest before this screen waits for: always the one asked last.
    fn awaited_on(&self, screen: &GuestView) -> Option<(RequestId, &Effect)> {
        let request = self.last?;
        let (_, effect) = self.open.get(&request)?;
        let identifying = *screen == GuestView::Identifying;
        let confirming = matches!(screen, GuestView::Confirm { checking: true, .. });
        let ticket = *screen == GuestView::Ticket { checking: true };
        let matching = matches!(screen, GuestView::MatchFace { checking: true, .. });
        let waits = match effect {
            Effect::Identify { .. } => identifying,
            Effect::CompareFace { .. } => matching,
            Effect::CheckFact { .. } => confirming,
            Effect::LookUpTicket { .. } => ticket,
            Effect::FindNamed { .. } => is_naming(screen),
            Effect::Admit { .. } => {
                identifying
                    || confirming
                    || ticket
                    || matching
                    || is_naming(screen)
                    || *screen == GuestView::Trouble
            }
            // Never by the rules that a session begins with.
            Effect::DrawChallenge { .. }
            | Effect::NotifyStaff(_)
            // Not offered here: `enrolling` and `withdrawing` go there.
            | Effect::TakePicture { .. }
            | Effect::Enrol { .. }
            | Effect::DropPictures
            | Effect::Withdraw { .. } => false,
        };
        waits.then_some((request, effect))
    }

    /// Frames, taps, time and ways back: they admit nobody, look nothing up, and name nobody.
    fn check_unpredicted(&self, step: &Step) -> Verdict {
        for effect in &step.effects {
            let allowed = match effect {
                Effect::Identify { .. } => matches!(step.input, Input::Observed(_) | Input::Tapped),
                Effect::CompareFace { .. } => {
                    matches!(step.input, Input::Observed(_))
                        && matches!(step.before, GuestView::MatchFace { checking: false, .. })
                }
                Effect::NotifyStaff(StaffNotice::TicketRefused(
                    TicketRefusal::FaceUnseen | TicketRefusal::FaceDiffers,
                )) => step.input == Input::TimePassed && matches!(step.before, GuestView::MatchFace { .. }),
                Effect::NotifyStaff(StaffNotice::StorageFailed) => step.input == Input::TimePassed,
                Effect::NotifyStaff(StaffNotice::FactRefused) => {
                    step.input == Input::TimePassed && is_naming(&step.before)
                }
                Effect::NotifyStaff(StaffNotice::NotFound) => {
                    step.input == Input::Dismissed && matches!(step.before, GuestView::Confirm { .. })
                }
                _ => false,
            };
            prop_assert!(allowed, "{:?}", step);
        }
        prop_assert!(
            name(&step.after).is_none() || step.after == step.before,
            "a name from nowhere: {:?}",
            step
        );
        if self.is_handed_over(step) {
            prop_assert_eq!(
                name(&step.after),
                None,
                "the last guest's name is shown to the next: {:?}",
                step
            );
        }
        Ok(())
    }

    /// A face never seen before stands there, and the result is either another face's or older than the moment
    /// in which a guest without a face is found.
    fn is_handed_over(&self, step: &Step) -> bool {
        let Some(track) = shown(&step.input) else { return false };
        let Some((since, method)) = self.named else { return false };
        let settled = method == Method::Face || step.now.since(since) >= Duration::from_millis(1500);
        !self.shown.contains_key(&track) && settled
    }

    /// One search at a time, and never again for a concluded face but on a clearly better frame (I9).
    fn check_searches(&self, step: &Step) -> Verdict {
        for effect in &step.effects {
            let Effect::Identify { track, .. } = effect else { continue };
            let guard = Duration::from_secs(2);
            let running = |(at, effect): &&(Tick, Effect)| {
                matches!(effect, Effect::Identify { .. }) && step.now < *at + guard
            };
            prop_assert!(self.open.values().find(running).is_none(), "two searches at once: {:?}", step);
            match self.concluded.get(track) {
                None => {}
                Some(Conclusion::Final) => prop_assert!(false, "identified twice: {:?}", step),
                Some(Conclusion::Missed { quality, at }) => {
                    prop_assert!(step.now.since(*at) >= guard, "too soon: {:?}", step);
                    prop_assert!(score(&step.input) - quality >= 0.15, "not clearly better: {:?}", step);
                }
            }
        }
        Ok(())
    }

    /// Three in a minute, ten in ten minutes: nobody guesses their way in.
    fn check_guesses(&self, step: &Step) -> Verdict {
        if !step.effects.iter().any(|effect| matches!(effect, Effect::FindNamed { .. })) {
            return Ok(());
        }
        let lately = |span| self.wrong.iter().filter(|at| step.now.since(**at) < span).count();
        prop_assert!(lately(Duration::from_mins(10)) < 10 + 1, "the kiosk's budget is spent: {:?}", step);
        let asked = self.wrong.iter().rev().take_while(|at| step.now.since(**at) < Duration::from_mins(1));
        let in_encounter = asked.filter(|at| self.found_at.is_none_or(|found| **at > found)).count();
        prop_assert!(in_encounter < 3, "one guest's attempts are spent: {:?}", step);
        Ok(())
    }

    fn note(&mut self, step: &Step) {
        self.note_conclusion(step);
        self.note_matching(step);
        self.note_answer(step);
        for effect in &step.effects {
            let Some(request) = request_of(effect) else { continue };
            self.open.insert(request, (step.now, effect.clone()));
            self.last = Some(request);
            if matches!(effect, Effect::FindNamed { .. }) {
                self.wrong.push(step.now);
            }
            if matches!(effect, Effect::CheckFact { .. }) {
                self.facts.spend(step.now);
            }
            if let Effect::Admit { method: Method::NameAndFact, .. } = effect {
                self.wrong.pop();
                self.found_at = Some(step.now);
            }
            if let Effect::Admit { method, .. } = effect {
                self.last_admission = Some(request);
                self.named = Some((step.now, *method));
            }
        }
        if let Some(track) = shown(&step.input) {
            self.shown.entry(track).or_insert(step.now);
            self.latest = Some((track, step.now));
        } else if step.input == Input::CameraLost {
            self.latest = None;
        }
        self.note_owed(step);
        if name(&step.after).is_some() && step.after != step.before {
            let method = self.named.map_or(Method::Ticket, |(_, method)| method);
            self.named = Some((step.now, method));
        }
    }

    /// An answer settles what was owed; a scan over somebody's own screen owes one.
    fn note_owed(&mut self, step: &Step) {
        match (&step.input, step.effects.as_slice()) {
            (
                Input::TicketFound { request, .. }
                | Input::TicketWithFace { request, .. }
                | Input::TicketRefused { request, .. },
                _,
            ) => {
                self.owed.take_if(|owed| owed == request);
            }
            (Input::TicketEntered(_), [Effect::LookUpTicket { request, .. }])
                if name(&step.after).is_some() =>
            {
                self.owed = Some(*request);
            }
            _ => {}
        }
    }

    fn note_conclusion(&mut self, step: &Step) {
        match (&step.input, self.awaited_on(&step.before)) {
            (
                Input::Identified { request, outcome: IdentifyOutcome::Decided { decision, quality, .. } },
                Some((awaited, Effect::Identify { track, .. })),
            ) if *request == awaited => {
                let (track, quality) = (*track, *quality);
                let conclusion = match decision {
                    Decision::Unknown => Conclusion::Missed { quality, at: step.now },
                    Decision::Accept(_) | Decision::Ask(_) => Conclusion::Final,
                };
                self.concluded.insert(track, conclusion);
                if let Decision::Ask(candidate) = decision {
                    self.asked = Some((candidate.clone(), track, quality));
                }
            }
            (
                Input::Identified {
                    request,
                    outcome: IdentifyOutcome::Decided { decision, quality, warning, .. },
                },
                Some((awaited, Effect::CompareFace { track, attendee, .. })),
            ) if *request == awaited => {
                let (track, attendee, quality, warning) = (*track, attendee.clone(), *quality, *warning);
                self.note_comparison(decision, (attendee, track, quality), warning);
            }
            (Input::Dismissed, _)
                if matches!(step.before, GuestView::Confirm { refused: false, checking: false, .. }) =>
            {
                if let Some((_, track, quality)) = self.asked {
                    self.concluded.insert(track, Conclusion::Missed { quality, at: step.now });
                }
            }
            _ => {}
        }
    }

    fn note_comparison(
        &mut self,
        decision: &Decision,
        (attendee, track, quality): (AttendeeId, TrackId, f32),
        warning: bool,
    ) {
        self.warned |= warning;
        match decision {
            Decision::Accept(_) => {
                self.concluded.insert(track, Conclusion::Final);
            }
            Decision::Ask(candidate) => {
                let candidate = Candidate { attendee, score: candidate.score };
                self.doubted = Some((candidate, track, quality));
            }
            Decision::Unknown => {}
        }
    }

    /// A screen that waits for a ticket's face begins and ends.
    fn note_matching(&mut self, step: &Step) {
        if matches!(step.input, Input::TicketWithFace { .. }) {
            (self.warned, self.doubted) = (false, None);
        }
        let was_matching = matches!(step.before, GuestView::MatchFace { .. });
        if was_matching && matches!(step.after, GuestView::Confirm { .. }) {
            self.asked = self.doubted.take();
            if let Some((_, track, _)) = self.asked {
                self.concluded.insert(track, Conclusion::Final);
            }
        }
    }

    fn note_answer(&mut self, step: &Step) {
        let current = self.awaited_on(&step.before).map(|(request, effect)| (request, effect.clone()));
        if let (Input::FactChecked { request, correct: true }, Some((awaited, Effect::CheckFact { .. }))) =
            (&step.input, &current)
            && request == awaited
        {
            self.facts.forgive();
        }
        match &step.input {
            Input::Identified { request, .. }
            | Input::FactChecked { request, .. }
            | Input::TicketFound { request, .. }
            | Input::TicketWithFace { request, .. }
            | Input::TicketRefused { request, .. }
            | Input::GuestFound { request, .. } => {
                self.open.remove(request);
            }
            Input::NameEntered(text)
                if matches!(
                    step.before,
                    GuestView::Name { asks: NameAsks::NameOrDigits, checking: false, .. }
                ) =>
            {
                self.typed_first = Some(text.clone());
            }
            Input::Admitted { request, outcome } => self.note_admission(*request, outcome, step.now),
            Input::TicketEntered(code) if !is_busy(current.as_ref(), &step.before) => {
                self.last_code = Some((code.clone(), step.now));
            }
            _ => {}
        }
    }

    fn note_admission(&mut self, request: RequestId, outcome: &AdmitOutcome, now: Tick) {
        let first_answer = self.open.remove(&request).is_some() && self.last_admission == Some(request);
        if let AdmitOutcome::Answered { admission: Admission::Recorded(check_in), name, .. } = outcome
            && first_answer
        {
            self.recorded = Some((check_in.attendee.clone(), name.clone(), now));
        }
    }
}
