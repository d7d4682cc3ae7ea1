//! A backend that lost something: it is read from the start and hears everything again, and the kiosk works on.

use portico_store::{
    Actor, ConflictsPage, MetaKey, OutboxBody, ResolveWish, RosterPage, Settlement, Store, TemplatesPage,
};
use portico_types::{
    Admission, Attendee, Conflict, ConflictEntry, ConflictState, Consent, Embedding, FirstEntry, Method,
    ModelId, Resolution, StaffId, Template, TemplateId, UtcMillis,
};

use crate::support::{Place, apply, enter, guest, id, marked, number, undo_wish, wish};

fn roster(store: &mut Store, attendees: Vec<Attendee>, complete: bool) {
    store.apply_roster(&RosterPage { attendees, removed: vec![], cursor: "r".into(), complete }).unwrap();
}

fn template(name: &str, attendee: &str) -> Template {
    Template {
        id: TemplateId::new(name),
        attendee: id(attendee),
        model: ModelId("test/1".into()),
        embedding: Embedding::normalised(vec![0.6, 0.0, 0.8]).unwrap(),
        consent: Consent { text_version: "2".into(), language: "en".into(), agreed_at: UtcMillis(7) },
        expires_at: UtcMillis(99_000),
    }
}

fn gallery(store: &mut Store, templates: Vec<Template>, complete: bool) -> bool {
    store
        .apply_templates(&TemplatesPage { templates, removed: vec![], cursor: "t".into(), complete })
        .unwrap()
}

fn faces(store: &Store) -> Vec<String> {
    store.templates(UtcMillis(0)).unwrap().into_iter().map(|template| template.id.to_string()).collect()
}

fn expected(store: &Store) -> u64 {
    store.roster_counts().unwrap().expected
}

fn deliver(store: &mut Store, ids: &[u128]) {
    let answers: Vec<_> = ids.iter().map(|n| (number(*n), Settlement::Delivered)).collect();
    store.settle(&answers).unwrap();
}

fn park(store: &mut Store, n: u128, reason: &str) {
    store.settle(&[(number(n), Settlement::Parked { reason: reason.into() })]).unwrap();
}

fn waiting(store: &Store) -> Vec<u128> {
    store.next_batch(99).unwrap().into_iter().map(|entry| entry.id.0.as_u128()).collect()
}

#[test]
fn the_roster_stays_until_it_has_been_read_completely() {
    let place = Place::new();
    let mut store = place.open();
    roster(&mut store, vec![guest("Ada Byron"), guest("Alan Turing"), guest("Emmy Noether")], true);
    gallery(&mut store, vec![template("a", "ada-byron"), template("b", "alan-turing")], true);
    store.restart_feeds().unwrap();
    for key in [MetaKey::RosterCursor, MetaKey::TemplatesCursor, MetaKey::ConflictsCursor] {
        assert_eq!(store.meta(key).unwrap(), None, "{key:?}");
    }
    roster(&mut store, vec![guest("Ada Byron")], false);
    assert_eq!(expected(&store), 3, "guests keep coming while the roster is read");
    let version = store.gallery_version().unwrap();
    roster(&mut store, vec![Attendee { company: Some("new".into()), ..guest("Emmy Noether") }], true);
    assert_eq!(expected(&store), 2);
    assert_eq!(store.search("turing", 9).unwrap(), []);
    assert_eq!(faces(&store), ["a"], "the face goes with the guest");
    assert!(store.gallery_version().unwrap() > version);
}

#[test]
fn a_template_that_is_not_told_again_is_gone_at_the_end() {
    let place = Place::new();
    let mut store = place.open();
    gallery(&mut store, vec![template("a", "ada"), template("b", "alan"), template("c", "emmy")], true);
    store.restart_feeds().unwrap();
    assert!(!gallery(&mut store, vec![template("a", "ada")], false));
    assert_eq!(faces(&store), ["a", "b", "c"]);
    assert!(gallery(&mut store, vec![template("c", "emmy")], true), "the page does not name what is gone");
    assert_eq!(faces(&store), ["a", "c"]);
    assert!(!gallery(&mut store, vec![], true), "the reading ended, and later pages are changes again");
    assert_eq!(faces(&store), ["a", "c"]);
}

