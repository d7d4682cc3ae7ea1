//! `POST /v1/checkins`.

use portico_protocol::{AttendeesPage, CheckInOutcomes, CheckInVerdict, ProblemCode, Stats};
use serde_json::{Value, json};

use crate::support::World;

const PATH: &str = "/v1/checkins";
const AT: &str = "2026-11-21T09:31:00Z";

fn id(n: u32) -> String {
    format!("0198f3a0-0000-7000-8000-{n:012}")
}

fn entry(n: u32, attendee: &str, gate: &str, at: &str) -> Value {
    json!({
        "id": id(n), "sequence": n, "at": at, "kind": "check_in", "attendee_id": attendee, "gate": gate,
        "method": "face", "score": 0.83, "reason": null,
    })
}

fn undo(n: u32, check_in: u32) -> Value {
    json!({ "id": id(n), "sequence": n, "at": AT, "kind": "undo", "check_in_id": id(check_in), "reason": "wrong person" })
}

async fn verdicts(world: &World, entries: &[Value]) -> Vec<CheckInVerdict> {
    let outcomes: CheckInOutcomes = world.post(PATH, &json!({ "entries": entries })).await.json();
    let ids: Vec<&str> = outcomes.outcomes.iter().map(|o| o.id.as_str()).collect();
    let sent: Vec<&str> = entries.iter().filter_map(|e| e["id"].as_str()).collect();
    assert_eq!(ids, sent, "one outcome per entry, in the same order");
    outcomes.outcomes.into_iter().map(|o| o.verdict).collect()
}

fn duplicate(at: &str, gate: &str) -> CheckInVerdict {
    CheckInVerdict::Duplicate { first_at: at.into(), first_gate: gate.into(), first_method: "face".into() }
}

async fn inside(world: &World) -> u64 {
    world.get("/v1/stats").await.json::<Stats>().checked_in
}

#[tokio::test]
async fn an_entry_is_recorded_once_however_often_it_is_delivered() {
    let world = World::new();
    let entry = entry(1, "ada", "north", AT);
    assert_eq!(verdicts(&world, std::slice::from_ref(&entry)).await, [CheckInVerdict::Recorded]);
    for _ in 0..3 {
        assert_eq!(verdicts(&world, std::slice::from_ref(&entry)).await, [CheckInVerdict::AlreadyRecorded]);
    }
    assert_eq!(inside(&world).await, 1);
}

#[tokio::test]
async fn the_second_entry_of_a_guest_is_a_duplicate_that_names_the_first() {
    let world = World::new();
    let both = [entry(1, "ada", "north", AT), entry(2, "ada", "south", "2026-11-21T09:40:00Z")];
    assert_eq!(verdicts(&world, &both).await, [CheckInVerdict::Recorded, duplicate(AT, "North entrance")]);
    assert_eq!(inside(&world).await, 1);
}

#[tokio::test]
async fn an_undone_entry_lets_the_guest_in_again() {
    let world = World::new();
    let story = [entry(1, "ada", "north", AT), undo(2, 1), entry(3, "ada", "south", AT)];
    assert_eq!(verdicts(&world, &story).await, vec![CheckInVerdict::Recorded; 3]);
    assert_eq!(inside(&world).await, 1);
    let page: AttendeesPage = world.get("/v1/attendees").await.json();
    let ada = page.attendees.iter().find(|a| a.id == "ada").unwrap();
    assert_eq!(ada.checked_in_gate.as_deref(), Some("South entrance"));
}

#[tokio::test]
async fn delivering_a_whole_story_again_changes_nothing() {
    let world = World::new();
    let story =
        [entry(1, "ada", "north", AT), entry(2, "ada", "south", AT), undo(3, 1), entry(4, "bo", "north", AT)];
    verdicts(&world, &story).await;
    assert_eq!(inside(&world).await, 2, "Ada by her second entry, and Bo");
    let again = verdicts(&world, &story).await;
    assert_eq!(again[1], duplicate(AT, "North entrance"), "a settled duplicate stays one after the undo");
    assert!(
        again.iter().enumerate().all(|(n, v)| n == 1 || *v == CheckInVerdict::AlreadyRecorded),
        "{again:?}"
    );
    assert_eq!(inside(&world).await, 2);
}

#[tokio::test]
async fn undoing_a_duplicate_leaves_the_first_entry_alone() {
    let world = World::new();
    let story = [entry(1, "ada", "north", AT), entry(2, "ada", "south", AT), undo(3, 2)];
    assert_eq!(verdicts(&world, &story).await[2], CheckInVerdict::Recorded);
    assert_eq!(inside(&world).await, 1);
}

