//! Erased faces are gone from the raw files: the database and its write-ahead log.

use std::time::Duration;

use portico_protocol::CheckInVerdict;
use portico_server::{Backend, Change, Outside, Server, ServerConfig};
use portico_types::{AttendeeId, Embedding, UtcMillis};
use rusqlite::Connection;
use tokio::time::timeout;

use crate::support::{FakeReader, HOUR_MS, MORNING, World, agreement, roster_file, seeded_random, withdraw};

/// A face that no other bytes look like, of 128 numbers as small recognisers make them.
struct Face {
    picture: String,
    bytes: Vec<u8>,
}

fn face(n: usize) -> Face {
    let value = |i: usize| f32::from(((n * 131 + i * 37) % 251) as u8) - 125.0;
    let values: Vec<f32> = (0..128).map(value).collect();
    let words: Vec<String> = values.iter().map(f32::to_string).collect();
    let bytes = Embedding::normalised(values).unwrap().to_bytes();
    Face { picture: format!("face {}", words.join(" ")), bytes }
}

fn enrolled(world: &World) -> Vec<u8> {
    let face = face(1);
    world.enrol("ada", &face.picture);
    assert!(world.files_contain(&face.bytes), "before it is erased, the vector is on disk");
    face.bytes
}

#[test]
fn a_withdrawn_face_is_gone_from_the_files() {
    let world = World::new();
    let bytes = enrolled(&world);
    world.backend.erase_face(&AttendeeId::new("ada")).unwrap();
    assert!(!world.files_contain(&bytes));
}

#[test]
fn the_face_of_a_removed_guest_is_gone_from_the_files_and_so_is_the_name() {
    let world = World::new();
    let bytes = enrolled(&world);
    assert!(world.files_contain(b"Ada Lovelace"));
    world.backend.remove_attendee(&AttendeeId::new("ada")).unwrap();
    assert!(!world.files_contain(&bytes));
    assert!(!world.files_contain(b"Ada Lovelace"));
}

#[test]
fn a_face_that_was_replaced_is_gone_from_the_files_and_the_new_one_is_there() {
    let world = World::new();
    let bytes = enrolled(&world);
    let new = face(2);
    world.enrol("ada", &new.picture);
    assert!(!world.files_contain(&bytes));
    assert!(world.files_contain(&new.bytes));
}

#[test]
fn an_expired_face_is_gone_from_the_files_with_the_next_look() {
    let world = World::new();
    let bytes = enrolled(&world);
    world.clock.advance(Duration::from_millis(HOUR_MS as u64 - 1));
    world.backend.erase_expired().unwrap();
    assert!(world.files_contain(&bytes), "its term is not over");
    world.clock.advance(Duration::from_millis(1));
    world.backend.erase_expired().unwrap();
    assert!(!world.files_contain(&bytes));
}

#[tokio::test]
async fn an_expired_face_goes_when_nobody_asks_for_anything() {
    let world = World::new();
    let bytes = enrolled(&world);
    let mut config = ServerConfig::new(&world.database, "");
    config.watch_every = Duration::from_millis(5);
    let outside = Outside { clock: world.clock.clone(), random: seeded_random(9) };
    let backend = Backend::with_faces(&config, outside, Box::<FakeReader>::default()).unwrap();
    let mut changes = backend.changes();
    let running = Server::serve(&config, backend.into()).await.unwrap();
    world.clock.advance(Duration::from_hours(1));
    let told = timeout(Duration::from_secs(20), changes.recv()).await.expect("the watch looks by itself");
    assert_eq!(told, Ok(Change::Templates));
    assert!(!world.files_contain(&bytes));
    running.shutdown().await.unwrap();
}

#[test]
fn of_many_faces_those_that_are_erased_are_gone_and_the_others_stay() {
    let world = World::new();
    let roster = roster_file("id,name", 16, |n| format!("g{n},Guest {n}"));
    world.backend.import_roster(roster.as_bytes()).unwrap();
    let faces: Vec<Face> = (0..16).map(face).collect();
    for (n, face) in faces.iter().enumerate() {
        world.enrol(&format!("g{n}"), &face.picture);
    }
    // A stride that visits everybody out of order, so that pages are emptied, merged and moved about.
    let order: Vec<usize> = (0..16).map(|n| n * 7 % 16).collect();
    for (done, n) in order.iter().enumerate() {
        world.backend.erase_face(&AttendeeId::new(format!("g{n}"))).unwrap();
        for gone in &order[..=done] {
            assert!(!world.files_contain(&faces[*gone].bytes[64..128]), "face {gone} after {}", done + 1);
        }
        if let Some(next) = order.get(done + 1) {
            assert!(world.files_contain(&faces[*next].bytes), "face {next} was not erased");
        }
    }
}

