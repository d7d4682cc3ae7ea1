//! A database that version 1 of the schema made, filled in every table, opened by the present program.

use std::path::{Path, PathBuf};

use portico_types::{
    Admission, AttendeeId, AuditAction, CheckInId, EntryWindow, GateId, Method, StaffId, StaffRole,
    TemplateId, UtcMillis,
};
use rusqlite::Connection;
use tempfile::TempDir;
use uuid::Uuid;

use super::{migrate_to, version};
use crate::{
    Actor, AdmitWish, AuditVerdict, DatabaseKey, KeyError, KeyProtection, KeyProvider, MetaKey, OutboxBody,
    PinVerifier, SCHEMA_VERSION, Settlement, StaffMember, StaffOutcome, Store, StoreError, UndoWish,
};

struct TestKey;

impl KeyProvider for TestKey {
    fn key(&self) -> Result<DatabaseKey, KeyError> {
        Ok(DatabaseKey::new([7; 32]))
    }

    fn protection(&self) -> KeyProtection {
        KeyProtection::File
    }
}

fn number(n: u128) -> CheckInId {
    CheckInId(Uuid::from_u128(n))
}

fn connect(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(&TestKey.key().unwrap().pragma()).unwrap();
    connection
}

/// The rows that a kiosk of version 1 wrote: Ada entered (delivered), Alan entered and was taken back (delivered), Emmy
/// entered (waiting), Kurt's entry was refused, Grace's was taken back elsewhere; Alan was confused with Emmy.
const ROWS: &str = "
    INSERT INTO meta VALUES ('roster_cursor', 'r9'), ('templates_cursor', 't9'), ('event', '{}'),
        ('gallery_version', '4'), ('staff_pin_hash', 'hash');
    INSERT INTO attendees (id, name, company, ticket_code, ticket_key, checked_in_at, checked_in_gate) VALUES
        ('ada', 'Ada Byron', 'Engines', 'T-1', 't1', 1000, 'North door'), ('alan', 'Alan', NULL, 'T2', 't2', NULL, NULL),
        ('emmy', 'Emmy', NULL, 'T3', 't3', NULL, NULL), ('kurt', 'Kurt', NULL, 'T4', 't4', NULL, NULL),
        ('grace', 'Grace', NULL, 'T5', 't5', NULL, NULL), ('wang', '王小明', NULL, 'T6', 't6', NULL, NULL),
        ('anna', 'Anna Müller', NULL, 'T7', 't7', NULL, NULL);
    INSERT INTO search_terms SELECT 'byron', row FROM attendees WHERE id = 'ada';
    INSERT INTO search_terms SELECT '王小明', row FROM attendees WHERE id = 'wang';
    INSERT INTO search_terms SELECT 'muller', row FROM attendees WHERE id = 'anna';
    INSERT INTO templates VALUES ('face', 'ada', 'test/1', x'0000803f', '2', 'en', 7, 5000);
    INSERT INTO check_ins (id, attendee, gate, gate_name, method, at, score, reason, standing, undo_id, undone_at)
    VALUES
        ('00000000-0000-0000-0000-000000000001', 'ada', 'north', 'North door', 'face', 1000, 0.7, NULL, 'live', NULL, NULL),
        ('00000000-0000-0000-0000-000000000002', 'alan', 'north', 'North door', 'face', 2000, NULL, NULL, 'undone',
            '00000000-0000-0000-0000-000000000003', 2500),
        ('00000000-0000-0000-0000-000000000004', 'emmy', 'north', 'North door', 'staff', 3000, NULL, 'no phone', 'live',
            NULL, NULL),
        ('00000000-0000-0000-0000-000000000005', 'kurt', 'north', 'North door', 'ticket', 4000, NULL, NULL, 'live',
            NULL, NULL),
        ('00000000-0000-0000-0000-000000000006', 'grace', 'north', 'North door', 'ticket', 4500, NULL, NULL, 'revoked',
            NULL, NULL);
    INSERT INTO blocked_pairs VALUES ('alan', 'emmy');";

fn told(n: u128, attendee: &str, at: i64) -> OutboxBody {
    OutboxBody::CheckIn(portico_types::CheckIn {
        id: number(n),
        attendee: AttendeeId::new(attendee),
        gate: GateId::new("north"),
        method: Method::Ticket,
        at: UtcMillis(at),
        score: None,
        reason: None,
    })
}

/// What the audit said of the entry that was taken back.
const UNDONE: &str = r#"{"check_in":"00000000-0000-0000-0000-000000000002"}"#;

