//! Takes pictures of a guest who has agreed, hands them to the backend, and takes enrolments back.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use portico_protocol::{ProblemCode, SpoofPolicy};
use portico_session::{EnrolmentOutcome, PictureOutcome};
use portico_store::{Actor, AuditNote, StoreError, WithdrawWish};
use portico_ticketing::{BackendError, EnrolOutcome, PorticoBackend, Recovery};
use portico_types::{AttendeeId, AuditAction, Consent, Decision, Sample, TrackId, UtcMillis};

use super::admit::is_enrolled;
use super::identify::search_locally;
use super::{Equipment, mind_withdrawn};
use crate::backend;

/// What the audit says where a guest did it themselves.
const BY_THE_GUEST: &str = "the guest asked at the kiosk";
/// What it says where an enrolment may have arrived although no answer came.
const UNANSWERED: &str = "the enrolment was not answered";

/// Pictures of the guest who is enrolling: in memory only, and only until they are sent or dropped (I5).
#[derive(Clone, Default)]
pub(crate) struct Pictures(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    samples: Vec<Sample>,
    round: Round,
}

/// Which enrolment a picture is for: another one with every time that pictures are dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Round(u64);

impl Pictures {
    /// Keeps `sample` beside the others; false if it is no newer than they are, or if its own were dropped meanwhile.
    fn keep(&self, sample: Sample, round: Round) -> bool {
        let mut kept = self.lock();
        let newest = kept.samples.last().map(|other| other.captured_at);
        let is_wanted = kept.round == round && newest.is_none_or(|newest| newest < sample.captured_at);
        if is_wanted {
            kept.samples.push(sample);
        }
        is_wanted
    }

    fn take(&self) -> Vec<Sample> {
        std::mem::take(&mut self.lock().samples)
    }

    /// Drops all of them, and whatever is still being taken for the same enrolment.
    pub(super) fn drop_all(&self) {
        let mut kept = self.lock();
        kept.samples.clear();
        kept.round.0 += 1;
    }

