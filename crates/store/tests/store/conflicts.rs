//! Guests who were let in twice: what the backend tells, what staff decide, and which entry stands.

use portico_store::{
    Actor, ConflictsPage, MetaKey, OutboxBody, ResolveOutcome, ResolveWish, Settlement, Store, UndoOutcome,
};
use portico_types::{
    Admission, AuditAction, Conflict, ConflictEntry, ConflictState, FirstEntry, Method, Resolution, StaffId,
    UtcMillis,
};

use crate::support::{Place, apply, enter, guest, id, marked, number, undo_wish, wish};

/// The entries of these tests: 1 is made here, 2 at the South door.
const HERE: u128 = 1;
const SOUTH: u128 = 2;

fn entry(n: u128, at: i64, gate: &str) -> ConflictEntry {
    let device = format!("kiosk of {gate}");
    ConflictEntry { check_in: number(n), at: UtcMillis(at), gate: gate.into(), method: Method::Face, device }
}

fn conflict(first: ConflictEntry, second: ConflictEntry, state: ConflictState) -> Conflict {
    let resolved = state != ConflictState::Open;
    Conflict {
        attendee: id("ada-byron"),
        first,
        second,
        state,
        resolved_by: resolved.then(|| "kiosk of South door".to_owned()),
        resolved_at: resolved.then_some(UtcMillis(9_000)),
    }
}

/// Ada entered at the South door at 400 and here at 1,000.
fn second_here(state: ConflictState) -> Conflict {
    conflict(entry(SOUTH, 400, "South door"), entry(HERE, 1_000, "North door"), state)
}

/// Ada entered here at 1,000 and at the South door at 1,400.
fn first_here(state: ConflictState) -> Conflict {
    conflict(entry(HERE, 1_000, "North door"), entry(SOUTH, 1_400, "South door"), state)
}

fn tell(store: &mut Store, conflict: Conflict) {
    store.apply_conflicts(&ConflictsPage { conflicts: vec![conflict], cursor: "k".into() }).unwrap();
}

fn south() -> FirstEntry {
    FirstEntry { at: UtcMillis(400), gate: Some("South door".into()) }
}

/// Ada's entry here was answered as a duplicate, and the conflict is told.
fn store_with_second_here(place: &Place) -> Store {
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, HERE, "ada-byron", 1_000);
    store.settle(&[(number(HERE), Settlement::Duplicate { first: south() })]).unwrap();
    tell(&mut store, second_here(ConflictState::Open));
    store
}

/// Ada's entry here was delivered and marked; the South door's came later.
fn store_with_first_here(place: &Place) -> Store {
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, HERE, "ada-byron", 1_000);
    store.settle(&[(number(HERE), Settlement::Delivered)]).unwrap();
    apply(&mut store, &[marked(guest("Ada Byron"), 1_000, "North door")]);
    tell(&mut store, first_here(ConflictState::Open));
    store
}

fn decision(conflict: u128, resolution: Resolution) -> ResolveWish {
    ResolveWish {
        conflict: number(conflict),
        resolution,
        entry_id: number(50),
        at: UtcMillis(5_000),
        reason: "looked at both".into(),
        actor: Actor::Staff(StaffId::FIRST),
    }
}

fn stands(store: &Store) -> bool {
    store.latest_check_in(&id("ada-byron")).unwrap().is_some()
}

#[track_caller]
fn is_in_since(store: &mut Store, at: i64) {
    let admission = store.admit(&wish(99, "ada-byron", 7_000)).unwrap().admission;
    assert!(matches!(&admission, Admission::AlreadyIn(first) if first.at == UtcMillis(at)), "{admission:?}");
}

fn state(store: &Store) -> ConflictState {
    store.conflicts(1).unwrap()[0].conflict.state
}

