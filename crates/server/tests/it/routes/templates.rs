//! `GET /v1/templates`.

use std::time::Duration;

use portico_protocol::{IdentifyResponse, ProblemCode, TemplatesPage};

use crate::support::{World, identify_form};

#[tokio::test]
async fn templates_are_served_by_model() {
    let world = World::new();
    world.enrol("ada", "face 0.6 0.8");
    let ours: TemplatesPage = world.get("/v1/templates?model=make-believe/1").await.json();
    assert_eq!(ours.templates.len(), 1);
    let others: TemplatesPage = world.get("/v1/templates?model=another/1").await.json();
    assert!(others.templates.is_empty(), "vectors of different models are not comparable");
}

#[tokio::test]
async fn an_expired_template_is_neither_served_nor_searched() {
    let world = World::new();
    let id = world.enrol("ada", "face 0.6 0.8");
    let before: TemplatesPage = world.get("/v1/templates").await.json();
    let found: IdentifyResponse =
        world.send_form("POST", "/v1/identify", identify_form(b"face 0.6 0.8")).await.json();
    assert_eq!(found.gallery_size, 1);
    world.clock.advance(Duration::from_hours(1));
    let after: TemplatesPage = world.get(&format!("/v1/templates?since={}", before.cursor)).await.json();
    assert_eq!((after.templates.len(), after.removed), (0, vec![id]), "kiosks learn what to forget");
    let found: IdentifyResponse =
        world.send_form("POST", "/v1/identify", identify_form(b"face 0.6 0.8")).await.json();
    assert_eq!((found.gallery_size, found.candidates.len()), (0, 0));
}

#[tokio::test]
async fn a_cursor_of_the_roster_is_no_place_in_the_gallery() {
    let world = World::new();
    let cursor = world.backend.attendees(None).unwrap().cursor;
    world.get(&format!("/v1/templates?since={cursor}")).await.problem(410, ProblemCode::CursorRefused);
}
