//! From one guest to the next.

use portico_session::GuestView;
use portico_types::{Admission, Hint};

use crate::encounter::{Encounter, admitting, begin, first_entry, missed, welcomed};
use crate::faces::good;

fn already_in() -> Encounter {
    let mut encounter = admitting("ada");
    encounter.is_admitted("ada", Admission::AlreadyIn(first_entry()));
    encounter
}

#[test]
fn the_next_guest_ends_a_result_with_their_first_frame() {
    for mut encounter in [welcomed("ada"), already_in(), missed()] {
        encounter.shows(good(2).hinted(Hint::ComeCloser));
        assert_eq!(
            encounter.view(),
            GuestView::Approaching { hint: Some(Hint::ComeCloser), progress: 0.0 },
            "nothing of the last guest remains"
        );
    }
}

#[test]
fn a_guest_who_has_had_their_turn_does_not_end_a_friends_welcome() {
    let mut encounter = welcomed("ada");
    encounter.holds(good(2), 600).is_accepted_as("bo").is_recorded("bo").shows(good(1));
    assert!(encounter.is_welcoming("bo"));
}

#[test]
fn three_guests_in_a_row_are_three_encounters() {
    let mut encounter = begin();
    for (track, name) in [(1, "ada"), (2, "bo"), (3, "cy")] {
        encounter.holds(good(track), 600).is_accepted_as(name).is_recorded(name);
        assert!(encounter.is_welcoming(name));
    }
    assert_eq!((encounter.identifications(), encounter.admissions()), (3, 3));
}

#[test]
fn a_guest_admitted_by_ticket_is_found_a_moment_later_and_not_identified() {
    let mut encounter = begin();
    encounter.wants_ticket().enters_ticket("T1").ticket_is_of(Some("ada")).is_recorded("ada");
    encounter.waits(1000).holds(good(1), 10_000);
    assert!(encounter.is_idle());
    assert_eq!(encounter.identifications(), 0, "who came by ticket has perhaps not agreed to be recognised");
}

#[test]
fn a_face_that_comes_later_than_that_is_the_next_guest() {
    let mut encounter = begin();
    encounter.wants_ticket().enters_ticket("T1").ticket_is_of(Some("ada")).is_recorded("ada");
    encounter.waits(1500).shows(good(1));
    assert!(encounter.is_approaching());
}