#[test]
fn what_a_reader_holds_in_the_log_goes_with_the_next_look_after_it() {
    let world = World::new();
    let bytes = enrolled(&world);
    let reader = Connection::open(&world.database).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM templates;").unwrap();
    let held: i64 = reader.query_row("SELECT count(*) FROM templates", [], |row| row.get(0)).unwrap();
    assert_eq!(held, 1);
    world.backend.erase_face(&AttendeeId::new("ada")).unwrap();
    assert!(world.files_contain(&bytes), "the reader still sees the state before");
    assert_eq!(purged(&world), [None], "and nobody claims otherwise");
    reader.execute_batch("COMMIT").unwrap();
    world.backend.erase_expired().unwrap();
    assert!(!world.files_contain(&bytes));
    assert_eq!(purged(&world), [Some(MORNING.0)]);
}

#[test]
fn the_name_of_a_removed_guest_and_a_forgotten_key_leave_a_log_in_use_with_the_next_look_after_it() {
    let world = World::new();
    world.backend.issue_face_tickets(&[], None).unwrap();
    let writer = Connection::open(&world.database).unwrap();
    let key: Vec<u8> = writer.query_row("SELECT secret FROM face_key", [], |row| row.get(0)).unwrap();
    let reader = Connection::open(&world.database).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM attendees;").unwrap();
    let held: i64 = reader.query_row("SELECT count(*) FROM attendees", [], |row| row.get(0)).unwrap();
    assert_eq!(held, 2);
    world.backend.remove_attendee(&AttendeeId::new("ada")).unwrap();
    world.backend.forget_face_key().unwrap();
    assert!(world.files_contain(b"Ada Lovelace") && world.files_contain(&key), "the reader sees both still");
    reader.execute_batch("COMMIT").unwrap();
    world.backend.erase_expired().unwrap();
    assert!(!world.files_contain(b"Ada Lovelace"));
    assert!(!world.files_contain(&key));
}

fn purged(world: &World) -> Vec<Option<i64>> {
    let connection = Connection::open(&world.database).unwrap();
    let mut statement = connection.prepare("SELECT purged_at FROM erasures").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_term_that_was_over_is_on_record_even_if_something_else_was_quicker() {
    let world = World::new();
    let terms = agreement(UtcMillis(MORNING.0 + 1_000));
    let ada = AttendeeId::new("ada");
    world.backend.enrol(&ada, b"face 1 0", &terms).unwrap();
    world.clock.advance(Duration::from_secs(3));
    world.backend.erase_face(&ada).unwrap();
    let report: serde_json::Value =
        serde_json::from_str(&world.backend.erasure_report(None).unwrap()).unwrap();
    let erasure = &report["report"]["erasures"][0];
    assert_eq!((erasure["reason"].as_str(), erasure["seconds_late"].as_i64()), (Some("withdrawn"), Some(2)));
}

#[test]
fn a_withdrawal_that_a_kiosk_delivers_erases_once_and_only_what_was_agreed_to_before() {
    let world = World::new();
    let bytes = enrolled(&world);
    assert_eq!(world.deliver(withdraw(1, "ada", "09:29")), CheckInVerdict::Recorded);
    assert!(world.files_contain(&bytes), "she agreed after that, at 09:30");
    assert_eq!(world.deliver(withdraw(2, "ada", "09:31")), CheckInVerdict::Recorded);
    assert!(!world.files_contain(&bytes), "and then took it back");
    let report = world.backend.erasure_report(None).unwrap();
    assert!(report.contains("withdrawn"), "{report}");
    // What she agreed to at 09:30 is withdrawn and not taken again: she agrees anew, at the kiosk.
    world.clock.advance(Duration::from_mins(2));
    world.enrol_anew("ada", &face(1).picture);
    assert_eq!(world.deliver(withdraw(2, "ada", "09:31")), CheckInVerdict::AlreadyRecorded);
    assert!(world.files_contain(&bytes), "delivering it twice changes nothing (I3)");
    assert_eq!(world.deliver(withdraw(3, "nobody", "09:31")), CheckInVerdict::Recorded, "nothing is left");
}
