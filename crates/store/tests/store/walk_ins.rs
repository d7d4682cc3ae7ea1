//! Guests whom staff added at the door: in at once, told before their entry, and kept until the backend knows them.

use portico_store::{
    Actor, AdmitWish, OutboxBody, RegisterWish, RosterPage, Settlement, Store, StoreError, WipeOutcome,
    WipeWish,
};
use portico_types::{Admission, Attendee, AuditAction, Method, StaffId, UtcMillis, WalkIn};

use crate::support::{Place, apply, guest, id, number, wish};

/// Registration `n` of a guest who is called `name`, with entry `n + 1`.
fn register_wish(n: u128, name: &str) -> RegisterWish {
    let key = name.to_lowercase().replace(' ', "-");
    let walk_in = WalkIn {
        id: id(&key),
        name: name.into(),
        company: Some("Bletchley".into()),
        phone_last4: Some("4711".into()),
        note: None,
        at: UtcMillis(100),
    };
    let admit = AdmitWish {
        method: Method::Staff,
        score: None,
        reason: Some("walk_in".into()),
        actor: Actor::Staff(StaffId::FIRST),
        ..wish(n + 1, &key, 100)
    };
    RegisterWish { entry: number(n), walk_in, admit, actor: Actor::Staff(StaffId::FIRST) }
}

fn register(store: &mut Store, n: u128, name: &str) {
    let admitted = store.register(&register_wish(n, name)).unwrap();
    assert!(matches!(admitted.admission, Admission::Recorded(_)), "{admitted:?}");
}

fn waiting(store: &Store) -> Vec<u128> {
    store.next_batch(99).unwrap().into_iter().map(|entry| entry.id.0.as_u128()).collect()
}

fn deliver(store: &mut Store, ids: &[u128]) {
    let answers: Vec<_> = ids.iter().map(|n| (number(*n), Settlement::Delivered)).collect();
    store.settle(&answers).unwrap();
}

/// The roster as the backend tells it from its start to its end.
fn whole_roster(store: &mut Store, attendees: Vec<Attendee>) {
    store
        .apply_roster(&RosterPage { attendees, removed: vec![], cursor: "r".into(), complete: true })
        .unwrap();
}

fn names(store: &Store, query: &str) -> Vec<String> {
    store.search(query, 9).unwrap().into_iter().map(|entry| entry.attendee.name).collect()
}

#[test]
fn a_guest_is_in_found_and_told_in_the_right_order() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Alan Turing")]);
    register(&mut store, 10, "Joan Clarke");
    let found = store.search("clarke", 9).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].live_check_in, Some(number(11)));
    assert_eq!(store.find_ticket("").unwrap(), None, "no ticket yet is nobody's ticket");
    let told = store.next_batch(9).unwrap();
    assert_eq!(waiting(&store), [10, 11]);
    assert!(matches!(&told[0].body, OutboxBody::Register(walk_in) if walk_in.name == "Joan Clarke"));
    let audited: Vec<_> = store.audit_rows(9).unwrap().into_iter().map(|row| row.note.action).collect();
    assert_eq!(audited, [AuditAction::CheckIn, AuditAction::Register]);
    let lines = store.waiting_entries(9).unwrap();
    assert_eq!(lines[0].name.as_deref(), Some("Joan Clarke"), "staff see who it is about");
}

#[test]
fn the_same_registration_again_changes_nothing() {
    let place = Place::new();
    let mut store = place.open();
    register(&mut store, 10, "Joan Clarke");
    register(&mut store, 10, "Joan Clarke");
    assert_eq!((waiting(&store), store.audit_rows(9).unwrap().len()), (vec![10, 11], 2));
    let other = store.register(&register_wish(10, "Mavis Batey"));
    assert!(matches!(other, Err(StoreError::IdTaken { .. })), "{other:?}");
}

#[test]
fn the_backends_ticket_code_arrives_with_the_roster() {
    let place = Place::new();
    let mut store = place.open();
    register(&mut store, 10, "Joan Clarke");
    deliver(&mut store, &[10, 11]);
    apply(&mut store, &[Attendee { phone_last4: Some("4711".into()), ..guest("Joan Clarke") }]);
    assert_eq!(store.find_ticket("TJOANCLARKE").unwrap().unwrap().id, id("joan-clarke"));
    assert_eq!(names(&store, "clarke").len(), 1);
    assert_eq!(store.roster_counts().unwrap().entered, 1, "and they are still in");
}

