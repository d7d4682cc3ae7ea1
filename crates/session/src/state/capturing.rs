//! Three good pictures that differ a little are taken of a guest who has agreed, and go to the backend. Whatever ends
//! this before leaves nothing behind.

mod poses;

use portico_types::{AttendeeId, Consent, Observation, Subject, Tick, TrackId};

use super::approaching::ShownHint;
use super::consenting::Enrolling;
use super::enrolled::Enrolled;
use super::not_enrolled::NotEnrolled;
use super::presence::Presence;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::policy::PICTURES;
use crate::{
    CaptureAsk, EnrolFailure, EnrolmentOutcome, GuestView, Input, PictureOutcome, RequestId, SessionPolicy,
    StaffNotice,
};

use poses::Poses;

/// Takes the pictures.
pub(crate) struct Capturing {
    guest: Enrolling,
    consent: Consent,
    presence: Presence,
    hint: ShownHint,
    poses: Poses,
    stage: Stage,
    until: Tick,
}

/// What is awaited.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// A good moment for the next picture.
    Looking,
    /// The picture that was asked for.
    Taking(RequestId),
    /// The backend.
    Sending(RequestId),
}

impl Capturing {
    /// Begins with `guest`, who has agreed.
    pub(super) fn enter(
        cx: &mut Context<'_>,
        guest: Enrolling,
        consent: Consent,
        presence: Presence,
    ) -> State {
        let hint = ShownHint::new(None, cx.now);
        let until = cx.now + cx.policy.enrolment.capture;
        State::Capturing(Self {
            guest,
            consent,
            presence,
            hint,
            poses: Poses::default(),
            stage: Stage::Looking,
            until,
        })
    }
}

impl Phase for Capturing {
    fn handle(self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(observation) => self.see(cx, &observation),
            Input::PictureTaken { request, outcome } if self.stage == Stage::Taking(request) => {
                self.taken(cx, outcome)
            }
            Input::Enrolled { request, outcome } if self.stage == Stage::Sending(request) => {
                answered(cx, &self.guest, outcome)
            }
            Input::EnrolmentOffered(false) if !self.is_sending() => {
                NotEnrolled::enter(cx, EnrolFailure::Network)
            }
            Input::CameraLost if !self.is_sending() => NotEnrolled::enter(cx, EnrolFailure::Picture),
            Input::Dismissed if !self.is_sending() => attend(cx),
            _ => State::Capturing(self),
        }
    }

    fn expire(self, cx: &mut Context<'_>) -> State {
        let guest_left = !self.is_sending() && self.until > cx.now;
        match self.stage {
            _ if guest_left => attend(cx),
            Stage::Sending(_) => NotEnrolled::enter(cx, EnrolFailure::Network),
            Stage::Looking | Stage::Taking(_) => NotEnrolled::enter(cx, EnrolFailure::Picture),
        }
    }

    fn view(&self) -> GuestView {
        GuestView::Capture {
            hint: self.hint.shown(),
            ask: if self.poses.taken() == 0 { CaptureAsk::LookHere } else { CaptureAsk::TurnALittle },
            taken: self.poses.taken(),
            wanted: PICTURES,
            sending: self.is_sending(),
        }
    }

    fn deadline(&self, policy: &SessionPolicy) -> Option<Tick> {
        let gone = self.presence.gone_at(policy.enrolment.left).filter(|_| !self.is_sending());
        Some(gone.map_or(self.until, |gone| gone.min(self.until)))
    }

    fn guest(&self) -> Option<&AttendeeId> {
        Some(&self.guest.attendee)
    }
}

impl Capturing {
    fn is_sending(&self) -> bool {
        matches!(self.stage, Stage::Sending(_))
    }

    fn see(mut self, cx: &mut Context<'_>, observation: &Observation) -> State {
        let before = self.presence.track();
        if !self.presence.sees(cx, observation) {
            return attend(cx);
        }
        let Some(subject) = observation.subject.as_ref() else { return State::Capturing(self) };
        if before.is_some_and(|before| before != subject.track) && !self.is_sending() {
            // All pictures are of one face that was followed throughout.
            self.poses = Poses::default();
            self.stage = Stage::Looking;
        }
        self.hint.update(subject.hint, cx.now, cx.policy);
        if self.stage == Stage::Looking {
            self.take_when_good(cx, subject);
        }
        State::Capturing(self)
    }

    fn take_when_good(&mut self, cx: &mut Context<'_>, subject: &Subject) {
        let Some(quality) = subject.quality.filter(|_| subject.hint.is_none()) else { return };
        if self.poses.wants(&quality, cx.now, cx.policy) {
            self.poses.ask(&quality, cx.now);
            self.stage = Stage::Taking(self.ask_for_picture(cx, subject.track));
        }
    }

    fn ask_for_picture(&self, cx: &mut Context<'_>, track: TrackId) -> RequestId {
        cx.take_picture(track, self.guest.attendee.clone(), self.poses.taken() == 0)
    }

    fn taken(mut self, cx: &mut Context<'_>, outcome: PictureOutcome) -> State {
        self.stage = Stage::Looking;
        match outcome {
            PictureOutcome::Kept => self.poses.keep(cx.now),
            PictureOutcome::NotGood => {}
            PictureOutcome::Doubtful => {
                cx.notify(StaffNotice::EnrolmentDoubtful);
                return NotEnrolled::enter(cx, EnrolFailure::Staff);
            }
        }
        if self.poses.taken() == PICTURES {
            self.stage = Stage::Sending(cx.enrol(self.guest.attendee.clone(), self.consent.clone()));
            self.until = cx.now + cx.policy.enrolment.enrol_guard;
        }
        State::Capturing(self)
    }
}

fn answered(cx: &mut Context<'_>, guest: &Enrolling, outcome: EnrolmentOutcome) -> State {
    match outcome {
        EnrolmentOutcome::Enrolled { pictures, quality } => {
            cx.memory.enrolment_changed(&guest.attendee, true);
            Enrolled::enter(cx, guest.attendee.clone(), pictures, quality)
        }
        EnrolmentOutcome::Unreachable => NotEnrolled::enter(cx, EnrolFailure::Network),
        EnrolmentOutcome::Refused => NotEnrolled::enter(cx, EnrolFailure::Picture),
    }
}
