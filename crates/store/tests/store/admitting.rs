//! Letting guests in: once, all or nothing, and on disk before anybody hears of it.

use portico_store::StoreError;
use portico_types::{Admission, FirstEntry, UtcMillis};

use crate::support::{Place, enter, guest, id, marked, number, wish};

#[test]
fn an_expected_guest_is_recorded_in_all_three_places() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    let admitted = store.admit(&wish(1, "ada-byron", 1_000)).unwrap();
    let Admission::Recorded(check_in) = admitted.admission else { panic!("{:?}", admitted.admission) };
    assert_eq!((check_in.id, check_in.at, check_in.score), (number(1), UtcMillis(1_000), Some(0.71)));
    assert_eq!(admitted.attendee.unwrap().name, "Ada Byron");
    assert_eq!(store.waiting().unwrap(), 1);
    assert_eq!(store.audit_rows(10).unwrap().len(), 1);
    assert_eq!(store.latest_check_in(&id("ada-byron")).unwrap(), Some(check_in));
}

#[test]
fn an_answer_is_on_disk_when_it_is_given() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    // Copied while the store is open, as a power cut would find the files.
    let after_the_cut = Place::new();
    for (path, bytes) in place.files() {
        if !path.ends_with("kiosk.db-shm") {
            std::fs::write(after_the_cut.directory.path().join(path.file_name().unwrap()), bytes).unwrap();
        }
    }
    let survivor = after_the_cut.open();
    assert!(
        survivor.latest_check_in(&id("ada-byron")).unwrap().is_some(),
        "what was shown must survive (I2)"
    );
    assert_eq!(survivor.waiting().unwrap(), 1);
}

#[test]
fn the_same_wish_again_gets_the_same_answer_and_creates_nothing() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    let first = store.admit(&wish(1, "ada-byron", 1_000)).unwrap();
    let again = store.admit(&wish(1, "ada-byron", 9_000)).unwrap();
    assert_eq!(first, again, "a repeat is the normal case after a crash and must look like the first time");
    assert_eq!((store.waiting().unwrap(), store.audit_rows(9).unwrap().len()), (1, 1));
}

#[test]
fn an_id_that_stands_for_another_guest_is_an_error() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    let refused = store.admit(&wish(1, "alan-turing", 2_000));
    assert!(matches!(refused, Err(StoreError::IdTaken { .. })), "{refused:?}");
}

#[test]
fn a_second_entry_is_answered_with_the_first_one() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron"), marked(guest("Alan Turing"), 500, "South door")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    let here = store.admit(&wish(2, "ada-byron", 2_000)).unwrap().admission;
    let elsewhere = store.admit(&wish(3, "alan-turing", 2_000)).unwrap().admission;
    let entry =
        |at, gate: &str| Admission::AlreadyIn(FirstEntry { at: UtcMillis(at), gate: Some(gate.into()) });
    assert_eq!(here, entry(1_000, "North door"));
    assert_eq!(elsewhere, entry(500, "South door"));
    assert_eq!(store.waiting().unwrap(), 1, "nothing new happened, so nothing is to be told");
}

#[test]
fn a_stranger_is_not_on_the_roster() {
    let place = Place::new();
    let mut store = place.open();
    let admitted = store.admit(&wish(1, "nobody", 1_000)).unwrap();
    assert_eq!(admitted.admission, Admission::NotOnRoster);
    assert_eq!(admitted.attendee, None);
}

#[test]
fn an_error_half_way_leaves_no_trace() {
    for table in ["check_ins", "outbox", "audit"] {
        let place = Place::new();
        let mut store = place.open_with(&[guest("Ada Byron")]);
        let trigger = format!(
            "CREATE TRIGGER fault AFTER INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'injected fault'); END"
        );
        place.back_door().execute_batch(&trigger).unwrap();
        assert!(store.admit(&wish(1, "ada-byron", 1_000)).is_err(), "the fault in {table} must be told");
        place.back_door().execute_batch("DROP TRIGGER fault").unwrap();
        assert_eq!(store.latest_check_in(&id("ada-byron")).unwrap(), None, "no check-in without the rest");
        assert_eq!(store.waiting().unwrap(), 0, "nothing may be told that did not happen");
        assert_eq!(store.audit_head().unwrap(), None);
        enter(&mut store, 1, "ada-byron", 1_000);
    }
}

#[test]
fn the_database_itself_allows_one_standing_entry_for_each_guest_and_slot() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    let second = place.back_door().execute(
        "INSERT INTO check_ins (id, attendee, gate, gate_name, method, at, slot, standing, told_seq)
         SELECT 'another', attendee, gate, gate_name, method, at, slot, standing, told_seq FROM check_ins",
        [],
    );
    assert!(second.unwrap_err().to_string().contains("UNIQUE"), "the rule must not rest on the code alone");
}
