//! The disk failed.

use portico_session::{AdmitOutcome, GuestView, Input, RequestId};
use portico_types::Admission;

use crate::encounter::{Encounter, admitting, check_in, first_entry};
use crate::faces::good;

/// The disk has not answered whether Ada's entry is written.
fn unanswered() -> Encounter {
    let mut encounter = admitting("ada");
    encounter.holds(good(1), 5000);
    encounter
}

#[test]
fn it_is_shown_for_twenty_seconds() {
    let mut encounter = unanswered();
    encounter.waits(19_999);
    assert_eq!(encounter.view(), GuestView::Trouble);
    encounter.waits(1);
    assert!(encounter.is_idle());
}

#[test]
fn a_late_answer_reaches_the_guest_who_still_waits() {
    let mut encounter = unanswered();
    encounter.waits(3000).is_recorded("ada");
    assert!(encounter.is_welcoming("ada"));
    let mut encounter = unanswered();
    encounter.is_admitted("ada", Admission::AlreadyIn(first_entry()));
    assert!(matches!(encounter.view(), GuestView::AlreadyIn { .. }));
}

#[test]
fn a_late_refusal_is_no_news() {
    let mut encounter = unanswered();
    encounter.admission_is(AdmitOutcome::Failed);
    assert_eq!(encounter.view(), GuestView::Trouble);
    assert_eq!(encounter.effects(), [], "staff have been told");
    encounter.is_recorded("ada");
    assert_eq!(encounter.view(), GuestView::Trouble, "a request is answered once");
}

#[test]
fn a_late_answer_reaches_nobody_else() {
    let mut encounter = unanswered();
    encounter.shows(good(2)).is_recorded("ada");
    assert!(encounter.is_approaching());
    let mut encounter = unanswered();
    encounter.waits(20_000).is_recorded("ada");
    assert!(encounter.is_idle());
}

#[test]
fn the_late_answer_of_an_earlier_guest_reaches_nobody() {
    let mut encounter = admitting("ada");
    encounter.calls_staff().holds(good(2), 600).is_accepted_as("bo").holds(good(2), 5000);
    assert_eq!(encounter.view(), GuestView::Trouble);
    let earlier = RequestId(2);
    encounter.gets(Input::Admitted {
        request: earlier,
        outcome: AdmitOutcome::Answered {
            admission: Admission::Recorded(check_in("ada")),
            name: "ada".to_owned(),
            note: None,
            offline: false,
        },
    });
    assert_eq!(encounter.view(), GuestView::Trouble, "Bo is not greeted as Ada (I10)");
}

#[test]
fn a_guest_whose_entry_was_answered_late_is_welcomed_when_they_come_back() {
    let mut encounter = unanswered();
    encounter.waits(20_000).is_recorded("ada").holds(good(2), 600).is_accepted_as("ada");
    assert!(encounter.is_welcoming("ada"));
    assert_eq!(encounter.admissions(), 1);
}

#[test]
fn the_other_ways_in_stay_open() {
    let mut encounter = unanswered();
    encounter.enters_ticket("T1");
    assert_eq!(encounter.view(), GuestView::Ticket { checking: true });
    let mut encounter = unanswered();
    encounter.taps();
    assert_eq!(encounter.view(), GuestView::Ticket { checking: false }, "the face has had its turn");
}
