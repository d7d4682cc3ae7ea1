//! Entries that the backend refused: tried again, moved to another guest, written to a file.

use portico_store::{Actor, AmendOutcome, AmendWish, AuditNote, OutboxBody, Settlement, Store, StoreError};
use portico_types::{AuditAction, CheckIn, EntryWindow, Method, StaffId, UtcMillis};

use crate::support::{Place, enter, guest, id, marked, number, undo_wish};

fn note(action: AuditAction) -> AuditNote {
    AuditNote {
        action,
        actor: Actor::Staff(StaffId::FIRST),
        attendee: None,
        before: None,
        after: None,
        reason: Some("the backend knows better now".into()),
        at: UtcMillis(8_000),
    }
}

fn park(store: &mut Store, n: u128) {
    store.settle(&[(number(n), Settlement::Parked { reason: "not on the roster".into() })]).unwrap();
}

/// Ada's entry 1 and its undo 2 were refused; Alan's entry 3 waits.
fn refused(place: &Place) -> Store {
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing"), guest("Emmy Noether")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    store.undo(&undo_wish(1, 2, 1_500)).unwrap();
    enter(&mut store, 3, "alan-turing", 2_000);
    park(&mut store, 1);
    park(&mut store, 2);
    store
}

/// Ada's entry 1 was refused.
fn one_refused(place: &Place) -> Store {
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    park(&mut store, 1);
    store
}

fn waiting(store: &Store) -> Vec<portico_types::CheckInId> {
    store.next_batch(99).unwrap().into_iter().map(|entry| entry.id).collect()
}

fn amendment(attendee: &str) -> AmendWish {
    AmendWish {
        id: number(1),
        attendee: id(attendee),
        new_id: number(101),
        window: EntryWindow::whole_event(),
        at: UtcMillis(8_000),
        reason: "it was Alan".into(),
        actor: Actor::Staff(StaffId::FIRST),
    }
}

#[test]
fn a_retried_entry_waits_again_at_its_old_place() {
    let place = Place::new();
    let mut store = refused(&place);
    // The undo first: staff pick in any order, and the check-in must still come before it.
    let retried = store.retry_parked(&[number(2), number(1), number(77)], &note(AuditAction::Retry)).unwrap();
    assert_eq!(retried, 2);
    assert_eq!(waiting(&store), [number(1), number(2), number(3)]);
    assert_eq!(store.parked().unwrap(), []);
    let row = &store.audit_rows(1).unwrap()[0].note;
    assert_eq!(
        (row.action, row.reason.as_deref()),
        (AuditAction::Retry, Some("the backend knows better now"))
    );
    assert_eq!(row.after, Some(serde_json::json!({ "entries": [number(2), number(1)] })));
}

#[test]
fn what_is_not_parked_cannot_be_retried() {
    let place = Place::new();
    let mut store = refused(&place);
    let before = store.audit_head().unwrap();
    assert_eq!(store.retry_parked(&[number(3), number(77)], &note(AuditAction::Retry)).unwrap(), 0);
    assert_eq!(store.audit_head().unwrap(), before, "nothing was done, so nothing is noted");
}

#[test]
fn an_amended_entry_is_the_right_guests_with_the_old_door_time_and_an_id_of_its_own() {
    let place = Place::new();
    let mut store = one_refused(&place);
    let outcome = store.amend_parked(&amendment("alan-turing")).unwrap();
    let AmendOutcome::Amended(check_in) = outcome else { panic!("{outcome:?}") };
    assert_eq!((check_in.id, check_in.at, check_in.method), (number(101), UtcMillis(1_000), Method::Staff));
    assert_eq!(store.latest_check_in(&id("alan-turing")).unwrap(), Some(check_in.clone()));
    assert_eq!(store.latest_check_in(&id("ada-byron")).unwrap(), None);
    let batch = store.next_batch(9).unwrap();
    assert_eq!(batch.len(), 1);
    assert_eq!((batch[0].id, &batch[0].body), (number(101), &OutboxBody::CheckIn(check_in)));
    assert_eq!(store.parked().unwrap(), []);
    let row = &store.audit_rows(1).unwrap()[0].note;
    assert_eq!((row.action, row.reason.as_deref()), (AuditAction::Amend, Some("it was Alan")));
    assert_eq!(row.before.as_ref().unwrap()["attendee"], "ada-byron");
    assert_eq!(row.after.as_ref().unwrap()["attendee"], "alan-turing");
    enter(&mut store, 5, "ada-byron", 9_000);
}

