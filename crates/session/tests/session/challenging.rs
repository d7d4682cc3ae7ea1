//! A guest is asked for a sign, and what a spoof warning does.

use portico_session::{ChallengeRule, Effect, GuestView, RequestId, StaffNotice, WarningRule};
use portico_types::{Challenge, Decision};

use crate::encounter::{Encounter, begin_with, candidate};
use crate::faces::good;

const CONFIRM: GuestView = GuestView::Confirm { attempts_left: 3, refused: false, checking: false };

/// Every guest is asked, and the guest with track 1 to `challenge`.
fn challenged(challenge: Challenge) -> Encounter {
    let mut encounter = begin_with(ChallengeRule::Always, WarningRule::TellStaff);
    encounter.holds(good(1), 600).challenge_is(challenge);
    encounter
}

/// A warning came with the accepted picture of the guest with track 1.
fn warned(challenge: ChallengeRule, warning: WarningRule) -> Encounter {
    let mut encounter = begin_with(challenge, warning);
    encounter.holds(good(1), 600).is_accepted_with_warning_as("ada");
    encounter
}

#[test]
fn what_to_ask_is_drawn_outside_and_asked_before_anybody_is_searched_for() {
    let mut encounter = begin_with(ChallengeRule::Always, WarningRule::TellStaff);
    encounter.holds(good(1), 600);
    assert_eq!(encounter.effects(), [Effect::DrawChallenge { request: RequestId(1) }]);
    assert_eq!(encounter.view(), GuestView::Identifying, "there is nothing to ask yet");
    encounter.challenge_is(Challenge::TurnRight);
    assert_eq!(encounter.view(), GuestView::Challenge { challenge: Challenge::TurnRight });
    assert_eq!(encounter.identifications(), 0);
}

#[test]
fn a_blink_lets_the_search_begin() {
    let mut encounter = challenged(Challenge::Blink);
    encounter.holds(good(1), 500).holds(good(1).lids(0.05), 100);
    assert_eq!(encounter.identifications(), 0, "shut eyes are half a blink");
    encounter.waits(50).shows(good(1));
    assert_eq!(encounter.identifications(), 1);
    encounter.is_accepted_as("ada").is_recorded("ada");
    assert!(matches!(encounter.view(), GuestView::Welcome { .. }));
    assert_eq!(encounter.notices(), []);
}

#[test]
fn a_turned_head_comes_back_before_it_is_searched() {
    let mut encounter = challenged(Challenge::TurnLeft);
    encounter.shows(good(1)).waits(50).shows(good(1).turned(16.0).hinted(portico_types::Hint::LookHere));
    assert_eq!(encounter.identifications(), 0, "a turned face is a poor picture to search with");
    assert!(encounter.is_approaching());
    encounter.waits(50).shows(good(1));
    assert_eq!(encounter.identifications(), 1, "and is not asked a second time");
}

#[test]
fn the_other_side_is_no_sign() {
    let mut encounter = challenged(Challenge::TurnLeft);
    encounter.shows(good(1)).waits(50).shows(good(1).turned(-20.0));
    assert_eq!(encounter.view(), GuestView::Challenge { challenge: Challenge::TurnLeft });
}

#[test]
fn without_the_sign_the_guest_is_searched_and_asked_for_the_second_fact() {
    let mut encounter = challenged(Challenge::Blink);
    encounter.holds(good(1), 6000);
    assert_eq!(encounter.view(), GuestView::Identifying, "never a dead end");
    assert_eq!(encounter.notices(), [StaffNotice::ChallengeNotMet]);
    encounter.is_accepted_as("ada");
    assert_eq!(encounter.view(), CONFIRM);
    encounter.enters_fact("1234").fact_is(true).is_recorded("ada");
    assert!(matches!(encounter.view(), GuestView::Welcome { .. }));
}

#[test]
fn whoever_rather_not_does_it_goes_on_as_without_the_sign() {
    let mut encounter = challenged(Challenge::Blink);
    encounter.shows(good(1)).dismisses();
    assert_eq!(encounter.view(), GuestView::Identifying);
    encounter.is_accepted_as("ada");
    assert_eq!(encounter.view(), CONFIRM);
}

#[test]
fn the_ticket_stays_one_tap_away() {
    let mut encounter = challenged(Challenge::Blink);
    encounter.shows(good(1)).wants_ticket();
    assert_eq!(encounter.view(), GuestView::Ticket { checking: false });
    encounter.holds(good(1), 3000);
    assert_eq!(
        encounter.identifications(),
        0,
        "a guest who chose the ticket is not identified behind their back"
    );
}

#[test]
fn a_guest_who_leaves_is_not_waited_for_and_the_next_is_asked_anew() {
    let mut encounter = challenged(Challenge::Blink);
    encounter.is_empty_for(700);
    assert!(encounter.is_idle());
    let mut encounter = challenged(Challenge::Blink);
    encounter.holds(good(2), 600);
    assert_eq!(encounter.view(), GuestView::Identifying, "another challenge is being drawn");
    assert_eq!(encounter.identifications(), 0);
}

#[test]
fn a_draw_that_never_comes_asks_for_the_second_fact() {
    let mut encounter = begin_with(ChallengeRule::Always, WarningRule::TellStaff);
    encounter.holds(good(1), 2700).is_accepted_as("ada");
    assert_eq!(encounter.view(), CONFIRM);
}

#[test]
fn a_warning_is_told_to_staff_and_lets_the_guest_in() {
    let mut encounter = warned(ChallengeRule::Off, WarningRule::TellStaff);
    assert_eq!(encounter.notices(), [StaffNotice::SpoofWarning]);
    encounter.is_recorded("ada");
    assert!(matches!(encounter.view(), GuestView::Welcome { .. }));
}

#[test]
fn a_warning_asks_for_the_second_fact_where_the_event_wants_it() {
    let encounter = warned(ChallengeRule::Off, WarningRule::AskSecondFact);
    assert_eq!((encounter.view(), encounter.notices()), (CONFIRM, vec![StaffNotice::SpoofWarning]));
}

#[test]
fn an_event_may_ignore_warnings() {
    let encounter = warned(ChallengeRule::Off, WarningRule::Ignore);
    assert_eq!((encounter.admissions(), encounter.notices()), (1, vec![]));
}

#[test]
fn a_warning_asks_for_a_sign_before_anybody_is_let_in_by_face_alone() {
    let mut encounter = warned(ChallengeRule::OnWarning, WarningRule::TellStaff);
    encounter.challenge_is(Challenge::TurnRight).shows(good(1));
    assert_eq!(encounter.admissions(), 0);
    encounter.waits(50).shows(good(1).turned(-14.0));
    assert_eq!(encounter.admissions(), 1, "the sign was given, and the search is not repeated");

    let mut encounter = warned(ChallengeRule::OnWarning, WarningRule::TellStaff);
    encounter.challenge_is(Challenge::TurnRight).holds(good(1), 6000);
    assert_eq!(encounter.view(), CONFIRM);
    assert_eq!(encounter.notices(), [StaffNotice::SpoofWarning], "staff hear of one guest once");
}

#[test]
fn who_is_asked_for_the_second_fact_anyway_is_not_asked_for_a_sign_too() {
    let encounter = warned(ChallengeRule::OnWarning, WarningRule::AskSecondFact);
    assert_eq!(encounter.view(), CONFIRM);
    let mut encounter = begin_with(ChallengeRule::OnWarning, WarningRule::TellStaff);
    encounter.holds(good(1), 600).is_decided(Decision::Ask(candidate("ada")));
    assert_eq!(encounter.view(), CONFIRM);
}
