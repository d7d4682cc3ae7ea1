//! Nobody is near.

use portico_session::GuestView;
use portico_types::Hint;

use crate::encounter::{asked, begin, missed, welcomed};
use crate::faces::good;

#[test]
fn a_session_begins_idle_and_awaits_nothing() {
    let encounter = begin();
    assert!(encounter.is_idle());
    assert_eq!(encounter.deadline(), None, "an idle kiosk need not be woken");
}

#[test]
fn a_face_that_comes_near_is_answered_with_its_first_frame() {
    let mut encounter = begin();
    encounter.shows(good(1).hinted(Hint::ComeCloser));
    assert_eq!(encounter.view(), GuestView::Approaching { hint: Some(Hint::ComeCloser), progress: 0.0 });
}

#[test]
fn a_tap_before_the_camera_finds_the_face_counts_for_a_moment() {
    let mut encounter = begin();
    encounter.taps().waits(2900).shows(good(1));
    assert_eq!(encounter.view(), GuestView::Identifying, "the guest has shown intent by tapping");

    let mut encounter = begin();
    encounter.taps().waits(3000).shows(good(1));
    assert!(encounter.is_approaching(), "an old tap may be another guest's");
}

#[test]
fn a_welcomed_guest_who_stays_is_left_alone() {
    let mut encounter = welcomed("ada");
    encounter.holds(good(1), 20_000);
    assert!(encounter.is_idle());
    assert_eq!(encounter.identifications(), 1, "a tracked face is identified once (I9)");
}

#[test]
fn a_welcomed_guest_who_taps_is_offered_the_ticket_instead_of_a_second_search() {
    let mut encounter = welcomed("ada");
    encounter.holds(good(1), 4000).taps();
    assert_eq!(encounter.view(), GuestView::Ticket { checking: false });
}

#[test]
fn a_missed_guest_who_taps_hears_so_again_and_staff_are_not_told_twice() {
    let mut encounter = missed();
    encounter.holds(good(1), 21_000);
    assert!(encounter.is_idle());
    encounter.taps();
    assert!(matches!(encounter.view(), GuestView::NotFound { .. }));
    assert_eq!(encounter.notices().len(), 1);
    assert_eq!(encounter.identifications(), 1, "asking again does not make the picture better (I9)");
}

#[test]
fn a_missed_guest_who_stays_is_searched_again_on_a_clearly_better_frame() {
    let mut encounter = missed();
    encounter.holds(good(1), 21_000).shows(good(1).scored(0.86));
    assert_eq!(encounter.view(), GuestView::Identifying);
}

#[test]
fn a_guest_who_left_is_this_you_unanswered_is_not_asked_again() {
    let mut encounter = asked("ada");
    encounter.holds(good(1).scored(0.99), 30_000);
    assert!(encounter.is_idle());
    assert_eq!(encounter.identifications(), 1);
}
