//! Staff lead a guest to the text, and the guest agrees.

use portico_session::{Effect, EnrolFailure, GuestView, Input};
use portico_types::AttendeeId;

use super::{consent, drops, pictures_asked};
use crate::encounter::{Encounter, admitting, begin};
use crate::faces::good;

#[test]
fn staff_lead_a_guest_to_the_text_and_the_guest_agrees() {
    let mut encounter = begin();
    let start = Input::EnrolmentStarted { attendee: AttendeeId::new("bo"), name: "Bo".into() };
    encounter.gets(Input::EnrolmentOffered(true)).gets(start.clone());
    assert_eq!(encounter.view(), GuestView::Consent { name: "Bo".into() });
    encounter.waits(10_000).holds(good(3), 1000);
    assert_eq!(encounter.view(), GuestView::Consent { name: "Bo".into() }, "they may still step up");
    encounter.gets(Input::ConsentGiven(consent())).shows(good(3));
    assert_eq!(pictures_asked(&encounter), 1);
    let mut offline = begin();
    offline.gets(start);
    assert_eq!(offline.view(), GuestView::NotEnrolled { why: EnrolFailure::Network });
}

/// Staff, whose face has track 9, lead Bo to the text.
fn led_by_staff() -> Encounter {
    let mut encounter = begin();
    encounter.gets(Input::EnrolmentOffered(true)).shows(good(9));
    encounter.gets(Input::EnrolmentStarted { attendee: AttendeeId::new("bo"), name: "Bo".into() });
    encounter
}

#[test]
fn the_face_of_staff_who_tap_and_step_aside_is_not_taken_for_the_guests() {
    let mut encounter = led_by_staff();
    encounter.is_empty_for(4_000).holds(good(3), 500);
    assert_eq!(encounter.view(), GuestView::Consent { name: "Bo".into() });
    encounter.gets(Input::ConsentGiven(consent())).shows(good(3));
    let of = |effect: &Effect| match effect {
        Effect::TakePicture { track, .. } => Some(track.0),
        _ => None,
    };
    assert_eq!(encounter.effects().iter().find_map(of), Some(3));
    assert_eq!(encounter.identifications(), 0, "nobody is searched for behind their back");
}

#[test]
fn a_guest_who_comes_slowly_or_looks_down_has_the_texts_whole_time() {
    let mut encounter = led_by_staff();
    encounter.is_empty_for(60_000);
    assert_eq!(encounter.view(), GuestView::Consent { name: "Bo".into() });
    encounter.gets(Input::ConsentGiven(consent())).is_empty_for(5_000).shows(good(3));
    assert_eq!(pictures_asked(&encounter), 1, "who agreed with their head down is found a moment later");
    encounter.is_empty_for(3_000).shows(good(4));
    assert!(encounter.is_approaching(), "and from then on it is they who are followed");
    let mut left_alone = led_by_staff();
    left_alone.is_empty_for(91_000);
    assert!(left_alone.is_idle());
}

#[test]
fn staff_who_lead_a_guest_while_another_is_about_to_get_an_answer_are_not_forgotten() {
    let bo = || Input::EnrolmentStarted { attendee: AttendeeId::new("bo"), name: "Bo".into() };
    let text = GuestView::Consent { name: "Bo".into() };
    let offered = |mut encounter: Encounter| {
        encounter.gets(Input::EnrolmentOffered(true));
        encounter
    };
    let mut admitted = offered(admitting("ada"));
    admitted.gets(bo());
    assert_eq!(admitted.view(), GuestView::Identifying, "her entry is being written down");
    admitted.is_recorded("ada");
    assert_eq!(admitted.view(), text);

    let mut asked = offered(begin());
    asked.enters_ticket("T1").gets(bo()).ticket_is_of(None);
    assert_eq!(asked.view(), text);

    let mut named = offered(begin());
    named.wants_name().enters_name("Ada").enters_fact("0000").gets(bo());
    named.gets(Input::EnrolmentStarted { attendee: AttendeeId::new("cy"), name: "Cy".into() });
    named.guest_is(None).waits(700);
    assert_eq!(named.view(), GuestView::Consent { name: "Cy".into() }, "whom they led last");

    let mut slow = offered(admitting("ada"));
    slow.gets(bo()).waits(5_000);
    assert_eq!(slow.view(), text, "a disk that does not answer keeps nobody from it");
    slow.dismisses();
    assert!(slow.is_idle(), "and once is enough");
}

#[test]
fn once_the_guest_has_agreed_no_other_face_is_theirs() {
    let mut encounter = led_by_staff();
    encounter.holds(good(3), 500).gets(Input::ConsentGiven(consent())).is_empty_for(3_000).shows(good(4));
    assert!(encounter.is_approaching());
    assert_eq!(drops(&encounter), 1);
}
