//! The audit's chain: what it holds, and that no change to it goes unseen.

use portico_store::{Actor, AuditNote, AuditVerdict, Store};
use portico_types::{AuditAction, StaffId, UtcMillis};
use serde_json::json;

use crate::support::{Place, id};

fn note(n: i64) -> AuditNote {
    AuditNote {
        action: AuditAction::Unlock,
        actor: Actor::Staff(StaffId::FIRST),
        attendee: (n % 2 == 0).then(|| id("ada")),
        before: Some(json!({ "n": n })),
        after: None,
        reason: Some(format!("reason {n}")),
        at: UtcMillis(n),
    }
}

fn filled(place: &Place, rows: i64) -> Store {
    let mut store = place.open();
    for n in 1..=rows {
        store.record_audit(&note(n)).unwrap();
    }
    store
}

#[test]
fn an_untouched_audit_is_intact_and_reads_as_written() {
    let place = Place::new();
    assert_eq!(place.open().verify_audit().unwrap(), AuditVerdict::Intact { head: None });
    let store = filled(&place, 5);
    let head = store.audit_head().unwrap();
    assert_eq!(head.unwrap().seq, 5);
    assert_eq!(store.verify_audit().unwrap(), AuditVerdict::Intact { head });
    let rows = store.audit_rows(2).unwrap();
    assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [5, 4], "newest first");
    assert_eq!(rows[1].note, note(4));
}

#[test]
fn rows_can_neither_be_changed_nor_removed() {
    let place = Place::new();
    let _store = filled(&place, 2);
    let back_door = place.back_door();
    assert!(back_door.execute("UPDATE audit SET reason = 'nicer'", []).is_err());
    assert!(back_door.execute("DELETE FROM audit", []).is_err());
}

#[test]
fn whoever_gets_past_the_triggers_is_found_out_at_the_first_bad_row() {
    for (tampering, expected) in [
        ("UPDATE audit SET reason = 'nicer' WHERE seq = 3", 3),
        ("UPDATE audit SET at = at + 1 WHERE seq = 1", 1),
        ("UPDATE audit SET actor = 'kiosk' WHERE seq = 5", 5),
        ("UPDATE audit SET after = before, before = NULL WHERE seq = 2", 2),
        ("UPDATE audit SET attendee = 'alan' WHERE seq = 4", 4),
        ("UPDATE audit SET member = NULL WHERE seq = 3", 3),
        ("UPDATE audit SET member = '00000000-0000-0000-0000-000000000002' WHERE seq = 4", 4),
        ("UPDATE audit SET hash = randomblob(32) WHERE seq = 2", 2),
        ("DELETE FROM audit WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = 3", 3),
        ("DELETE FROM audit WHERE seq = 5", 5),
        ("DELETE FROM audit", 1),
        (
            "INSERT INTO audit SELECT seq + 1, at, actor, action, attendee, before, after, reason, hash, member
          FROM audit WHERE seq = 5",
            6,
        ),
    ] {
        let place = Place::new();
        let store = filled(&place, 5);
        let back_door = place.back_door();
        back_door
            .execute_batch("DROP TRIGGER audit_never_changes; DROP TRIGGER audit_never_shrinks;")
            .unwrap();
        back_door.execute_batch(tampering).unwrap();
        assert_eq!(store.verify_audit().unwrap(), AuditVerdict::Broken { seq: expected }, "{tampering}");
    }
}
