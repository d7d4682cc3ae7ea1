//! A large event: 100,000 guests who are all inside, 50,000 faces. Limits are several times what was measured in a debug
//! build, and a fraction of what a query takes that reads a whole table for each row.

use std::time::{Duration, Instant};

use portico_protocol::{CheckInEntry, EntryRule};
use portico_server::{RosterOptions, Unwatched};
use rusqlite::{Connection, params};

use crate::support::{HOUR_MS, MORNING, World, check_in, roster_file, xlsx_of};

const GUESTS: i64 = 100_000;
const FACES: i64 = 50_000;

/// Numbers from 1 to `?1`.
const NUMBERS: &str =
    "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1)";

/// Everybody but the last 500 is inside.
fn crowd() -> World {
    let world = World::with_rule(EntryRule::OncePerDay);
    let mut connection = Connection::open(&world.database).unwrap();
    let fill = connection.transaction().unwrap();
    let base: i64 = fill.query_row("SELECT value FROM sequence", [], |row| row.get(0)).unwrap();
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
        fill.execute(&format!("{NUMBERS} {sql}"), values).unwrap();
    };
    run(
        "INSERT INTO attendees (id, name, ticket_code, change)
         SELECT 'g' || n, 'Guest ' || n, 'T' || n, ?2 + n FROM numbers",
        params![GUESTS, base],
    );
    run(
        "INSERT INTO entries (id, device_id, sequence, received_at) SELECT 'e' || n, ?2, n, ?3 FROM numbers",
        params![GUESTS - 500, world.device.as_str(), MORNING.0],
    );
    run(
        "INSERT INTO check_ins (id, event_id, attendee_id, gate, method, at, slot)
         SELECT 'e' || n, 'rust-day', 'g' || n, 'north', 'ticket', ?2 + n, '2026-11-21' FROM numbers",
        params![GUESTS - 500, MORNING.0],
    );
    run(
        "INSERT INTO templates (id, attendee_id, model, vector, text_version, language, agreed_at, expires_at, change)
         SELECT 't' || n, 'g' || n, 'make-believe/1', x'0000803f00000000', '1', 'en', 0, ?2, ?3 + n FROM numbers",
        params![FACES, MORNING.0 + HOUR_MS, base + GUESTS],
    );
    fill.execute("UPDATE sequence SET value = ?1", [base + GUESTS + FACES]).unwrap();
    fill.commit().unwrap();
    world
}

#[expect(clippy::disallowed_methods, reason = "measures how long the real thing takes")]
#[track_caller]
fn within<T>(limit_ms: u64, what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    let took = start.elapsed();
    assert!(took < Duration::from_millis(limit_ms), "{what} took {took:?}");
    result
}

fn batch(from: u32, guest: impl Fn(u32) -> u32, at: &str) -> Vec<CheckInEntry> {
    (0..500).map(|n| check_in(from + n, &format!("g{}", guest(n)), "south", at)).collect()
}

#[test]
fn twenty_thousand_rows_are_imported_within_the_time_that_staff_wait() {
    let world = World::new();
    let options = RosterOptions::default();
    let rows: Vec<[String; 4]> = (0..20_000)
        .map(|n| {
            [format!("来宾 {n}"), format!("Company {}", n % 700), format!("138{n:08}"), format!("T{n:06}")]
        })
        .collect();
    let csv = roster_file("姓名,公司,手机,票码", rows.len(), |n| rows[n].join(","));
    let mut cells: Vec<Vec<&str>> = vec![vec!["姓名", "公司", "手机", "票码"]];
    cells.extend(rows.iter().map(|row| row.iter().map(String::as_str).collect()));
    let xlsx = xlsx_of(&cells.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let import = |file: &[u8]| world.backend.import_roster_as(file, &options, &Unwatched).unwrap();
    let first = within(10_000, "a workbook", || import(&xlsx));
    assert_eq!((first.added, first.bad_rows.len()), (20_000, 0));
    let again = within(10_000, "the same as CSV", || import(csv.as_bytes()));
    assert_eq!((again.unchanged, again.bad_rows.len()), (20_000, 0), "both say the same");
}

#[test]
fn a_large_event_is_served_without_reading_whole_tables() {
    let world = crowd();
    let record = |entries: &[CheckInEntry]| world.backend.record_check_ins(&world.device, entries).unwrap();
    let new = batch(1, |n| GUESTS as u32 - n, "09:31");
    within(250, "500 who enter", || record(&new));
    within(250, "500 delivered again", || record(&new));
    within(250, "500 who are inside already", || record(&batch(1_001, |n| n + 1, "09:40")));
    assert_eq!(world.backend.stats().unwrap().checked_in, GUESTS as u64);
    assert_eq!(world.backend.conflicts(None).unwrap().conflicts.len(), 500);

    let (mut cursor, mut guests) = (None, 0);
    loop {
        let page =
            within(1_000, "a page of the roster", || world.backend.attendees(cursor.as_deref()).unwrap());
        guests += page.attendees.len() as i64;
        cursor = Some(page.cursor);
        if !page.more {
            break;
        }
    }
    assert_eq!(guests, GUESTS + 2);
    let (mut cursor, mut faces) = (None, 0);
    loop {
        let page = within(1_000, "a page of the gallery", || {
            world.backend.templates(cursor.as_deref(), None).unwrap()
        });
        faces += page.templates.len() as i64;
        cursor = Some(page.cursor);
        if !page.more {
            break;
        }
    }
    assert_eq!(faces, FACES);
    world.set_rule(EntryRule::Reentry { other_gate_minutes: 15 });
    within(250, "500 who are at two gates at once", || record(&batch(2_001, |n| n + 1, "09:31")));
    assert_eq!(world.backend.conflicts(None).unwrap().conflicts.len(), 1_000);
    within(20_000, "another rule", || world.set_rule(EntryRule::Once));
}
