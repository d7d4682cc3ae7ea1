//! Guests who were let in twice: what staff decide, and in which order it arrives.

use portico_protocol::{CheckInVerdict, ConflictStateRecord, ResolutionRecord};

use crate::support::{World, check_in, entry_id, resolve, undo};

use CheckInVerdict::{AlreadyRecorded, Recorded};
use ConflictStateRecord::{Accepted, Open, Promoted, Undone};
use ResolutionRecord::{Accept, Undo};

/// Ada through the north by entry 1 and, at another kiosk, through the south by entry 2.
fn let_in_twice() -> World {
    let world = World::new();
    let right = world.kiosk("Entrance right");
    assert_eq!(world.deliver(check_in(1, "ada", "north", "09:31")), Recorded);
    world.deliver_of(&right, check_in(2, "ada", "south", "09:40"));
    world
}

#[test]
fn a_second_delivery_of_a_duplicate_answers_the_same_and_opens_nothing() {
    let world = let_in_twice();
    let first = CheckInVerdict::Duplicate {
        first_at: "2026-11-21T09:31:00Z".into(),
        first_gate: "North entrance".into(),
        first_method: "ticket".into(),
    };
    let cursor = world.backend.conflicts(None).unwrap().cursor;
    for _ in 0..3 {
        assert_eq!(world.deliver(check_in(2, "ada", "south", "09:40")), first);
    }
    assert!(world.backend.conflicts(Some(&cursor)).unwrap().conflicts.is_empty());
    assert_eq!(world.conflict(2), (Open, entry_id(1)));
    assert_eq!(world.inside(), 1);
}

#[test]
fn any_kiosk_may_accept_and_what_is_resolved_stays_as_it_is() {
    let world = let_in_twice();
    assert_eq!(world.deliver(resolve(3, 2, Accept)), Recorded);
    assert_eq!(world.deliver(resolve(3, 2, Accept)), AlreadyRecorded);
    let before = world.conflicts();
    assert_eq!(before[0].state, Accepted);
    let other = world.kiosk("Entrance right");
    assert_eq!(world.deliver_of(&other, resolve(4, 2, Undo)), Recorded, "staff there were slower");
    assert_eq!(world.deliver_of(&other, resolve(5, 2, Accept)), Recorded);
    assert_eq!(world.conflicts(), before);
    assert_eq!(world.shown("ada").unwrap().1, "North entrance");
}

#[test]
fn undoing_the_second_entry_leaves_the_first() {
    for decision in [resolve(3, 2, Undo), undo(3, 2)] {
        let world = let_in_twice();
        assert_eq!(world.deliver(decision), Recorded);
        assert_eq!(world.conflict(2), (Undone, entry_id(1)));
        assert_eq!(world.shown("ada").unwrap().1, "North entrance");
        assert_eq!(world.deliver(resolve(4, 2, Accept)), Recorded);
        assert_eq!(world.conflict(2).0, Undone);
    }
}

#[test]
fn a_decision_about_an_unknown_conflict_is_rejected_and_may_come_again() {
    let world = World::new();
    world.deliver(check_in(1, "ada", "north", "09:31"));
    for decision in [resolve(3, 2, Accept), resolve(3, 2, Undo), undo(3, 2)] {
        assert!(matches!(world.deliver(decision), CheckInVerdict::Rejected { .. }));
    }
    assert!(matches!(world.deliver(resolve(3, 1, Accept)), CheckInVerdict::Rejected { .. }), "no conflict");
    world.deliver(check_in(2, "ada", "south", "09:40"));
    assert_eq!(world.deliver(undo(3, 2)), Recorded);
    assert_eq!(world.conflict(2).0, Undone);
}

#[test]
fn undoing_the_first_entry_puts_the_second_in_its_place() {
    let world = let_in_twice();
    let cursor = world.backend.attendees(None).unwrap().cursor;
    assert_eq!(world.deliver(undo(3, 1)), Recorded);
    assert_eq!(world.conflict(2), (Promoted, entry_id(1)));
    assert_eq!(world.conflicts()[0].resolved_by.as_deref(), Some("Entrance left"));
    let changed = world.backend.attendees(Some(&cursor)).unwrap().attendees;
    assert_eq!(changed[0].checked_in_gate.as_deref(), Some("South entrance"), "other kiosks learn of it");
    let again = world.deliver(check_in(2, "ada", "south", "09:40"));
    assert!(matches!(again, CheckInVerdict::Duplicate { .. }), "the same answer as before: {again:?}");
    world.deliver(check_in(4, "ada", "north", "09:50"));
    assert_eq!(world.conflict(4), (Open, entry_id(2)), "the promoted entry counts like any other");
}

#[test]
fn of_three_kiosks_the_earliest_entry_that_waits_takes_the_place() {
    let world = World::new();
    world.deliver(check_in(1, "ada", "north", "09:31"));
    world.deliver(check_in(2, "ada", "south", "09:50"));
    world.deliver(check_in(3, "ada", "cellar", "09:40"));
    world.deliver(undo(4, 1));
    assert_eq!(world.conflict(3), (Promoted, entry_id(1)), "by the time at the door, not by arrival");
    assert_eq!(world.conflict(2), (Open, entry_id(3)));
    world.deliver(undo(5, 3));
    assert_eq!(world.conflict(2), (Promoted, entry_id(3)));
    assert_eq!(world.conflict(3).0, Undone, "it does not stand any more");
    world.deliver(undo(6, 2));
    assert_eq!((world.inside(), world.shown("ada")), (0, None));
}

#[test]
fn both_entries_taken_back_leave_the_guest_out_in_whatever_order() {
    for second in [undo(4, 2), resolve(4, 2, Undo)] {
        for order in [[undo(3, 1), second.clone()], [second.clone(), undo(3, 1)]] {
            let world = let_in_twice();
            for entry in order {
                assert_eq!(world.deliver(entry), Recorded);
            }
            assert_eq!((world.conflict(2).0, world.inside()), (Undone, 0));
            assert_eq!(world.deliver(check_in(5, "ada", "north", "12:30")), Recorded, "free to enter");
        }
    }
}

#[test]
fn a_guest_who_enters_again_after_an_undo_meets_the_entry_that_was_promoted() {
    let world = World::new();
    world.deliver(check_in(1, "ada", "north", "09:31"));
    world.deliver(undo(2, 1));
    assert_eq!(world.deliver(check_in(3, "ada", "north", "09:40")), Recorded);
    world.deliver(check_in(4, "ada", "south", "09:35"));
    assert_eq!(world.conflict(4), (Open, entry_id(3)), "the entry that was undone is no party to it");
    world.deliver(undo(5, 3));
    assert_eq!(world.conflict(4).0, Promoted);
}

#[test]
fn an_accepted_conflict_promotes_nobody() {
    let world = let_in_twice();
    world.deliver(resolve(3, 2, Accept));
    world.deliver(undo(4, 1));
    assert_eq!((world.conflict(2).0, world.inside()), (Accepted, 0), "both were Ada, and she is out");
}

#[test]
fn a_promoted_entry_that_is_accepted_stands() {
    let world = let_in_twice();
    world.deliver(undo(3, 1));
    assert_eq!(world.deliver(resolve(4, 2, Accept)), Recorded);
    assert_eq!((world.conflict(2).0, world.inside()), (Promoted, 1));
}
