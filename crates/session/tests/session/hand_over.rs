//! From one guest to the next.

use portico_session::{GuestView, Input};
use portico_types::{Admission, AttendeeId, Decision, Hint};

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

#[test]
fn a_guest_has_one_number_from_the_first_look_to_the_last_screen() {
    let mut encounter = begin();
    encounter.shows(good(1)).is_empty_for(1_000).holds(good(2), 600);
    encounter.is_decided(Decision::Unknown).wants_ticket().enters_ticket("T1").ticket_is_of(Some("ada"));
    encounter.is_recorded("ada").shows_code("T1");
    assert!(encounter.is_welcoming("ada"));
    assert_eq!(encounter.number(), 0, "a look aside, another way in, and their own telephone");
    encounter.gets(Input::WithdrawalWanted).calls_staff();
    assert_eq!(encounter.number(), 0, "what they asked for is theirs too");
    encounter.waits(6_000);
    assert!(encounter.is_idle());
    assert_eq!(encounter.number(), 1);
    encounter.holds(good(3), 600).is_decided(Decision::Unknown).dismisses().holds(good(4), 600);
    assert_eq!(encounter.number(), 1, "nobody has been told anything that is theirs alone");
}

#[test]
fn the_next_guest_has_another_number_also_where_greeting_follows_greeting() {
    let mut encounter = welcomed("ada");
    let ada = encounter.number();
    encounter.shows_code("T2").ticket_is_of(Some("bo"));
    assert_eq!(encounter.number(), ada, "nothing of Bo is shown yet");
    encounter.is_recorded("bo");
    assert!(encounter.is_welcoming("bo"));
    assert_eq!(encounter.number(), ada + 1);
    encounter.waits(600).shows(good(3));
    assert_eq!((encounter.is_approaching(), encounter.number()), (true, ada + 2));
}

#[test]
fn staff_who_lead_another_guest_to_the_text_begin_another_encounter() {
    let mut encounter = begin();
    encounter.gets(Input::EnrolmentOffered(true));
    for (number, name) in ["ada", "bo"].into_iter().enumerate() {
        encounter.gets(Input::EnrolmentStarted { attendee: AttendeeId::new(name), name: name.into() });
        assert_eq!(encounter.view(), GuestView::Consent { name: name.into() });
        assert_eq!(encounter.number(), number as u64);
    }
}
