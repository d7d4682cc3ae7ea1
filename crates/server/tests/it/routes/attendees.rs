//! `GET /v1/attendees`.

mod face;

use std::io::Read as _;

use axum::body::Body;
use portico_protocol::{AttendeesPage, ProblemCode};
use portico_types::AttendeeId;

use crate::support::{World, event, roster_file};

async fn page(world: &World, cursor: Option<&str>) -> AttendeesPage {
    let query = cursor.map(|c| format!("?since={c}")).unwrap_or_default();
    world.get(&format!("/v1/attendees{query}")).await.json()
}

fn ids(page: &AttendeesPage) -> Vec<&str> {
    page.attendees.iter().map(|a| a.id.as_str()).collect()
}

#[tokio::test]
async fn the_first_page_has_everybody_and_the_next_only_changes() {
    let world = World::new();
    let first = page(&world, None).await;
    assert_eq!(ids(&first), ["ada", "bo"]);
    assert_eq!(first.attendees[0].phone_last4.as_deref(), Some("0958"));
    assert!(!first.more);
    let quiet = page(&world, Some(&first.cursor)).await;
    assert_eq!((quiet.attendees.len(), &quiet.cursor), (0, &first.cursor));
    world.backend.import_roster("id,name,ticket_code\nbo,Bo Lee,BOB234\n".as_bytes()).unwrap();
    let next = page(&world, Some(&quiet.cursor)).await;
    assert_eq!(ids(&next), ["bo"]);
    assert_eq!(next.attendees[0].name, "Bo Lee");
}

#[tokio::test]
async fn a_removed_guest_is_a_tombstone_for_those_who_knew_them() {
    let world = World::new();
    let before = page(&world, None).await;
    world.backend.remove_attendee(&AttendeeId::new("ada")).unwrap();
    let after = page(&world, Some(&before.cursor)).await;
    assert_eq!((ids(&after), after.removed.as_slice()), (vec![], ["ada".to_owned()].as_slice()));
    let fresh = page(&world, None).await;
    assert_eq!(ids(&fresh), ["bo"]);
    assert!(fresh.removed.is_empty(), "who knew nobody has nobody to forget");
}

#[tokio::test]
async fn a_long_roster_comes_in_pages_without_gaps_or_repeats() {
    let world = World::without_event();
    world.backend.set_event(&event()).unwrap();
    let roster = roster_file("id,name", 2_500, |n| format!("g{n:04},Guest {n}"));
    world.backend.import_roster(roster.as_bytes()).unwrap();
    let (mut seen, mut cursor, mut sizes) = (Vec::new(), None, Vec::new());
    loop {
        let page = page(&world, cursor.as_deref()).await;
        sizes.push(page.attendees.len());
        seen.extend(page.attendees.into_iter().map(|a| a.id));
        cursor = Some(page.cursor);
        if !page.more {
            break;
        }
    }
    assert_eq!(sizes, [1_000, 1_000, 500]);
    let expected: Vec<String> = (0..2_500).map(|n| format!("g{n:04}")).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn another_event_has_everybody_out_again() {
    let world = World::new();
    let cursor = page(&world, None).await.cursor;
    let mut next = event();
    next.id = "rust-day-2".into();
    world.backend.set_event(&next).unwrap();
    assert_eq!(
        ids(&page(&world, Some(&cursor)).await),
        ["ada", "bo"],
        "kiosks must pull the entries of the new event"
    );
}

#[tokio::test]
async fn an_unknown_parameter_is_malformed() {
    World::new().get("/v1/attendees?sinse=r1").await.problem(400, ProblemCode::Malformed);
}

#[tokio::test]
async fn a_page_is_compressed_for_those_who_can_read_it() {
    let world = World::new();
    let request = world.request("GET", "/v1/attendees").header("accept-encoding", "gzip");
    let answer = world.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.headers["content-encoding"], "gzip");
    let mut text = String::new();
    flate2::read::GzDecoder::new(answer.body.as_slice()).read_to_string(&mut text).unwrap();
    assert!(text.contains("Ada Lovelace"));
}