#[test]
fn a_reading_of_the_roster_does_not_take_off_whom_the_backend_does_not_know_yet() {
    let place = Place::new();
    let mut store = place.open();
    whole_roster(&mut store, vec![guest("Alan Turing"), guest("Ada Byron")]);
    register(&mut store, 10, "Joan Clarke");
    store.reread_feeds().unwrap();
    whole_roster(&mut store, vec![guest("Alan Turing")]);
    assert_eq!(names(&store, "clarke"), ["Joan Clarke"], "she waits to be told");
    assert_eq!(names(&store, "byron"), Vec::<String>::new(), "who was not told again is gone as ever");
    deliver(&mut store, &[10, 11]);
    store.reread_feeds().unwrap();
    whole_roster(&mut store, vec![guest("Alan Turing")]);
    assert_eq!(
        names(&store, "clarke"),
        Vec::<String>::new(),
        "the backend knows of her and has taken her off"
    );
}

#[test]
fn a_backend_that_lost_a_guest_hears_of_them_again_before_their_entry() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Alan Turing")]);
    store.admit(&wish(1, "alan-turing", 50)).unwrap();
    register(&mut store, 10, "Joan Clarke");
    deliver(&mut store, &[1, 10, 11]);
    assert_eq!(store.restart_feeds().unwrap(), 3);
    assert_eq!(waiting(&store), [1, 10, 11]);
    whole_roster(&mut store, vec![guest("Alan Turing")]);
    assert_eq!(names(&store, "clarke"), ["Joan Clarke"]);
}

#[test]
fn another_backend_is_not_told_unless_staff_say_so() {
    let place = Place::new();
    let mut store = place.open();
    register(&mut store, 10, "Joan Clarke");
    store.leave_backend("another event").unwrap();
    assert_eq!(waiting(&store), Vec::<u128>::new());
    let note = portico_store::AuditNote {
        action: AuditAction::Retry,
        actor: Actor::Staff(StaffId::FIRST),
        attendee: None,
        before: None,
        after: None,
        reason: None,
        at: UtcMillis(200),
    };
    assert_eq!(store.retry_parked(&[number(10)], &note).unwrap(), 1);
    deliver(&mut store, &[10]);
    store.restart_feeds().unwrap();
    assert!(waiting(&store).contains(&10), "it is this backend's business now");
}

#[test]
fn likely_duplicates_are_found_the_likeliest_first() {
    let place = Place::new();
    let with_phone = |name: &str, last4: &str| Attendee { phone_last4: Some(last4.into()), ..guest(name) };
    let store = place.open_with(&[
        with_phone("José Álvarez", "1111"),
        with_phone("Alvarez Jose", "4711"),
        with_phone("Jose Alvarez Garcia", "4711"),
        with_phone("Maria Alvarez", "4711"),
        with_phone("Peter Stone", "4711"),
        with_phone("Paul Wood", "2222"),
    ]);
    let found = store.look_alikes("jose alvarez", Some("4711"), 9).unwrap();
    let told: Vec<_> = found
        .iter()
        .map(|other| (other.entry.attendee.name.as_str(), other.same_name, other.same_phone))
        .collect();
    let expected = [
        ("Alvarez Jose", true, true),
        ("José Álvarez", true, false),
        ("Jose Alvarez Garcia", false, true),
        ("Maria Alvarez", false, true),
    ];
    assert_eq!(told, expected, "a phone ending alone is no likeness, for many share one");
    assert_eq!(store.look_alikes("jose alvarez", Some("4711"), 1).unwrap().len(), 1);
    assert_eq!(store.look_alikes("paul wood", None, 9).unwrap().len(), 1);
    assert!(store.look_alikes("nobody", Some("4711"), 9).unwrap().is_empty());
}

#[test]
fn a_wiped_kiosk_has_forgotten_them() {
    let place = Place::new();
    let mut store = place.open();
    register(&mut store, 10, "Joan Clarke");
    deliver(&mut store, &[10, 11]);
    let wish = WipeWish { at: UtcMillis(300), reason: "over".into(), actor: Actor::Staff(StaffId::FIRST) };
    assert_eq!(store.wipe(&wish).unwrap(), WipeOutcome::Wiped);
    drop(store);
    let left: i64 =
        place.back_door().query_row("SELECT count(*) FROM walk_ins", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
}
