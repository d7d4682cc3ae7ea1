//! How often a guest may enter, by the event's rule.

use std::process::Command;

use portico_protocol::{CheckInVerdict, EntryRule, EventRecord, GateCount};
use portico_types::UtcMillis;
use rusqlite::Connection;

use crate::support::{World, check_in, event, undo};

use CheckInVerdict::Recorded;
use EntryRule::{Once, OncePerDay, Reentry};

const TEN_MINUTES: EntryRule = Reentry { other_gate_minutes: 10 };

#[track_caller]
fn kept_out(verdict: &CheckInVerdict, by: &str) {
    match verdict {
        CheckInVerdict::Duplicate { first_at, .. } => {
            assert!(first_at.contains(by), "{first_at} is not {by}");
        }
        other => panic!("not kept out: {other:?}"),
    }
}

#[test]
fn every_rule_is_kept_with_the_event() {
    let world = World::new();
    for rule in [Once, OncePerDay, TEN_MINUTES, Reentry { other_gate_minutes: 0 }] {
        world.set_rule(rule);
        assert_eq!(world.backend.event().unwrap().policy.entry, rule);
    }
}

#[test]
fn once_per_day_ends_at_midnight_of_the_venue() {
    let world = World::new();
    let mut record = event();
    record.time_zone = "Asia/Shanghai".into();
    record.policy.entry = OncePerDay;
    world.backend.set_event(&record).unwrap();
    assert_eq!(world.deliver(check_in(1, "ada", "north", "15:50")), Recorded);
    kept_out(&world.deliver(check_in(2, "ada", "south", "15:59")), "15:50");
    assert_eq!(world.deliver(check_in(3, "ada", "south", "16:00")), Recorded, "a new day in Shanghai");
    kept_out(&world.deliver(check_in(4, "ada", "south", "23:59")), "16:00");
    assert_eq!(world.inside(), 1, "one guest, on two days");
    assert_eq!(world.shown("ada").unwrap().0, "2026-11-21T16:00:00Z", "the roster tells the newest");
}

#[test]
fn undoing_one_day_leaves_the_other() {
    let world = World::with_rule(OncePerDay);
    world.deliver(check_in(1, "ada", "north", "2026-11-20T10:00:00Z"));
    world.deliver(check_in(2, "ada", "north", "10:00"));
    world.deliver(check_in(3, "ada", "south", "10:05"));
    world.deliver(undo(4, 1));
    kept_out(&world.deliver(check_in(5, "ada", "north", "10:10")), "10:00");
    assert_eq!(world.deliver(check_in(6, "ada", "north", "2026-11-20T11:00:00Z")), Recorded);
}

#[test]
fn with_reentry_a_guest_comes_and_goes_but_not_at_two_gates_at_once() {
    let world = World::with_rule(TEN_MINUTES);
    assert_eq!(world.deliver(check_in(1, "ada", "north", "10:00")), Recorded);
    assert_eq!(world.deliver(check_in(2, "ada", "north", "10:01")), Recorded, "the same gate");
    kept_out(&world.deliver(check_in(3, "ada", "south", "10:11")), "10:01");
    assert_eq!(world.deliver(check_in(4, "ada", "south", "10:12")), Recorded);
    kept_out(&world.deliver(check_in(5, "ada", "north", "10:03")), "10:12");
    assert_eq!(world.deliver(check_in(6, "bo", "south", "10:00")), Recorded, "another guest");
    let stats = world.backend.stats().unwrap();
    let gate = |gate: &str, count| GateCount { gate: gate.into(), count };
    assert_eq!(stats.checked_in, 2, "guests");
    assert_eq!(stats.by_gate, [gate("north", 2), gate("south", 2)], "entries");
    assert_eq!(world.shown("ada").unwrap().0, "2026-11-21T10:12:00Z");
    assert_eq!(world.backend.attendees(None).unwrap().attendees.len(), 2, "one row per guest");
}

#[test]
fn with_reentry_undoing_an_entry_lets_all_those_in_that_only_it_kept_out() {
    let world = World::with_rule(TEN_MINUTES);
    world.deliver(check_in(1, "ada", "north", "10:00"));
    world.deliver(check_in(2, "ada", "south", "10:01"));
    world.deliver(check_in(3, "ada", "south", "10:02"));
    world.deliver(undo(4, 1));
    assert_eq!(world.backend.stats().unwrap().by_gate, [GateCount { gate: "south".into(), count: 2 }]);
}

#[test]
fn without_a_distance_gates_do_not_matter() {
    let world = World::with_rule(Reentry { other_gate_minutes: 0 });
    assert_eq!(world.deliver(check_in(1, "ada", "north", "10:00")), Recorded);
    assert_eq!(world.deliver(check_in(2, "ada", "south", "10:00")), Recorded);
}

