//! Delivery: order, repeats, refusals.

use portico_store::{OutboxBody, Settlement};
use portico_types::{Admission, FirstEntry, Reason, UtcMillis};

use crate::support::{Place, enter, guest, id, number, undo_wish, wish};

#[test]
fn entries_come_in_the_order_in_which_they_happened_also_after_some_are_gone() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    // The id sorts against the order on purpose.
    enter(&mut store, 9, "ada-byron", 1_000);
    store.settle(&[(number(9), Settlement::Delivered)]).unwrap();
    store.undo(&undo_wish(9, 8, 2_000)).unwrap();
    enter(&mut store, 1, "alan-turing", 3_000);
    let batch = store.next_batch(10).unwrap();
    assert_eq!(batch.iter().map(|entry| entry.id).collect::<Vec<_>>(), [number(8), number(1)]);
    assert!(batch[0].seq > 1 && batch[1].seq > batch[0].seq, "numbers are never used twice");
    assert_eq!(store.next_batch(1).unwrap().len(), 1);
}

#[test]
fn a_body_comes_back_as_it_happened() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    let Admission::Recorded(check_in) = store.admit(&wish(1, "ada-byron", 1_000)).unwrap().admission else {
        panic!("she is expected")
    };
    store.undo(&undo_wish(1, 2, 2_000)).unwrap();
    let bodies: Vec<_> = store.next_batch(5).unwrap().into_iter().map(|entry| entry.body).collect();
    let undo = OutboxBody::Undo { check_in: number(1), at: UtcMillis(2_000), reason: "left again".into() };
    assert_eq!(bodies, [OutboxBody::CheckIn(check_in), undo]);
}

#[test]
fn a_delivered_entry_leaves_and_its_answer_may_come_twice() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    for _ in 0..2 {
        store.settle(&[(number(1), Settlement::Delivered)]).unwrap();
        assert_eq!(store.waiting().unwrap(), 0);
    }
    assert!(
        store.latest_check_in(&id("ada-byron")).unwrap().is_some(),
        "delivery does not take the entry back"
    );
}

#[test]
fn a_duplicate_teaches_when_and_where_the_guest_entered_first() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    let first = FirstEntry { at: UtcMillis(400), gate: Some("South door".into()) };
    store.settle(&[(number(1), Settlement::Duplicate { first: first.clone() })]).unwrap();
    assert_eq!(store.waiting().unwrap(), 0);
    let again = store.admit(&wish(2, "ada-byron", 2_000)).unwrap().admission;
    assert_eq!(again, Admission::AlreadyIn(first));
}

#[test]
fn a_refused_entry_is_set_aside_and_never_lost() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    enter(&mut store, 2, "alan-turing", 2_000);
    store.settle(&[(number(1), Settlement::Parked { reason: "ticket cancelled".into() })]).unwrap();
    assert_eq!((store.waiting().unwrap(), store.next_batch(9).unwrap().len()), (1, 1));
    drop(store);
    let parked = place.open().parked().unwrap();
    assert_eq!(parked.len(), 1);
    assert_eq!(parked[0].entry.id, number(1));
    assert_eq!(parked[0].name.as_deref(), Some("Ada Byron"));
    assert_eq!(parked[0].parked, Some("ticket cancelled".into()));
}

#[test]
fn why_an_entry_was_refused_is_kept_by_name_for_screens() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    let reason = Reason::new("long_text", &"at most 500 characters", &[("characters", &500)]);
    store.settle(&[(number(1), Settlement::Parked { reason: reason.clone() })]).unwrap();
    drop(store);
    assert_eq!(place.open().parked().unwrap()[0].parked, Some(reason));
}

#[test]
fn failed_attempts_are_counted_for_staff_to_see() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    store.count_attempt(&[number(1)]).unwrap();
    store.count_attempt(&[number(1)]).unwrap();
    let line = &store.waiting_entries(5).unwrap()[0];
    assert_eq!((line.attempts, line.name.as_deref(), &line.parked), (2, Some("Ada Byron"), &None));
}

#[test]
fn answers_that_cannot_all_be_noted_are_not_noted_at_all() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    enter(&mut store, 2, "alan-turing", 2_000);
    let trigger =
        "CREATE TRIGGER fault BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'injected fault'); END";
    place.back_door().execute_batch(trigger).unwrap();
    let answers =
        [(number(1), Settlement::Delivered), (number(2), Settlement::Parked { reason: "cancelled".into() })];
    assert!(store.settle(&answers).is_err());
    assert_eq!(store.waiting().unwrap(), 2);
}
