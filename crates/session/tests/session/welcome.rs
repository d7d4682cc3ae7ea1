//! The guest is in. "Already in" behaves the same, for a second longer.

use portico_session::{GuestView, Input};
use portico_types::{Admission, Decision};

use crate::encounter::{admitting, begin, candidate, first_entry, welcomed};
use crate::faces::good;

#[test]
fn a_welcome_is_shown_for_three_seconds() {
    let mut encounter = welcomed("ada");
    encounter.waits(2999);
    assert!(encounter.is_welcoming("ada"));
    encounter.waits(1);
    assert!(encounter.is_idle());
}

#[test]
fn already_in_is_shown_for_four_seconds() {
    let mut encounter = admitting("ada");
    encounter.is_admitted("ada", Admission::AlreadyIn(first_entry())).waits(3999);
    assert!(matches!(encounter.view(), GuestView::AlreadyIn { .. }));
    encounter.waits(1);
    assert!(encounter.is_idle());
}

#[test]
fn a_welcome_stays_when_its_guest_walks_on_or_the_camera_is_lost() {
    let mut encounter = welcomed("ada");
    encounter.is_empty_for(1500).gets(Input::CameraLost);
    assert!(encounter.is_welcoming("ada"));
}

#[test]
fn a_guest_may_end_it() {
    let mut encounter = welcomed("ada");
    encounter.dismisses();
    assert!(encounter.is_idle());
}

#[test]
fn a_welcomed_guest_whose_track_was_lost_is_welcomed_again_without_a_second_entry() {
    let mut encounter = welcomed("ada");
    encounter.holds(good(2), 600).is_accepted_as("ada");
    assert!(encounter.is_welcoming("ada"), "told 'already in' they would think that something went wrong");
    assert_eq!(encounter.admissions(), 1);
}

#[test]
fn the_grace_needs_the_second_fact_where_the_face_alone_did_not_suffice() {
    let mut encounter = welcomed("ada");
    encounter.holds(good(2), 600).is_decided(Decision::Ask(candidate("ada")));
    assert!(matches!(encounter.view(), GuestView::Confirm { .. }), "it may be a sister");
    encounter.enters_fact("1234").fact_is(true);
    assert!(encounter.is_welcoming("ada"));
    assert_eq!(encounter.admissions(), 1);
}

#[test]
fn a_guest_whose_entry_was_taken_back_is_not_welcomed_again_without_a_new_one() {
    let mut encounter = welcomed("ada");
    encounter.gets(Input::EntryTakenBack).holds(good(2), 600).is_accepted_as("ada");
    assert!(!encounter.is_welcoming("ada"), "nothing is written down for that greeting any more");
    assert_eq!(encounter.admissions(), 2, "the store decides anew");
}

#[test]
fn after_ten_seconds_the_store_answers() {
    let mut encounter = welcomed("ada");
    encounter.waits(10_000).holds(good(2), 600).is_accepted_as("ada");
    assert_eq!(encounter.admissions(), 2);
}

#[test]
fn the_grace_is_for_the_same_guest_only() {
    let mut encounter = welcomed("ada");
    encounter.holds(good(2), 600).is_accepted_as("bo");
    assert_eq!(encounter.admissions(), 2);
    assert_eq!(encounter.view(), GuestView::Identifying, "nobody is greeted as another (I10)");
}

#[test]
fn a_guest_already_in_gets_no_grace() {
    let mut encounter = admitting("ada");
    encounter.is_admitted("ada", Admission::AlreadyIn(first_entry()));
    encounter.holds(good(2), 600).is_accepted_as("ada");
    assert_eq!(encounter.admissions(), 2, "only an entry written a moment ago is greeted again (I2)");
}

#[test]
fn an_entry_answered_after_the_guest_called_staff_still_counts_for_the_grace() {
    let mut encounter = admitting("ada");
    encounter.calls_staff().is_recorded("ada");
    assert_eq!(encounter.view(), GuestView::StaffCalled);
    encounter.holds(good(2), 600).is_accepted_as("ada");
    assert!(encounter.is_welcoming("ada"));
}

#[test]
fn a_late_wake_up_changes_nothing() {
    let mut encounter = welcomed("ada");
    encounter.oversleeps(4000).shows(good(1));
    assert!(encounter.is_idle(), "time that has run out is dealt with before the frame");
    let mut nobody = begin();
    nobody.gets(Input::TimePassed);
    assert!(nobody.is_idle());
}
