//! The third way in: a name and the last digits of a phone.

use std::time::Duration;

use portico_session::{Effect, Evidence, GuestView, Input, NameAsks, RequestId, StaffNotice, Tried};
use portico_types::{Admission, AttendeeId, Method};

use crate::encounter::{Encounter, begin, first_entry, identifying, missed, welcomed};
use crate::faces::good;

fn asking(asks: NameAsks, attempts_left: u8, refused: bool) -> GuestView {
    GuestView::Name { asks, attempts_left, refused, checking: false }
}

fn checking(asks: NameAsks, attempts_left: u8) -> GuestView {
    GuestView::Name { asks, attempts_left, refused: false, checking: true }
}

/// A guest has typed these, and nobody has been found yet.
fn asked_for(name: &str, digits: &str) -> Encounter {
    let mut encounter = begin();
    encounter.wants_name().enters_name(name).enters_fact(digits);
    encounter
}

/// Somebody is wrong, as soon as the screen lets them.
fn is_wrong(encounter: &mut Encounter) {
    encounter.enters_name("ada byron").enters_fact("0000").guest_is(None).waits(700);
}

#[test]
fn a_name_and_then_its_digits_admit_the_one_who_has_both() {
    let mut encounter = begin();
    encounter.wants_name();
    assert_eq!(encounter.view(), asking(NameAsks::NameOrDigits, 3, false));
    encounter.enters_name(" Ada Byron ");
    assert_eq!(encounter.effects(), [], "nothing is looked up before both facts are there");
    assert_eq!(encounter.view(), asking(NameAsks::Digits, 3, false));
    encounter.enters_fact(" 1234 ");
    let find =
        Effect::FindNamed { request: RequestId(1), name: "Ada Byron".to_owned(), digits: "1234".to_owned() };
    assert_eq!(encounter.effects(), [find]);
    assert_eq!(encounter.view(), checking(NameAsks::Digits, 3));

    encounter.guest_is(Some("ada"));
    let admit = Effect::Admit {
        request: RequestId(2),
        attendee: AttendeeId::new("ada"),
        method: Method::NameAndFact,
        evidence: Evidence { candidate: None, track: None, warning: false },
    };
    assert_eq!(encounter.effects(), [admit]);
    assert_eq!(encounter.view(), checking(NameAsks::Digits, 3), "the screen does not jump meanwhile");
    encounter.is_recorded("ada");
    assert!(encounter.is_welcoming("ada"));
}

#[test]
fn digits_and_then_the_name_are_the_same_two_facts() {
    let mut encounter = begin();
    encounter.wants_name().enters_name("+49 170 555 1234");
    assert_eq!(encounter.view(), asking(NameAsks::Name, 3, false));
    encounter.enters_fact("9999");
    assert_eq!(encounter.effects(), [], "the keypad's digits are not what is asked for");
    encounter.enters_name("ada byron");
    let find = Effect::FindNamed {
        request: RequestId(1),
        name: "ada byron".to_owned(),
        digits: "+49 170 555 1234".to_owned(),
    };
    assert_eq!(encounter.effects(), [find]);
    encounter.guest_is(Some("ada")).is_recorded("ada");
    assert!(encounter.is_welcoming("ada"));
}

#[test]
fn a_guest_who_is_in_already_is_told_so() {
    let mut encounter = asked_for("ada byron", "1234");
    encounter.guest_is(Some("ada")).is_admitted("ada", Admission::AlreadyIn(first_entry()));
    assert!(matches!(encounter.view(), GuestView::AlreadyIn { .. }));
}

#[test]
fn the_second_question_is_the_same_whoever_is_on_the_list() {
    let screens = |name: &str| {
        let mut encounter = begin();
        let first = encounter.wants_name().enters_name(name).view();
        let second = encounter.enters_fact("1234").view();
        (first, second, encounter.deadline())
    };
    assert_eq!(screens("Ada Byron"), screens("Nobody Whatever"), "the session knows neither yet");
}

#[test]
fn what_does_not_fit_is_told_at_the_same_moment_however_long_the_look_took() {
    for (quick, rest) in [(3, 697), (200, 500), (650, 50)] {
        let mut encounter = asked_for("ada byron", "0000");
        encounter.waits(quick).guest_is(None).waits(rest - 1);
        assert_eq!(
            encounter.view(),
            checking(NameAsks::Digits, 3),
            "a name that nobody has is looked up faster"
        );
        encounter.waits(1);
        assert_eq!(encounter.view(), asking(NameAsks::NameOrDigits, 2, true));
    }
    let mut slow = asked_for("ada byron", "0000");
    slow.waits(1500).guest_is(None);
    assert_eq!(slow.view(), asking(NameAsks::NameOrDigits, 2, true));
}

#[test]
fn after_the_third_wrong_answer_it_is_the_ticket_or_staff() {
    let mut encounter = begin();
    encounter.wants_name();
    is_wrong(&mut encounter);
    is_wrong(&mut encounter);
    assert_eq!(encounter.view(), asking(NameAsks::NameOrDigits, 1, true));
    is_wrong(&mut encounter);
    assert_eq!(encounter.view(), GuestView::NotFound { tried: Tried::Name });
    assert_eq!(encounter.notices(), [StaffNotice::FactRefused]);
    encounter.wants_name();
    assert_eq!(
        encounter.view(),
        GuestView::NotFound { tried: Tried::NameClosed },
        "coming back gives no new attempts"
    );
    assert_eq!(encounter.notices().len(), 1, "staff know");
    encounter.wants_ticket();
    assert_eq!(encounter.view(), GuestView::Ticket { checking: false }, "never a dead end");
    encounter.dismisses().waits(60_000).wants_name();
    assert_eq!(
        encounter.view(),
        asking(NameAsks::NameOrDigits, 3, false),
        "whoever comes then is another guest"
    );
}

