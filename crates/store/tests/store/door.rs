//! Outcomes by the minute, guests who needed somebody, and how the event goes in numbers.

use portico_store::{Actor, AttendWish, AuditNote, DoorNotes, KeyProtection, MetaKey, Settlement};
use portico_types::{AuditAction, FirstEntry, Method, Outcome, StaffId, StaffNotice, UtcMillis};

use crate::support::{Place, enter, guest, marked, number, undo_wish, wish};

const MINUTE: i64 = 60_000;

fn counted(at: i64, outcome: Outcome, count: u64) -> DoorNotes {
    DoorNotes { outcomes: vec![(UtcMillis(at), outcome, count)], needs: vec![] }
}

fn needed(kind: StaffNotice, at: i64) -> DoorNotes {
    DoorNotes { outcomes: vec![], needs: vec![(kind, UtcMillis(at))] }
}

#[test]
fn outcomes_add_up_by_the_minute_and_survive_a_restart() {
    let place = Place::new();
    let mut store = place.open();
    store.note_door(&counted(MINUTE + 1, Outcome::Accepted, 2)).unwrap();
    store.note_door(&counted(2 * MINUTE - 1, Outcome::Accepted, 3)).unwrap();
    store.note_door(&counted(2 * MINUTE, Outcome::Unknown, 1)).unwrap();
    drop(store);
    let store = place.open();
    let all = store.outcomes_since(UtcMillis(0)).unwrap();
    let minute = |n: i64| UtcMillis(n * MINUTE);
    assert_eq!(all, [(minute(1), Outcome::Accepted, 5), (minute(2), Outcome::Unknown, 1)]);
    assert_eq!(store.outcomes_since(UtcMillis(2 * MINUTE + 59)).unwrap(), all[1..]);
    assert_eq!(store.outcome_totals().unwrap(), [(Outcome::Accepted, 5), (Outcome::Unknown, 1)]);
}

#[test]
fn minutes_of_last_week_are_forgotten() {
    let place = Place::new();
    let mut store = place.open();
    let week = 7 * 24 * 60 * MINUTE;
    store.note_door(&counted(MINUTE, Outcome::Accepted, 1)).unwrap();
    store.note_door(&counted(MINUTE + week, Outcome::Asked, 1)).unwrap();
    assert_eq!(store.outcome_totals().unwrap().len(), 2, "a week is kept");
    store.note_door(&counted(2 * MINUTE + week, Outcome::Asked, 1)).unwrap();
    assert_eq!(store.outcome_totals().unwrap(), [(Outcome::Asked, 2)]);
}

#[test]
fn staff_work_through_what_guests_needed_and_the_audit_knows() {
    let place = Place::new();
    let mut store = place.open();
    store.note_door(&needed(StaffNotice::Called, 10)).unwrap();
    store.note_door(&needed(StaffNotice::NotFound, 20)).unwrap();
    let (open, count) = store.open_needs(9).unwrap();
    let kinds: Vec<_> = open.iter().map(|need| need.kind).collect();
    assert_eq!((kinds, count), (vec![StaffNotice::NotFound, StaffNotice::Called], 2));
    let wish = AttendWish { need: open[1].id, at: UtcMillis(30), actor: Actor::Staff(StaffId::FIRST) };
    assert!(store.attend(&wish).unwrap());
    assert!(!store.attend(&wish).unwrap(), "nobody is looked after twice");
    assert_eq!(store.open_needs(9).unwrap(), (vec![open[0]], 1));
    let rows = store.audit_rows(9).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (rows[0].note.action, rows[0].note.actor),
        (AuditAction::Attend, Actor::Staff(StaffId::FIRST))
    );
    assert_eq!(rows[0].note.before.as_ref().unwrap()["kind"], "called");
}

#[test]
fn a_list_that_nobody_works_through_does_not_grow_for_ever() {
    let place = Place::new();
    let mut store = place.open();
    let needs = (0..600).map(|at| (StaffNotice::NotFound, UtcMillis(at))).collect();
    store.note_door(&DoorNotes { outcomes: vec![], needs }).unwrap();
    let (open, count) = store.open_needs(1).unwrap();
    assert_eq!((open[0].at, count), (UtcMillis(599), 500), "the newest are kept");
}

