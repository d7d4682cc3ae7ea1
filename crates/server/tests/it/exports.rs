//! Exports: what stands in them, and that they can be read again.

use portico_protocol::{CheckInEntry, EntryKind, ExportFormat, ResolutionRecord};
use portico_server::{BackendError, RosterOptions, Unwatched};

use crate::support::{World, check_in, entry_id, event, resolve, undo};

/// The rows of a CSV export, as cells by title.
fn exported(world: &World) -> Vec<Vec<(String, String)>> {
    let file = world.backend.export_check_ins(ExportFormat::Csv).unwrap();
    let text = String::from_utf8(file).unwrap();
    let mut csv = csv::Reader::from_reader(text.strip_prefix('\u{feff}').unwrap().as_bytes());
    let titles = csv.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        titles.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    csv.records().map(|record| row(record.unwrap())).collect()
}

fn cell<'r>(row: &'r [(String, String)], title: &str) -> &'r str {
    &row.iter().find(|(name, _)| name == title).unwrap().1
}

#[test]
fn check_ins_are_exported_with_what_became_of_them() {
    let world = World::new();
    let mut zoned = event();
    zoned.time_zone = "Asia/Shanghai".into();
    world.backend.set_event(&zoned).unwrap();
    let other = world.kiosk("Entrance right");
    world.deliver(check_in(1, "ada", "north", "09:31"));
    world.deliver_of(&other, check_in(2, "ada", "south", "09:32"));
    world.deliver(check_in(3, "bo", "north", "09:33"));
    world.deliver(undo(4, 3));
    world.deliver_of(&other, check_in(5, "bo", "south", "23:30"));

    let rows = exported(&world);
    let told: Vec<[&str; 4]> = rows
        .iter()
        .map(|row| ["name", "state", "door_time", "device"].map(|title| cell(row, title)))
        .collect();
    assert_eq!(
        told,
        [
            ["Ada Lovelace", "stands", "2026-11-21 17:31:00", "Entrance left"],
            ["Ada Lovelace", "conflict_open", "2026-11-21 17:32:00", "Entrance right"],
            ["Bo Li", "undone", "2026-11-21 17:33:00", "Entrance left"],
            ["Bo Li", "stands", "2026-11-22 07:30:00", "Entrance right"],
        ]
    );
    assert_eq!(cell(&rows[0], "door_time_utc"), "2026-11-21T09:31:00Z");
    assert_eq!((cell(&rows[0], "time_zone"), cell(&rows[0], "gate")), ("Asia/Shanghai", "North entrance"));
    assert_eq!(cell(&rows[1], "conflict_with"), entry_id(1));
    assert_eq!(cell(&rows[2], "state_reason"), "wrong person");
    assert_eq!(cell(&rows[0], "company"), "Analytical");

    world.deliver(resolve(6, 2, ResolutionRecord::Accept));
    let second = &exported(&world)[1];
    assert_eq!(
        (cell(second, "state"), cell(second, "state_reason")),
        ("conflict_accepted", "asked the guest")
    );
    world.deliver(undo(7, 1));
    let first = &exported(&world)[0];
    assert_eq!(cell(first, "state"), "undone");
}

#[test]
fn a_promoted_entry_is_exported_once() {
    let world = World::new();
    world.deliver(check_in(1, "ada", "north", "09:31"));
    world.deliver(check_in(2, "ada", "south", "09:32"));
    world.deliver(undo(3, 1));
    let rows = exported(&world);
    let told: Vec<(&str, &str)> = rows.iter().map(|row| (cell(row, "gate"), cell(row, "state"))).collect();
    assert_eq!(told, [("North entrance", "undone"), ("South entrance", "stands")]);
}

#[test]
fn no_text_of_a_guest_becomes_a_formula() {
    let world = World::new();
    let roster = "id,name,company\nevil,\"=HYPERLINK(\"\"http://a.test\"\")\",@SUM(A1)\n";
    world.backend.import_roster(roster.as_bytes()).unwrap();
    world.deliver(check_in(1, "evil", "north", "09:31"));
    let reason = EntryKind::CheckIn {
        attendee_id: "bo".into(),
        gate: "north".into(),
        method: "staff".into(),
        score: Some(0.123_456),
        reason: Some("+1 of the speaker".into()),
    };
    world.deliver(CheckInEntry {
        id: entry_id(2),
        sequence: 2,
        at: "2026-11-21T09:32:00Z".into(),
        kind: reason,
    });
    for row in exported(&world) {
        for (title, text) in &row {
            assert!(
                !text.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{title} would be evaluated: {text}"
            );
        }
    }
    assert_eq!(cell(&exported(&world)[0], "company"), "'@SUM(A1)");
    assert_eq!(cell(&exported(&world)[1], "score"), "0.123");
    let workbook = world.backend.export_check_ins(ExportFormat::Xlsx).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let sheet = std::io::read_to_string(zip.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
    assert!(!sheet.contains("<f>"), "a workbook has its text as text");
}

#[test]
fn exported_guests_can_be_imported_again() {
    let world = World::new();
    world.backend.import_roster("id,name,note,photo\n,-Bo,\"=1, \"\"2\"\"\",bo.jpg\n".as_bytes()).unwrap();
    world.deliver(check_in(1, "ada", "north", "09:31"));
    for format in [ExportFormat::Csv, ExportFormat::Xlsx] {
        let file = world.backend.export_attendees(format).unwrap();
        let report = world.backend.import_roster_as(&file, &RosterOptions::default(), &Unwatched).unwrap();
        assert_eq!(
            (report.unchanged, report.added, report.updated),
            (3, 0, 0),
            "{format:?}: {:?}",
            report.bad_rows
        );
        assert_eq!(report.unknown_columns, ["entered", "time_zone"]);
    }
}

#[test]
fn there_is_nothing_to_export_without_an_event_but_guests() {
    let world = World::without_event();
    let refused = world.backend.export_check_ins(ExportFormat::Csv);
    assert!(matches!(refused, Err(BackendError::UnknownEvent)));
    assert!(world.backend.export_attendees(ExportFormat::Csv).is_ok());
}