#[test]
fn leaving_before_the_answer_saves_no_attempt() {
    let mut encounter = begin();
    for _ in 0..3 {
        encounter.wants_name().enters_name("ada byron").enters_fact("0000").dismisses();
        assert!(encounter.is_idle());
    }
    encounter.wants_name();
    assert_eq!(encounter.view(), GuestView::NotFound { tried: Tried::NameClosed });
    encounter.guest_is(Some("ada"));
    assert_eq!(encounter.admissions(), 0, "and a late answer admits nobody");
}

#[test]
fn all_guests_together_may_be_wrong_ten_times_and_then_once_in_ten_minutes() {
    let mut encounter = begin();
    for _ in 0..10 {
        encounter.waits(60_000).wants_name();
        assert_eq!(encounter.view(), asking(NameAsks::NameOrDigits, encounter.attempts_shown(), false));
        is_wrong(&mut encounter);
        encounter.dismisses();
    }
    // The first is forgotten after ten minutes, in the last of which the tenth was made.
    encounter.waits(60_000).wants_name();
    assert_eq!(encounter.attempts_shown(), 1);
    is_wrong(&mut encounter);
    assert_eq!(encounter.view(), GuestView::NotFound { tried: Tried::Name });
    encounter.waits(120_000).wants_name();
    assert_eq!(
        encounter.view(),
        GuestView::NotFound { tried: Tried::NameClosed },
        "another guest, the same kiosk"
    );
    encounter.enters_ticket("T1").ticket_is_of(Some("bo")).is_recorded("bo");
    assert!(encounter.is_welcoming("bo"), "everything else goes on");
    encounter.waits(600_000).wants_name();
    assert_eq!(encounter.attempts_shown(), 1);
}

#[test]
fn too_few_digits_and_nothing_at_all_cost_no_attempt() {
    let mut encounter = begin();
    encounter.wants_name().enters_name("123").enters_name("  ").enters_name("-").enters_fact("1234");
    assert_eq!(encounter.view(), asking(NameAsks::NameOrDigits, 3, false));
    assert_eq!(encounter.effects(), []);
}

#[test]
fn what_is_typed_while_it_is_looked_up_is_ignored() {
    let mut encounter = asked_for("ada byron", "1234");
    encounter.enters_fact("1234").enters_name("bo").taps().wants_ticket().enters_ticket("T1").wants_name();
    assert_eq!(encounter.view(), checking(NameAsks::Digits, 3));
    assert_eq!(encounter.effects(), []);
}

#[test]
fn back_leads_from_the_second_fact_to_the_first_and_from_there_to_the_face() {
    let mut encounter = begin();
    encounter.shows(good(1)).wants_name().enters_name("ada byron").shows(good(1)).dismisses();
    assert_eq!(encounter.view(), asking(NameAsks::NameOrDigits, 3, false));
    encounter.shows(good(1)).dismisses();
    assert!(encounter.is_approaching(), "the guest has changed their mind");
}

#[test]
fn it_is_reachable_from_every_screen_and_sets_the_face_aside() {
    for mut encounter in [begin(), identifying(), missed(), welcomed("ada")] {
        encounter.wants_name();
        assert_eq!(encounter.view(), asking(NameAsks::NameOrDigits, 3, false));
    }
    let mut encounter = begin();
    encounter.shows(good(1)).wants_name().holds(good(1), 10_000);
    assert_eq!(encounter.identifications(), 0, "who chose another way is not identified behind their back");
    encounter.taps();
    assert_eq!(encounter.view(), GuestView::Identifying, "and may change their mind");
}

#[test]
fn a_roster_that_cannot_be_read_is_trouble() {
    let mut encounter = asked_for("ada byron", "1234");
    encounter.waits(2000);
    assert_eq!(encounter.view(), GuestView::Trouble);
    assert_eq!(encounter.notices(), [StaffNotice::StorageFailed]);
    encounter.guest_is(Some("ada"));
    assert_eq!(encounter.admissions(), 0, "a late answer admits nobody");
}

#[test]
fn it_waits_forty_five_seconds_for_each_fact_and_asks_before_it_closes() {
    let mut encounter = begin();
    encounter.wants_name().waits(34_999);
    assert_eq!(encounter.closing(), None);
    encounter.waits(1);
    assert_eq!(encounter.closing(), Some(Duration::from_secs(10)));
    encounter.enters_name("ada byron");
    assert_eq!(encounter.closing(), None, "somebody is there");
    encounter.waits(44_999);
    assert_eq!(encounter.view(), asking(NameAsks::Digits, 3, false));
    encounter.waits(1);
    assert!(encounter.is_idle());
    encounter.gets(Input::FactEntered("1234".to_owned()));
    assert_eq!(encounter.effects(), [], "nothing that was typed is kept");
}
