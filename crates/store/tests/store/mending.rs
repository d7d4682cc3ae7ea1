//! Acts that stand in several tables: what one table lost is made good from the others after a salvage.

use std::fs;

use portico_store::{
    Actor, AmendOutcome, AmendWish, ConflictsPage, OutboxBody, ResolveWish, Settlement, Store,
};
use portico_types::{
    Conflict, ConflictEntry, ConflictState, EntryWindow, Method, Resolution, StaffId, UtcMillis,
};

use crate::support::{Place, enter, guest, id, number, undo_wish};
use crate::surviving::open_or_salvage;

const PAGE_BYTES: usize = 4_096;

/// Closes the kiosk, spoils every page of `table`, and opens what is left.
fn without(place: &Place, mut store: Store, table: &str) -> Store {
    store.checkpoint().unwrap();
    drop(store);
    let mut bytes = fs::read(place.path()).unwrap();
    {
        let back_door = place.back_door();
        let mut pages = back_door.prepare("SELECT pageno FROM dbstat WHERE name = ?1").unwrap();
        for page in pages.query_map([table], |row| row.get::<_, i64>(0)).unwrap() {
            bytes[page.unwrap() as usize * PAGE_BYTES - 2_000] ^= 1;
        }
    }
    fs::write(place.path(), bytes).unwrap();
    let (store, report) = open_or_salvage(place);
    assert!(report.unwrap().lost.contains_key(table), "{table}");
    store
}

/// Ada's entry 1 here was the second one, and staff have decided about it by entry 50.
fn decided(place: &Place, resolution: Resolution) -> Store {
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    store.settle(&[(number(1), Settlement::Delivered)]).unwrap();
    let side = |n: u128, at: i64| ConflictEntry {
        check_in: number(n),
        at: UtcMillis(at),
        gate: "South door".into(),
        method: Method::Face,
        device: "kiosk".into(),
    };
    let conflict = Conflict {
        attendee: id("ada-byron"),
        first: side(7, 400),
        second: side(1, 1_000),
        state: ConflictState::Open,
        resolved_by: None,
        resolved_at: None,
    };
    store.apply_conflicts(&ConflictsPage { conflicts: vec![conflict], cursor: "k".into() }).unwrap();
    let wish = ResolveWish {
        conflict: number(1),
        resolution,
        entry_id: number(50),
        at: UtcMillis(5_000),
        reason: "looked at both".into(),
        actor: Actor::Staff(StaffId::FIRST),
    };
    store.resolve(&wish).unwrap();
    store
}

#[test]
fn a_decision_whose_outbox_entry_is_lost_is_told_all_the_same() {
    let place = Place::new();
    let store = decided(&place, Resolution::Accept);
    let store = without(&place, store, "outbox");
    let waiting = store.next_batch(9).unwrap();
    let told = waiting.iter().find(|entry| entry.id == number(50)).unwrap();
    let expected = OutboxBody::Resolve {
        conflict: number(1),
        resolution: Resolution::Accept,
        at: UtcMillis(5_000),
        reason: "looked at both".into(),
    };
    assert_eq!(told.body, expected);
}

#[test]
fn an_entry_that_staff_decided_to_take_back_does_not_stand_again_without_its_row() {
    let place = Place::new();
    let store = decided(&place, Resolution::Undo);
    let store = without(&place, store, "check_ins");
    assert_eq!(store.latest_check_in(&id("ada-byron")).unwrap(), None);
    assert!(store.check_in(number(1)).unwrap().is_some(), "it was rebuilt");
    let ids: Vec<_> = store.next_batch(9).unwrap().into_iter().map(|entry| entry.id).collect();
    assert_eq!(ids, [number(1), number(50)], "and the decision is told once, behind it");
}

#[test]
fn an_undo_that_waits_nowhere_any_more_keeps_its_id() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    store.undo(&undo_wish(1, 2, 1_500)).unwrap();
    store.settle(&[(number(1), Settlement::Delivered), (number(2), Settlement::Delivered)]).unwrap();
    let store = without(&place, store, "check_ins");
    let told = store.next_batch(9).unwrap();
    let ids: Vec<_> = told.iter().map(|entry| entry.id).collect();
    assert_eq!(ids, [number(1), number(2)], "the backend knows it by this id");
}

#[test]
fn a_refused_entry_in_whose_place_another_one_stands_does_not_come_back() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    store.settle(&[(number(1), Settlement::Parked { reason: "not on the roster".into() })]).unwrap();
    let amended = store
        .amend_parked(&AmendWish {
            id: number(1),
            attendee: id("alan-turing"),
            new_id: number(101),
            window: EntryWindow::whole_event(),
            at: UtcMillis(8_000),
            reason: "it was Alan".into(),
            actor: Actor::Staff(StaffId::FIRST),
        })
        .unwrap();
    assert!(matches!(amended, AmendOutcome::Amended(_)));
    store.settle(&[(number(101), Settlement::Delivered)]).unwrap();
    let store = without(&place, store, "check_ins");
    assert_eq!(store.latest_check_in(&id("ada-byron")).unwrap(), None);
    assert_eq!(store.latest_check_in(&id("alan-turing")).unwrap().map(|entry| entry.id), Some(number(101)));
    let ids: Vec<_> = store.next_batch(9).unwrap().into_iter().map(|entry| entry.id).collect();
    assert_eq!(ids, [number(101)]);
}
