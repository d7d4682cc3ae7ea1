//! What an event that names a consent profile takes, and what it refuses.

use axum::http::StatusCode;
use portico_protocol::{ConsentProfile, EnrolOutcome, EventRecord, FaceEnrolment, ProblemCode, rfc3339};
use portico_server::BackendError;
use portico_types::{AttendeeId, UtcMillis};
use serde_json::json;

use crate::support::{HOUR_MS, MORNING, World, agreement, enrolment, event, multipart, zip_of};

const PATH: &str = "/v1/attendees/ada/face";
const DAY_MS: i64 = 24 * HOUR_MS;

fn rules() -> FaceEnrolment {
    FaceEnrolment {
        profile: ConsentProfile::Eu,
        controller: "Fair Ltd".into(),
        keep_days: 2,
        at_kiosk: true,
        addition: None,
        text: None,
    }
}

fn with_rules(rules: FaceEnrolment) -> EventRecord {
    let mut event = event();
    event.policy.face_enrolment = Some(rules);
    event
}

fn world() -> World {
    let world = World::new();
    world.backend.set_event(&with_rules(rules())).unwrap();
    world
}

#[tokio::test]
async fn kiosks_learn_the_text_in_every_language_with_the_event() {
    let event: EventRecord = world().get("/v1/event").await.json();
    let enrolment = event.policy.face_enrolment.unwrap();
    let text = enrolment.text.clone().unwrap();
    assert_eq!((text.version.as_str(), text.separate), ("eu/1", true));
    let (language, words) = text.words("zh-CN").unwrap();
    assert_eq!(language, "zh-CN");
    assert!(words.statement.contains("Fair Ltd") && words.paragraphs.concat().contains('2'), "{words:?}");
    assert_eq!(FaceEnrolment { text: None, ..enrolment }, rules(), "and the rules as they were set");
}

#[tokio::test]
async fn a_consent_to_the_events_text_within_its_term_is_taken() {
    let form = enrolment("eu/1", "de", MORNING, 2 * DAY_MS, &[b"face 1 0"]);
    let outcome: EnrolOutcome = world().send_form("PUT", PATH, form).await.json();
    assert_eq!(outcome.pictures.len(), 1);
}

#[tokio::test]
async fn no_face_is_taken_whose_consent_does_not_fit() {
    let world = world();
    let soon = UtcMillis(MORNING.0 + HOUR_MS);
    for (version, language, agreed_at, keep_ms, word) in [
        ("eu/0", "de", MORNING, DAY_MS, "`eu/1`"),
        ("registration", "de", MORNING, DAY_MS, "`eu/1`"),
        ("eu/1", "fr", MORNING, DAY_MS, "`fr`"),
        ("eu/1", "de", MORNING, 2 * DAY_MS + 1, "2 day"),
        ("eu/1", "de", soon, DAY_MS, "clock"),
    ] {
        let form = enrolment(version, language, agreed_at, keep_ms, &[b"face 1 0"]);
        let detail = world.send_form("PUT", PATH, form).await.problem(422, ProblemCode::ConsentRefused);
        assert!(detail.contains(word), "{detail}");
    }
    assert!(world.backend.templates(None, None).unwrap().templates.is_empty());
}

#[test]
fn consents_from_registration_keep_their_own_text_and_the_same_term() {
    let world = world();
    let enrol = |keep_ms: i64| {
        let terms = agreement(UtcMillis(MORNING.0 + keep_ms));
        world.backend.enrol(&AttendeeId::new("ada"), b"face 1 0", &terms)
    };
    enrol(2 * DAY_MS).unwrap();
    let refused = enrol(3 * DAY_MS);
    assert!(matches!(refused, Err(BackendError::TermTooLong { days: 2 })), "{refused:?}");
}

#[tokio::test]
async fn pictures_from_staffs_screens_rest_on_registration_too() {
    let world = world();
    let faces = |keep_ms: i64| {
        let consent =
            json!({ "text_version": "registration", "language": "en", "agreed_at": rfc3339(MORNING) });
        let expires_at = rfc3339(UtcMillis(MORNING.0 + keep_ms));
        json!({ "kind": "faces", "consent": consent, "expires_at": expires_at }).to_string()
    };
    let file = zip_of(&[("ada.jpg", b"face 1 0")]);
    let form = |metadata: &str| multipart(&[("metadata", metadata.as_bytes()), ("file", &file)]);
    let refused = world.send_form("POST", "/v1/imports", form(&faces(3 * DAY_MS))).await;
    let detail = refused.problem(422, ProblemCode::ConsentRefused);
    assert!(detail.contains("2 day"), "{detail}");
    assert_eq!(refused.named_problem(422, ProblemCode::ConsentRefused), "term_too_long");
    let taken = world.send_form("POST", "/v1/imports", form(&faces(2 * DAY_MS))).await;
    assert_eq!(taken.status, StatusCode::ACCEPTED);
}

#[test]
fn a_folder_for_longer_than_the_event_keeps_faces_is_refused_as_a_whole() {
    let world = world();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ada.jpg"), b"face 1 0").unwrap();
    let enrol =
        |keep_ms: i64| world.backend.enrol_folder(folder.path(), &agreement(UtcMillis(MORNING.0 + keep_ms)));
    assert!(matches!(enrol(3 * DAY_MS), Err(BackendError::TermTooLong { days: 2 })));
    assert_eq!(enrol(2 * DAY_MS).unwrap().enrolled(), 1);
}

#[test]
fn an_event_with_rules_that_its_profile_does_not_allow_is_not_set() {
    let world = World::new();
    let refused = world.backend.set_event(&with_rules(FaceEnrolment { keep_days: 31, ..rules() }));
    assert!(matches!(refused, Err(BackendError::Malformed(_))), "{refused:?}");
    assert_eq!(world.backend.event().unwrap().policy.face_enrolment, None);
}