    /// What is taken for now.
    pub(super) fn round(&self) -> Round {
        self.lock().round
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the best recent picture of `track` and keeps it, unless those of its `round` were dropped meanwhile.
pub(super) async fn take_picture(
    equipment: &Equipment,
    track: TrackId,
    attendee: &AttendeeId,
    round: Round,
) -> PictureOutcome {
    let Some(sample) = equipment.vision.sample(track).await else { return PictureOutcome::NotGood };
    let heeded = equipment.situation().policy.spoof_warning != SpoofPolicy::Ignore;
    if (sample.spoof.warning && heeded) || is_anothers(equipment, &sample, attendee) {
        tracing::info!(spoof = sample.spoof.warning, "a face was not taken for enrolment");
        return PictureOutcome::Doubtful;
    }
    if equipment.pictures.keep(sample, round) { PictureOutcome::Kept } else { PictureOutcome::NotGood }
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
    // An enrolment that fails is taken back, and that would take an earlier one along.
    if pictures.is_empty() || is_enrolled(equipment, attendee.clone()).await != Some(false) {
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

/// An enrolment without an answer that can be read may have arrived all the same. The guest is told that nothing was kept,
/// so it is taken back: the outbox delivers that as soon as the backend can be reached. What was clearly refused, or never
/// sent, is not there to be taken back.
async fn refused(equipment: &Equipment, attendee: AttendeeId, error: &BackendError) -> EnrolmentOutcome {
    tracing::warn!(code = error.code(), "a face was not enrolled");
    let may_have_arrived = may_have_arrived(error);
    if may_have_arrived {
        withdraw(equipment, attendee, Actor::Kiosk, UNANSWERED.to_owned()).await;
    }
    if may_have_arrived || error.recovery() == Recovery::Retry {
        EnrolmentOutcome::Unreachable
    } else {
        EnrolmentOutcome::Refused
    }
}

/// Whether the backend may have kept the pictures although it did not say so.
fn may_have_arrived(error: &BackendError) -> bool {
    match error {
        BackendError::Unreachable(cause) => !cause.is_connect(),
        BackendError::Timeout { .. }
        | BackendError::Foreign { .. }
        | BackendError::Server { .. }
        | BackendError::Malformed(_)
        | BackendError::Problem { code: ProblemCode::Internal, .. } => true,
        BackendError::Settings(_)
        | BackendError::Unauthorised
        | BackendError::Revoked
        | BackendError::TooMany { .. }
        | BackendError::CursorRefused
        | BackendError::Problem { .. } => false,
    }
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
    let Equipment { gallery, situation, .. } = equipment.clone();
    let forget = move |attendee: &AttendeeId| {
        gallery.write().unwrap_or_else(PoisonError::into_inner).remove_attendee(attendee);
    };
    forget(&attendee);
    equipment.change(|situation| {
        situation.withdrawn.insert(attendee.clone());
    });
    let at = equipment.clock.utc();
    let wish = WithdrawWish { id: equipment.random.check_in_id(at), attendee, at, reason, actor };
    let written = equipment.store.with(move |store| {
        let gone = store.withdraw(&wish)?;
        // Once more: the gallery may have been read anew since, from what the database had then.
        forget(&wish.attendee);
        mind_withdrawn(store, &situation)?;
        Ok::<_, StoreError>(gone)
    });
    let gone = match written.await {
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
        None => {
            if backend::reload_gallery(equipment).await.is_ok() {
                equipment.reload_withdrawn().await;
            }
        }
    }
    gone.is_some()
}

/// The backend for enrolments: a guest waits for it, so it answers soon or not at all.
pub(crate) type Enroller = PorticoBackend;

#[cfg(test)]
mod tests {
    use portico_protocol::{ConsentProfile, FaceEnrolment};
    use portico_store::{OutboxBody, TemplatesPage};
    use portico_testkit::{attendee, consent, embedding, model, template};
    use portico_types::{Crop, Point, Quality, SpoofSigns, Tick};

    use super::*;
    use crate::equipped::{Equipped, OneAnswer, nobodys_backend};

    fn sample(millis: u64) -> Sample {
        let quality = Quality {
            score: 0.7,
            yaw_degrees: 0.0,
            pitch_degrees: 0.0,
            roll_degrees: 0.0,
            sharpness: 200.0,
            luma: 120.0,
            contrast: 40.0,
            evenness: 0.9,
            eyes_open: 0.3,
            symmetry: None,
            width_px: 200.0,
        };
        Sample {
            track: TrackId(1),
            captured_at: Tick::from_millis(millis),
            quality,
            crop: Crop { jpeg: Vec::new(), width: 0, height: 0, landmarks: [Point { x: 0.0, y: 0.0 }; 5] },
            embedding: embedding(1),
            frames: 1,
            model: model(),
            spoof: SpoofSigns::default(),
        }
    }

    /// Equipment of a kiosk whose event enrols faces at `enroller`.
    fn enrolling_at(enroller: Enroller) -> Equipped {
        let equipped = Equipped::new();
        let rules = FaceEnrolment {
            profile: ConsentProfile::Eu,
            controller: "Summit Ltd".into(),
            keep_days: 2,
            at_kiosk: true,
            addition: None,
            text: None,
        };
        equipped.equipment.change(|situation| {
            situation.policy.face_enrolment = Some(rules);
            situation.enroller = Some(enroller);
        });
        equipped
    }

    /// Bo is photographed and sent; what the guest hears, and what the backend is to hear later.
    async fn enrols(equipped: &Equipped) -> (EnrolmentOutcome, Vec<OutboxBody>) {
        let Equipment { pictures, .. } = &equipped.equipment;
        assert!(pictures.keep(sample(1), pictures.round()));
        let outcome = enrol(&equipped.equipment, bo().id, consent()).await;
        let entries = equipped.store(|store| store.next_batch(9).unwrap()).await;
        (outcome, entries.into_iter().map(|entry| entry.body).collect())
    }

    fn bo() -> portico_types::Attendee {
        attendee("Bo Chen")
    }

    async fn is_known(equipped: &Equipped) {
        let templates = vec![template(&bo(), 1)];
        let page = TemplatesPage { templates, removed: vec![], cursor: "t".into(), complete: true };
        equipped.store(move |store| store.apply_templates(&page).unwrap()).await;
        backend::reload_gallery(&equipped.equipment).await.unwrap();
        assert_eq!(remembered(equipped), 1);
    }

    fn remembered(equipped: &Equipped) -> usize {
        equipped.equipment.gallery.read().unwrap().attendees()
    }

    #[tokio::test]
    async fn an_enrolment_that_was_surely_not_kept_is_not_taken_back() {
        let busy = OneAnswer::new("429 Too Many Requests", "text/plain", "");
        for enroller in [busy.backend(), nobodys_backend()] {
            let (outcome, told) = enrols(&enrolling_at(enroller)).await;
            assert_eq!((outcome, told), (EnrolmentOutcome::Unreachable, vec![]));
        }
        assert_eq!(busy.asked().len(), 1);
    }

    #[tokio::test]
    async fn an_enrolment_that_may_have_been_kept_without_the_guest_hearing_so_is_taken_back() {
        for (status, media_type) in [("200 OK", "application/json"), ("502 Bad Gateway", "text/html")] {
            let odd = OneAnswer::new(status, media_type, "rubbish");
            let equipped = enrolling_at(odd.backend());
            let (outcome, told) = enrols(&equipped).await;
            assert_eq!(outcome, EnrolmentOutcome::Unreachable);
            assert!(
                matches!(&told[..], [OutboxBody::Withdraw { attendee, .. }] if *attendee == bo().id),
                "{status}: {told:?}"
            );
            assert!(equipped.equipment.situation().withdrawn.contains(&bo().id));
        }
    }

    #[tokio::test]
    async fn a_guest_who_is_enrolled_loses_nothing_by_trying_again() {
        let busy = OneAnswer::new("429 Too Many Requests", "text/plain", "");
        let equipped = enrolling_at(busy.backend());
        is_known(&equipped).await;
        let (outcome, told) = enrols(&equipped).await;
        assert_eq!((outcome, told), (EnrolmentOutcome::Refused, vec![]));
        assert_eq!(busy.asked(), [""; 0], "nothing was sent");
        assert_eq!(equipped.store(|store| store.templates(UtcMillis(0)).unwrap().len()).await, 1);
    }

    #[tokio::test]
    async fn who_withdraws_while_the_gallery_is_being_read_is_not_in_it_afterwards() {
        let equipped = Equipped::new();
        is_known(&equipped).await;
        let equipment = &equipped.equipment;
        let (release, held) = std::sync::mpsc::channel::<()>();
        // Each is polled once in this order: the reading waits behind whoever holds the thread, the withdrawal behind it.
        let (held, read, withdrawn, ()) = tokio::join!(
            equipment.store.with(move |_| held.recv()),
            backend::reload_gallery(equipment),
            withdraw_by_guest(equipment, bo().id),
            async { release.send(()).unwrap() },
        );
        held.unwrap().unwrap();
        read.unwrap();
        assert!(withdrawn);
        assert_eq!(remembered(&equipped), 0);
        assert!(equipment.situation().withdrawn.contains(&bo().id), "the backend has not heard of it");
    }

    #[test]
    fn a_picture_that_was_still_being_taken_is_dropped_with_the_others() {
        let pictures = Pictures::default();
        let round = pictures.round();
        assert!(pictures.keep(sample(1), round));
        assert!(!pictures.keep(sample(1), round), "the same frame says nothing new");
        pictures.drop_all();
        assert!(!pictures.keep(sample(2), round), "its guest has left");
        assert_eq!(pictures.take().len(), 0);
        assert!(pictures.keep(sample(3), pictures.round()));
        assert_eq!(pictures.take().len(), 1);
    }
}