#[test]
fn the_database_itself_keeps_entries_apart() {
    let world = World::with_rule(TEN_MINUTES);
    world.deliver(check_in(1, "ada", "north", "10:00"));
    world.deliver(check_in(2, "bo", "north", "10:00"));
    world.deliver(undo(3, 2));
    let connection = Connection::open(&world.database).unwrap();
    let ten: UtcMillis = portico_protocol::utc_millis("2026-11-21T10:00:00Z").unwrap();
    let insert = |slot: &str, gate: &str, minutes: i64| {
        connection
            .execute(
                "INSERT INTO check_ins (id, event_id, attendee_id, gate, method, at, slot, apart_ms)
                 SELECT id, 'rust-day', 'ada', ?1, 'ticket', ?2, ?3, 600000 FROM entries WHERE sequence = 3",
                rusqlite::params![gate, ten.0 + minutes * 60_000, slot],
            )
            .unwrap()
    };
    for minutes in [-10, 0, 10] {
        assert_eq!(insert("other", "south", minutes), 0, "{minutes} minutes after an entry at another gate");
    }
    assert_eq!(insert("other", "south", 11), 1);
}

#[test]
fn a_stricter_rule_counts_what_was_admitted_by_the_old_one() {
    let world = World::with_rule(TEN_MINUTES);
    for (n, at) in [(1, "2026-11-20T10:00:00Z"), (2, "10:00"), (3, "10:05")] {
        assert_eq!(world.deliver(check_in(n, "ada", "north", at)), Recorded);
    }
    world.set_rule(OncePerDay);
    kept_out(&world.deliver(check_in(4, "ada", "north", "11:00")), "21T10:00");
    kept_out(&world.deliver(check_in(5, "ada", "north", "2026-11-20T11:00:00Z")), "20T10:00");
    world.set_rule(Once);
    kept_out(&world.deliver(check_in(6, "ada", "north", "2026-11-22T11:00:00Z")), "20T10:00");
    world.deliver(undo(7, 1));
    kept_out(&world.deliver(check_in(8, "ada", "north", "2026-11-22T11:30:00Z")), "21T10:00");
    assert_eq!(world.inside(), 1);
}

#[test]
fn a_looser_rule_still_counts_what_it_would_have_counted() {
    let world = World::new();
    world.deliver(check_in(1, "ada", "north", "10:00"));
    world.deliver(check_in(2, "ada", "south", "10:30"));
    world.set_rule(OncePerDay);
    kept_out(&world.deliver(check_in(3, "ada", "north", "11:00")), "10:00");
    assert_eq!(world.deliver(check_in(4, "ada", "north", "2026-11-22T11:00:00Z")), Recorded);
    world.set_rule(TEN_MINUTES);
    kept_out(&world.deliver(check_in(5, "ada", "south", "10:09")), "10:00");
    world.deliver(undo(6, 1));
    let waited = world
        .conflicts()
        .iter()
        .filter(|c| c.state == portico_protocol::ConflictStateRecord::Promoted)
        .count();
    assert_eq!(waited, 3, "by the rule of now, none of those who waited is in another's way");
}

#[test]
fn another_time_zone_moves_days_without_losing_entries() {
    let world = World::with_rule(OncePerDay);
    world.deliver(check_in(1, "ada", "north", "2026-11-20T20:00:00Z"));
    world.deliver(check_in(2, "ada", "north", "20:00"));
    let mut record = event();
    record.policy.entry = OncePerDay;
    record.time_zone = "Asia/Shanghai".into();
    world.backend.set_event(&record).unwrap();
    kept_out(&world.deliver(check_in(3, "ada", "north", "10:00")), "20T20:00");
    kept_out(&world.deliver(check_in(4, "ada", "north", "2026-11-22T10:00:00Z")), "21T20:00");
    assert_eq!(world.deliver(check_in(5, "ada", "north", "2026-11-20T10:00:00Z")), Recorded);
}

#[test]
fn an_operator_sets_the_rule_and_sees_it() {
    let folder = tempfile::tempdir().unwrap();
    let event = |arguments: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_portico-server"));
        command.current_dir(folder.path()).args(["event", "--db", "s.db"]).args(arguments.split(' '));
        command.output().unwrap()
    };
    let rule = || -> EntryRule {
        serde_json::from_slice::<EventRecord>(&event("show").stdout).unwrap().policy.entry
    };
    assert!(event("set --name Fair").status.success());
    assert_eq!(rule(), Once);
    assert!(event("set --entry reentry --other-gate-minutes 10").status.success());
    assert!(event("set --name Fairer").status.success());
    assert_eq!(rule(), TEN_MINUTES);
    assert!(event("set --entry once-per-day").status.success());
    assert_eq!(rule(), OncePerDay);
    let refused = event("set --other-gate-minutes 10");
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--entry reentry"));
}
