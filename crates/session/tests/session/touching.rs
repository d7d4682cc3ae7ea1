//! Screens that wait for their guest: every touch gives them the time again, and a long wait is not cut off unasked.

use std::time::Duration;

use portico_session::{ChallengeRule, GuestView, Input, Tried, WarningRule};
use portico_types::{Admission, Challenge};

use crate::encounter::{Encounter, admitting, asked, begin, begin_with, first_entry, missed, welcomed};
use crate::faces::good;

const TEN_SECONDS: Option<Duration> = Some(Duration::from_secs(10));

fn with(act: impl FnOnce(&mut Encounter)) -> Encounter {
    let mut encounter = begin();
    act(&mut encounter);
    encounter
}

/// Every screen that asks before it closes, with how long it waits in milliseconds.
fn waiting() -> Vec<(&'static str, Encounter, u64)> {
    let trouble = with(|guest| {
        guest.enters_ticket("T1").waits(2000);
    });
    vec![
        (
            "ticket",
            with(|guest| {
                guest.wants_ticket();
            }),
            30_000,
        ),
        (
            "name",
            with(|guest| {
                guest.wants_name();
            }),
            45_000,
        ),
        ("confirm", asked("ada"), 20_000),
        (
            "not found",
            with(|guest| {
                guest.enters_ticket("T1").ticket_is_of(None);
            }),
            20_000,
        ),
        ("trouble", trouble, 20_000),
    ]
}

#[test]
fn a_screen_asks_ten_seconds_before_it_closes_and_once() {
    for (name, mut encounter, lasting) in waiting() {
        let screen = encounter.view();
        encounter.waits(lasting - 10_001);
        assert_eq!(encounter.closing(), None, "{name}");
        encounter.waits(1);
        assert_eq!((encounter.closing(), encounter.view()), (TEN_SECONDS, screen.clone()), "{name}");
        encounter.waits(9_999);
        assert_eq!(encounter.closing(), TEN_SECONDS, "one change of the view, no ticking: {name}");
        encounter.waits(1);
        assert_eq!((encounter.closing(), encounter.is_idle()), (None, true), "{name}");
    }
}

#[test]
fn a_touch_gives_the_whole_time_again_as_often_as_it_comes() {
    for (name, mut encounter, lasting) in waiting() {
        let screen = encounter.view();
        for _ in 0..20 {
            encounter.waits(lasting - 1).touches();
            assert_eq!((encounter.view(), encounter.closing()), (screen.clone(), None), "{name}");
            assert_eq!(encounter.effects(), [], "a touch does nothing else");
        }
        encounter.waits(lasting);
        assert!(encounter.is_idle(), "{name}");
    }
}

#[test]
fn a_late_wake_up_closes_a_screen_that_was_never_warned_of() {
    for (name, mut encounter, lasting) in waiting() {
        encounter.oversleeps(lasting).touches();
        assert!(encounter.is_idle(), "time that has run out is dealt with before the touch: {name}");
    }
}

#[test]
fn results_are_not_held_open() {
    let mut in_already = admitting("ada");
    in_already.is_admitted("ada", Admission::AlreadyIn(first_entry()));
    for (mut encounter, lasting) in [(welcomed("ada"), 3000), (in_already, 4000)] {
        for _ in 0..lasting / 100 {
            assert!(matches!(encounter.view(), GuestView::Welcome { .. } | GuestView::AlreadyIn { .. }));
            assert_eq!(encounter.closing(), None);
            encounter.waits(100).touches();
        }
        assert!(encounter.is_idle(), "nobody's name stays on the screen because somebody touches it");
    }
}

#[test]
fn staff_called_stays_while_it_is_touched() {
    let mut encounter = begin();
    encounter.calls_staff().waits(5999).touches().waits(5999);
    assert_eq!((encounter.view(), encounter.closing()), (GuestView::StaffCalled, None));
    encounter.waits(1);
    assert!(encounter.is_idle());
}

#[test]
fn a_challenge_gives_its_time_again_three_times() {
    let mut encounter = begin_with(ChallengeRule::Always, WarningRule::TellStaff);
    encounter.holds(good(1), 600).challenge_is(Challenge::Blink);
    for _ in 0..3 {
        encounter.holds(good(1), 5900).touches();
        assert_eq!(encounter.view(), GuestView::Challenge { challenge: Challenge::Blink });
    }
    encounter.holds(good(1), 5900).touches().holds(good(1), 100);
    assert_ne!(
        encounter.view(),
        GuestView::Challenge { challenge: Challenge::Blink },
        "a picture is not held up for ever"
    );
}

#[test]
fn who_touches_not_found_is_there_although_the_camera_does_not_see_them() {
    let mut encounter = missed();
    encounter.is_empty_for(300).touches().is_empty_for(15_000);
    assert_eq!(
        encounter.view(),
        GuestView::NotFound { tried: Tried::Face },
        "bent over the keys, or in a wheelchair"
    );
    encounter.shows(good(2));
    assert!(encounter.is_approaching(), "the next guest still takes over");
}

#[test]
fn a_touch_while_something_is_looked_up_does_not_wait_longer_for_it() {
    let mut encounter = begin();
    encounter.enters_ticket("T1").waits(1500).touches().waits(500);
    assert_eq!(encounter.view(), GuestView::Trouble);
    let mut encounter = asked("ada");
    encounter.enters_fact("1234").waits(1500).touches().waits(500);
    assert_eq!(encounter.view(), GuestView::Trouble);
    let mut encounter = begin();
    encounter.wants_name().enters_name("ada byron").enters_fact("1234").waits(1500).touches().waits(500);
    assert_eq!(encounter.view(), GuestView::Trouble);
}

#[test]
fn a_touch_of_a_screen_that_waits_for_nobody_changes_nothing() {
    let mut encounter = begin();
    encounter.gets(Input::Touched);
    assert_eq!((encounter.is_idle(), encounter.deadline()), (true, None));
    encounter.shows(good(1)).touches();
    assert!(encounter.is_approaching());
}
