//! A consent that was taken back stays so: no enrolment under way, no import and no late delivery brings the face back.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::StatusCode;
use portico_protocol::{CheckInVerdict, ProblemCode};
use portico_server::{Agreement, ArchiveLimits, FaceReader, PictureError, Pictures, Reading, Verdict, Watch};
use portico_types::{AttendeeId, ModelId, UtcMillis};

use crate::support::{FakeReader, HOUR_MS, MORNING, World, agreement, enrolment, entry_id, withdraw, zip_of};

const MINUTE_MS: i64 = 60_000;

/// What happens while a picture is looked at, once.
type Meanwhile = Arc<Mutex<Option<Box<dyn FnOnce() + Send>>>>;

/// Reads like [`FakeReader`], and is slow enough for something else to happen.
struct SlowReader(FakeReader, Meanwhile);

impl FaceReader for SlowReader {
    fn model(&self) -> &ModelId {
        self.0.model()
    }

    fn read(&mut self, picture: &[u8]) -> Result<Reading, PictureError> {
        if let Some(happens) = self.1.lock().unwrap().take() {
            happens();
        }
        self.0.read(picture)
    }
}

struct Nobody;

impl Watch for Nobody {
    fn progress(&self, _: portico_server::Progress) {}

    fn is_stopped(&self) -> bool {
        false
    }
}

fn ada() -> AttendeeId {
    AttendeeId::new("ada")
}

/// A consent that the world's kiosk took, this long after the morning.
fn at_the_kiosk(world: &World, minutes: i64) -> Agreement {
    let mut agreement = agreement(UtcMillis(MORNING.0 + 4 * HOUR_MS));
    agreement.consent.agreed_at = UtcMillis(MORNING.0 + minutes * MINUTE_MS);
    agreement.device = Some(world.device.clone());
    agreement
}

/// Imports Ada's portrait now, as operators do: agreed to at registration, stamped with the import's time.
fn import(world: &World) -> Verdict {
    let path = world.folder.path().join("portraits.zip");
    std::fs::write(&path, zip_of(&[("ada.jpg", b"face 1 0")])).unwrap();
    let mut pictures = Pictures::open(&path, &ArchiveLimits::pictures()).unwrap();
    let mut terms = agreement(UtcMillis(world.backend.utc().0 + HOUR_MS));
    terms.consent.agreed_at = world.backend.utc();
    world.backend.enrol_pictures(&mut pictures, &terms, &Nobody).unwrap().verdicts.remove(0).verdict
}

fn templates(world: &World) -> usize {
    world.backend.templates(None, None).unwrap().templates.len()
}

/// Enrols Ada by a consent of 09:30 while this happens to her.
async fn enrolled_while(happens: fn(&portico_server::Backend, &portico_types::DeviceId)) {
    let meanwhile = Meanwhile::default();
    let world = World::with_reader(Box::new(SlowReader(FakeReader::default(), Arc::clone(&meanwhile))));
    let (backend, device) = (Arc::clone(&world.backend), world.device.clone());
    *meanwhile.lock().unwrap() = Some(Box::new(move || happens(&backend, &device)));
    let form = || enrolment("2026-1", "en", MORNING, HOUR_MS, &[b"face 1 0"]);
    let path = "/v1/attendees/ada/face";
    let detail = world.send_form("PUT", path, form()).await.problem(422, ProblemCode::ConsentRefused);
    assert!(detail.contains("taken their consent back"), "{detail}");
    assert_eq!(templates(&world), 0, "what she took back is not kept");
    world.send_form("PUT", path, form()).await.problem(422, ProblemCode::ConsentRefused);
    let later = UtcMillis(MORNING.0 + 2 * MINUTE_MS);
    let again = world.send_form("PUT", path, enrolment("2026-1", "en", later, HOUR_MS, &[b"face 1 0"])).await;
    assert_eq!(again.status, StatusCode::OK, "she may agree anew");
    assert_eq!(templates(&world), 1);
}

#[tokio::test]
async fn a_withdrawal_that_overtakes_its_enrolment_keeps_the_face_out() {
    enrolled_while(|backend, device| {
        let verdict = backend.record_check_ins(device, &[withdraw(1, "ada", "09:31")]).unwrap().remove(0);
        assert_eq!((verdict.id, verdict.verdict), (entry_id(1), CheckInVerdict::Recorded));
    })
    .await;
}

#[tokio::test]
async fn erasing_a_face_keeps_out_what_was_being_enrolled() {
    enrolled_while(|backend, _| backend.erase_face(&ada()).unwrap()).await;
}

#[test]
fn a_second_import_does_not_bring_a_withdrawn_face_back_and_a_new_consent_at_a_kiosk_does() {
    let world = World::new();
    assert_eq!(import(&world).name(), "taken");
    world.clock.advance(Duration::from_mins(30));
    assert_eq!(world.deliver(withdraw(1, "ada", "10:00")), CheckInVerdict::Recorded);
    world.clock.advance(Duration::from_hours(1));
    let verdict = import(&world);
    assert_eq!(verdict.reason().and_then(|reason| reason.code), Some("withdrawn".to_owned()), "{verdict:?}");
    assert_eq!(templates(&world), 0);
    world.backend.enrol(&ada(), b"face 1 0", &at_the_kiosk(&world, 91)).unwrap();
    assert_eq!(import(&world).name(), "taken", "she has agreed anew herself");
    assert_eq!(world.deliver(withdraw(2, "ada", "11:02")), CheckInVerdict::Recorded);
    assert_eq!(import(&world).name(), "refused", "and taken it back once more");
}

#[test]
fn an_older_withdrawal_that_comes_late_leaves_the_newer_consent_alone() {
    let world = World::new();
    world.backend.enrol(&ada(), b"face 1 0", &at_the_kiosk(&world, 10)).unwrap();
    assert_eq!(world.deliver(withdraw(1, "ada", "09:35")), CheckInVerdict::Recorded);
    assert_eq!(templates(&world), 1);
    world.backend.enrol(&ada(), b"face 0 1", &at_the_kiosk(&world, 10)).unwrap();
}

#[test]
fn a_guest_whom_a_restored_backup_does_not_know_yet_has_withdrawn_all_the_same() {
    let world = World::new();
    assert_eq!(world.deliver(withdraw(1, "cy", "09:31")), CheckInVerdict::Recorded);
    world.backend.import_roster(&b"id,name\ncy,Cy\n"[..]).unwrap();
    let refused = world.backend.enrol(&AttendeeId::new("cy"), b"face 1 0", &at_the_kiosk(&world, 0));
    assert!(matches!(refused, Err(portico_server::BackendError::Withdrawn)), "{refused:?}");
}
