//! Importing what spreadsheets write: XLSX and CSV, previewed, stopped half way, mended and imported again.

use std::sync::Mutex;

use portico_server::{BackendError, Phase, Progress, RosterOptions, Unwatched, Watch};

use crate::support::{World, roster_file, xlsx_of};

/// Stops when so many rows are written, and keeps what it was told.
struct StopsAt {
    rows: u64,
    told: Mutex<Vec<Progress>>,
}

impl StopsAt {
    fn rows(rows: u64) -> Self {
        Self { rows, told: Mutex::default() }
    }
}

impl Watch for StopsAt {
    fn progress(&self, progress: Progress) {
        self.told.lock().unwrap().push(progress);
    }

    fn is_stopped(&self) -> bool {
        let told = self.told.lock().unwrap();
        told.last().is_some_and(|last| last.phase == Phase::Writing && last.done >= self.rows)
    }
}

fn names(world: &World) -> Vec<String> {
    world.backend.attendees(None).unwrap().attendees.into_iter().map(|guest| guest.name).collect()
}

#[test]
fn a_workbook_is_imported_and_its_bad_rows_are_mended() {
    let world = World::new();
    let file = xlsx_of(&[
        &["姓名", "公司", "手机", "票码", "备注"],
        &["张伟", "北京科技", "13800138000", "4711", "=1+1"],
        &["王芳", "上海贸易", "12", "4712", ""],
        &["", "无名", "13900139000", "4713", ""],
    ]);
    let options = RosterOptions::default();
    let report = world.backend.import_roster_as(&file, &options, &Unwatched).unwrap();
    assert_eq!(report.added, 1);
    let bad: Vec<(u64, &str)> = report.bad_rows.iter().map(|bad| (bad.row, bad.column.as_str())).collect();
    assert_eq!(bad, [(3, "手机"), (4, "姓名")], "by the titles of the file: {:?}", report.bad_rows);
    let guest =
        world.backend.attendees(None).unwrap().attendees.into_iter().find(|a| a.name == "张伟").unwrap();
    assert_eq!((guest.ticket_code.as_str(), guest.phone_last4.as_deref()), ("4711", Some("8000")));
    assert_eq!(guest.note.as_deref(), Some("=1+1"), "text stays text");

    let mut bad_rows = Vec::new();
    report.write_bad_rows(&mut bad_rows).unwrap();
    let mended = String::from_utf8(bad_rows).unwrap().replace("上海贸易,12,", "上海贸易,13700137000,");
    let report = world.backend.import_roster_as(mended.as_bytes(), &options, &Unwatched).unwrap();
    assert_eq!((report.added, report.bad_rows.len()), (1, 1));
    assert!(report.unknown_columns.is_empty(), "{:?}", report.unknown_columns);
    assert!(names(&world).contains(&"王芳".to_owned()));
}

#[test]
fn a_preview_says_what_an_import_would_do_and_does_none_of_it() {
    let world = World::new();
    let before = world.backend.attendees(None).unwrap();
    let file = "id,name,ticket_code,seat\nada,Ada King,ADA234,1\nbo,Bo Li,BOB234,2\ncy,Cy,ADA234,3\n,,,4\ndi,Di,,5\n";
    let options = RosterOptions::default();
    let preview = world.backend.preview_roster(file.as_bytes(), &options, &Unwatched).unwrap();
    let report = &preview.report;
    assert_eq!((report.added, report.updated, report.unchanged), (1, 1, 1), "Di, Ada and Bo");
    assert_eq!(report.unknown_columns, ["seat"]);
    let fields: Vec<&str> = report.columns.iter().map(|column| column.field).collect();
    assert_eq!(fields, ["id", "name", "ticket_code"]);
    let bad: Vec<(u64, &str)> = report.bad_rows.iter().map(|bad| (bad.row, bad.column.as_str())).collect();
    assert_eq!(bad, [(4, "ticket_code"), (5, "name")]);
    let shown: Vec<(u64, &str)> =
        preview.first_rows.iter().map(|(row, guest)| (*row, guest.name.as_str())).collect();
    assert_eq!(shown, [(2, "Ada King"), (3, "Bo Li"), (6, "Di")]);
    assert_eq!(world.backend.attendees(None).unwrap().attendees, before.attendees);
}

#[test]
fn a_stopped_import_leaves_the_database_as_it_was() {
    let world = World::new();
    let before = world.backend.attendees(None).unwrap().attendees;
    let file = roster_file("name,company", 3_000, |n| format!("Guest {n},Acme"));
    let watch = StopsAt::rows(1_500);
    let stopped = world.backend.import_roster_as(file.as_bytes(), &RosterOptions::default(), &watch);
    assert!(matches!(stopped, Err(BackendError::Stopped)), "{stopped:?}");
    assert_eq!(world.backend.attendees(None).unwrap().attendees, before);
    let told = watch.told.into_inner().unwrap();
    assert_eq!(told.first(), Some(&Progress { phase: Phase::Reading, done: 1_000, total: None }));
    let written: Vec<u64> = told.iter().filter(|p| p.phase == Phase::Writing).map(|p| p.done).collect();
    assert_eq!(written, [0, 500, 1_000, 1_500], "and everybody who waits learns how far it is");

    let watch = StopsAt::rows(u64::MAX);
    let report = world.backend.import_roster_as(file.as_bytes(), &RosterOptions::default(), &watch).unwrap();
    assert_eq!(report.added, 3_000);
    let last = watch.told.into_inner().unwrap().pop();
    assert_eq!(last, Some(Progress { phase: Phase::Writing, done: 3_000, total: Some(3_000) }));
}

#[test]
fn hostile_files_change_nothing_and_say_why() {
    let world = World::new();
    let before = names(&world);
    let bomb = crate::support::zip_of(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/bomb.xml", &vec![b' '; 8 << 20]),
    ]);
    let nested = crate::support::zip_of(&[("[Content_Types].xml", b"<Types/>"), ("xl/inner.zip", b"PK")]);
    let broken = &xlsx_of(&[&["name"], &["Ada"]])[..400];
    for (file, word) in [
        (bomb.as_slice(), "200 times"),
        (&nested, "another archive"),
        (broken, "damaged"),
        (b"PK\x03\x04", "damaged"),
        (b"name,note\nAda,\"open\n", "line 2 is never closed"),
        (b"name,Name\nAda,Bo\n", "two columns"),
        (b"name\nAda\0\n", "NUL"),
        ("name\nZoë Weiß äöü éèê ßßß\n".as_bytes().split_last().unwrap().1.split_last().unwrap().1, "UTF-8"),
        (b"%PDF-1.7", "a PDF"),
        (b"", "empty"),
    ] {
        let refused =
            world.backend.import_roster_as(file, &RosterOptions::default(), &Unwatched).unwrap_err();
        assert!(refused.to_string().contains(word), "`{word}` is not in: {refused}");
    }
    assert_eq!(names(&world), before);
}
