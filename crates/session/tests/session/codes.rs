//! Codes that the camera sees: tickets let their guests in without a tap, anything else is left alone.

use portico_session::{Effect, GuestView, RequestId, StaffNotice, Tried};
use portico_types::{Admission, TicketRefusal};

use crate::encounter::{Encounter, admitting, begin, first_entry, identifying, missed, welcomed};
use crate::faces::good;

const ASKED: GuestView = GuestView::Ticket { checking: false };
const CHECKING: GuestView = GuestView::Ticket { checking: true };

/// A guest at the ticket screen.
fn asked_for_ticket() -> Encounter {
    let mut encounter = begin();
    encounter.wants_ticket();
    encounter
}

#[test]
fn a_ticket_before_the_camera_lets_its_guest_in_without_a_tap() {
    let mut encounter = begin();
    encounter.shows_code(" T1 ");
    assert_eq!(encounter.effects(), [Effect::LookUpTicket { request: RequestId(1), code: "T1".to_owned() }]);
    assert!(encounter.is_idle(), "nothing is shown before it is known to be a ticket");
    encounter.ticket_is_of(Some("ada"));
    assert!(encounter.is_idle(), "the screen does not jump meanwhile");
    encounter.is_recorded("ada");
    assert!(encounter.is_welcoming("ada"));
}

#[test]
fn a_code_that_is_no_ticket_does_nothing_and_is_looked_up_once() {
    for mut encounter in [begin(), identifying(), missed(), welcomed("ada")] {
        let (before, told) = (encounter.view(), encounter.notices());
        encounter.shows_code("WIFI:S:Guests;;").ticket_is_of(None);
        encounter.shows_code("WIFI:S:Guests;;").shows_code("WIFI:S:Guests;;");
        assert_eq!((encounter.view(), encounter.notices()), (before, told));
        assert_eq!(encounter.look_ups(), 1);
    }
}

#[test]
fn a_code_that_is_no_ticket_is_told_to_a_guest_who_was_asked_for_one() {
    let mut encounter = asked_for_ticket();
    encounter.shows_code("WIFI:S:Guests;;");
    assert_eq!(encounter.view(), CHECKING);
    encounter.ticket_is_of(None);
    assert_eq!(encounter.view(), GuestView::NotFound { tried: Tried::Ticket });
}

#[test]
fn whoever_holds_a_code_that_did_nothing_hears_of_it_in_the_ticket_screen() {
    let mut encounter = begin();
    encounter.holds_code("NOBODY", 2_000);
    encounter.ticket_is_of(None);
    assert!(encounter.is_idle());
    encounter.wants_ticket().shows_code("NOBODY");
    assert_eq!(encounter.view(), CHECKING);
}

#[test]
fn a_poster_on_the_wall_keeps_nobody_from_typing() {
    let mut encounter = begin();
    encounter.shows_code("https://example.org").ticket_is_of(None).holds_code("https://example.org", 12_000);
    encounter.wants_ticket().holds_code("https://example.org", 3_000);
    assert_eq!(encounter.view(), ASKED, "it has hung there all the time");
    encounter.shows_code("T1");
    assert_eq!(encounter.view(), CHECKING, "the guest's own is read beside it");
}

#[test]
fn a_code_held_for_minutes_is_one_reading() {
    let mut encounter = begin();
    encounter.shows_code("T1").ticket_is_of(Some("ada")).is_recorded("ada");
    encounter.holds_code("t1", 120_000);
    assert_eq!((encounter.look_ups(), encounter.admissions()), (1, 1));
    assert!(encounter.is_idle(), "the welcome ends though the code is still there");
}

#[test]
fn a_ticket_that_comes_again_is_answered_again() {
    let mut encounter = begin();
    encounter.shows_code("T1").ticket_is_of(Some("ada")).is_recorded("ada").waits(2_900).shows_code("T1");
    assert_eq!(encounter.look_ups(), 1, "a hand that sank for a moment");
    encounter.waits(3_000).shows_code("T1").ticket_is_of(Some("ada"));
    encounter.is_admitted("ada", Admission::AlreadyIn(first_entry()));
    assert!(matches!(encounter.view(), GuestView::AlreadyIn { .. }), "a ticket passed back");
}

#[test]
fn the_telephone_in_the_hand_of_the_guest_who_was_let_in_is_not_the_next_guest() {
    let mut by_face = welcomed("ada");
    by_face.shows_code("T1").ticket_is_of(Some("ada"));
    assert_eq!(by_face.admissions(), 1, "one guest, one entry, also where the rule lets them in again");
    assert!(by_face.is_welcoming("ada"));
    by_face.waits(2_999);
    assert!(by_face.is_welcoming("ada"), "and one greeting");

    let mut already_in = admitting("ada");
    already_in.is_admitted("ada", Admission::AlreadyIn(first_entry())).shows_code("T1");
    already_in.ticket_is_of(Some("ada"));
    assert_eq!(already_in.admissions(), 1);
}

#[test]
fn whoever_was_welcomed_and_still_stands_there_is_greeted_again_without_a_second_entry() {
    let mut encounter = welcomed("ada");
    encounter.holds(good(1), 4_000).shows_code("T1").ticket_is_of(Some("ada"));
    assert!(encounter.is_welcoming("ada"));
    assert_eq!(encounter.admissions(), 1);
    encounter.gets(portico_session::Input::EntryTakenBack).holds(good(1), 4_000);
    encounter.shows_code("T1").ticket_is_of(Some("ada"));
    assert_eq!(encounter.admissions(), 2, "nothing is written down for that greeting any more");
}

