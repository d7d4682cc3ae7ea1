//! Cursors: honoured by the database that issued them and by no other, not even by a backup of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use portico_server::{Backend, BackendError, ServerConfig};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::{FakeClock, MORNING, event, roster_file, seeded_random};

/// Opens the database as a new process would; each needs a seed of its own.
fn open(database: &Path, seed: u64) -> Backend {
    let config = ServerConfig::new(database, "");
    Backend::without_faces(&config, Arc::new(FakeClock::at(MORNING)), seeded_random(seed * 1_000)).unwrap()
}

fn fresh(seed: u64) -> (TempDir, PathBuf, Backend) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("server.db");
    let backend = open(&path, seed);
    backend.set_event(&event()).unwrap();
    (folder, path, backend)
}

/// `count` more guests, which are as many changes.
fn grow(backend: &Backend, from: usize, count: usize) {
    let file = roster_file("id,name", count, |n| format!("g{0},Guest {0}", from + n));
    assert_eq!(backend.import_roster(file.as_bytes()).unwrap().added, count);
}

fn cursor(backend: &Backend) -> String {
    backend.attendees(None).unwrap().cursor
}

/// Guests changed since a cursor.
fn since(backend: &Backend, cursor: &str) -> usize {
    backend.attendees(Some(cursor)).unwrap().attendees.len()
}

#[track_caller]
fn refused(backend: &Backend, cursor: &str) {
    let answer = backend.attendees(Some(cursor));
    assert!(matches!(answer, Err(BackendError::CursorRefused)), "`{cursor}`: {answer:?}");
}

/// A backup of the database as it stands, as an operator takes one while the server runs.
fn back_up(database: &Path) -> PathBuf {
    let copy = database.with_extension("backup");
    Connection::open(database).unwrap().execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    copy
}

#[test]
fn a_cursor_stays_good_over_restarts_and_commands_beside_the_server() {
    let (_folder, path, server) = fresh(1);
    grow(&server, 0, 3);
    let old = cursor(&server);
    let command = open(&path, 2);
    grow(&command, 3, 2);
    assert_eq!(since(&server, &old), 2, "the command's changes are changes like any other");
    let during = cursor(&server);
    grow(&server, 5, 4);
    drop((server, command));
    let server = open(&path, 3);
    assert_eq!((since(&server, &old), since(&server, &during)), (6, 4));
}

#[test]
fn a_page_amid_the_list_is_a_place_too() {
    let (_folder, path, server) = fresh(1);
    grow(&server, 0, 1_500);
    let page = server.attendees(None).unwrap();
    assert!(page.more);
    drop(server);
    assert_eq!(since(&open(&path, 2), &page.cursor), 500);
}

#[test]
fn another_database_refuses_the_cursor_however_many_changes_it_has() {
    let (_folder, _, ours) = fresh(1);
    let (_other_folder, _, other) = fresh(2);
    grow(&ours, 0, 2);
    grow(&other, 0, 9);
    refused(&other, &cursor(&ours));
    refused(&ours, &cursor(&other));
}

#[test]
fn cursors_of_earlier_releases_and_beyond_the_head_are_refused() {
    let (_folder, _, server) = fresh(1);
    grow(&server, 0, 2);
    let good = cursor(&server);
    let (run, _) = good.split_once('-').unwrap();
    for cursor in ["r0", "r1", &format!("{run}-ffff"), &format!("{run}-"), run, "r-1"] {
        refused(&server, cursor);
    }
    assert_eq!(since(&server, &format!("{run}-0")), 2);
}

#[test]
fn a_restored_backup_refuses_what_was_issued_after_it_and_honours_what_was_before() {
    let (_folder, path, server) = fresh(1);
    grow(&server, 0, 3);
    let before = cursor(&server);
    let backup = back_up(&path);
    let same_head = cursor(&server);
    grow(&server, 3, 4);
    let after = cursor(&server);
    drop(server);
    let next_run = open(&path, 2);
    grow(&next_run, 7, 1);
    let in_next_run = cursor(&next_run);
    drop(next_run);

    let restored = open(&backup, 3);
    for lost in [&after, &in_next_run] {
        refused(&restored, lost);
    }
    grow(&restored, 100, 50);
    for lost in [&after, &in_next_run] {
        refused(&restored, lost);
    }
    assert_eq!((since(&restored, &before), since(&restored, &same_head)), (50, 50));
    drop(restored);
    refused(&open(&backup, 4), &after);
}

#[test]
fn a_command_that_writes_to_the_restored_backup_first_covers_nothing_up() {
    let (_folder, path, server) = fresh(1);
    let backup = back_up(&path);
    grow(&server, 0, 4);
    let after = cursor(&server);
    grow(&open(&backup, 2), 100, 50);
    refused(&open(&backup, 3), &after);
}

#[test]
fn a_backup_that_was_taken_before_anything_happened_in_its_run_is_told_too() {
    let (_folder, path, server) = fresh(1);
    drop(server);
    let server = open(&path, 2);
    let backup = back_up(&path);
    grow(&server, 0, 2);
    let after = cursor(&server);
    let restored = open(&backup, 3);
    grow(&restored, 100, 9);
    refused(&restored, &after);
}

#[test]
fn a_restored_backup_that_was_only_read_so_far_refuses_and_goes_on_refusing() {
    let (_folder, path, server) = fresh(1);
    grow(&server, 0, 2);
    let backup = back_up(&path);
    grow(&server, 2, 2);
    let after = cursor(&server);
    let reader = open(&backup, 2);
    assert_eq!(reader.stats().unwrap().attendees, 2);
    let restored = open(&backup, 3);
    refused(&restored, &after);
    grow(&restored, 100, 9);
    refused(&restored, &after);
}

#[test]
fn a_source_that_repeats_itself_does_not_stop_the_server() {
    let (_folder, path, server) = fresh(1);
    grow(&server, 0, 2);
    let old = cursor(&server);
    drop(server);
    for _ in 0..3 {
        assert_eq!(since(&open(&path, 1), &old), 0);
    }
}
