//! Guests whom staff added at a door, as their kiosks deliver them.

use portico_protocol::{AttendeeRecord, CheckInEntry, CheckInVerdict, EntryKind};
use portico_server::{EntryName, Outcomes};
use portico_types::AttendeeId;

use crate::support::{World, check_in, entry_id};

/// Spoils an entry.
type Change = fn(&mut EntryKind);

/// A client-made id of a guest.
fn newcomer(n: u32) -> String {
    format!("0198f3a0-0000-7000-9000-{n:012}")
}

fn registration(n: u32, guest: u32, name: &str) -> CheckInEntry {
    let kind = EntryKind::Register {
        attendee_id: newcomer(guest),
        name: name.into(),
        company: Some("Bletchley".into()),
        phone_last4: Some("4711".into()),
        note: None,
    };
    CheckInEntry { id: entry_id(n), sequence: i64::from(n), at: "2026-11-21T09:00:00Z".into(), kind }
}

fn changed(world: &World, change: Change) -> CheckInVerdict {
    let mut entry = registration(1, 1, "Joan Clarke");
    change(&mut entry.kind);
    deliver(world, &[entry]).remove(0)
}

fn deliver(world: &World, entries: &[CheckInEntry]) -> Vec<CheckInVerdict> {
    let outcomes = world.backend.record_check_ins(&world.device, entries).unwrap();
    outcomes.into_iter().map(|outcome| outcome.verdict).collect()
}

fn on_the_list(world: &World, id: &str) -> Option<AttendeeRecord> {
    let page = world.backend.attendees(None).unwrap();
    page.attendees.into_iter().find(|guest| guest.id == id)
}

#[test]
fn a_guest_gets_a_ticket_code_and_is_in_by_the_entry_that_follows() {
    let world = World::new();
    let before = world.backend.attendees(None).unwrap().cursor;
    let batch = [registration(1, 1, "Joan Clarke"), check_in(2, &newcomer(1), "north", "09:00")];
    assert_eq!(deliver(&world, &batch), [CheckInVerdict::Recorded, CheckInVerdict::Recorded]);
    let told = world.backend.attendees(Some(&before)).unwrap().attendees;
    assert_eq!(told.len(), 1, "every kiosk learns of the guest");
    let guest = &told[0];
    assert_eq!((guest.name.as_str(), guest.company.as_deref()), ("Joan Clarke", Some("Bletchley")));
    assert_eq!((guest.phone_last4.as_deref(), guest.ticket_code.len()), (Some("4711"), 6));
    assert!(guest.checked_in_at.is_some());

    assert_eq!(deliver(&world, &batch), [CheckInVerdict::AlreadyRecorded, CheckInVerdict::AlreadyRecorded]);
    assert_eq!(on_the_list(&world, &newcomer(1)).unwrap().ticket_code, guest.ticket_code);
}

#[test]
fn every_guest_has_a_code_of_their_own() {
    let world = World::new();
    let batch: Vec<_> = (1..=40).map(|n| registration(n, n, "Joan Clarke")).collect();
    assert!(deliver(&world, &batch).iter().all(|verdict| *verdict == CheckInVerdict::Recorded));
    let page = world.backend.attendees(None).unwrap();
    let codes: std::collections::BTreeSet<_> =
        page.attendees.iter().map(|guest| &guest.ticket_code).collect();
    assert_eq!(codes.len(), page.attendees.len());
}

#[test]
fn what_was_changed_at_the_desk_since_is_not_overwritten() {
    let world = World::new();
    deliver(&world, &[registration(1, 1, "Joan Clarke")]);
    let again = registration(2, 1, "Joan Murray");
    assert_eq!(deliver(&world, &[again]), [CheckInVerdict::Recorded], "another kiosk had it from a file");
    assert_eq!(on_the_list(&world, &newcomer(1)).unwrap().name, "Joan Clarke");
}

#[test]
fn who_was_taken_off_does_not_come_back_by_an_old_delivery() {
    let world = World::new();
    deliver(&world, &[registration(1, 1, "Joan Clarke")]);
    world.backend.remove_attendee(&AttendeeId::new(newcomer(1))).unwrap();
    let verdicts = deliver(&world, &[registration(2, 1, "Joan Clarke")]);
    assert!(matches!(&verdicts[0], CheckInVerdict::Rejected { code: Some(code), .. } if code == "taken_off"));
    assert_eq!(on_the_list(&world, &newcomer(1)), None);
}

#[test]
fn a_registration_that_makes_no_sense_is_refused_alone_and_says_why() {
    let world = World::new();
    let cases: [(&str, &str, Change); 5] = [
        ("not a UUID", "unreadable", |kind| {
            if let EntryKind::Register { attendee_id, .. } = kind {
                *attendee_id = "joan".into();
            }
        }),
        ("no name", "no_name", |kind| {
            if let EntryKind::Register { name, .. } = kind {
                *name = " ".into();
            }
        }),
        ("at most 200", "long_facts", |kind| {
            if let EntryKind::Register { name, .. } = kind {
                *name = "x".repeat(201);
            }
        }),
        ("500", "long_facts", |kind| {
            if let EntryKind::Register { note, .. } = kind {
                *note = Some("x".repeat(501));
            }
        }),
        ("4 digits", "phone_digits", |kind| {
            if let EntryKind::Register { phone_last4, .. } = kind {
                *phone_last4 = Some("01704711".into());
            }
        }),
    ];
    for (words, name, change) in cases {
        let verdict = changed(&world, change);
        assert!(
            matches!(&verdict, CheckInVerdict::Rejected { reason, code, .. }
                if reason.contains(words) && code.as_deref() == Some(name)),
            "{words}: {verdict:?}"
        );
    }
    let batch = [registration(7, 7, ""), registration(8, 8, "Mavis Batey")];
    assert_eq!(deliver(&world, &batch)[1], CheckInVerdict::Recorded, "the one behind it is not held up");
}

#[test]
fn a_file_of_a_wiped_kiosk_brings_them_too() {
    let world = World::new();
    let queue = portico_protocol::queue_file::QueueFile {
        kiosk: "Entrance left".into(),
        device_id: Some(world.device.as_str().to_owned()),
        exported_at: "2026-11-21T10:00:00Z".into(),
        entries: vec![registration(1, 1, "Joan Clarke"), check_in(2, &newcomer(1), "north", "09:00")],
    };
    let import = world.backend.import_queue(&queue).unwrap();
    let recorded = Outcomes { recorded: 1, ..Outcomes::default() };
    assert_eq!(import.outcomes[&EntryName::Register], recorded);
    assert_eq!(import.outcomes[&EntryName::CheckIn], recorded);
}