#[test]
fn the_second_entry_does_not_stand_and_the_guest_is_in_by_the_first() {
    let place = Place::new();
    let mut store = store_with_second_here(&place);
    assert!(!stands(&store), "one entry stands, and it is not this one");
    is_in_since(&mut store, 400);
    assert_eq!(store.roster_counts().unwrap().entered, 1);
    let recent = &store.recent(1).unwrap()[0];
    assert_eq!((recent.live, recent.second), (false, true));
    assert_eq!(store.search("ada", 1).unwrap()[0].live_check_in, None);
}

#[test]
fn a_conflict_that_is_told_before_the_answer_arrives_says_the_same() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, HERE, "ada-byron", 1_000);
    tell(&mut store, second_here(ConflictState::Open));
    assert!(!stands(&store));
    is_in_since(&mut store, 400);
    assert_eq!(store.waiting().unwrap(), 1, "the entry is delivered all the same");
}

#[test]
fn a_late_answer_does_not_hide_a_newer_mark() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, HERE, "ada-byron", 1_000);
    apply(&mut store, &[marked(guest("Ada Byron"), 3_000, "West door")]);
    store.settle(&[(number(HERE), Settlement::Duplicate { first: south() })]).unwrap();
    is_in_since(&mut store, 3_000);
}

#[test]
fn open_conflicts_come_first_and_the_newest_of_them_before_the_others() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, HERE, "ada-byron", 1_000);
    let elsewhere = |n, at, state| conflict(entry(80, 100, "South door"), entry(n, at, "West door"), state);
    let page = ConflictsPage {
        conflicts: vec![
            second_here(ConflictState::Open),
            elsewhere(70, 9_000, ConflictState::Accepted),
            elsewhere(71, 2_000, ConflictState::Open),
        ],
        cursor: "k7".into(),
    };
    store.apply_conflicts(&page).unwrap();
    let lines = store.conflicts(9).unwrap();
    let seen: Vec<_> = lines.iter().map(|line| (line.conflict.id(), line.mine)).collect();
    assert_eq!(seen, [(number(71), false), (number(HERE), true), (number(70), false)]);
    assert_eq!(lines[0].name.as_deref(), Some("Ada Byron"));
    assert_eq!(lines[2].conflict, page.conflicts[1], "a conflict comes back as it was told");
    assert_eq!((store.open_conflicts().unwrap(), store.conflicts(2).unwrap().len()), (2, 2));
    assert_eq!(store.meta(MetaKey::ConflictsCursor).unwrap().as_deref(), Some("k7"));
}

#[test]
fn a_conflict_that_changes_is_still_one() {
    let place = Place::new();
    let mut store = store_with_second_here(&place);
    tell(&mut store, second_here(ConflictState::Accepted));
    assert_eq!((store.conflicts(9).unwrap().len(), store.open_conflicts().unwrap()), (1, 0));
    assert!(!stands(&store), "both were this guest, and the first one stands");
    is_in_since(&mut store, 400);
}

#[test]
fn accepting_is_told_to_the_backend_and_to_the_audit() {
    let place = Place::new();
    let mut store = store_with_second_here(&place);
    assert_eq!(store.resolve(&decision(HERE, Resolution::Accept)).unwrap(), ResolveOutcome::Resolved);
    let line = &store.conflicts(9).unwrap()[0];
    assert_eq!((line.conflict.state, line.decided_here_waiting), (ConflictState::Accepted, true));
    let told = store.next_batch(9).unwrap();
    let body = OutboxBody::Resolve {
        conflict: number(HERE),
        resolution: Resolution::Accept,
        at: UtcMillis(5_000),
        reason: "looked at both".into(),
    };
    assert_eq!((told[0].id, &told[0].body), (number(50), &body));
    assert_eq!(store.waiting_entries(9).unwrap()[0].name.as_deref(), Some("Ada Byron"));
    let note = &store.audit_rows(1).unwrap()[0].note;
    assert_eq!((note.action, note.reason.as_deref()), (AuditAction::Resolve, Some("looked at both")));
    assert_eq!(note.before.as_ref().unwrap()["state"], "open");
    assert_eq!(note.after.as_ref().unwrap()["state"], "accepted");
    store.settle(&[(number(50), Settlement::Delivered)]).unwrap();
    assert!(!store.conflicts(9).unwrap()[0].decided_here_waiting);
    is_in_since(&mut store, 400);
}

