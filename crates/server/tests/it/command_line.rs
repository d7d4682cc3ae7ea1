//! The program itself.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use portico_protocol::{ChallengePolicy, EventRecord, SpoofPolicy};

use crate::support::xlsx_of;

pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portico-server"));
    command.current_dir(folder).env_remove("RUST_LOG");
    command
}

pub fn run(folder: &Path, arguments: &str) -> Output {
    program(folder).args(arguments.split(' ')).output().unwrap()
}

#[track_caller]
pub fn done(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn an_operator_sets_an_event_up() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    done(&run(folder, "event --db data/s.db set --name Fair --time-zone UTC --accent #aa3300 --gate a=Door"));
    done(&run(folder, "event --db data/s.db set --gate a=Door --gate b=Yard --crops stay"));
    let event: EventRecord = serde_json::from_str(&done(&run(folder, "event --db data/s.db show"))).unwrap();
    assert_eq!((event.id.as_str(), event.branding.accent.as_str()), ("fair", "#aa3300"));
    assert_eq!(event.gates.len(), 2);
    assert!(!event.policy.crops_may_leave_device);
    assert_eq!(event.policy.challenge, ChallengePolicy::Off, "nobody is asked unless the event wants it");
    done(&run(folder, "event --db data/s.db set --challenge on-warning --spoof-warning ask-second-fact"));
    done(&run(folder, "event --db data/s.db set --gate a=Door --gate b=Yard"));
    let event: EventRecord = serde_json::from_str(&done(&run(folder, "event --db data/s.db show"))).unwrap();
    let rules = (event.policy.challenge, event.policy.spoof_warning);
    assert_eq!(
        rules,
        (ChallengePolicy::OnWarning, SpoofPolicy::AskSecondFact),
        "and only what is named changes"
    );
    assert_eq!(done(&run(folder, "pair-code --db data/s.db")).trim().len(), 8);
    assert!(done(&run(folder, "stats --db data/s.db")).contains("0 of 0 guests"));
}

#[test]
fn an_import_lists_bad_rows_and_succeeds_if_anybody_was_imported() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("some.csv"), "name,phone\nAda,5550001\nBo,1\n").unwrap();
    fs::write(folder.path().join("none.csv"), "name,phone\nBo,1\n").unwrap();
    fs::write(folder.path().join("bad.csv"), "who\nBo\n").unwrap();
    let some = run(folder.path(), "import --db s.db --roster some.csv");
    let text = done(&some);
    assert!(text.contains("row 3, column phone: ") && text.contains("1 added"), "{text}");
    assert!(String::from_utf8_lossy(&some.stderr).contains("skipped"));
    assert_eq!(run(folder.path(), "import --db s.db --roster none.csv").status.code(), Some(2));
    let bad = run(folder.path(), "import --db s.db --roster bad.csv");
    assert_eq!(bad.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&bad.stderr).contains("no column `name`"));
    let missing = run(folder.path(), "import --db s.db --roster missing.csv");
    assert!(String::from_utf8_lossy(&missing.stderr).contains("missing.csv"));
}

#[test]
fn an_event_has_a_logo_a_background_and_a_say_in_sounds() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let colour = image::RgbImage::from_pixel(40, 20, image::Rgb([28, 110, 90]));
    colour.save(folder.join("logo.png")).unwrap();
    colour.save(folder.join("hall.jpg")).unwrap();
    let branding = || {
        let shown = done(&run(folder, "event --db s.db show"));
        serde_json::from_str::<EventRecord>(&shown).unwrap().branding
    };
    let all = "event --db s.db set --name Fair --logo logo.png --background hall.jpg --sounds off";
    done(&run(folder, all));
    let shown = branding();
    assert!(shown.logo.as_ref().is_some_and(|logo| logo.url().starts_with("data:image/png;base64,")));
    assert!(shown.background.as_ref().is_some_and(|hall| hall.url().starts_with("data:image/jpeg;base64,")));
    assert!(shown.quiet);
    done(&run(folder, "event --db s.db set --accent #aa3300"));
    assert_eq!(branding().logo, shown.logo, "only what is named changes");
    done(&run(folder, "event --db s.db set --no-logo --sounds on"));
    let shown = branding();
    assert!(shown.logo.is_none() && shown.background.is_some() && !shown.quiet);
    fs::write(folder.join("huge.png"), vec![0; 70 * 1024]).unwrap();
    let refused = run(folder, "event --db s.db set --logo huge.png");
    let text = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && text.contains("huge.png") && text.contains("65536"), "{text}");
}

#[test]
fn a_roster_is_previewed_mended_and_handed_out_again() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let roster = "Who;Firma;Handy\nAda;Acme;5550001\nBo;Acme;12\n";
    fs::write(folder.join("guests.csv"), roster).unwrap();
    fs::write(folder.join("guests.xlsx"), xlsx_of(&[&["name"], &["Cy"]])).unwrap();
    let import = "import --db s.db --roster guests.csv --map name=Who --bad-rows bad.csv";
    let text = done(&run(folder, &format!("{import} --preview")));
    for word in ["name = column `Who`", "row 2: Ada | Acme", "row 3, column Handy", "nothing was changed"] {
        assert!(text.contains(word), "`{word}` is not in: {text}");
    }
    assert!(done(&run(folder, import)).contains("1 added"));
    let bad = fs::read_to_string(folder.join("bad.csv")).unwrap();
    fs::write(folder.join("bad.csv"), bad.replace(",12,", ",5550002,")).unwrap();
    assert!(done(&run(folder, "import --db s.db --roster bad.csv --map name=Who")).contains("1 added"));
    assert!(done(&run(folder, "import --db s.db --roster guests.xlsx")).contains("read as XLSX"));
    done(&run(folder, "event --db s.db set --name Fair --time-zone UTC"));
    done(&run(folder, "export attendees --db s.db --out all.xlsx"));
    assert!(
        done(&run(folder, "import --db s.db --roster all.xlsx")).contains("0 added, 0 updated, 3 unchanged")
    );
    done(&run(folder, "export check-ins --db s.db --format csv --out entries.csv"));
    assert!(fs::read_to_string(folder.join("entries.csv")).unwrap().contains("door_time_utc"));
}

#[test]
fn mistakes_are_answered_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, word) in [
        ("stats --db s.db", "event --db"),
        ("event --db s.db set --accent #000000", "--name"),
        ("event --db s.db set --name Fair --accent red", "#1c6e5a"),
        ("event --db s.db set --name Fair --gate north", "id=name"),
        ("revoke --db s.db nobody", "no device"),
        ("remove --db s.db nobody", "no such guest"),
        ("import --db s.db --roster x.csv --faces faces", "--models"),
        ("import --db s.db", "--roster"),
        ("import --db s.db --roster x.csv --map name", "FIELD=COLUMN"),
        ("export check-ins --db s.db --out x.csv", "event --db"),
    ] {
        let output = run(folder.path(), arguments);
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && text.contains(word), "`{arguments}` says: {text}");
    }
}

#[test]
fn a_log_for_machines_is_json_on_standard_error() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), "--log-format json stats --db s.db");
    let line = String::from_utf8(output.stderr).unwrap();
    let log: serde_json::Value = serde_json::from_str(line.lines().last().unwrap()).unwrap();
    assert_eq!(log["level"], "ERROR");
}

#[test]
fn a_served_event_can_be_reached() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = program(folder.path())
        .args(["serve", "--db", "s.db", "--models", "no-nets", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let addr = line.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("`{line}`"));
    let reached = std::net::TcpStream::connect(addr);
    child.kill().unwrap();
    child.wait().unwrap();
    reached.unwrap();
}
