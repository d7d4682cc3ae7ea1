//! "Is this you?"

use portico_session::{Effect, Evidence, FaceRule, GuestView, Input, RequestId, StaffNotice, Tried};
use portico_types::{AttendeeId, Decision, Method, TrackId};

use crate::encounter::{Encounter, asked, begin, candidate};
use crate::faces::good;

#[test]
fn the_right_fact_admits_by_face_and_fact() {
    let mut encounter = asked("ada");
    encounter.enters_fact(" 1234 ");
    let check = Effect::CheckFact {
        request: RequestId(2),
        attendee: AttendeeId::new("ada"),
        fact: "1234".to_owned(),
    };
    assert_eq!(encounter.effects(), [check]);
    assert_eq!(encounter.view(), GuestView::Confirm { attempts_left: 3, refused: false, checking: true });

    encounter.fact_is(true);
    let admit = Effect::Admit {
        request: RequestId(3),
        attendee: AttendeeId::new("ada"),
        method: Method::FaceAndFact,
        evidence: Evidence { candidate: Some(candidate("ada")), track: Some(TrackId(1)), warning: false },
    };
    assert_eq!(encounter.effects(), [admit]);
    encounter.is_recorded("ada");
    assert!(encounter.is_welcoming("ada"));
}

#[test]
fn the_third_wrong_fact_ends_it_and_staff_hear_of_it() {
    let mut encounter = asked("ada");
    for left in [2, 1] {
        encounter.enters_fact("0000").fact_is(false);
        assert_eq!(
            encounter.view(),
            GuestView::Confirm { attempts_left: left, refused: true, checking: false }
        );
    }
    encounter.enters_fact("0000").fact_is(false);
    assert_eq!(encounter.view(), GuestView::NotFound { tried: Tried::Fact });
    assert_eq!(encounter.notices(), [StaffNotice::FactRefused]);
    encounter.holds(good(1).scored(0.99), 20_000);
    assert_eq!(encounter.identifications(), 1, "a better picture gives no new attempts");
}

#[test]
fn a_fact_typed_twice_is_compared_once() {
    let mut encounter = asked("ada");
    encounter.enters_fact("1234").enters_fact("1234");
    assert_eq!(encounter.effects(), [], "a second tap is not a second attempt");
    let mut encounter = asked("ada");
    encounter.enters_fact("  ");
    assert_eq!(encounter.effects(), [], "nothing typed is no attempt");
}

#[test]
fn faces_are_ignored_while_the_guest_types() {
    let mut encounter = asked("ada");
    encounter.holds(good(2), 3000).gets(Input::CameraLost);
    assert!(matches!(encounter.view(), GuestView::Confirm { .. }));
    encounter.enters_fact("1234").fact_is(true).is_recorded("ada");
    assert!(encounter.is_welcoming("ada"), "who typed the fact is welcomed, wherever they look");
}

#[test]
fn it_waits_twenty_seconds_from_the_last_answer() {
    let mut encounter = asked("ada");
    encounter.waits(19_999);
    assert!(matches!(encounter.view(), GuestView::Confirm { .. }));
    encounter.enters_fact("0000").fact_is(false).waits(19_999);
    assert!(matches!(encounter.view(), GuestView::Confirm { .. }));
    encounter.waits(1);
    assert!(encounter.is_idle());
}

#[test]
fn that_is_not_me_lets_a_better_picture_try_once_more() {
    let mut encounter = asked("ada");
    encounter.shows(good(1)).dismisses();
    assert_eq!(encounter.view(), GuestView::NotFound { tried: Tried::Face });
    encounter.holds(good(1), 2000).shows(good(1).scored(0.9));
    assert_eq!(encounter.view(), GuestView::Identifying);
}

#[test]
fn that_is_not_me_after_a_wrong_fact_gives_no_new_attempts() {
    let mut encounter = asked("ada");
    encounter.enters_fact("0000").fact_is(false).dismisses().holds(good(1).scored(0.99), 20_000);
    assert_eq!(encounter.identifications(), 1);
}