#[test]
fn undoing_the_own_second_entry_takes_it_back_here_too() {
    let place = Place::new();
    let mut store = store_with_second_here(&place);
    store.resolve(&decision(HERE, Resolution::Undo)).unwrap();
    assert_eq!(state(&store), ConflictState::Undone);
    assert_eq!(store.undo(&undo_wish(HERE, 60, 6_000)).unwrap(), UndoOutcome::AlreadyUndone);
    is_in_since(&mut store, 400);
    assert_eq!(store.waiting().unwrap(), 1, "one decision, told once");
}

#[test]
fn deciding_twice_changes_nothing() {
    let place = Place::new();
    let mut store = store_with_second_here(&place);
    let wish = decision(HERE, Resolution::Accept);
    store.resolve(&wish).unwrap();
    let snapshot = |store: &Store| (store.waiting().unwrap(), store.audit_head().unwrap());
    let before = snapshot(&store);
    assert_eq!(store.resolve(&wish).unwrap(), ResolveOutcome::Resolved, "a repeat gets the same answer");
    let other = ResolveWish { entry_id: number(51), ..decision(HERE, Resolution::Undo) };
    assert_eq!(store.resolve(&other).unwrap(), ResolveOutcome::AlreadyResolved);
    let unknown = ResolveWish { conflict: number(77), ..other };
    assert_eq!(store.resolve(&unknown).unwrap(), ResolveOutcome::UnknownConflict);
    assert_eq!(snapshot(&store), before);
}

#[test]
fn a_decision_that_waits_is_not_overwritten_by_an_older_open() {
    let place = Place::new();
    let mut store = store_with_second_here(&place);
    store.resolve(&decision(HERE, Resolution::Undo)).unwrap();
    tell(&mut store, second_here(ConflictState::Open));
    assert_eq!(state(&store), ConflictState::Undone);
    store.settle(&[(number(50), Settlement::Delivered)]).unwrap();
    tell(&mut store, second_here(ConflictState::Undone));
    let line = &store.conflicts(9).unwrap()[0];
    assert_eq!(line.conflict.resolved_by.as_deref(), Some("kiosk of South door"), "now the backend's word");
}

#[test]
fn a_decision_that_the_backend_refuses_leaves_the_conflict_open() {
    let place = Place::new();
    let mut store = store_with_second_here(&place);
    store.resolve(&decision(HERE, Resolution::Accept)).unwrap();
    store.settle(&[(number(50), Settlement::Parked { reason: "no such conflict".into() })]).unwrap();
    assert_eq!((store.open_conflicts().unwrap(), store.parked().unwrap().len()), (1, 1));
    let again = ResolveWish { entry_id: number(51), ..decision(HERE, Resolution::Accept) };
    assert_eq!(store.resolve(&again).unwrap(), ResolveOutcome::Resolved);
}

#[test]
fn a_second_entry_that_was_undone_elsewhere_no_longer_counts() {
    let place = Place::new();
    let mut store = store_with_second_here(&place);
    tell(&mut store, second_here(ConflictState::Undone));
    let recent = &store.recent(1).unwrap()[0];
    assert_eq!((recent.live, recent.second), (false, false));
    is_in_since(&mut store, 400);
}

#[test]
fn a_promoted_entry_stands() {
    let place = Place::new();
    let mut store = store_with_second_here(&place);
    tell(&mut store, second_here(ConflictState::Promoted));
    assert!(stands(&store));
    is_in_since(&mut store, 1_000);
    assert!(matches!(store.undo(&undo_wish(HERE, 60, 6_000)).unwrap(), UndoOutcome::Undone(_)));
    assert_eq!(state(&store), ConflictState::Undone, "also a promoted entry can be taken back");
    enter(&mut store, 61, "ada-byron", 7_000);
}

