//! `GET /v1/stats`.

use portico_protocol::{CheckInEntry, EntryKind, GateCount, MinuteCount, ProblemCode, Stats};

use crate::support::World;

fn entry(n: u32, attendee: &str, gate: &str, at: &str) -> CheckInEntry {
    CheckInEntry {
        id: format!("0198f3a0-0000-7000-8000-{n:012}"),
        sequence: i64::from(n),
        at: at.into(),
        kind: EntryKind::CheckIn {
            attendee_id: attendee.into(),
            gate: gate.into(),
            method: "ticket".into(),
            score: None,
            reason: None,
        },
    }
}

#[tokio::test]
async fn guests_are_counted_per_gate_and_minute() {
    let world = World::new();
    world.enrol("ada", "face 1 0");
    let entries = [
        entry(1, "ada", "north", "2026-11-21T09:31:59.9Z"),
        entry(2, "bo", "south", "2026-11-21T10:32:00+01:00"),
        entry(3, "bo", "north", "2026-11-21T09:33:00Z"),
    ];
    world.backend.record_check_ins(&world.device, &entries).unwrap();
    let stats: Stats = world.get("/v1/stats").await.json();
    let gate = |gate: &str| GateCount { gate: gate.into(), count: 1 };
    let minute = |minute: &str| MinuteCount { minute: minute.into(), count: 1 };
    let expected = Stats {
        attendees: 2,
        enrolled: 1,
        checked_in: 2,
        by_gate: vec![gate("north"), gate("south")],
        by_minute: vec![minute("2026-11-21T09:31:00Z"), minute("2026-11-21T09:32:00Z")],
    };
    assert_eq!(stats, expected, "the duplicate counts nowhere");
}

#[tokio::test]
async fn there_are_no_figures_without_an_event() {
    World::without_event().get("/v1/stats").await.problem(404, ProblemCode::UnknownEvent);
}
