//! A face is near.

use portico_session::{Effect, GuestView, Input, RequestId};
use portico_types::{Hint, TrackId};

use crate::encounter::begin;
use crate::faces::good;

#[test]
fn a_good_face_held_for_the_intent_time_is_identified() {
    let mut encounter = begin();
    encounter.holds(good(1), 550);
    assert!(encounter.is_approaching());
    encounter.waits(50).shows(good(1));
    assert_eq!(encounter.effects(), [Effect::Identify { request: RequestId(1), track: TrackId(1) }]);
    assert_eq!(encounter.view(), GuestView::Identifying);
}

#[test]
fn the_ring_fills_as_frames_arrive() {
    let mut encounter = begin();
    encounter.holds(good(1), 300);
    assert_eq!(encounter.view(), GuestView::Approaching { hint: None, progress: 0.5 });
}

#[test]
fn a_blink_does_not_empty_the_ring_but_looking_away_does() {
    let mut encounter = begin();
    encounter.holds(good(1), 500).waits(50).shows(good(1).hinted(Hint::LookHere));
    encounter.waits(100).shows(good(1));
    assert_eq!(encounter.view(), GuestView::Identifying, "100 ms are a blink");

    let mut encounter = begin();
    encounter.holds(good(1), 500).holds(good(1).hinted(Hint::LookHere), 200).shows(good(1));
    assert!(matches!(encounter.view(), GuestView::Approaching { progress, .. } if progress < 1e-6));
}

#[test]
fn a_poor_face_is_never_identified() {
    let mut encounter = begin();
    encounter.taps().holds(good(1).hinted(Hint::MoreLight), 10_000);
    assert_eq!(encounter.identifications(), 0);
}

#[test]
fn a_tap_on_a_good_face_identifies_it_at_once() {
    let mut encounter = begin();
    encounter.shows(good(1)).taps();
    assert_eq!(encounter.view(), GuestView::Identifying);
}

#[test]
fn a_tap_on_a_poor_face_counts_as_soon_as_it_is_good() {
    let mut encounter = begin();
    encounter.shows(good(1).hinted(Hint::LookHere)).taps();
    assert!(encounter.is_approaching());
    encounter.waits(2000).shows(good(1).hinted(Hint::LookHere));
    encounter.taps().waits(50).shows(good(1));
    assert_eq!(encounter.view(), GuestView::Identifying);
}

#[test]
fn a_hint_stays_long_enough_to_be_read() {
    let mut encounter = begin();
    encounter
        .holds(good(1).hinted(Hint::ComeCloser), 100)
        .waits(50)
        .holds(good(1).hinted(Hint::LookHere), 500);
    assert!(matches!(encounter.view(), GuestView::Approaching { hint: Some(Hint::ComeCloser), .. }));
    encounter.waits(50).shows(good(1).hinted(Hint::LookHere));
    assert!(matches!(encounter.view(), GuestView::Approaching { hint: Some(Hint::LookHere), .. }));
}

#[test]
fn a_guest_who_leaves_is_forgotten_after_a_glance_aside() {
    let mut encounter = begin();
    encounter.holds(good(1), 300).waits(50).is_empty_for(500);
    assert!(encounter.is_approaching(), "550 ms are a glance aside");
    encounter.waits(50);
    assert!(encounter.is_idle());
}

#[test]
fn a_camera_that_falls_silent_does_not_keep_the_screen() {
    let mut encounter = begin();
    encounter.shows(good(1)).waits(600);
    assert!(encounter.is_idle(), "no frame is no face");
}

#[test]
fn another_face_starts_from_the_beginning() {
    let mut encounter = begin();
    encounter.holds(good(1), 550).waits(50).shows(good(2));
    assert_eq!(
        encounter.view(),
        GuestView::Approaching { hint: None, progress: 0.0 },
        "intent is each guest's own"
    );
}

#[test]
fn a_lost_camera_ends_the_approach() {
    let mut encounter = begin();
    encounter.shows(good(1)).gets(Input::CameraLost);
    assert!(encounter.is_idle());
}

#[test]
fn a_guest_who_steps_back_from_the_screen_is_not_identified_until_they_tap() {
    let mut encounter = begin();
    encounter.shows(good(1)).dismisses().holds(good(1), 5000);
    assert!(encounter.is_idle());
    encounter.taps();
    assert_eq!(encounter.view(), GuestView::Identifying);
}