#[test]
fn a_repeated_answer_does_not_demote_an_entry_that_was_promoted_meanwhile() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, HERE, "ada-byron", 1_000);
    // The answer to the delivery was lost; the first entry was taken back before the next one.
    tell(&mut store, second_here(ConflictState::Promoted));
    store.settle(&[(number(HERE), Settlement::Duplicate { first: south() })]).unwrap();
    assert!(stands(&store));
    assert_eq!(store.waiting().unwrap(), 0);
    is_in_since(&mut store, 1_000);
}

#[test]
fn an_own_first_entry_that_was_taken_back_elsewhere_no_longer_stands() {
    let place = Place::new();
    let mut store = store_with_first_here(&place);
    assert!(stands(&store));
    tell(&mut store, first_here(ConflictState::Promoted));
    assert!(!stands(&store));
    is_in_since(&mut store, 1_400);
}

#[test]
fn undoing_the_first_entry_here_lets_the_second_stand_at_once() {
    let place = Place::new();
    let mut store = store_with_first_here(&place);
    store.undo(&undo_wish(HERE, 60, 6_000)).unwrap();
    let line = &store.conflicts(9).unwrap()[0];
    assert_eq!((line.conflict.state, line.decided_here_waiting), (ConflictState::Promoted, true));
    assert!(!stands(&store));
    is_in_since(&mut store, 1_400);
    tell(&mut store, first_here(ConflictState::Open));
    assert_eq!(state(&store), ConflictState::Promoted, "the backend has not heard of the undo yet");
}

#[test]
fn undoing_the_second_entry_by_hand_ends_its_conflict() {
    let place = Place::new();
    let mut store = store_with_second_here(&place);
    assert!(matches!(store.undo(&undo_wish(HERE, 60, 6_000)).unwrap(), UndoOutcome::Undone(_)));
    assert_eq!((state(&store), store.open_conflicts().unwrap()), (ConflictState::Undone, 0));
    is_in_since(&mut store, 400);
}

#[test]
fn an_undone_entry_is_not_raised_by_an_older_promotion() {
    let place = Place::new();
    let mut store = store_with_second_here(&place);
    store.undo(&undo_wish(HERE, 60, 6_000)).unwrap();
    tell(&mut store, second_here(ConflictState::Promoted));
    assert!(!stands(&store), "staff said that it was not this guest");
}

#[test]
fn a_page_that_fails_half_way_leaves_everything_as_it_was() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, HERE, "ada-byron", 1_000);
    let fault = "CREATE TRIGGER fault BEFORE INSERT ON meta BEGIN SELECT RAISE(ABORT, 'injected fault'); END";
    place.back_door().execute_batch(fault).unwrap();
    let page = ConflictsPage { conflicts: vec![second_here(ConflictState::Open)], cursor: "k".into() };
    assert!(store.apply_conflicts(&page).is_err());
    assert_eq!(store.open_conflicts().unwrap(), 0);
    assert!(stands(&store));
}

#[test]
fn a_decision_that_fails_half_way_decides_nothing() {
    for table in ["outbox", "audit"] {
        let place = Place::new();
        let mut store = store_with_second_here(&place);
        let fault = format!(
            "CREATE TRIGGER fault AFTER INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'injected fault'); END"
        );
        place.back_door().execute_batch(&fault).unwrap();
        assert!(store.resolve(&decision(HERE, Resolution::Undo)).is_err());
        assert_eq!((store.open_conflicts().unwrap(), store.waiting().unwrap()), (1, 0));
        assert!(store.recent(1).unwrap()[0].second, "the entry is as it was");
    }
}

#[test]
fn another_event_and_another_backend_know_nothing_of_old_conflicts() {
    for leave in [false, true] {
        let place = Place::new();
        let mut store = store_with_second_here(&place);
        if leave {
            store.leave_backend("the old one").unwrap();
        } else {
            store.forget_roster().unwrap();
        }
        assert_eq!(store.conflicts(9).unwrap(), []);
        assert_eq!(store.meta(MetaKey::ConflictsCursor).unwrap(), None);
    }
}