#[test]
fn an_ordinary_page_removes_nobody() {
    let place = Place::new();
    let mut store = place.open();
    roster(&mut store, vec![guest("Ada Byron")], true);
    roster(&mut store, vec![guest("Alan Turing")], true);
    assert_eq!(expected(&store), 2);
    store.restart_feeds().unwrap();
    roster(&mut store, vec![guest("Ada Byron"), guest("Alan Turing")], true);
    roster(&mut store, vec![guest("Emmy Noether")], true);
    assert_eq!(expected(&store), 3);
}

#[test]
fn a_reading_that_is_begun_twice_ends_with_what_the_second_one_brought() {
    let place = Place::new();
    let mut store = place.open();
    roster(&mut store, vec![guest("Ada Byron"), guest("Alan Turing")], true);
    store.restart_feeds().unwrap();
    roster(&mut store, vec![guest("Ada Byron")], false);
    drop(store);
    let mut store = place.open();
    store.restart_feeds().unwrap();
    roster(&mut store, vec![guest("Alan Turing")], true);
    assert_eq!(store.search("ada", 9).unwrap(), []);
    assert_eq!(expected(&store), 1);
}

#[test]
fn everything_is_told_again_in_the_old_order_before_what_waits() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing"), guest("Emmy Noether")]);
    // Ids in no order, as after a clock was set back.
    enter(&mut store, 9, "ada-byron", 1_000);
    store.undo(&undo_wish(9, 2, 1_500)).unwrap();
    enter(&mut store, 8, "ada-byron", 2_000);
    enter(&mut store, 7, "alan-turing", 3_000);
    deliver(&mut store, &[9, 2, 8, 7]);
    store.undo(&undo_wish(7, 1, 3_500)).unwrap();
    enter(&mut store, 6, "emmy-noether", 4_000);
    store.settle(&[(number(6), Settlement::Parked { reason: "cancelled".into() })]).unwrap();
    assert_eq!(store.restart_feeds().unwrap(), 4);
    assert_eq!(
        waiting(&store),
        [9, 2, 8, 7, 1],
        "each check-in before its undo, also before one that waited"
    );
    assert_eq!(store.parked().unwrap().len(), 1, "what was refused stays refused");
    let bodies: Vec<_> = store.next_batch(2).unwrap().into_iter().map(|entry| entry.body).collect();
    assert!(matches!(&bodies[0], OutboxBody::CheckIn(check_in) if check_in.score == Some(0.71)));
    let reason = "left again".to_owned();
    assert_eq!(bodies[1], OutboxBody::Undo { check_in: number(9), at: UtcMillis(1_500), reason });
}

#[test]
fn a_second_restart_tells_nothing_twice() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    store.undo(&undo_wish(1, 2, 1_500)).unwrap();
    deliver(&mut store, &[1, 2]);
    enter(&mut store, 3, "alan-turing", 2_000);
    assert_eq!(store.restart_feeds().unwrap(), 2);
    assert_eq!(store.restart_feeds().unwrap(), 0);
    assert_eq!(waiting(&store), [1, 2, 3]);
    deliver(&mut store, &[1]);
    assert_eq!(store.restart_feeds().unwrap(), 1);
    assert_eq!(waiting(&store), [1, 2, 3]);
    enter(&mut store, 4, "ada-byron", 5_000);
    assert_eq!(waiting(&store), [1, 2, 3, 4], "new entries go to the end");
}

#[test]
fn places_are_never_used_twice() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    deliver(&mut store, &[1]);
    enter(&mut store, 2, "alan-turing", 2_000);
    let mut last = store.next_batch(9).unwrap()[0].seq;
    for _ in 0..4 {
        store.restart_feeds().unwrap();
        let seqs: Vec<_> = store.next_batch(9).unwrap().into_iter().map(|entry| entry.seq).collect();
        assert_eq!(seqs.len(), 2);
        assert!(seqs[0] > last && seqs[1] > seqs[0], "{seqs:?} after {last}");
        last = seqs[1];
        deliver(&mut store, &[1]);
    }
    assert!(last < 100, "the places stay small: {last}");
}

#[test]
fn a_restored_backend_may_judge_otherwise() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    let first = FirstEntry { at: UtcMillis(400), gate: Some("South door".into()) };
    store.settle(&[(number(1), Settlement::Duplicate { first })]).unwrap();
    store.restart_feeds().unwrap();
    assert_eq!(waiting(&store), [1]);
    deliver(&mut store, &[1]);
    assert!(store.latest_check_in(&id("ada-byron")).unwrap().is_some(), "now it is the first one there");
}