#[tokio::test]
async fn an_entry_that_makes_no_sense_does_not_hold_back_the_others() {
    let world = World::new();
    let with = |key: &str, value: Value| {
        let mut entry = entry(9, "ada", "north", AT);
        entry[key] = value;
        entry
    };
    let entries = [
        entry(1, "nobody", "north", AT),
        with("id", json!("not-a-uuid")),
        with("at", json!("yesterday")),
        with("method", json!("telepathy")),
        with("gate", json!(" ")),
        with("reason", json!("x".repeat(501))),
        json!({ "id": id(8), "sequence": 8, "at": AT, "kind": "resolve", "conflict_id": "not-a-uuid",
            "resolution": "accept", "reason": "" }),
        json!({ "id": id(8), "sequence": 8, "at": AT, "kind": "resolve", "conflict_id": id(77),
            "resolution": "undo", "reason": "x".repeat(501) }),
        undo(2, 77),
        entry(3, "bo", "north", AT),
    ];
    let verdicts = verdicts(&world, &entries).await;
    let (last, bad) = verdicts.split_last().unwrap();
    let codes: Vec<_> = bad
        .iter()
        .map(|verdict| match verdict {
            CheckInVerdict::Rejected { code: Some(code), .. } => code.as_str(),
            verdict => panic!("not rejected by name: {verdict:?}"),
        })
        .collect();
    let expected = [
        "not_on_roster",
        "unreadable",
        "unreadable",
        "unreadable",
        "no_gate",
        "long_text",
        "unreadable",
        "long_text",
        "unknown_entry",
    ];
    assert_eq!(codes, expected);
    assert_eq!(*last, CheckInVerdict::Recorded);
    assert_eq!(inside(&world).await, 1);
}

#[tokio::test]
async fn a_rejected_entry_may_come_again_when_the_guest_has_arrived_on_the_roster() {
    let world = World::new();
    let late = [entry(1, "eve", "north", AT)];
    assert!(matches!(verdicts(&world, &late).await[0], CheckInVerdict::Rejected { .. }));
    world.backend.import_roster("id,name\neve,Eve\n".as_bytes()).unwrap();
    assert_eq!(verdicts(&world, &late).await, [CheckInVerdict::Recorded]);
}

#[tokio::test]
async fn an_entry_shows_in_the_next_roster_delta() {
    let world = World::new();
    let before: AttendeesPage = world.get("/v1/attendees").await.json();
    verdicts(&world, &[entry(1, "bo", "cellar", AT)]).await;
    let after: AttendeesPage = world.get(&format!("/v1/attendees?since={}", before.cursor)).await.json();
    assert_eq!(after.attendees.len(), 1);
    assert_eq!(after.attendees[0].checked_in_at.as_deref(), Some(AT));
    assert_eq!(
        after.attendees[0].checked_in_gate.as_deref(),
        Some("cellar"),
        "an unlisted gate keeps its id"
    );
}

#[tokio::test]
async fn five_hundred_entries_are_taken_and_one_more_is_not() {
    let world = World::new();
    let entries: Vec<Value> = (1..=501).map(|n| entry(n, "ada", "north", AT)).collect();
    let detail = world.post(PATH, &json!({ "entries": entries })).await.problem(400, ProblemCode::Malformed);
    assert!(detail.contains("500"), "{detail}");
    assert_eq!(inside(&world).await, 0, "a refused batch leaves nothing behind");
    assert_eq!(verdicts(&world, &entries[..500]).await.len(), 500);
}

#[tokio::test]
async fn two_kiosks_at_the_same_moment_let_a_guest_in_once() {
    let world = World::new();
    let entries: Vec<[Value; 1]> = (1..=16).map(|n| [entry(n, "ada", "north", AT)]).collect();
    let calls = entries.iter().map(|entry| verdicts(&world, entry));
    let all: Vec<CheckInVerdict> =
        futures_util::future::join_all(calls).await.into_iter().flatten().collect();
    let recorded = all.iter().filter(|v| **v == CheckInVerdict::Recorded).count();
    assert_eq!((recorded, all.len()), (1, 16), "{all:?}");
}

#[tokio::test]
async fn malformed_bodies_and_events_that_are_not_set_are_problems() {
    let world = World::new();
    for body in ["", "{", "[]", "{\"entries\":[{}]}", "{\"entries\":[{\"kind\":\"dance\"}]}"] {
        world.post_text(PATH, body.to_owned()).await.problem(400, ProblemCode::Malformed);
    }
    let too_large = "x".repeat(1024 * 1024 + 1);
    world.post_text(PATH, too_large).await.problem(413, ProblemCode::TooLarge);
    let nowhere = World::without_event();
    nowhere.post(PATH, &json!({ "entries": [] })).await.problem(404, ProblemCode::UnknownEvent);
}
