//! What a step must come to: a few allowed pairs of effects and screen. And small readings of steps.

use portico_session::{
    AdmitOutcome, Effect, FaceChoice, GuestView, Input, NameAsks, RequestId, StaffNotice, Tried,
};
use portico_types::{Admission, AttendeeId, Method, TicketRefusal, TrackId};

use super::walk::Step;

/// Every outcome that is allowed.
#[derive(Debug)]
pub struct Expected(Vec<(Vec<Effect>, Screen)>);

#[derive(Debug)]
enum Screen {
    Is(GuestView),
    /// Idle, or already turned to the next guest.
    AtRest,
}

impl Expected {
    /// These effects and this screen.
    pub fn exactly(effects: Vec<Effect>, screen: GuestView) -> Self {
        Self(vec![(effects, Screen::Is(screen))])
    }

    /// Nothing is allowed yet.
    pub fn none() -> Self {
        Self(vec![])
    }

    /// Nothing happens.
    pub fn unchanged(step: &Step) -> Self {
        Self::exactly(vec![], step.before.clone())
    }

    /// Nothing is done, and nobody is attended to but a newcomer.
    pub fn at_rest() -> Self {
        Self(vec![(vec![], Screen::AtRest)])
    }

    /// The same, or these effects and this screen.
    pub fn or(mut self, effects: Vec<Effect>, screen: GuestView) -> Self {
        self.0.push((effects, Screen::Is(screen)));
        self
    }

    /// Staff are called once.
    pub fn after_call(step: &Step) -> Self {
        match step.before {
            GuestView::StaffCalled => Self::unchanged(step),
            _ => Self::exactly(vec![Effect::NotifyStaff(StaffNotice::Called)], GuestView::StaffCalled),
        }
    }

    /// The guest is shown what the store answered to `current`, unless another has stepped up before it.
    pub fn after_admission(
        current: Option<&(RequestId, Effect)>,
        outcome: &AdmitOutcome,
        step: &Step,
    ) -> Self {
        let Some((_, Effect::Admit { method, evidence, .. })) = current else {
            return Self::unchanged(step);
        };
        let (effects, screen) = match outcome {
            AdmitOutcome::Failed if step.before == GuestView::Trouble => return Self::unchanged(step),
            AdmitOutcome::Failed => (vec![StaffNotice::StorageFailed], GuestView::Trouble),
            AdmitOutcome::Answered { admission, name, note, offline, enrolled: _ } => {
                let name = name.clone();
                match admission {
                    Admission::Recorded(_) => (
                        vec![],
                        GuestView::Welcome {
                            name,
                            note: note.clone(),
                            offline: *offline,
                            face: FaceChoice::None,
                        },
                    ),
                    Admission::AlreadyIn(first) => {
                        (vec![], GuestView::AlreadyIn { name, first: first.clone(), face: FaceChoice::None })
                    }
                    Admission::NotOnRoster if *method == Method::Ticket => {
                        (vec![], GuestView::NotFound { tried: Tried::Ticket })
                    }
                    Admission::NotOnRoster if *method == Method::NameAndFact => {
                        (vec![StaffNotice::FactRefused], GuestView::NotFound { tried: Tried::Name })
                    }
                    Admission::NotOnRoster => {
                        (vec![StaffNotice::NotFound], GuestView::NotFound { tried: Tried::Face })
                    }
                }
            }
        };
        let told: Vec<Effect> = effects.into_iter().map(Effect::NotifyStaff).collect();
        let shown = Self::exactly(told.clone(), screen);
        // What belongs to a face is not for the next one.
        let by_face = *method == Method::Face || *method == Method::Ticket && evidence.track.is_some();
        if by_face { shown.or_next_guest(outcome, told) } else { shown }
    }

    /// Nobody has both facts: told now or a little later, and after the last attempt there are the other ways.
    pub fn after_nobody(step: &Step) -> Self {
        let told = vec![Effect::NotifyStaff(StaffNotice::FactRefused)];
        let allowed = Self::unchanged(step).or(told, GuestView::NotFound { tried: Tried::Name });
        (1..=2).fold(allowed, |allowed, attempts_left| {
            let asks = NameAsks::NameOrDigits;
            allowed.or(vec![], GuestView::Name { asks, attempts_left, refused: true, checking: false })
        })
    }