/// The seal of the first audit row as version 1 made it: the row before (none), number, time, then each text behind its
/// length.
fn old_seal() -> [u8; 32] {
    use sha2::{Digest as _, Sha256};
    let mut hash = Sha256::new_with_prefix(b"portico audit row 1");
    hash.update([0; 32]);
    hash.update(1_i64.to_be_bytes());
    hash.update(2_500_i64.to_be_bytes());
    for text in [Some("staff"), Some("undo"), Some("alan"), Some(UNDONE), None, Some("it was Emmy")] {
        hash.update([u8::from(text.is_some())]);
        if let Some(text) = text {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
    }
    hash.finalize().into()
}

fn old_database(directory: &TempDir) -> PathBuf {
    let path = directory.path().join("kiosk.db");
    let mut connection = connect(&path);
    migrate_to(&mut connection, 1).unwrap();
    assert_eq!(version(&connection).unwrap(), 1);
    connection.execute_batch(ROWS).unwrap();
    let put = "INSERT INTO outbox (seq, id, kind, attendee, body, attempts, state, parked_reason)
        VALUES (?1, ?2, 'check_in', ?3, ?4, 2, ?5, ?6)";
    for (seq, body, attendee, state, reason) in [
        (7, told(4, "emmy", 3_000), "emmy", "waiting", None),
        (8, told(5, "kurt", 4_000), "kurt", "parked", Some("cancelled")),
    ] {
        let OutboxBody::CheckIn(check_in) = &body else { unreachable!() };
        let (id, body) = (check_in.id.to_string(), serde_json::to_string(&body).unwrap());
        connection.execute(put, rusqlite::params![seq, id, attendee, body, state, reason]).unwrap();
    }
    // A later entry came and went: its number is used up.
    connection.execute_batch("UPDATE sqlite_sequence SET seq = 40 WHERE name = 'outbox'").unwrap();
    connection
        .execute(
            "INSERT INTO audit (seq, at, actor, action, attendee, before, reason, hash)
             VALUES (1, 2500, 'staff', 'undo', 'alan', ?1, 'it was Emmy', ?2)",
            rusqlite::params![UNDONE, old_seal()],
        )
        .unwrap();
    path
}

fn opened() -> (TempDir, Store) {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(&old_database(&directory), &TestKey).unwrap();
    assert_eq!(version(store.reader()).unwrap(), SCHEMA_VERSION);
    (directory, store)
}

fn enter(store: &mut Store, n: u128, attendee: &str) -> Result<Admission, StoreError> {
    let wish = AdmitWish {
        id: number(n),
        attendee: AttendeeId::new(attendee),
        gate: GateId::new("north"),
        gate_name: "North door".into(),
        method: Method::Ticket,
        at: UtcMillis(9_000),
        window: EntryWindow::whole_event(),
        score: None,
        reason: None,
        actor: Actor::Kiosk,
    };
    Ok(store.admit(&wish)?.admission)
}

#[test]
fn everything_that_an_older_kiosk_kept_is_still_there() {
    let (_directory, store) = opened();
    assert_eq!(store.meta(MetaKey::RosterCursor).unwrap().as_deref(), Some("r9"));
    assert_eq!(store.gallery_version().unwrap(), 4);
    assert_eq!(store.search("byron", 5).unwrap()[0].attendee.company.as_deref(), Some("Engines"));
    assert_eq!(store.roster_counts().unwrap().entered, 3);
    assert_eq!(store.templates(UtcMillis(0)).unwrap()[0].id, TemplateId::new("face"));
    let standing: Vec<_> = store.recent(9).unwrap().into_iter().map(|entry| entry.live).collect();
    assert_eq!(standing, [false, true, true, false, true], "from the newest to the oldest");
    let lines = store.export_rows().unwrap();
    let seen: Vec<_> =
        lines.iter().map(|line| (line.entry.seq, line.attempts, line.parked.clone())).collect();
    assert_eq!(
        seen,
        [(7, 2, None), (8, 2, Some("cancelled".into()))],
        "words without a name stay as they are"
    );
    assert_eq!(lines[0].entry.body, told(4, "emmy", 3_000));
    assert!(
        matches!(store.verify_audit().unwrap(), AuditVerdict::Intact { head: Some(head) } if head.seq == 1)
    );
    let row = &store.audit_rows(9).unwrap()[0];
    assert_eq!(
        (row.note.actor, row.note.action),
        (Actor::SomeStaff, AuditAction::Undo),
        "nobody knows who it was"
    );
    assert_eq!(store.blocked_pairs().unwrap().len(), 1);
    assert_eq!((store.open_conflicts().unwrap(), store.waiting().unwrap()), (0, 1));
}

#[test]
fn an_older_kiosks_guests_are_found_by_their_pinyin() {
    let (_directory, store) = opened();
    for query in ["wangxiaoming", "wxm", "王小明", "小明"] {
        let found = store.search(query, 5).unwrap();
        assert_eq!(found.len(), 1, "{query}");
        assert_eq!(found[0].attendee.id, AttendeeId::new("wang"));
    }
    let terms: i64 = store
        .reader()
        .query_row(
            "SELECT count(*) FROM search_terms t JOIN attendees a ON a.row = t.attendee WHERE a.id = 'ada'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(terms, 1, "the index of other guests is left alone");
}

#[test]
fn an_older_kiosks_guests_are_found_however_their_names_are_spelt() {
    let (_directory, store) = opened();
    for query in ["mueller", "muller", "Müller", "anna muel"] {
        let found = store.search(query, 5).unwrap();
        assert_eq!(found.len(), 1, "{query}");
        assert_eq!(found[0].attendee.id, AttendeeId::new("anna"));
    }
}

#[test]
fn a_kiosk_of_version_7_learns_to_find_family_names_of_two_characters() {
    let directory = tempfile::tempdir().unwrap();
    let path = old_database(&directory);
    let mut connection = connect(&path);
    migrate_to(&mut connection, 7).unwrap();
    let rows = "INSERT INTO attendees (id, name, ticket_code, ticket_key, phone_last4)
            VALUES ('ouyang', '欧阳佩娟', 'T8', 't8', '5678');
        INSERT INTO search_terms SELECT 'ouyangpeijuan', row FROM attendees WHERE id = 'ouyang';
        INSERT INTO search_terms SELECT '5678', row FROM attendees WHERE id = 'ouyang';";
    connection.execute_batch(rows).unwrap();
    drop(connection);
    let store = Store::open(&path, &TestKey).unwrap();
    assert_eq!(version(store.reader()).unwrap(), SCHEMA_VERSION);
    for query in ["ouyangpj", "ouyang pj", "ouyangpeijuan"] {
        let found = store.search(query, 5).unwrap();
        assert_eq!(found.len(), 1, "{query}");
    }
    for name in ["ouyangpj", "ouyang pj"] {
        assert_eq!(store.find_named(name, "5678").unwrap(), Some(AttendeeId::new("ouyang")), "{name}");
    }
    assert_eq!(store.search("byron", 5).unwrap().len(), 1, "other guests are found as before");
}

#[test]
fn what_was_withdrawn_at_an_older_kiosk_is_the_present_backends() {
    let directory = tempfile::tempdir().unwrap();
    let path = old_database(&directory);
    let mut connection = connect(&path);
    migrate_to(&mut connection, 6).unwrap();
    let rows = "INSERT INTO withdrawals VALUES
        ('00000000-0000-0000-0000-000000000060', 'ada', 6000, 'the guest asked', 41);";
    connection.execute_batch(rows).unwrap();
    drop(connection);
    let mut store = Store::open(&path, &TestKey).unwrap();
    assert_eq!(version(store.reader()).unwrap(), SCHEMA_VERSION);
    store.restart_feeds().unwrap();
    let told = store.next_batch(9).unwrap().into_iter().find(|entry| entry.id == number(0x60)).unwrap();
    let (attendee, reason) = (AttendeeId::new("ada"), "the guest asked".to_owned());
    assert_eq!(told.body, OutboxBody::Withdraw { attendee, at: UtcMillis(6_000), reason });
}

#[test]
fn the_one_pin_of_an_older_kiosk_is_its_first_supervisors() {
    let (_directory, mut store) = opened();
    let first = StaffMember {
        id: StaffId::FIRST,
        name: String::new(),
        role: StaffRole::Supervisor,
        pin: PinVerifier::new("hash"),
        created_at: UtcMillis(2_500),
        disabled_at: None,
    };
    assert_eq!(store.staff().unwrap(), [first]);
    let kept = "SELECT count(*) FROM meta WHERE name = 'staff_pin_hash'";
    let left: i64 = store.reader().query_row(kept, [], |row| row.get(0)).unwrap();
    assert_eq!((left, store.guesses_left().unwrap()), (0, None), "the PIN is in one place");
    let refused = store.set_staff_enabled(StaffId::FIRST, false, Actor::Kiosk, UtcMillis(3_000)).unwrap();
    assert_eq!(refused, StaffOutcome::LastSupervisor);
}

#[test]
fn an_older_kiosks_database_works_on() {
    let (_directory, mut store) = opened();
    assert!(matches!(enter(&mut store, 50, "emmy").unwrap(), Admission::AlreadyIn(_)));
    assert!(matches!(enter(&mut store, 51, "alan").unwrap(), Admission::Recorded(_)));
    assert_eq!(store.next_batch(9).unwrap()[1].seq, 41, "a number is never used twice");
    let undo = UndoWish {
        check_in: number(4),
        undo_id: number(52),
        at: UtcMillis(9_500),
        reason: "left".into(),
        actor: Actor::Staff(StaffId::FIRST),
    };
    store.undo(&undo).unwrap();
    store.settle(&[(number(4), Settlement::Delivered)]).unwrap();
    assert_eq!(store.waiting().unwrap(), 2);
}

#[test]
fn an_older_kiosk_can_tell_a_restored_backend_everything_again() {
    let (_directory, mut store) = opened();
    assert_eq!(store.restart_feeds().unwrap(), 3);
    let bodies: Vec<_> =
        store.next_batch(9).unwrap().into_iter().map(|entry| (entry.id, entry.body)).collect();
    let ids: Vec<_> = bodies.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, [number(1), number(2), number(3), number(4)], "what was delivered, then what waits");
    let reason = "it was Emmy".to_owned();
    assert_eq!(bodies[2].1, OutboxBody::Undo { check_in: number(2), at: UtcMillis(2_500), reason });
}
