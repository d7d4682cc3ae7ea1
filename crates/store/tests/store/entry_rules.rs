//! Guests who may enter more than once: which earlier entries count, and what staff then see and take back.

use portico_store::{
    Actor, AdmitWish, CorrectOutcome, CorrectWish, RosterCounts, RosterPage, Settlement, Store, UndoOutcome,
};
use portico_types::{Admission, EntryWindow, FirstEntry, GateId, StaffId, UtcMillis};

use crate::support::{Place, apply, enter, guest, id, marked, number, undo_wish, wish};

/// One entry for each "day" of 1,000 ms.
fn daily(n: u128, attendee: &str, at: i64) -> AdmitWish {
    AdmitWish { window: day_of(at), ..wish(n, attendee, at) }
}

fn day_of(at: i64) -> EntryWindow {
    let since = UtcMillis(at - at % 1_000);
    EntryWindow { slot: format!("day {}", at / 1_000), any_gate_since: since, other_gate_since: since }
}

/// As often as they like, but for 100 ms not at another gate.
fn again(n: u128, attendee: &str, at: i64) -> AdmitWish {
    let window = EntryWindow {
        slot: number(n).to_string(),
        any_gate_since: UtcMillis(i64::MAX),
        other_gate_since: UtcMillis(at - 100),
    };
    AdmitWish { window, ..wish(n, attendee, at) }
}

fn at_south(wish: AdmitWish) -> AdmitWish {
    AdmitWish { gate: GateId::new("south"), gate_name: "South door".into(), ..wish }
}

#[track_caller]
fn enters(store: &mut Store, wish: &AdmitWish) {
    let admission = store.admit(wish).unwrap().admission;
    assert!(matches!(admission, Admission::Recorded(_)), "{admission:?}");
}

#[track_caller]
fn is_in_since(store: &mut Store, wish: &AdmitWish, at: i64) {
    let admission = store.admit(wish).unwrap().admission;
    assert!(matches!(&admission, Admission::AlreadyIn(first) if first.at == UtcMillis(at)), "{admission:?}");
}

#[test]
fn a_day_guest_enters_once_on_each_day() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enters(&mut store, &daily(1, "ada-byron", 1_100));
    is_in_since(&mut store, &daily(2, "ada-byron", 1_900), 1_100);
    enters(&mut store, &daily(3, "ada-byron", 2_100));
    is_in_since(&mut store, &daily(4, "ada-byron", 2_900), 2_100);
}

#[test]
fn yesterdays_mark_does_not_keep_a_day_guest_out_but_todays_does() {
    let place = Place::new();
    let ada = guest("Ada Byron");
    let mut store = place.open_with(&[marked(ada.clone(), 1_500, "South door")]);
    enters(&mut store, &daily(1, "ada-byron", 2_100));
    apply(&mut store, &[marked(ada, 3_200, "South door")]);
    is_in_since(&mut store, &daily(2, "ada-byron", 3_300), 3_200);
}

#[test]
fn with_reentry_only_a_recent_entry_at_another_gate_counts() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), marked(guest("Alan Turing"), 1_000, "South door")]);
    enters(&mut store, &again(1, "ada-byron", 1_000));
    enters(&mut store, &again(2, "ada-byron", 1_001));
    is_in_since(&mut store, &at_south(again(3, "ada-byron", 1_050)), 1_001);
    enters(&mut store, &at_south(again(4, "ada-byron", 1_102)));
    is_in_since(&mut store, &again(5, "alan-turing", 1_050), 1_000);
    enters(&mut store, &at_south(again(6, "alan-turing", 1_050)));
}

#[test]
fn a_gate_that_was_renamed_does_not_turn_its_own_guest_away() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enters(&mut store, &again(1, "ada-byron", 1_000));
    store.settle(&[(number(1), Settlement::Delivered)]).unwrap();
    apply(&mut store, &[marked(guest("Ada Byron"), 1_000, "Main door, as it is called now")]);
    enters(&mut store, &again(2, "ada-byron", 1_010));
}

#[test]
fn a_mark_of_no_known_gate_is_not_taken_for_another_gate() {
    let place = Place::new();
    let mut ada = marked(guest("Ada Byron"), 1_000, "");
    ada.checked_in_gate = None;
    let mut store = place.open_with(&[ada]);
    enters(&mut store, &again(1, "ada-byron", 1_010));
}

