//! `GET /v1/conflicts`.

use std::io::Read as _;

use axum::body::Body;
use portico_protocol::{
    ConflictEntryRecord, ConflictRecord, ConflictStateRecord, ConflictsPage, ProblemCode, ResolutionRecord,
};

use crate::support::{World, check_in, entry_id, event, resolve, roster_file};

async fn page(world: &World, cursor: Option<&str>) -> ConflictsPage {
    let query = cursor.map(|c| format!("?since={c}")).unwrap_or_default();
    world.get(&format!("/v1/conflicts{query}")).await.json()
}

#[tokio::test]
async fn a_conflict_names_both_entries_and_comes_again_when_it_is_resolved() {
    let world = World::new();
    let right = world.kiosk("Entrance right");
    let before = page(&world, None).await;
    assert!(before.conflicts.is_empty());
    world.deliver(check_in(1, "ada", "north", "09:31"));
    world.deliver_of(&right, check_in(2, "ada", "south", "09:40"));
    let side = |n, at: &str, gate: &str, device: &str| ConflictEntryRecord {
        id: entry_id(n),
        at: at.into(),
        gate: gate.into(),
        method: "ticket".into(),
        device: device.into(),
    };
    let open = ConflictRecord {
        attendee_id: "ada".into(),
        first: side(1, "2026-11-21T09:31:00Z", "North entrance", "Entrance left"),
        second: side(2, "2026-11-21T09:40:00Z", "South entrance", "Entrance right"),
        state: ConflictStateRecord::Open,
        resolved_by: None,
        resolved_at: None,
    };
    let opened = page(&world, Some(&before.cursor)).await;
    assert_eq!(opened.conflicts, std::slice::from_ref(&open));
    assert!(page(&world, Some(&opened.cursor)).await.conflicts.is_empty(), "nothing has changed");
    world.deliver_of(&right, resolve(3, 2, ResolutionRecord::Accept));
    let accepted = ConflictRecord {
        state: ConflictStateRecord::Accepted,
        resolved_by: Some("Entrance right".into()),
        resolved_at: Some("2026-11-21T12:00:00Z".into()),
        ..open
    };
    assert_eq!(page(&world, Some(&opened.cursor)).await.conflicts, [accepted]);
}

#[tokio::test]
async fn many_conflicts_come_in_pages_without_gaps_or_repeats() {
    let world = World::new();
    world
        .backend
        .import_roster(roster_file("id,name", 1_200, |n| format!("g{n},Guest {n}")).as_bytes())
        .unwrap();
    let entries: Vec<_> =
        (0..2_400).map(|n| check_in(n, &format!("g{}", n % 1_200), "north", "09:31")).collect();
    for batch in entries.chunks(500) {
        world.backend.record_check_ins(&world.device, batch).unwrap();
    }
    let first = page(&world, None).await;
    assert_eq!((first.conflicts.len(), first.more), (1_000, true));
    let second = page(&world, Some(&first.cursor)).await;
    assert_eq!((second.conflicts.len(), second.more), (200, false));
    let seen: Vec<String> =
        first.conflicts.into_iter().chain(second.conflicts).map(|c| c.second.id).collect();
    assert_eq!(seen, (1_200..2_400).map(entry_id).collect::<Vec<_>>());
}

#[tokio::test]
async fn conflicts_belong_to_an_event_and_follow_the_names_of_its_gates() {
    let world = World::new();
    world.deliver(check_in(1, "ada", "north", "09:31"));
    world.deliver(check_in(2, "ada", "south", "09:40"));
    let cursor = page(&world, None).await.cursor;
    let mut renamed = event();
    renamed.gates[0].name = "Garden door".into();
    world.backend.set_event(&renamed).unwrap();
    assert_eq!(page(&world, Some(&cursor)).await.conflicts[0].first.gate, "Garden door");
    renamed.id = "rust-day-2".into();
    world.backend.set_event(&renamed).unwrap();
    assert!(page(&world, None).await.conflicts.is_empty(), "another event has conflicts of its own");
}

#[tokio::test]
async fn cursors_that_cannot_be_honoured_are_gone_and_unknown_parameters_malformed() {
    let world = World::new();
    let roster = world.backend.attendees(None).unwrap().cursor;
    for cursor in ["rubbish", "c1a", "", "c0123456789abcdef-1", roster.as_str()] {
        world.get(&format!("/v1/conflicts?since={cursor}")).await.problem(410, ProblemCode::CursorRefused);
    }
    world.get("/v1/conflicts?from=c1").await.problem(400, ProblemCode::Malformed);
    World::without_event().get("/v1/conflicts").await.problem(404, ProblemCode::UnknownEvent);
}

#[tokio::test]
async fn a_page_is_compressed_for_those_who_can_read_it() {
    let world = World::new();
    world.deliver(check_in(1, "ada", "north", "09:31"));
    world.deliver(check_in(2, "ada", "south", "09:40"));
    let request = world.request("GET", "/v1/conflicts").header("accept-encoding", "gzip");
    let answer = world.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.headers["content-encoding"], "gzip");
    let mut text = String::new();
    flate2::read::GzDecoder::new(answer.body.as_slice()).read_to_string(&mut text).unwrap();
    assert!(text.contains(&entry_id(2)));
}