#[test]
fn the_door_in_numbers_counts_each_guest_once_wherever_they_came_in() {
    let place = Place::new();
    let elsewhere = marked(guest("Alan Turing"), 3 * MINUTE + 5, "South door");
    let unnamed = {
        let mut guest = marked(guest("Emmy Noether"), 3 * MINUTE + 9, "");
        guest.checked_in_gate = None;
        guest
    };
    let mut store = place.open_with(&[
        guest("Ada Byron"),
        elsewhere,
        unnamed,
        guest("Grace Hopper"),
        guest("Mary Jackson"),
    ]);
    enter(&mut store, 1, "ada-byron", 4 * MINUTE + 1);
    enter(&mut store, 2, "grace-hopper", 9 * MINUTE);
    store.undo(&undo_wish(2, 3, 9 * MINUTE + 1)).unwrap();
    let by_staff =
        portico_store::AdmitWish { method: Method::Staff, ..wish(4, "mary-jackson", 9 * MINUTE + 2) };
    store.admit(&by_staff).unwrap();

    let figures = store.door_figures(UtcMillis(0)).unwrap();
    assert_eq!((figures.roster.expected, figures.roster.entered), (5, 4));
    let by_gate = [(Some("North door".to_owned()), 2), (None, 1), (Some("South door".to_owned()), 1)];
    assert_eq!(figures.by_gate, by_gate);
    assert_eq!(figures.by_method, [(Method::Face, 1), (Method::Staff, 1)]);
    let minute = |n: i64| UtcMillis(n * MINUTE);
    assert_eq!(figures.per_minute, [(minute(3), 2), (minute(4), 1), (minute(9), 1)]);
    assert_eq!(store.door_figures(minute(4)).unwrap().per_minute, [(minute(4), 1), (minute(9), 1)]);
}

#[test]
fn an_entry_that_was_kept_out_by_another_gate_is_counted_there() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 5 * MINUTE);
    let first = FirstEntry { at: UtcMillis(2 * MINUTE), gate: Some("South door".into()) };
    store.settle(&[(number(1), Settlement::Duplicate { first })]).unwrap();
    let figures = store.door_figures(UtcMillis(0)).unwrap();
    assert_eq!(figures.by_gate, [(Some("South door".to_owned()), 1)]);
    assert_eq!(figures.by_method, [], "this kiosk's entry does not stand");
}

#[test]
fn settings_change_together_with_their_audit_row() {
    let place = Place::new();
    let mut store = place.open();
    let note = AuditNote {
        action: AuditAction::Setting,
        actor: Actor::Staff(StaffId::FIRST),
        attendee: None,
        before: None,
        after: Some(serde_json::json!({ "sounds": false })),
        reason: None,
        at: UtcMillis(7),
    };
    store.change_settings(r#"{"sounds":false}"#, &note).unwrap();
    drop(store);
    let store = place.open();
    assert_eq!(store.meta(MetaKey::Settings).unwrap().as_deref(), Some(r#"{"sounds":false}"#));
    assert_eq!(store.audit_rows(9).unwrap()[0].note, note);
}

#[test]
fn diagnostics_know_what_the_database_takes_and_how_its_key_is_kept() {
    let place = Place::new();
    let store = place.open_with(&[guest("Ada Byron")]);
    let facts = store.storage_facts();
    assert_eq!(facts.database_bytes + facts.log_bytes, {
        let sizes = place
            .files()
            .into_iter()
            .filter(|(path, _)| path.ends_with("kiosk.db") || path.ends_with("kiosk.db-wal"));
        sizes.map(|(_, bytes)| bytes.len() as u64).sum::<u64>()
    });
    assert_eq!(
        (facts.schema_version, facts.key),
        (portico_store::SCHEMA_VERSION, KeyProtection::OperatingSystem)
    );
    assert_eq!(store.template_terms().unwrap().templates, 0);
    assert_eq!(store.template_terms().unwrap().first_ends_at, None);
}
