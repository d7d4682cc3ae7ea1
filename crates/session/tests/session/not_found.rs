//! The guest was not found.

use portico_session::{GuestView, Input, Tried};
use portico_types::Hint;

use crate::encounter::{begin, missed};
use crate::faces::good;

#[test]
fn it_is_shown_for_twenty_seconds_to_a_guest_who_stays() {
    let mut encounter = missed();
    encounter.holds(good(1), 19_950);
    assert_eq!(encounter.view(), GuestView::NotFound { tried: Tried::Face });
    encounter.waits(50);
    assert!(encounter.is_idle());
}

#[test]
fn it_ends_when_the_guest_has_left() {
    let mut encounter = missed();
    encounter.is_empty_for(550);
    assert!(matches!(encounter.view(), GuestView::NotFound { .. }));
    encounter.waits(50);
    assert!(encounter.is_idle());
}

#[test]
fn it_stays_when_the_camera_is_lost() {
    let mut encounter = missed();
    encounter.shows_nobody().gets(Input::CameraLost).waits(7000);
    assert!(
        matches!(encounter.view(), GuestView::NotFound { .. }),
        "nobody knows whether the guest has left"
    );
}

#[test]
fn a_clearly_better_frame_is_searched_again() {
    let mut encounter = missed();
    encounter.holds(good(1).scored(0.84), 2000);
    assert_eq!(encounter.identifications(), 1, "0.14 better is not clearly better");
    encounter.shows(good(1).scored(0.86).hinted(Hint::LookHere));
    assert_eq!(encounter.identifications(), 1, "nor is a frame with a hint");
    encounter.shows(good(1).scored(0.86));
    assert_eq!(encounter.view(), GuestView::Identifying);
}

#[test]
fn the_guest_has_two_seconds_to_read_before_that() {
    let mut encounter = missed();
    encounter.holds(good(1).scored(0.95), 1950);
    assert_eq!(encounter.identifications(), 1);
    encounter.waits(50).shows(good(1).scored(0.95));
    assert_eq!(encounter.identifications(), 2);
}

#[test]
fn every_other_way_in_is_open() {
    let mut encounter = missed();
    encounter.wants_ticket();
    assert_eq!(encounter.view(), GuestView::Ticket { checking: false });
    let mut encounter = missed();
    encounter.enters_ticket("T1");
    assert_eq!(encounter.view(), GuestView::Ticket { checking: true });
    let mut encounter = missed();
    encounter.calls_staff();
    assert_eq!(encounter.view(), GuestView::StaffCalled);
}

#[test]
fn after_an_unknown_ticket_the_guest_may_use_their_face() {
    let mut encounter = begin();
    encounter.shows(good(1)).enters_ticket("T1").ticket_is_of(None).waits(500).shows(good(1));
    assert_eq!(encounter.view(), GuestView::NotFound { tried: Tried::Ticket });
    encounter.taps();
    assert_eq!(encounter.view(), GuestView::Identifying);
}

#[test]
fn going_back_from_an_unknown_ticket_returns_to_the_face() {
    let mut encounter = begin();
    encounter.shows(good(1)).enters_ticket("T1").ticket_is_of(None).shows(good(1)).dismisses();
    assert!(encounter.is_approaching());
}

#[test]
fn a_missed_face_is_not_searched_again_while_the_guest_tries_their_ticket() {
    let mut encounter = missed();
    encounter.enters_ticket("T1").ticket_is_of(None).holds(good(1).scored(0.95), 4000);
    assert_eq!(
        encounter.view(),
        GuestView::NotFound { tried: Tried::Ticket },
        "they are about to type it again"
    );
}
