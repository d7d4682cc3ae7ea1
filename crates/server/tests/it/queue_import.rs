//! Entries that reach the server in an exported file.

use std::fs;
use std::process::Stdio;

use portico_protocol::queue_file::{QueueFile, RANDOM_BYTES, seal};
use portico_protocol::{CheckInEntry, EntryKind, rfc3339};
use portico_server::{EntryName, Outcomes};

use crate::command_line::{done, program, run};
use crate::support::{MORNING, World};

const PASSPHRASE: &str = "seven plain geese";

fn id(n: i64) -> String {
    format!("0198f3a0-0000-7000-8000-{n:012}")
}

fn entry(n: i64, kind: EntryKind) -> CheckInEntry {
    CheckInEntry { id: id(n), sequence: n, at: rfc3339(MORNING), kind }
}

fn check_in(n: i64, attendee: &str) -> CheckInEntry {
    let kind = EntryKind::CheckIn {
        attendee_id: attendee.into(),
        gate: "north".into(),
        method: "ticket".into(),
        score: None,
        reason: None,
    };
    entry(n, kind)
}

fn undo(n: i64, check_in: i64) -> CheckInEntry {
    entry(n, EntryKind::Undo { check_in_id: id(check_in), reason: "wrong person".into() })
}

fn queue(device: Option<&str>, entries: Vec<CheckInEntry>) -> QueueFile {
    QueueFile {
        kiosk: "Entrance left".into(),
        device_id: device.map(str::to_owned),
        exported_at: rfc3339(MORNING),
        entries,
    }
}

#[test]
fn entries_are_kept_under_the_kiosk_that_exported_them() {
    let world = World::new();
    let story = vec![check_in(1, "ada"), undo(2, 1), check_in(3, "bo"), check_in(4, "nobody")];
    let import = world.backend.import_queue(&queue(Some(world.device.as_str()), story)).unwrap();
    assert_eq!((import.device, import.known), (world.device.clone(), true));
    let check_ins = Outcomes { recorded: 2, rejected: 1, ..Outcomes::default() };
    let undone = Outcomes { recorded: 1, ..Outcomes::default() };
    assert_eq!(import.outcomes, [(EntryName::CheckIn, check_ins), (EntryName::Undo, undone)].into());
    assert_eq!(import.rejected[0].0, id(4));
    assert_eq!(world.backend.stats().unwrap().checked_in, 1);
}

#[test]
fn importing_again_and_the_kiosks_own_delivery_change_nothing() {
    let world = World::new();
    let file = queue(Some(world.device.as_str()), vec![check_in(1, "ada"), check_in(2, "bo")]);
    world.backend.import_queue(&file).unwrap();
    let cursor = world.backend.attendees(None).unwrap().cursor;
    let again = world.backend.import_queue(&file).unwrap();
    let nothing_new = Outcomes { already_recorded: 2, ..Outcomes::default() };
    assert_eq!(again.outcomes, [(EntryName::CheckIn, nothing_new)].into());
    world.backend.record_check_ins(&world.device, &file.entries).unwrap();
    assert!(world.backend.attendees(Some(&cursor)).unwrap().attendees.is_empty(), "no row has changed");
    assert_eq!(world.backend.stats().unwrap().checked_in, 2);
}

#[test]
fn a_kiosk_of_another_server_gets_a_device_without_access_once() {
    let world = World::new();
    let before = world.backend.devices().unwrap().len();
    for device in [Some("from-elsewhere"), None, Some(" ")] {
        for _ in 0..2 {
            let import = world.backend.import_queue(&queue(device, vec![check_in(1, "ada")])).unwrap();
            assert!(!import.known);
        }
    }
    let devices = world.backend.devices().unwrap();
    assert_eq!(devices.len(), before + 2, "one by its id, one by its name");
    assert!(devices[before..].iter().all(|device| device.revoked && device.name == "Entrance left"));
}

#[test]
fn more_entries_than_one_delivery_takes_are_all_imported() {
    let world = World::new();
    let entries = (1..=1_203).map(|n| if n % 2 == 1 { check_in(n, "ada") } else { undo(n, n - 1) }).collect();
    let import = world.backend.import_queue(&queue(None, entries)).unwrap();
    let counts: Vec<usize> = import.outcomes.values().map(|o| o.recorded).collect();
    assert_eq!(counts, [602, 601]);
}

#[test]
fn an_operator_imports_a_file_with_its_passphrase() {
    let world = World::new();
    let folder = world.folder.path();
    let file = queue(Some(world.device.as_str()), vec![check_in(1, "ada"), check_in(2, "nobody")]);
    fs::write(folder.join("queue.bin"), seal(PASSPHRASE, &file, &[3; RANDOM_BYTES]).unwrap()).unwrap();
    fs::write(folder.join("right"), format!("{PASSPHRASE}\n")).unwrap();
    fs::write(folder.join("wrong"), "seven plain goats").unwrap();
    let command = "import-queue --db server.db --file queue.bin";

    let wrong = run(folder, &format!("{command} --passphrase-file wrong"));
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("passphrase is wrong"));
    assert_eq!(run(folder, command).status.code(), Some(2), "a passphrase must come from somewhere");

    let text = done(&run(folder, &format!("{command} --passphrase-file right")));
    assert!(text.contains("check-ins: 1 recorded, 0 already recorded, 0 duplicates, 1 rejected"), "{text}");
    assert!(text.contains(&format!("entry {}: rejected", id(2))), "{text}");

    fs::write(folder.join("input"), PASSPHRASE).unwrap();
    let again = program(folder)
        .args(format!("{command} --passphrase-stdin").split(' '))
        .stdin(Stdio::from(fs::File::open(folder.join("input")).unwrap()))
        .output()
        .unwrap();
    assert!(done(&again).contains("0 recorded, 1 already recorded"), "{again:?}");
}
