//! The real program is killed while a guest stands before it, or somebody who guesses PINs, and started again: what it had
//! shown must be there (I2) and reach the backend once (I3), and no guess is free. Needs the imported models.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod guesses;
mod host;
mod wire;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use host::{Host, Place};
use portico_app::clock::SystemClock;
use portico_server::{Backend, Random, ServerConfig};
use portico_tests::models::models;
use portico_tests::seed;
use serde_json::{Value, json};

/// When the power fails.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// As soon as the welcome is shown.
    Welcome,
    /// When nothing new has been shown for so long after the search began.
    AfterSearch(Duration),
}

#[test]
fn a_check_in_that_was_shown_survives_the_kill_and_reaches_the_backend_once() {
    let Some(models) = models() else { return };
    let dir = tempfile::tempdir().unwrap();
    let event = dir.path().join("event.db");
    seed::make(&event, &models, Arc::new(SystemClock::start()));
    let moments = [
        Moment::Welcome,
        Moment::AfterSearch(Duration::ZERO),
        Moment::AfterSearch(Duration::from_millis(15)),
    ];
    for (round, moment) in moments.into_iter().enumerate() {
        let place = Place::new(&dir.path().join(round.to_string()), &event, &models);
        let welcomed = killed_at(moment, &place);
        let entries = entries_after_restart(&place);
        assert!(!welcomed || entries == 1, "{moment:?}: a welcome that was shown is on disk (I2)");
        assert!(entries <= 1, "{moment:?}: one guest entered, not {entries}");
        assert_eq!(
            inside(&place.database(), &models),
            entries as u64,
            "{moment:?}: the backend has it once (I3)"
        );
    }
}

/// A guest walks up and the program is killed. Whether a welcome had been shown.
fn killed_at(moment: Moment, place: &Place) -> bool {
    let host = Host::start(place, &place.visit());
    let views = host.views();
    let kind = |view: &Value| view["guest"]["kind"].as_str().unwrap_or_default().to_owned();
    let mut welcomed = false;
    match moment {
        Moment::Welcome => {
            views.until(|view| kind(view) == "welcome");
            welcomed = true;
        }
        Moment::AfterSearch(quiet) => {
            views.until(|view| kind(view) == "identifying");
            while let Some(view) = views.next_within(quiet) {
                welcomed |= kind(&view) == "welcome";
            }
        }
    }
    host.kill();
    // What the dying program had still sent counts as shown, too.
    while let Some(view) = views.next_within(Duration::ZERO) {
        welcomed |= kind(&view) == "welcome";
    }
    welcomed
}

/// How many check-ins the program knows after a new start, once all of them are sent.
fn entries_after_restart(place: &Place) -> usize {
    let host = Host::start(place, &place.empty_room());
    let views = host.views();
    host.call("staff.unlock", &json!({ "pin": host::PIN }));
    views.until(|view| view["staff"]["lock"] == "unlocked");
    loop {
        let recent = host.call("staff.recent", &json!({}));
        let entries = recent.as_array().unwrap();
        if entries.iter().all(|entry| entry["sent"] == true) {
            return entries.len();
        }
        views.until(|_| true);
    }
}

/// How many guests the backend counts as inside.
fn inside(database: &Path, models: &Path) -> u64 {
    let config = ServerConfig::new(PathBuf::from(database), models);
    let nothing_to_draw = Random::new(|_| Err(std::io::Error::other("counting needs no randomness")));
    let backend = Backend::without_faces(&config, Arc::new(SystemClock::start()), nothing_to_draw);
    backend.unwrap().stats().unwrap().checked_in
}
