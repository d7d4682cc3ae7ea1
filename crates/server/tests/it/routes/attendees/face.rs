//! `PUT` and `DELETE /v1/attendees/{id}/face`.

use axum::body::Body;
use portico_protocol::{EnrolOutcome, ProblemCode, TemplatesPage, rfc3339};
use portico_types::UtcMillis;
use serde_json::json;

use crate::support::{HOUR_MS, MORNING, World, enrol_form, enrolment, multipart};

const PATH: &str = "/v1/attendees/ada/face";

#[tokio::test]
async fn a_good_portrait_is_enrolled_with_its_consent() {
    let world = World::new();
    let outcome: EnrolOutcome = world.send_form("PUT", PATH, enrol_form(b"face 0.6 0.8")).await.json();
    assert!(outcome.quality > 0.5);
    let page: TemplatesPage = world.get("/v1/templates").await.json();
    assert_eq!(page.templates.len(), 1);
    let template = &page.templates[0];
    assert_eq!((template.id.as_str(), template.attendee_id.as_str()), (outcome.template_id.as_str(), "ada"));
    assert_eq!(template.consent.text_version, "2026-1");
    assert_eq!(template.consent.agreed_at, rfc3339(MORNING));
}

#[tokio::test]
async fn a_second_portrait_replaces_the_first() {
    let world = World::new();
    let first = world.enrol("ada", "face 0.6 0.8");
    let cursor = world.get("/v1/templates").await.json::<TemplatesPage>().cursor;
    let second: EnrolOutcome = world.send_form("PUT", PATH, enrol_form(b"face 1 0")).await.json();
    let page: TemplatesPage = world.get(&format!("/v1/templates?since={cursor}")).await.json();
    assert_eq!(page.removed, [first]);
    assert_eq!(page.templates.iter().map(|t| &t.id).collect::<Vec<_>>(), [&second.template_id]);
}

#[tokio::test]
async fn a_poor_portrait_is_refused_with_what_to_do_about_it() {
    let world = World::new();
    for (picture, word) in [("small 1 0", "too small"), ("turned 1 0", "frontal"), ("blurred 1 0", "sharp")] {
        let answer = world.send_form("PUT", PATH, enrol_form(picture.as_bytes())).await;
        let detail = answer.problem(422, ProblemCode::PictureRefused);
        assert!(detail.contains(word), "{detail}");
    }
    world.send_form("PUT", PATH, enrol_form(b"nobody")).await.problem(422, ProblemCode::NoFace);
    world.send_form("PUT", PATH, enrol_form(b"\xFF\xD8torn")).await.problem(422, ProblemCode::PictureRefused);
    assert!(world.get("/v1/templates").await.json::<TemplatesPage>().templates.is_empty());
}

#[tokio::test]
async fn nobody_is_enrolled_without_a_valid_consent() {
    let world = World::new();
    let metadata = |version: &str, agreed: &str, expires: &str| {
        json!({ "consent": { "text_version": version, "language": "en", "agreed_at": agreed }, "expires_at": expires })
            .to_string()
    };
    let (now, later) = (rfc3339(MORNING), rfc3339(UtcMillis(MORNING.0 + 1_000)));
    for bad in [
        metadata("", &now, &later),
        metadata("1", "yesterday", &later),
        metadata("1", &now, "some day"),
        metadata("1", &now, &now),
        "{}".to_owned(),
    ] {
        let form = multipart(&[("metadata", bad.as_bytes()), ("picture", b"face 1 0")]);
        world.send_form("PUT", PATH, form).await.problem(400, ProblemCode::Malformed);
    }
    let without = multipart(&[("picture", b"face 1 0")]);
    world.send_form("PUT", PATH, without).await.problem(400, ProblemCode::Malformed);
}

#[tokio::test]
async fn an_unknown_guest_can_be_neither_enrolled_nor_erased() {
    let world = World::new();
    let path = "/v1/attendees/nobody/face";
    let put = world.send_form("PUT", path, enrol_form(b"face 1 0")).await;
    put.problem(404, ProblemCode::UnknownAttendee);
    let request = world.request("DELETE", path).body(Body::empty()).unwrap();
    world.send(request).await.problem(404, ProblemCode::UnknownAttendee);
}

#[tokio::test]
async fn erasing_leaves_only_the_id_even_in_the_file() {
    let world = World::new();
    let id = world.enrol("ada", "face 0.5 0.5 0.5 0.5");
    let page: TemplatesPage = world.get("/v1/templates").await.json();
    let vector = 0.5_f32.to_le_bytes().repeat(4);
    assert!(world.files_contain(&vector), "before erasing, the vector is on disk");
    let request = world.request("DELETE", PATH).body(Body::empty()).unwrap();
    assert_eq!(world.send(request).await.status, 204);
    let after: TemplatesPage = world.get(&format!("/v1/templates?since={}", page.cursor)).await.json();
    assert_eq!((after.templates.len(), after.removed), (0, vec![id]));
    assert!(!world.files_contain(&vector), "an erased vector must not be left in free pages or the log");
    let again = world.request("DELETE", PATH).body(Body::empty()).unwrap();
    assert_eq!(world.send(again).await.status, 204, "erasing twice is fine");
}

#[tokio::test]
async fn several_pictures_become_several_templates_with_one_consent() {
    let world = World::new();
    let before = world.enrol("ada", "face 1 1");
    let form = enrolment("2026-1", "en", MORNING, HOUR_MS, &[b"face 1 0", b"small 1 0", b"face 0 1"]);
    let outcome: EnrolOutcome = world.send_form("PUT", PATH, form).await.json();
    let verdicts: Vec<_> = outcome.pictures.iter().map(|picture| picture.refused.is_none()).collect();
    assert_eq!(verdicts, [true, false, true], "one poor picture does not spoil the others: {outcome:?}");
    assert!(outcome.pictures[1].refused.as_deref().unwrap().contains("too small"));
    let page: TemplatesPage = world.get("/v1/templates").await.json();
    let ids: Vec<_> = page.templates.iter().map(|template| template.id.clone()).collect();
    assert_eq!((ids.len(), ids.contains(&outcome.template_id), ids.contains(&before)), (2, true, false));
    for template in &page.templates {
        assert_eq!(template.consent.device.as_deref(), Some(world.device.as_str()), "who took the consent");
    }
}

#[tokio::test]
async fn four_pictures_and_none_are_too_many_and_too_few() {
    let world = World::new();
    let four: [&[u8]; 4] = [b"face 1 0"; 4];
    for pictures in [&four[..], &[]] {
        let form = enrolment("2026-1", "en", MORNING, HOUR_MS, pictures);
        world.send_form("PUT", PATH, form).await.problem(400, ProblemCode::Malformed);
    }
}
