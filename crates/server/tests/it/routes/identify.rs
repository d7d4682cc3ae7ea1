//! `POST /v1/identify`.

use portico_protocol::{IdentifyResponse, PICTURE_LIMIT_BYTES, ProblemCode};
use portico_server::Limits;
use serde_json::json;

use crate::support::{World, event, identify_form, multipart, roster_file};

const PATH: &str = "/v1/identify";

async fn identify(world: &World, crop: &str) -> IdentifyResponse {
    world.send_form("POST", PATH, identify_form(crop.as_bytes())).await.json()
}

#[tokio::test]
async fn the_most_alike_guest_comes_first_whatever_the_score() {
    let world = World::new();
    world.enrol("ada", "face 1 0");
    world.enrol("bo", "face 0 1");
    let found = identify(&world, "face 0.6 0.8").await;
    let names: Vec<&str> = found.candidates.iter().map(|c| c.attendee_id.as_str()).collect();
    assert_eq!(names, ["bo", "ada"]);
    assert!((found.candidates[0].score - 0.8).abs() < 1e-5);
    assert_eq!((found.model.as_str(), found.gallery_size, found.face_found), ("make-believe/1", 2, true));
}

#[tokio::test]
async fn at_most_six_candidates_are_told() {
    let world = World::new();
    let roster = roster_file("id,name", 9, |n| format!("x{n},Guest {n}"));
    world.backend.import_roster(roster.as_bytes()).unwrap();
    for n in 0..9 {
        world.enrol(&format!("x{n}"), &format!("face 1 0.{n}"));
    }
    let found = identify(&world, "face 1 0").await;
    assert_eq!((found.candidates.len(), found.gallery_size), (6, 9));
}

#[tokio::test]
async fn a_crop_without_a_face_is_an_answer_and_no_failure() {
    let found = identify(&World::new(), "nobody").await;
    assert!(!found.face_found);
    assert!(found.candidates.is_empty());
}

#[tokio::test]
async fn an_erased_face_is_not_found_again() {
    let world = World::new();
    world.enrol("ada", "face 1 0");
    assert_eq!(identify(&world, "face 1 0").await.candidates.len(), 1);
    world.backend.erase_face(&portico_types::AttendeeId::new("ada")).unwrap();
    assert!(identify(&world, "face 1 0").await.candidates.is_empty());
}

#[tokio::test]
async fn what_another_process_enrols_is_found() {
    let world = World::new();
    let other = world.another();
    assert!(identify(&world, "face 1 0").await.candidates.is_empty());
    other.enrol("ada", "face 1 0");
    assert_eq!(identify(&world, "face 1 0").await.candidates.len(), 1);
}

#[tokio::test]
async fn a_torn_picture_is_refused() {
    let torn = World::new().send_form("POST", PATH, identify_form(b"\xFF\xD8\xFF\xE0torn")).await;
    torn.problem(422, ProblemCode::PictureRefused);
}

#[tokio::test]
async fn broken_nets_are_the_servers_fault_and_not_told_in_detail() {
    let world = World::new();
    let answer = world.send_form("POST", PATH, identify_form(b"broken nets")).await;
    let detail = answer.problem(503, ProblemCode::Internal);
    assert!(!detail.contains("shape"), "{detail}");
}

#[tokio::test]
async fn a_reader_that_panics_fails_one_request_and_not_the_next() {
    let world = World::new();
    let answer = world.send_form("POST", PATH, identify_form(b"panic")).await;
    answer.problem(500, ProblemCode::Internal);
    assert!(identify(&world, "face 1 0").await.face_found);
}

#[tokio::test]
async fn a_picture_over_the_limit_is_too_large() {
    let world = World::new();
    for size in [PICTURE_LIMIT_BYTES + 1, PICTURE_LIMIT_BYTES + 1024 * 1024] {
        let form = identify_form(&vec![b'x'; size]);
        world.send_form("POST", PATH, form).await.problem(413, ProblemCode::TooLarge);
    }
}

#[tokio::test]
async fn a_form_that_is_not_as_agreed_is_malformed() {
    let world = World::new();
    let metadata =
        |id: &str, at: &str| json!({ "request_id": id, "captured_at": at, "landmarks": [] }).to_string();
    let good = metadata("0198f3a0-0000-7000-8000-000000000001", "2026-11-21T09:30:00Z");
    let forms = [
        multipart(&[("crop", b"face 1 0")]),
        multipart(&[("metadata", good.as_bytes())]),
        multipart(&[("metadata", b"no json"), ("crop", b"face 1 0")]),
        multipart(&[("metadata", good.as_bytes()), ("crop", b"face 1 0"), ("crop", b"face 1 0")]),
        multipart(&[("metadata", good.as_bytes()), ("portrait", b"face 1 0")]),
        multipart(&[("metadata", metadata("1", "2026-11-21T09:30:00Z").as_bytes()), ("crop", b"face 1 0")]),
        multipart(&[
            ("metadata", good.replace("2026-11-21T09:30:00Z", "now").as_bytes()),
            ("crop", b"face 1 0"),
        ]),
        ("multipart/form-data; boundary=other".to_owned(), identify_form(b"face 1 0").1),
        ("application/json".to_owned(), b"{}".to_vec()),
    ];
    for form in forms {
        world.send_form("POST", PATH, form).await.problem(400, ProblemCode::Malformed);
    }
}

#[tokio::test]
async fn a_server_without_an_event_identifies_nobody() {
    let answer = World::without_event().send_form("POST", PATH, identify_form(b"face 1 0")).await;
    answer.problem(404, ProblemCode::UnknownEvent);
}

#[tokio::test]
async fn a_busy_server_sends_callers_away_instead_of_queueing_them() {
    let world = World::with_limits(Limits { pictures_at_once: 0, ..Limits::default() });
    world.backend.set_event(&event()).unwrap();
    let answer = world.send_form("POST", PATH, identify_form(b"face 1 0")).await;
    answer.problem(429, ProblemCode::TooMany);
    assert_eq!(answer.headers["retry-after"], "1");
}