#[test]
fn an_amendment_that_is_repeated_gets_the_same_answer() {
    let place = Place::new();
    let mut store = one_refused(&place);
    let first = store.amend_parked(&amendment("alan-turing")).unwrap();
    let before = store.audit_head().unwrap();
    assert_eq!(store.amend_parked(&amendment("alan-turing")).unwrap(), first);
    assert_eq!((store.audit_head().unwrap(), store.waiting().unwrap()), (before, 1));
    let other = store.amend_parked(&amendment("ada-byron"));
    assert!(matches!(other, Err(StoreError::IdTaken { .. })), "{other:?}");
}

#[test]
fn an_amendment_that_makes_no_sense_changes_nothing() {
    let place = Place::new();
    let mut store = one_refused(&place);
    enter(&mut store, 3, "alan-turing", 2_000);
    let before = (store.audit_head().unwrap(), store.export_rows().unwrap());
    assert_eq!(store.amend_parked(&amendment("nobody")).unwrap(), AmendOutcome::NotOnRoster);
    assert_eq!(store.amend_parked(&amendment("ada-byron")).unwrap(), AmendOutcome::SameGuest);
    let already = store.amend_parked(&amendment("alan-turing")).unwrap();
    assert!(matches!(already, AmendOutcome::AlreadyIn(first) if first.at == UtcMillis(2_000)));
    for unknown in [3, 77] {
        let wish = AmendWish { id: number(unknown), ..amendment("ada-byron") };
        assert_eq!(store.amend_parked(&wish).unwrap(), AmendOutcome::UnknownEntry, "{unknown} is not parked");
    }
    assert_eq!((store.audit_head().unwrap(), store.export_rows().unwrap()), before);
    assert!(store.latest_check_in(&id("ada-byron")).unwrap().is_some());
}

#[test]
fn an_entry_that_was_taken_back_or_is_an_undo_cannot_be_amended() {
    let place = Place::new();
    let mut store = refused(&place);
    for n in [1, 2] {
        let wish = AmendWish { id: number(n), ..amendment("emmy-noether") };
        assert_eq!(store.amend_parked(&wish).unwrap(), AmendOutcome::UnknownEntry);
    }
}

#[test]
fn an_amendment_that_fails_half_way_leaves_the_refused_entry() {
    for table in ["check_ins", "outbox", "audit"] {
        let place = Place::new();
        let mut store = one_refused(&place);
        let fault = format!(
            "CREATE TRIGGER fault AFTER INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'injected fault'); END"
        );
        place.back_door().execute_batch(&fault).unwrap();
        assert!(store.amend_parked(&amendment("alan-turing")).is_err());
        assert_eq!((store.parked().unwrap().len(), store.waiting().unwrap()), (1, 0));
        assert!(store.latest_check_in(&id("ada-byron")).unwrap().is_some());
    }
}

#[test]
fn the_export_has_everything_that_the_backend_has_not_taken_in_order() {
    let place = Place::new();
    let mut store = refused(&place);
    let rows = store.export_rows().unwrap();
    let seen: Vec<_> = rows.iter().map(|row| (row.entry.id, row.parked.is_some(), row.exported_at)).collect();
    assert_eq!(seen, [(number(1), true, None), (number(2), true, None), (number(3), false, None)]);
    assert!(matches!(&rows[0].entry.body, OutboxBody::CheckIn(CheckIn { at: UtcMillis(1_000), .. })));
    let marked =
        store.mark_exported(&[number(1), number(3), number(77)], &note(AuditAction::Export)).unwrap();
    assert_eq!(marked, 2);
    let exported: Vec<_> = store.export_rows().unwrap().iter().map(|row| row.exported_at).collect();
    assert_eq!(exported, [Some(UtcMillis(8_000)), None, Some(UtcMillis(8_000))]);
    assert_eq!(
        (waiting(&store), store.parked().unwrap().len()),
        (vec![number(3)], 2),
        "a file is no delivery"
    );
    let row = &store.audit_rows(1).unwrap()[0].note;
    assert_eq!(
        (row.action, row.after.clone()),
        (AuditAction::Export, Some(serde_json::json!({ "entries": 2 })))
    );
}

#[test]
fn an_entry_for_a_backend_that_was_left_can_be_given_to_the_present_one() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    store.leave_backend("the old one").unwrap();
    assert_eq!(store.retry_parked(&[number(1)], &note(AuditAction::Retry)).unwrap(), 1);
    crate::support::apply(&mut store, &[marked(guest("Ada Byron"), 1_000, "North door")]);
    store.settle(&[(number(1), Settlement::Delivered)]).unwrap();
    assert_eq!(store.restart_feeds().unwrap(), 1, "from now on it is one of this backend's");
}