#[test]
fn a_guest_who_looks_up_after_their_ticket_was_read_is_known_by_that_face() {
    let mut encounter = begin();
    encounter.shows_code("T1").ticket_is_of(Some("ada")).is_recorded("ada").waits(500).holds(good(1), 4_000);
    encounter.shows_code("T1").ticket_is_of(Some("ada"));
    assert!(encounter.is_welcoming("ada"));
    assert_eq!(encounter.admissions(), 1);
}

#[test]
fn a_ticket_passed_back_to_another_face_is_answered_by_the_store() {
    let mut encounter = welcomed("ada");
    encounter.waits(1_000).shows(good(2)).shows_code("T1").ticket_is_of(Some("ada"));
    assert_eq!(encounter.admissions(), 2);
    let mut later = welcomed("ada");
    later.holds(good(1), 10_000).shows_code("T1").ticket_is_of(Some("ada"));
    assert_eq!(later.admissions(), 2, "the moment is over");
}

#[test]
fn camera_and_hand_scanner_together_are_one_reading() {
    let mut encounter = begin();
    encounter.enters_ticket("T1").ticket_is_of(Some("ada")).is_recorded("ada").waits(1_500);
    encounter.holds_code("T1", 10_000);
    assert_eq!(encounter.look_ups(), 1, "the scanner was first");

    let mut encounter = begin();
    encounter.shows_code("T1").ticket_is_of(Some("ada")).is_recorded("ada").waits(400).enters_ticket("T1");
    assert!(encounter.is_welcoming("ada"), "the camera was first");
}

#[test]
fn a_ticket_interrupts_the_search_for_its_guests_face() {
    let mut encounter = identifying();
    encounter.shows_code("T1");
    assert_eq!(encounter.view(), GuestView::Identifying);
    encounter.ticket_is_of(Some("ada"));
    assert_eq!(encounter.admissions(), 1);
    encounter.is_recorded("ada");
    assert!(encounter.is_welcoming("ada"));
    encounter.holds(good(1), 20_000);
    assert_eq!(encounter.identifications(), 1, "whoever came by ticket is not searched behind their back");
}

#[test]
fn nothing_interrupts_an_entry_that_is_being_written_down() {
    let mut encounter = admitting("ada");
    encounter.shows_code("T2");
    assert_eq!(encounter.effects(), [], "not now");
    encounter.is_recorded("ada").shows_code("T2");
    assert_eq!(encounter.effects().len(), 1, "but as soon as the guest has their answer");
}

#[test]
fn an_answer_that_comes_at_a_bad_time_is_asked_for_again() {
    let mut encounter = identifying();
    encounter.shows_code("T2").is_accepted_as("ada");
    encounter.ticket_is_of(Some("bo"));
    assert_eq!(encounter.admissions(), 1, "one entry at a time");
    encounter.is_recorded("ada").shows_code("T2").ticket_is_of(Some("bo")).is_recorded("bo");
    assert!(encounter.is_welcoming("bo"));
}

#[test]
fn a_ticket_that_must_not_let_anybody_in_is_refused_kindly_and_staff_hear_why() {
    for (refusal, tried) in [
        (TicketRefusal::Forged, Tried::TicketDamaged),
        (TicketRefusal::OtherEvent, Tried::TicketElsewhere),
        (TicketRefusal::Expired, Tried::TicketExpired),
        (TicketRefusal::Revoked, Tried::TicketWithdrawn),
        (TicketRefusal::Unsigned, Tried::TicketUnsigned),
    ] {
        for mut encounter in [begin(), asked_for_ticket()] {
            encounter.shows_code("PT1").ticket_is_refused(refusal);
            assert_eq!(encounter.view(), GuestView::NotFound { tried });
            assert_eq!(encounter.notices(), [StaffNotice::TicketRefused(refusal)]);
            encounter.holds_code("PT1", 5_000);
            assert_eq!(encounter.notices().len(), 1, "once, however long it is held");
            assert_eq!(encounter.admissions(), 0);
        }
    }
}

#[test]
fn a_typed_code_can_be_refused_as_well() {
    let mut encounter = begin();
    encounter.enters_ticket("T1").ticket_is_refused(TicketRefusal::Unsigned);
    assert_eq!(encounter.view(), GuestView::NotFound { tried: Tried::TicketUnsigned });
}

#[test]
fn a_look_behind_the_screen_that_is_never_answered_keeps_no_other_code_waiting() {
    let mut encounter = begin();
    encounter.shows_code("T1").waits(100).shows_code("T2");
    assert_eq!(encounter.look_ups(), 1, "one at a time");
    encounter.waits(2_000).shows_code("T2");
    assert_eq!(encounter.look_ups(), 2);
    assert!(encounter.is_idle());
    encounter.gets(portico_session::Input::TicketFound {
        request: RequestId(1),
        attendee: Some(portico_types::AttendeeId::new("ada")),
    });
    assert_eq!(encounter.admissions(), 0, "a late answer admits nobody");
}