#[test]
fn the_newest_of_several_entries_is_shown_and_taken_back() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    for (n, at) in [(9, 1_000), (8, 2_000), (7, 3_000)] {
        enters(&mut store, &again(n, "ada-byron", at));
    }
    let newest = |store: &Store| store.latest_check_in(&id("ada-byron")).unwrap().map(|found| found.id);
    assert_eq!(newest(&store), Some(number(7)));
    let found = &store.search("ada", 5).unwrap()[0];
    assert_eq!(found.live_check_in, Some(number(7)));
    assert_eq!(found.checked_in.as_ref().map(|first| first.at), Some(UtcMillis(3_000)));
    assert_eq!(
        store.roster_counts().unwrap(),
        RosterCounts { expected: 1, entered: 1 },
        "one guest, not three"
    );
    store.undo(&undo_wish(7, 70, 3_500)).unwrap();
    assert_eq!(newest(&store), Some(number(8)));
    assert!(matches!(store.undo(&undo_wish(9, 90, 3_500)).unwrap(), UndoOutcome::Undone(_)));
    assert_eq!(newest(&store), Some(number(8)), "an older entry is taken back without the newer one");
}

#[test]
fn a_correction_judges_the_right_guest_by_the_day_of_the_entry() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enters(&mut store, &daily(1, "alan-turing", 1_100));
    enters(&mut store, &daily(2, "ada-byron", 2_100));
    let wish = CorrectWish {
        wrong: number(2),
        right: id("alan-turing"),
        new_id: number(3),
        window: day_of(2_100),
        undo_id: number(4),
        at: UtcMillis(2_500),
        reason: "another guest".into(),
        actor: Actor::Staff(StaffId::FIRST),
    };
    let outcome = store.correct(&wish).unwrap();
    let CorrectOutcome::Corrected(admitted) = outcome else { panic!("{outcome:?}") };
    assert!(matches!(admitted.admission, Admission::Recorded(check_in) if check_in.at == UtcMillis(2_100)));
    assert_eq!(store.check_in(number(3)).unwrap().unwrap().attendee, id("alan-turing"));
}

#[test]
fn a_mark_that_goes_back_takes_the_entries_in_between_along() {
    let place = Place::new();
    let ada = guest("Ada Byron");
    let mut store = place.open_with(std::slice::from_ref(&ada));
    for (n, at) in [(1, 1_100), (2, 2_100), (3, 3_100)] {
        enters(&mut store, &daily(n, "ada-byron", at));
    }
    store.settle(&[(number(1), Settlement::Delivered), (number(2), Settlement::Delivered)]).unwrap();
    apply(&mut store, &[marked(ada.clone(), 2_100, "North door")]);
    apply(&mut store, &[marked(ada, 1_100, "North door")]);
    let live: Vec<_> = store.recent(9).unwrap().into_iter().map(|entry| entry.live).collect();
    assert_eq!(live, [true, false, true], "the third is not delivered, the second was taken back elsewhere");
}

#[test]
fn a_slot_that_is_taken_is_an_answer_and_not_an_error() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enters(&mut store, &daily(1, "ada-byron", 1_100));
    // The venue's time zone was changed: the same day begins later than it did.
    let window = EntryWindow { any_gate_since: UtcMillis(1_500), ..day_of(1_900) };
    let window = EntryWindow { other_gate_since: UtcMillis(1_500), ..window };
    is_in_since(&mut store, &AdmitWish { window, ..wish(2, "ada-byron", 1_900) }, 1_100);
}

#[test]
fn an_entry_of_the_whole_event_still_counts_when_the_rule_becomes_stricter() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enters(&mut store, &daily(1, "ada-byron", 1_100));
    is_in_since(&mut store, &wish(2, "ada-byron", 2_500), 1_100);
    let page = RosterPage { attendees: vec![], removed: vec![], cursor: "2".into(), complete: true };
    store.apply_roster(&page).unwrap();
    assert_eq!(store.roster_counts().unwrap().expected, 1, "the end of an ordinary reading removes nobody");
    let first = FirstEntry { at: UtcMillis(1_100), gate: Some("North door".into()) };
    assert_eq!(store.search("ada", 1).unwrap()[0].checked_in, Some(first));
    store.undo(&undo_wish(1, 3, 2_600)).unwrap();
    enter(&mut store, 4, "ada-byron", 2_700);
}
