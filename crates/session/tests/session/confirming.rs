//! "Is this you?"

use portico_session::{Effect, Evidence, GuestView, Input, RequestId, StaffNotice, Tried};
use portico_types::{AttendeeId, Method, TrackId};

use crate::encounter::{asked, candidate};
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

#[test]
fn a_roster_that_cannot_be_read_is_trouble() {
    let mut encounter = asked("ada");
    encounter.enters_fact("1234").waits(2000);
    assert_eq!(encounter.view(), GuestView::Trouble);
    assert_eq!(encounter.notices(), [StaffNotice::StorageFailed]);
    encounter.fact_is(true);
    assert_eq!(encounter.admissions(), 0, "a late comparison admits nobody");
}
