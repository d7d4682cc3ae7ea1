//! Taking the backend's roster in without losing what happened here.

use portico_store::{MetaKey, RosterCounts, RosterPage, Settlement};
use portico_types::{Admission, UtcMillis};

use crate::support::{Place, apply, enter, guest, id, marked, number, undo_wish, wish};

#[test]
fn a_page_and_its_cursor_arrive_together() {
    let place = Place::new();
    let mut store = place.open();
    let page = RosterPage {
        attendees: vec![guest("Ada Byron")],
        removed: vec![],
        cursor: "c7".into(),
        complete: false,
    };
    store.apply_roster(&page).unwrap();
    assert_eq!(store.meta(MetaKey::RosterCursor).unwrap().as_deref(), Some("c7"));
    assert_eq!(store.attendee(&id("ada-byron")).unwrap(), Some(guest("Ada Byron")));
}

#[test]
fn a_page_that_fails_leaves_roster_and_cursor_as_they_were() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    let trigger =
        "CREATE TRIGGER fault AFTER UPDATE ON meta BEGIN SELECT RAISE(ABORT, 'injected fault'); END";
    place.back_door().execute_batch(trigger).unwrap();
    let page = RosterPage {
        attendees: vec![guest("Alan Turing")],
        removed: vec![id("ada-byron")],
        cursor: "2".into(),
        complete: false,
    };
    assert!(store.apply_roster(&page).is_err());
    assert!(store.attendee(&id("ada-byron")).unwrap().is_some());
    assert_eq!(store.attendee(&id("alan-turing")).unwrap(), None);
    assert_eq!(store.meta(MetaKey::RosterCursor).unwrap().as_deref(), Some("1"));
}

#[test]
fn an_old_row_does_not_take_back_an_entry_that_the_backend_has_not_heard_of() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    apply(&mut store, &[guest("Ada Byron")]);
    let again = store.admit(&wish(2, "ada-byron", 2_000)).unwrap().admission;
    assert!(matches!(again, Admission::AlreadyIn(_)), "{again:?}");
}

#[test]
fn an_old_row_does_not_revive_an_entry_that_was_undone_here() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    store.undo(&undo_wish(1, 2, 2_000)).unwrap();
    apply(&mut store, &[marked(guest("Ada Byron"), 1_000, "North door")]);
    enter(&mut store, 3, "ada-byron", 3_000);
}

#[test]
fn an_entry_that_was_taken_back_elsewhere_no_longer_stands_here() {
    let place = Place::new();
    let ada = guest("Ada Byron");
    let mut store = place.open_with(std::slice::from_ref(&ada));
    enter(&mut store, 1, "ada-byron", 1_000);
    store.settle(&[(number(1), Settlement::Delivered)]).unwrap();
    apply(&mut store, &[marked(ada.clone(), 1_000, "North door")]);
    apply(&mut store, &[ada]);
    assert_eq!(store.latest_check_in(&id("ada-byron")).unwrap(), None);
    enter(&mut store, 2, "ada-byron", 2_000);
}

#[test]
fn a_guest_who_left_the_roster_is_not_let_in_but_their_history_stays() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    let page = RosterPage {
        attendees: vec![],
        removed: vec![id("ada-byron"), id("alan-turing")],
        cursor: "2".into(),
        complete: false,
    };
    store.apply_roster(&page).unwrap();
    assert_eq!(store.admit(&wish(2, "alan-turing", 2_000)).unwrap().admission, Admission::NotOnRoster);
    assert_eq!(store.search("turing", 5).unwrap(), []);
    assert_eq!(store.waiting().unwrap(), 1, "what happened is still told");
    assert!(store.latest_check_in(&id("ada-byron")).unwrap().is_some());
    assert_eq!(store.waiting_entries(5).unwrap()[0].name, None);
}

#[test]
fn the_house_counts_both_kinds_of_entry_once() {
    let place = Place::new();
    let mut store = place.open_with(&[
        guest("Ada Byron"),
        guest("Alan Turing"),
        marked(guest("Emmy Noether"), 1, "South door"),
    ]);
    enter(&mut store, 1, "ada-byron", 1_000);
    apply(&mut store, &[marked(guest("Ada Byron"), 1_000, "North door")]);
    assert_eq!(store.roster_counts().unwrap(), RosterCounts { expected: 3, entered: 2 });
}

#[test]
fn another_event_begins_with_an_empty_roster_and_keeps_what_is_still_to_be_told() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    store.forget_roster().unwrap();
    assert_eq!(store.meta(MetaKey::RosterCursor).unwrap(), None);
    assert_eq!(store.roster_counts().unwrap().expected, 0);
    assert_eq!(store.search("ada", 5).unwrap(), []);
    assert_eq!(store.next_batch(5).unwrap().len(), 1);
}

#[test]
fn a_search_tells_whether_and_how_a_guest_is_in() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), marked(guest("Adam Riese"), 400, "South door")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    let found = store.search("ada", 5).unwrap();
    let seen: Vec<_> = found
        .iter()
        .map(|entry| (entry.checked_in.as_ref().map(|first| first.at), entry.live_check_in))
        .collect();
    assert_eq!(seen, [(Some(UtcMillis(1_000)), Some(number(1))), (Some(UtcMillis(400)), None)]);
}

#[test]
fn another_backends_people_and_entries_do_not_mix_with_the_new_ones() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    store.leave_backend("the old one").unwrap();
    assert_eq!((store.waiting().unwrap(), store.parked().unwrap().len()), (0, 1), "parked, never lost");
    apply(&mut store, &[guest("Ada Byron")]);
    enter(&mut store, 2, "ada-byron", 2_000);
    assert_eq!(store.waiting().unwrap(), 1, "the same id is another guest's there");
}
