//! Takes pictures of a guest who has agreed, hands them to the backend, and takes enrolments back.

use std::sync::{Arc, Mutex, PoisonError};

use portico_protocol::SpoofPolicy;
use portico_session::{EnrolmentOutcome, PictureOutcome};
use portico_store::{Actor, AuditNote, WithdrawWish};
use portico_ticketing::{BackendError, EnrolOutcome, PorticoBackend, Recovery};
use portico_types::{AttendeeId, AuditAction, Consent, Decision, Sample, TrackId, UtcMillis};

use super::Equipment;
use super::identify::search_locally;
use crate::backend;

/// What the audit says where a guest did it themselves.
const BY_THE_GUEST: &str = "the guest asked at the kiosk";
/// What it says where an enrolment may have arrived although no answer came.
const UNANSWERED: &str = "the enrolment was not answered";

/// Pictures of the guest who is enrolling: in memory only, and only until they are sent or dropped (I5).
#[derive(Clone, Default)]
pub(crate) struct Pictures(Arc<Mutex<Vec<Sample>>>);

impl Pictures {
    /// Keeps `sample` beside the others; false if it is no newer than they are.
    fn keep(&self, sample: Sample) -> bool {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = kept.iter().all(|other| other.captured_at < sample.captured_at);
        if is_new {
            kept.push(sample);
        }
        is_new
    }

    fn take(&self) -> Vec<Sample> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Drops all of them.
    pub(super) fn drop_all(&self) {
        drop(self.take());
    }
}

/// Takes the best recent picture of `track` and keeps it.
pub(super) async fn take_picture(
    equipment: &Equipment,
    track: TrackId,
    attendee: &AttendeeId,
    first: bool,
) -> PictureOutcome {
    if first {
        equipment.pictures.drop_all();
    }
    let Some(sample) = equipment.vision.sample(track).await else { return PictureOutcome::NotGood };
    let heeded = equipment.situation().policy.spoof_warning != SpoofPolicy::Ignore;
    if (sample.spoof.warning && heeded) || is_anothers(equipment, &sample, attendee) {
        tracing::info!(spoof = sample.spoof.warning, "a face was not taken for enrolment");
        return PictureOutcome::Doubtful;
    }
    if equipment.pictures.keep(sample) { PictureOutcome::Kept } else { PictureOutcome::NotGood }
}

/// Whether the face is surely that of another guest who is enrolled: it would be found under two names from then on.
fn is_anothers(equipment: &Equipment, sample: &Sample, attendee: &AttendeeId) -> bool {
    let Some(found) = search_locally(equipment, sample) else { return false };
    match equipment.decision.decide(&found, &|_| false) {
        Decision::Accept(candidate) => candidate.attendee != *attendee,
        Decision::Ask(_) | Decision::Unknown => false,
    }
}

/// Sends the pictures to the backend with the guest's consent, and drops them. The templates come back by the feed.
pub(super) async fn enrol(equipment: &Equipment, attendee: AttendeeId, consent: Consent) -> EnrolmentOutcome {
    let pictures: Vec<_> = equipment.pictures.take().into_iter().map(|sample| sample.crop.jpeg).collect();
    let situation = equipment.situation();
    let (Some(enroller), Some(rules)) = (situation.enroller, situation.policy.face_enrolment) else {
        return EnrolmentOutcome::Unreachable;
    };
    if pictures.is_empty() {
        return EnrolmentOutcome::Refused;
    }
    let expires_at = UtcMillis(consent.agreed_at.0 + rules.keep_ms());
    match enroller.enrol(&attendee, pictures, &consent, expires_at).await {
        Ok(outcome) => {
            note_enrolment(equipment, attendee, &consent, expires_at).await;
            enrolled(&outcome)
        }
        Err(error) => refused(equipment, attendee, &error).await,
    }
}

fn enrolled(outcome: &EnrolOutcome) -> EnrolmentOutcome {
    let qualities =
        || outcome.pictures.iter().filter(|picture| picture.template_id.is_some()).filter_map(|p| p.quality);
    // A backend of before there were several answers with the first alone.
    let pictures = u8::try_from(qualities().count()).unwrap_or(u8::MAX).max(1);
    EnrolmentOutcome::Enrolled { pictures, quality: qualities().fold(outcome.quality, f32::max) }
}

/// An enrolment without an answer may have arrived all the same. The guest is told that nothing was kept, so it is taken
/// back: the outbox delivers that as soon as the backend can be reached.
async fn refused(equipment: &Equipment, attendee: AttendeeId, error: &BackendError) -> EnrolmentOutcome {
    tracing::warn!(code = error.code(), "a face was not enrolled");
    if error.recovery() != Recovery::Retry {
        return EnrolmentOutcome::Refused;
    }
    withdraw(equipment, attendee, Actor::Kiosk, UNANSWERED.to_owned()).await;
    EnrolmentOutcome::Unreachable
}

/// The audit's row: which text, in which language, when, and until when.
async fn note_enrolment(
    equipment: &Equipment,
    attendee: AttendeeId,
    consent: &Consent,
    expires_at: UtcMillis,
) {
    let note = AuditNote {
        action: AuditAction::Enrol,
        actor: Actor::Kiosk,
        attendee: Some(attendee),
        before: None,
        after: Some(serde_json::json!({ "consent": consent, "expires_at": expires_at })),
        reason: None,
        at: equipment.clock.utc(),
    };
    match equipment.store.with(move |store| store.record_audit(&note)).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => tracing::error!(%error, "an enrolment is missing from the audit"),
        Err(error) => tracing::error!(%error, "an enrolment is missing from the audit"),
    }
}

/// The guest has their face data removed.
pub(super) async fn withdraw_by_guest(equipment: &Equipment, attendee: AttendeeId) -> bool {
    withdraw(equipment, attendee, Actor::Kiosk, BY_THE_GUEST.to_owned()).await
}

/// Erases a guest's templates from memory, database and log, and has the backend told; false if the disk refuses.
pub(crate) async fn withdraw(
    equipment: &Equipment,
    attendee: AttendeeId,
    actor: Actor,
    reason: String,
) -> bool {
    equipment.gallery.write().unwrap_or_else(PoisonError::into_inner).remove_attendee(&attendee);
    let at = equipment.clock.utc();
    let wish = WithdrawWish { id: equipment.random.check_in_id(at), attendee, at, reason, actor };
    let gone = match equipment.store.with(move |store| store.withdraw(&wish)).await {
        Ok(Ok(templates)) => Some(templates.len()),
        Ok(Err(error)) => {
            tracing::error!(%error, "a withdrawal could not be written down");
            None
        }
        Err(error) => {
            tracing::error!(%error, "a withdrawal could not be written down");
            None
        }
    };
    match gone {
        Some(templates) => {
            tracing::info!(templates, "a consent was withdrawn");
            equipment.announce_queue().await;
        }
        // Memory and database say the same again.
        None => drop(backend::reload_gallery(equipment).await),
    }
    gone.is_some()
}

/// The backend for enrolments: a guest waits for it, so it answers soon or not at all.
pub(crate) type Enroller = PorticoBackend;
