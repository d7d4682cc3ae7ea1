//! Undo and correction.

use portico_store::{
    Actor, BlockedPair, CorrectOutcome, CorrectWish, OutboxBody, Settlement, Store, UndoOutcome,
};
use portico_types::{Admission, AuditAction, EntryWindow, Method, StaffId, UtcMillis};

use crate::support::{Place, apply, enter, guest, id, marked, number, undo_wish, wish};

fn correct_wish(wrong: u128, right: &str) -> CorrectWish {
    CorrectWish {
        wrong: number(wrong),
        right: id(right),
        new_id: number(100 + wrong),
        window: EntryWindow::whole_event(),
        undo_id: number(200 + wrong),
        at: UtcMillis(5_000),
        reason: "showed another passport".into(),
        actor: Actor::Staff(StaffId::FIRST),
    }
}

fn snapshot(store: &Store) -> (u64, usize, usize) {
    (store.waiting().unwrap(), store.audit_rows(99).unwrap().len(), store.blocked_pairs().unwrap().len())
}

#[test]
fn an_undone_guest_may_enter_again() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    let outcome = store.undo(&undo_wish(1, 2, 2_000)).unwrap();
    assert!(matches!(outcome, UndoOutcome::Undone(check_in) if check_in.id == number(1)));
    assert_eq!(store.latest_check_in(&id("ada-byron")).unwrap(), None);
    enter(&mut store, 3, "ada-byron", 3_000);
    let told: Vec<_> = store.next_batch(9).unwrap().into_iter().map(|entry| (entry.id, entry.body)).collect();
    assert!(matches!(
        told.as_slice(),
        [
            (_, OutboxBody::CheckIn(_)),
            (undo, OutboxBody::Undo { check_in, .. }),
            (_, OutboxBody::CheckIn(_))
        ] if *undo == number(2) && *check_in == number(1)
    ));
}

#[test]
fn an_undo_leaves_an_audit_row_that_says_who_and_why() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    store.undo(&undo_wish(1, 2, 2_000)).unwrap();
    let row = &store.audit_rows(1).unwrap()[0].note;
    assert_eq!(
        (row.action, row.actor, row.at),
        (AuditAction::Undo, Actor::Staff(StaffId::FIRST), UtcMillis(2_000))
    );
    assert_eq!(row.reason.as_deref(), Some("left again"));
    assert_eq!(row.before.as_ref().unwrap()["check_in"], number(1).to_string());
}

#[test]
fn undoing_twice_or_the_unknown_changes_nothing() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    let first = store.undo(&undo_wish(1, 2, 2_000)).unwrap();
    let before = snapshot(&store);
    assert_eq!(store.undo(&undo_wish(1, 2, 9_000)).unwrap(), first, "a repeat gets the same answer");
    assert_eq!(store.undo(&undo_wish(1, 3, 9_000)).unwrap(), UndoOutcome::AlreadyUndone);
    assert_eq!(store.undo(&undo_wish(77, 4, 9_000)).unwrap(), UndoOutcome::UnknownCheckIn);
    assert_eq!(snapshot(&store), before);
}

#[test]
fn an_undo_clears_the_mark_of_its_own_entry_only() {
    let place = Place::new();
    let (ada, alan) = (guest("Ada Byron"), guest("Alan Turing"));
    let mut store = place.open_with(&[ada.clone(), alan.clone()]);
    enter(&mut store, 1, "ada-byron", 1_000);
    enter(&mut store, 2, "alan-turing", 1_000);
    store.settle(&[(number(1), Settlement::Delivered), (number(2), Settlement::Delivered)]).unwrap();
    apply(&mut store, &[marked(ada, 1_000, "North door"), marked(alan, 400, "South door")]);
    store.undo(&undo_wish(1, 3, 2_000)).unwrap();
    store.undo(&undo_wish(2, 4, 2_000)).unwrap();
    enter(&mut store, 5, "ada-byron", 3_000);
    let again = store.admit(&wish(6, "alan-turing", 3_000)).unwrap().admission;
    assert!(
        matches!(again, Admission::AlreadyIn(first) if first.at == UtcMillis(400)),
        "he is in by the other gate"
    );
}

