//! Pulling the plug is no way to guess on.

use std::sync::Arc;
use std::time::Duration;

use portico_app::clock::SystemClock;
use portico_tests::models::models;
use portico_tests::seed;
use serde_json::{Value, json};

use crate::host::{Host, PIN, Place};

/// Guesses of a kiosk that has rested.
const CAPACITY: usize = 8;
/// Seconds until there is another one.
const REFILL: u64 = 16 * 60;

/// Whether the PIN was looked at and was wrong: the last guess is told as a wait.
fn was_looked_at(answer: Option<(u16, Value)>) -> bool {
    answer.is_some_and(|(_, reply)| reply["code"] == "staff.pin_wrong")
}

#[test]
fn no_kill_at_whatever_moment_gives_a_guess_back() {
    let Some(models) = models() else { return };
    let dir = tempfile::tempdir().unwrap();
    let event = dir.path().join("event.db");
    seed::make(&event, &models, Arc::new(SystemClock::start()));
    let place = Place::new(&dir.path().join("kiosk"), &event, &models);
    let wrong = json!({ "pin": "1357" });

    let mut looked_at = 0;
    for pause in [0, 5, 40, 90] {
        let host = Host::start(&place, &place.empty_room());
        let views = host.views();
        looked_at += usize::from(was_looked_at(Some(host.answer("staff.unlock", &wrong))));
        let begun = host.begin("staff.unlock", &wrong);
        // Until something is shown, at the latest.
        let _ = views.next_within(Duration::from_millis(pause));
        host.kill();
        looked_at += usize::from(was_looked_at(begun.answer()));
    }
    assert!(looked_at >= 4, "four were answered before the kills");

    let host = Host::start(&place, &place.empty_room());
    let refused = loop {
        let (_, reply) = host.answer("staff.unlock", &wrong);
        if reply["code"] != "staff.pin_wrong" {
            break reply;
        }
        looked_at += 1;
    };
    assert_eq!(refused["code"], "staff.locked_out");
    // The guess that emptied the bucket may have been told as a wait.
    assert!(looked_at < CAPACITY + 1, "{looked_at} guesses got through");
    host.kill();

    let host = Host::start(&place, &place.empty_room());
    let (_, reply) = host.answer("staff.unlock", &json!({ "pin": PIN }));
    assert_eq!(reply["code"], "staff.locked_out", "the right PIN is not looked at either");
    let wait = reply["retry_after_seconds"].as_u64().unwrap();
    assert!(wait > REFILL - 120 && wait <= REFILL, "and the wait has begun anew: {wait} s");
}
