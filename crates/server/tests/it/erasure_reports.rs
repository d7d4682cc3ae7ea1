//! The signed report of what was erased, by the command line too.

use std::fs;
use std::time::Duration;

use portico_server::{BackendError, ErasureReport, verify_report};
use portico_types::{AttendeeId, UtcMillis};

use crate::command_line::{done, run};
use crate::support::{HOUR_MS, MORNING, World};

fn report(world: &World, since: Option<UtcMillis>) -> ErasureReport {
    verify_report(&world.backend.erasure_report(since).unwrap(), None).unwrap().report
}

#[test]
fn every_way_of_going_is_on_record_with_its_reason() {
    let world = World::new();
    let (ada, bo) = (AttendeeId::new("ada"), AttendeeId::new("bo"));
    let replaced = world.enrol("ada", "face 1 0");
    let withdrawn = world.enrol("ada", "face 0 1");
    world.backend.erase_face(&ada).unwrap();
    world.clock.advance(Duration::from_millis(1));
    let expired = world.enrol_anew("ada", "face 1 1");
    world.clock.advance(Duration::from_millis(HOUR_MS as u64 + 1_500));
    world.backend.erase_expired().unwrap();
    let removed = world.enrol("bo", "face 1 0");
    world.backend.remove_attendee(&bo).unwrap();
    let report = report(&world, None);
    let rows: Vec<(&str, &str, &str, Option<i64>)> = report
        .erasures
        .iter()
        .map(|e| (e.template_id.as_str(), e.attendee_id.as_str(), e.reason.as_str(), e.seconds_late))
        .collect();
    assert_eq!(
        rows,
        [
            (replaced.as_str(), "ada", "replaced", None),
            (withdrawn.as_str(), "ada", "withdrawn", None),
            (expired.as_str(), "ada", "expired", Some(2)),
            (removed.as_str(), "bo", "removed", None),
        ]
    );
    assert!(report.erasures.iter().all(|e| e.purged_at.is_some()), "the log is free of all of them");
    assert_eq!(report.event_id, "rust-day");
}

#[test]
fn erasing_nothing_leaves_no_record() {
    let world = World::new();
    world.backend.erase_face(&AttendeeId::new("ada")).unwrap();
    assert!(report(&world, None).erasures.is_empty());
}

#[test]
fn a_report_since_a_time_leaves_out_what_was_before() {
    let world = World::new();
    world.enrol("ada", "face 1 0");
    world.backend.erase_face(&AttendeeId::new("ada")).unwrap();
    world.clock.advance(Duration::from_mins(1));
    let kept = world.enrol_anew("ada", "face 1 0");
    world.backend.erase_face(&AttendeeId::new("ada")).unwrap();
    let report = report(&world, Some(UtcMillis(MORNING.0 + 1)));
    let ids: Vec<&str> = report.erasures.iter().map(|e| e.template_id.as_str()).collect();
    assert_eq!(ids, [kept.as_str()]);
    assert_eq!(report.since.as_deref(), Some("2026-11-21T09:30:00.001Z"));
}

#[test]
fn what_is_over_is_erased_before_anything_is_signed() {
    let world = World::new();
    world.enrol("ada", "face 1 0");
    world.clock.advance(Duration::from_hours(1));
    assert_eq!(report(&world, None).erasures.len(), 1);
}

#[test]
fn there_is_no_report_without_an_event() {
    let refused = World::without_event().backend.erasure_report(None);
    assert!(matches!(refused, Err(BackendError::UnknownEvent)));
}

#[test]
fn one_key_signs_all_reports_of_a_database() {
    let world = World::new();
    let key = world.backend.report_key().unwrap();
    assert_eq!(world.another().backend.report_key().unwrap(), key, "another process finds the same key");
    let file = world.backend.erasure_report(None).unwrap();
    assert!(verify_report(&file, Some(&hex::encode(key))).is_ok());
}

#[test]
fn an_operator_writes_a_report_and_an_auditor_checks_it() {
    let world = World::new();
    let folder = world.folder.path();
    world.enrol("ada", "face 1 0");
    world.backend.erase_face(&AttendeeId::new("ada")).unwrap();
    let written = done(&run(folder, "erasure-report --db server.db --out report.json"));
    assert!(written.contains("1 erasure(s)"), "{written}");
    let printed = done(&run(folder, "report-key --db server.db"));
    let (key, fingerprint) = printed.trim().split_once('\n').unwrap();
    assert!(written.contains(fingerprint), "{written}");
    let checked = done(&run(folder, &format!("verify-report report.json --key {key}")));
    assert!(checked.starts_with("valid: event rust-day") && checked.contains(fingerprint), "{checked}");

    let other = "00".repeat(32);
    assert_eq!(run(folder, &format!("verify-report report.json --key {other}")).status.code(), Some(1));
    let path = folder.join("report.json");
    let forged = fs::read_to_string(&path).unwrap().replacen("withdrawn", "withdrawm", 1);
    fs::write(&path, forged).unwrap();
    let refused = run(folder, "verify-report report.json");
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8(refused.stdout).unwrap().starts_with("invalid: "));
}