#[test]
fn a_correction_moves_the_entry_and_remembers_the_confusion() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    let outcome = store.correct(&correct_wish(1, "alan-turing")).unwrap();
    let CorrectOutcome::Corrected(admitted) = outcome else { panic!("{outcome:?}") };
    let Admission::Recorded(check_in) = admitted.admission else { panic!("{:?}", admitted.admission) };
    assert_eq!((check_in.id, check_in.method, check_in.score), (number(101), Method::Staff, None));
    assert_eq!(check_in.at, UtcMillis(1_000), "he came when the camera saw him, not when staff put it right");
    assert_eq!(store.latest_check_in(&id("ada-byron")).unwrap(), None);
    assert_eq!(
        store.blocked_pairs().unwrap(),
        [BlockedPair { attendee: id("ada-byron"), confused_with: id("alan-turing") }]
    );
    assert_eq!(store.waiting().unwrap(), 3);
    assert_eq!(store.audit_rows(1).unwrap()[0].note.action, AuditAction::Correct);
}

#[test]
fn a_repeated_correction_gets_the_same_answer() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    let first = store.correct(&correct_wish(1, "alan-turing")).unwrap();
    let before = snapshot(&store);
    assert_eq!(store.correct(&correct_wish(1, "alan-turing")).unwrap(), first);
    assert_eq!(snapshot(&store), before);
}

#[test]
fn a_correction_to_a_guest_who_is_in_only_takes_the_wrong_entry_back() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), marked(guest("Alan Turing"), 400, "South door")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    let outcome = store.correct(&correct_wish(1, "alan-turing")).unwrap();
    assert!(matches!(
        &outcome,
        CorrectOutcome::Corrected(admitted) if matches!(admitted.admission, Admission::AlreadyIn(_))
    ));
    assert_eq!(store.correct(&correct_wish(1, "alan-turing")).unwrap(), outcome, "and so does the repeat");
    assert_eq!(store.latest_check_in(&id("ada-byron")).unwrap(), None);
}

#[test]
fn a_correction_that_makes_no_sense_changes_nothing() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    let before = snapshot(&store);
    assert_eq!(store.correct(&correct_wish(1, "ada-byron")).unwrap(), CorrectOutcome::SameGuest);
    assert_eq!(store.correct(&correct_wish(1, "nobody")).unwrap(), CorrectOutcome::NotOnRoster);
    assert_eq!(store.correct(&correct_wish(9, "alan-turing")).unwrap(), CorrectOutcome::UnknownCheckIn);
    assert_eq!(snapshot(&store), before);
    assert!(store.latest_check_in(&id("ada-byron")).unwrap().is_some());
    store.undo(&undo_wish(1, 2, 2_000)).unwrap();
    assert_eq!(store.correct(&correct_wish(1, "alan-turing")).unwrap(), CorrectOutcome::AlreadyUndone);
}

#[test]
fn a_correction_that_fails_half_way_leaves_the_wrong_entry_standing() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    let before = snapshot(&store);
    let trigger =
        "CREATE TRIGGER fault AFTER INSERT ON audit BEGIN SELECT RAISE(ABORT, 'injected fault'); END";
    place.back_door().execute_batch(trigger).unwrap();
    assert!(store.correct(&correct_wish(1, "alan-turing")).is_err());
    assert!(store.undo(&undo_wish(1, 2, 2_000)).is_err());
    assert_eq!(snapshot(&store), before);
    assert!(store.latest_check_in(&id("ada-byron")).unwrap().is_some());
    assert_eq!(store.latest_check_in(&id("alan-turing")).unwrap(), None);
}

#[test]
fn staff_see_the_last_check_ins_with_what_became_of_them() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    enter(&mut store, 2, "alan-turing", 2_000);
    store.settle(&[(number(1), Settlement::Delivered)]).unwrap();
    store.undo(&undo_wish(2, 3, 3_000)).unwrap();
    let recent = store.recent(10).unwrap();
    let seen: Vec<_> = recent.iter().map(|e| (e.name.as_deref(), e.live, e.waiting)).collect();
    assert_eq!(seen, [(Some("Alan Turing"), false, true), (Some("Ada Byron"), true, false)], "newest first");
    assert_eq!(store.recent(1).unwrap().len(), 1);
}