    /// A ticket's face is waited for, or already compared with whoever stands there.
    pub fn after_face_ticket(request: RequestId, attendee: &AttendeeId, step: &Step) -> Self {
        let Some(Effect::CompareFace { request: asked, attendee: whose, .. }) = step.effects.first() else {
            let GuestView::MatchFace { hint, .. } = step.after else { return Self(vec![]) };
            return Self::exactly(vec![], GuestView::MatchFace { hint, checking: false });
        };
        let right = *asked == request && whose == attendee && step.effects.len() == 1;
        let compared = GuestView::MatchFace { hint: None, checking: true };
        if right { Self::exactly(step.effects.clone(), compared) } else { Self(vec![]) }
    }

    /// A comparison that let nobody in: another is waited for, the guest is asked, or the ticket is refused.
    pub fn after_no_match(step: &Step, told: Vec<Effect>, facts_left: u8) -> Self {
        let hint = if let GuestView::MatchFace { hint, .. } = step.before { hint } else { None };
        let refusal = Effect::NotifyStaff(StaffNotice::TicketRefused(TicketRefusal::FaceDiffers));
        let refused: Vec<Effect> = told.iter().cloned().chain([refusal]).collect();
        Self::exactly(told.clone(), GuestView::MatchFace { hint, checking: false })
            .or(refused, GuestView::NotFound { tried: Tried::FaceDiffers })
            .or_asked(told, facts_left)
    }

    /// The same, or the guest is asked for the second fact, as often as `allowed`: not at all if that is nothing.
    pub fn or_asked(self, told: Vec<Effect>, allowed: u8) -> Self {
        match allowed.min(3) {
            0 => self.or(told, GuestView::NotFound { tried: Tried::NameClosed }),
            attempts_left => {
                self.or(told, GuestView::Confirm { attempts_left, refused: false, checking: false })
            }
        }
    }

    /// Whether `step` is one of the allowed outcomes.
    pub fn allows(&self, step: &Step) -> bool {
        self.0.iter().any(|(effects, screen)| {
            *effects == step.effects
                && match screen {
                    Screen::Is(view) => *view == step.after,
                    Screen::AtRest => matches!(step.after, GuestView::Idle | GuestView::Approaching { .. }),
                }
        })
    }

    /// A failed disk concerns staff even when its guest has gone.
    fn or_next_guest(mut self, outcome: &AdmitOutcome, told: Vec<Effect>) -> Self {
        let effects = if *outcome == AdmitOutcome::Failed { told } else { vec![] };
        self.0.push((effects, Screen::AtRest));
        self
    }
}

/// Whether the guest waits for an answer that nothing but a call for staff interrupts.
pub fn is_busy(current: Option<&(RequestId, Effect)>, screen: &GuestView) -> bool {
    let admitting = matches!(current, Some((_, Effect::Admit { .. }))) && *screen != GuestView::Trouble;
    admitting || *screen == GuestView::Ticket { checking: true } || is_naming(screen)
}

/// Whether a name and digits are being looked up.
pub fn is_naming(screen: &GuestView) -> bool {
    matches!(screen, GuestView::Name { checking: true, .. })
}

/// The name on `screen`.
pub fn name(screen: &GuestView) -> Option<&str> {
    match screen {
        GuestView::Welcome { name, .. } | GuestView::AlreadyIn { name, .. } => Some(name),
        _ => None,
    }
}

/// The number of a question.
pub fn request_of(effect: &Effect) -> Option<RequestId> {
    match effect {
        Effect::Identify { request, .. }
        | Effect::CompareFace { request, .. }
        | Effect::CheckFact { request, .. }
        | Effect::LookUpTicket { request, .. }
        | Effect::FindNamed { request, .. }
        | Effect::DrawChallenge { request }
        | Effect::Admit { request, .. }
        | Effect::TakePicture { request, .. }
        | Effect::Enrol { request, .. }
        | Effect::Withdraw { request, .. } => Some(*request),
        Effect::NotifyStaff(_) | Effect::DropPictures => None,
    }
}

/// The face that a frame shows.
pub fn shown(input: &Input) -> Option<TrackId> {
    match input {
        Input::Observed(observation) => observation.subject.as_ref().map(|subject| subject.track),
        _ => None,
    }
}

/// How well a frame shows it.
pub fn score(input: &Input) -> f32 {
    match input {
        Input::Observed(observation) => observation
            .subject
            .as_ref()
            .and_then(|subject| subject.quality)
            .map_or(0.0, |quality| quality.score),
        _ => 0.0,
    }
}
