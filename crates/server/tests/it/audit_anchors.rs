//! Where the audits of the kiosks stand, and audits that contradict themselves.

use std::io::Write;
use std::sync::{Arc, Mutex};

use portico_protocol::{AuditHeadRecord, ProblemCode};
use portico_server::{BackendError, DeviceAudit};
use serde_json::json;

use crate::command_line::{done, run};
use crate::support::{MORNING, World};

const PATH: &str = "/v1/checkins";

fn hash(digit: char) -> String {
    digit.to_string().repeat(64)
}

fn tell(world: &World, seq: i64, digit: char) {
    let head = AuditHeadRecord { seq, hash: hash(digit) };
    world.backend.record_delivery(&world.device, &[], Some(&head)).unwrap();
}

fn audit(world: &World) -> DeviceAudit {
    let mut heads = world.backend.audit_heads().unwrap();
    assert_eq!(heads.len(), 1, "one kiosk has told its head");
    heads.remove(0)
}

#[tokio::test]
async fn a_head_comes_with_a_delivery_or_alone_and_is_kept() {
    let world = World::new();
    assert!(world.backend.audit_heads().unwrap().is_empty());
    let head = json!({ "seq": 3, "hash": hash('A') });
    world.post(PATH, &json!({ "entries": [], "audit_head": head })).await.json::<serde_json::Value>();
    let kept = audit(&world);
    assert_eq!((kept.head.seq, kept.head.hash, kept.received_at), (3, [0xAA; 32], MORNING));
    assert_eq!((kept.device, kept.contradictions), (world.device.clone(), 0));
}

#[tokio::test]
async fn a_head_that_is_no_head_refuses_the_whole_delivery() {
    let world = World::new();
    for head in [
        json!({ "seq": 3, "hash": "ab" }),
        json!({ "seq": 3, "hash": "x".repeat(64) }),
        json!({ "seq": 0, "hash": hash('a') }),
    ] {
        let entry = json!({
            "id": "0198f3a0-0000-7000-8000-000000000001", "sequence": 1, "at": "2026-11-21T09:31:00Z",
            "kind": "check_in", "attendee_id": "ada", "gate": "north", "method": "ticket", "score": null, "reason": null,
        });
        let body = json!({ "entries": [entry], "audit_head": head });
        world.post(PATH, &body).await.problem(400, ProblemCode::Malformed);
    }
    assert_eq!(world.backend.stats().unwrap().checked_in, 0, "a refused delivery leaves nothing behind");
    assert!(world.backend.audit_heads().unwrap().is_empty());
}

#[test]
fn a_head_is_kept_only_together_with_its_delivery() {
    let world = World::without_event();
    let head = AuditHeadRecord { seq: 1, hash: hash('1') };
    let refused = world.backend.record_delivery(&world.device, &[], Some(&head));
    assert!(matches!(refused, Err(BackendError::UnknownEvent)));
    assert!(world.backend.audit_heads().unwrap().is_empty());
}

#[test]
fn an_audit_that_grows_is_fine_however_often_it_is_told() {
    let world = World::new();
    for (seq, digit) in [(1, '1'), (1, '1'), (2, '2'), (9, '9'), (9, '9')] {
        tell(&world, seq, digit);
    }
    let audit = audit(&world);
    assert_eq!((audit.head.seq, audit.contradictions, audit.last_contradiction_at), (9, 0, None));
}

#[test]
fn rewritten_and_vanished_rows_are_contradictions_that_stay_on_record() {
    let world = World::new();
    tell(&world, 5, '5');
    tell(&world, 5, '6');
    assert_eq!(audit(&world).contradictions, 1, "another hash of the same row");
    tell(&world, 4, '4');
    assert_eq!(audit(&world).contradictions, 2, "fewer rows than before");
    tell(&world, 4, '4');
    assert_eq!(audit(&world).contradictions, 2, "telling it again is nothing new");
    tell(&world, 5, '5');
    assert_eq!(audit(&world).contradictions, 3, "row 5 was told with another hash, too");
    tell(&world, 6, '6');
    let audit = audit(&world);
    assert_eq!((audit.head.seq, audit.contradictions), (6, 3), "growing on does not make it forgotten");
    assert_eq!(audit.last_contradiction_at, Some(MORNING));
}

#[test]
fn one_kiosk_does_not_contradict_another() {
    let world = World::new();
    let other = world.another();
    tell(&world, 5, '5');
    tell(&other, 3, '3');
    let mut audits = world.backend.audit_heads().unwrap();
    audits.sort_by_key(|audit| audit.head.seq);
    assert_eq!(audits.iter().map(|a| (a.head.seq, a.contradictions)).collect::<Vec<_>>(), [(3, 0), (5, 0)]);
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_contradiction_is_an_error_in_the_log_that_names_the_device_only() {
    let world = World::new();
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    tracing::subscriber::with_default(subscriber, || {
        tell(&world, 5, '5');
        tell(&world, 4, '4');
    });
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let errors: Vec<&str> = text.lines().filter(|line| line.contains("ERROR")).collect();
    assert_eq!(errors.len(), 1, "{text}");
    assert!(errors[0].contains(world.device.as_str()), "{text}");
    assert!(!errors[0].contains("Entrance") && !errors[0].contains("4444"), "{text}");
}

#[test]
fn the_command_line_shows_the_heads_to_people_and_to_programs() {
    let world = World::new();
    let folder = world.folder.path();
    assert!(done(&run(folder, "audit-heads --db server.db")).contains("no kiosk"));
    tell(&world, 5, '5');
    assert!(done(&run(folder, "audit-heads --db server.db")).contains("row 5, hash 555555555555, at 2026-"));
    tell(&world, 4, '4');
    assert!(done(&run(folder, "audit-heads --db server.db")).contains("1 CONTRADICTION(S)"));
    let json: serde_json::Value =
        serde_json::from_str(&done(&run(folder, "audit-heads --db server.db --json"))).unwrap();
    assert_eq!((&json[0]["seq"], &json[0]["contradictions"]), (&json!(4), &json!(1)));
    assert_eq!(json[0]["hash"], json!(hash('4')));
}