#[test]
fn a_roster_that_has_not_heard_of_an_entry_yet_does_not_take_it_back() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    deliver(&mut store, &[1]);
    apply(&mut store, &[marked(guest("Ada Byron"), 1_000, "North door")]);
    store.restart_feeds().unwrap();
    roster(&mut store, vec![guest("Ada Byron")], true);
    let again = store.admit(&wish(2, "ada-byron", 2_000)).unwrap().admission;
    assert!(matches!(again, Admission::AlreadyIn(_)), "{again:?}");
}

#[test]
fn an_undo_that_a_restored_backend_did_not_understand_waits_again_behind_its_check_in() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    deliver(&mut store, &[1]);
    store.undo(&undo_wish(1, 2, 1_500)).unwrap();
    enter(&mut store, 3, "alan-turing", 2_000);
    park(&mut store, 2, "no such entry");
    assert_eq!(store.restart_feeds().unwrap(), 2);
    assert_eq!(waiting(&store), [1, 2, 3]);
    assert_eq!((store.waiting().unwrap(), store.parked().unwrap()), (3, vec![]));
}

#[test]
fn an_undo_of_a_refused_check_in_stays_refused() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    store.undo(&undo_wish(1, 2, 1_500)).unwrap();
    park(&mut store, 1, "cancelled");
    park(&mut store, 2, "no such entry");
    assert_eq!(store.restart_feeds().unwrap(), 0);
    assert_eq!(store.parked().unwrap().len(), 2);
}

#[test]
fn a_decision_that_a_restored_backend_did_not_understand_waits_again() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    deliver(&mut store, &[1]);
    let side = |n: u128, at: i64| ConflictEntry {
        check_in: number(n),
        at: UtcMillis(at),
        gate: "South door".into(),
        method: Method::Face,
        device: "kiosk".into(),
    };
    let conflict = Conflict {
        attendee: id("ada-byron"),
        first: side(1, 1_000),
        second: side(7, 1_200),
        state: ConflictState::Open,
        resolved_by: None,
        resolved_at: None,
    };
    store.apply_conflicts(&ConflictsPage { conflicts: vec![conflict], cursor: "k".into() }).unwrap();
    let decision = ResolveWish {
        conflict: number(7),
        resolution: Resolution::Accept,
        entry_id: number(50),
        at: UtcMillis(5_000),
        reason: "looked at both".into(),
        actor: Actor::Staff(StaffId::FIRST),
    };
    store.resolve(&decision).unwrap();
    park(&mut store, 50, "no such conflict");
    assert_eq!(store.restart_feeds().unwrap(), 2);
    assert_eq!(waiting(&store), [1, 50]);
    assert!(store.conflicts(9).unwrap()[0].decided_here_waiting, "nobody need decide again");
}

#[test]
fn what_was_parked_because_its_backend_was_left_is_not_told_to_the_next_one() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    deliver(&mut store, &[1]);
    store.undo(&undo_wish(1, 2, 1_500)).unwrap();
    store.leave_backend("the old one").unwrap();
    assert_eq!(store.restart_feeds().unwrap(), 0);
    assert_eq!((waiting(&store), store.parked().unwrap().len()), (vec![], 1));
}

#[test]
fn another_backend_never_hears_of_entries_that_were_not_made_for_it() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    store.undo(&undo_wish(1, 2, 1_500)).unwrap();
    enter(&mut store, 3, "alan-turing", 2_000);
    deliver(&mut store, &[1, 2, 3]);
    store.leave_backend("the old one").unwrap();
    apply(&mut store, &[guest("Ada Byron")]);
    enter(&mut store, 4, "ada-byron", 3_000);
    deliver(&mut store, &[4]);
    assert_eq!(store.restart_feeds().unwrap(), 1);
    assert_eq!(waiting(&store), [4]);
}

#[test]
fn a_restart_that_fails_half_way_changes_nothing() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    deliver(&mut store, &[1]);
    let fault =
        "CREATE TRIGGER fault AFTER INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'injected fault'); END";
    place.back_door().execute_batch(fault).unwrap();
    assert!(store.restart_feeds().is_err());
    assert_eq!(store.meta(MetaKey::RosterCursor).unwrap().as_deref(), Some("1"));
    assert_eq!(store.waiting().unwrap(), 0);
}
