//! Importing roster files.

use std::collections::BTreeSet;

use portico_protocol::AttendeeRecord;
use portico_server::{BackendError, ImportReport, RosterError, SheetFault};

use crate::support::{World, roster_file};

fn import(world: &World, file: &str) -> ImportReport {
    world.backend.import_roster(file.as_bytes()).unwrap()
}

fn everybody(world: &World) -> Vec<AttendeeRecord> {
    world.backend.attendees(None).unwrap().attendees
}

fn named(world: &World, name: &str) -> AttendeeRecord {
    everybody(world).into_iter().find(|a| a.name == name).unwrap()
}

#[test]
fn bad_rows_are_listed_by_line_and_column_and_good_rows_land() {
    let world = World::new();
    let report = import(
        &world,
        "name,company,ticket_code,phone,note,seat\n\
         Cy,Acme,CYC777,5550001,VIP,1\n\
         ,Acme,,,,2\n\
         Di,Acme,D-1,,,3\n\
         Ed,Acme,,12,,4\n\
         Fa,Acme,cyc777,,,5\n\
         Gu,Acme,ADA234,,,6\n\
         Ha,Acme,,,,7,8\n\
         Ida,Acme,,5550009,,9\n",
    );
    let bad: Vec<(u64, &str)> = report.bad_rows.iter().map(|b| (b.row, b.column.as_str())).collect();
    assert_eq!(
        bad,
        [(3, "name"), (4, "ticket_code"), (5, "phone"), (6, "ticket_code"), (8, "(whole row)")],
        "{:?}",
        report.bad_rows
    );
    assert_eq!((report.added, report.updated), (2, 1), "row 7 is Ada, known by the ticket code");
    assert_eq!(report.unknown_columns, ["seat"]);
    assert_eq!(named(&world, "Cy").note.as_deref(), Some("VIP"));
    assert_eq!(named(&world, "Gu").id, "ada");
}

#[test]
fn guests_without_a_code_get_one_each_and_keep_it() {
    let world = World::new();
    let file = roster_file("name", 300, |n| format!("Guest {n}"));
    assert_eq!(import(&world, &file).added, 300);
    let codes =
        |world: &World| -> BTreeSet<String> { everybody(world).into_iter().map(|a| a.ticket_code).collect() };
    let first = codes(&world);
    assert_eq!(first.len(), 302, "two guests with one code could not be told apart at the door");
    assert!(first.iter().all(|c| c.len() == 6 && !c.contains(['0', 'O', '1', 'I', 'L']) || c == "BOB234"));
    let again = import(&world, &file);
    assert_eq!((again.added, again.updated, again.unchanged), (0, 0, 300));
    assert_eq!(codes(&world), first, "printed tickets must stay valid");
}

#[test]
fn a_second_import_updates_those_whom_it_knows() {
    let world = World::new();
    let report = import(&world, "id,name,company\nada,Ada King,Analytical\nbo,Bo Li,\n");
    assert_eq!((report.added, report.updated, report.unchanged), (0, 1, 1));
    let ada = named(&world, "Ada King");
    assert_eq!(
        (ada.ticket_code.as_str(), ada.phone_last4),
        ("ADA234", None),
        "the file is the truth but for codes"
    );
}

#[test]
fn the_same_guest_twice_in_a_file_is_a_bad_row() {
    let world = World::new();
    let report = import(&world, "id,name,company\n,Li Wei,Acme\n,Li Wei,Acme\n,Li Wei,Other\nx1,A,\nx1,B,\n");
    let bad: Vec<(u64, &str)> = report.bad_rows.iter().map(|b| (b.row, b.column.as_str())).collect();
    assert_eq!((report.added, bad), (3, vec![(3, "name"), (6, "id")]));
}

#[test]
fn a_file_that_is_no_roster_changes_nothing() {
    let world = World::new();
    let before = everybody(&world);
    let files: [(&[u8], &str); 4] = [
        (b"", "empty"),
        (b"company,phone\nAcme,5550001\n", "no column `name`"),
        (b"name\nA\0\n", "NUL byte"),
        (b"name,phone,phone\nA,1,2\n", "two columns"),
    ];
    for (file, word) in files {
        let error = world.backend.import_roster(file).unwrap_err();
        assert!(matches!(error, BackendError::Roster(_)) && error.to_string().contains(word), "{error}");
    }
    assert_eq!(everybody(&world), before);
    let endless = std::io::repeat(b'x');
    let error = world.backend.import_roster(endless).unwrap_err();
    assert!(
        matches!(error, BackendError::Roster(RosterError::Sheet(SheetFault::TooLarge { .. }))),
        "{error}"
    );
}

#[test]
fn a_removed_guest_can_come_back() {
    let world = World::new();
    world.backend.remove_attendee(&portico_types::AttendeeId::new("ada")).unwrap();
    assert_eq!(import(&world, "id,name,ticket_code\nada,Ada Lovelace,ADA234\n").added, 1);
}