/// Somebody who does nothing but guess for ten minutes, each time as `comes` brings them to the question.
fn guesses_for_ten_minutes(encounter: &mut Encounter, comes: impl Fn(&mut Encounter, u32)) -> usize {
    let mut spent = 0;
    for track in 10.. {
        comes(encounter, track);
        for _ in 0..3 {
            if matches!(encounter.view(), GuestView::Confirm { .. }) {
                encounter.enters_fact("0000").fact_is(false);
            }
        }
        encounter.waits(3_400);
        spent += 4_000;
        if spent >= 600_000 {
            break;
        }
    }
    encounter.count(|effect| matches!(effect, Effect::CheckFact { .. }))
}

#[test]
fn stepping_aside_and_back_gives_no_new_attempts_without_end() {
    let mut encounter = begin();
    let checked = guesses_for_ten_minutes(&mut encounter, |encounter, track| {
        encounter.holds(good(track), 600).is_decided(Decision::Ask(candidate("ada")));
    });
    assert!((10..=11).contains(&checked), "the kiosk's budget, and one that came back: {checked}");
    assert_eq!(encounter.view(), GuestView::NotFound { tried: Tried::NameClosed });
}

#[test]
fn nor_does_showing_the_ticket_again() {
    let mut encounter = begin();
    encounter.gets(Input::FaceRuleChanged(FaceRule::WithTicket));
    let checked = guesses_for_ten_minutes(&mut encounter, |encounter, track| {
        encounter.shows(good(track)).shows_code("PT2ADA").ticket_has_face_of("ada");
        for _ in 0..3 {
            encounter.face_is(Decision::Ask(candidate("ada"))).holds(good(track), 700);
        }
    });
    assert!((10..=11).contains(&checked), "{checked}");
}

#[test]
fn an_honest_guest_whom_somebody_has_closed_the_question_to_is_led_on() {
    let mut encounter = begin();
    for track in 1..=4 {
        encounter.holds(good(track), 600).is_decided(Decision::Ask(candidate("ada")));
        for _ in 0..3 {
            encounter.enters_fact("0000");
            if encounter.effects().iter().any(|effect| matches!(effect, Effect::CheckFact { .. })) {
                encounter.fact_is(false);
            }
        }
    }
    encounter.holds(good(9), 600).is_decided(Decision::Ask(candidate("bo")));
    assert_eq!(encounter.view(), GuestView::NotFound { tried: Tried::NameClosed });
    encounter.wants_name();
    assert_eq!(encounter.attempts_shown(), 3, "nobody has guessed at names");
    encounter.calls_staff();
    assert_eq!(encounter.view(), GuestView::StaffCalled);
    encounter.enters_ticket("T2").ticket_is_of(Some("bo")).is_recorded("bo");
    assert!(encounter.is_welcoming("bo"));
    encounter.waits(600_000).holds(good(11), 600).is_decided(Decision::Ask(candidate("cy")));
    assert_eq!(encounter.view(), GuestView::Confirm { attempts_left: 1, refused: false, checking: false });
}

#[test]
fn a_line_of_guests_who_know_their_digits_uses_nothing_up() {
    let mut encounter = begin();
    for track in 1..=30 {
        encounter.holds(good(track), 600).is_decided(Decision::Ask(candidate("ada")));
        assert!(matches!(encounter.view(), GuestView::Confirm { attempts_left: 3, .. }), "guest {track}");
        encounter.enters_fact("1234").fact_is(true).is_recorded("ada").waits(10_000);
    }
}

#[test]
fn guesses_at_names_close_the_second_fact_to_nobody() {
    let mut encounter = begin();
    for _ in 0..10 {
        encounter.wants_name().enters_name("Ada").enters_fact("0000").guest_is(None).waits(61_000);
    }
    encounter.holds(good(1), 600).is_decided(Decision::Ask(candidate("bo")));
    assert!(matches!(encounter.view(), GuestView::Confirm { attempts_left: 3, .. }));
}

#[test]
fn a_roster_that_cannot_be_read_is_trouble() {
    let mut encounter = asked("ada");
    encounter.enters_fact("1234").waits(2000);
    assert_eq!(encounter.view(), GuestView::Trouble);
    assert_eq!(encounter.notices(), [StaffNotice::StorageFailed]);
    encounter.fact_is(true);
    assert_eq!(encounter.admissions(), 0, "a late comparison admits nobody");
}
