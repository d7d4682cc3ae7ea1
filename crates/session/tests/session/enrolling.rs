//! Enrolling a face at the kiosk, from the offer to the last picture, and everything that ends it.

mod led;

use std::time::Duration;

use portico_session::{
    CaptureAsk, Effect, EnrolFailure, EnrolmentOutcome, FaceChoice, GuestView, Input, PictureOutcome,
    StaffNotice,
};
use portico_types::{Admission, AttendeeId, Consent, Hint, UtcMillis};

use crate::encounter::{Encounter, begin, first_entry};
use crate::faces::good;

const TURNED: f32 = 6.0;

fn consent() -> Consent {
    Consent { text_version: "eu/1".into(), language: "de".into(), agreed_at: UtcMillis(1_700_000_000_000) }
}

/// Ada, whose face is not enrolled, stands there and was let in by her ticket.
fn in_by_ticket() -> Encounter {
    let mut encounter = begin();
    encounter.gets(Input::EnrolmentOffered(true)).holds(good(1), 100).enters_ticket("T1");
    encounter.ticket_is_of(Some("ada")).is_recorded("ada");
    encounter
}

/// She reads what she is asked to agree to.
fn reading() -> Encounter {
    let mut encounter = in_by_ticket();
    encounter.gets(Input::EnrolmentWanted);
    encounter
}

/// She has agreed.
fn agreed() -> Encounter {
    let mut encounter = reading();
    encounter.gets(Input::ConsentGiven(consent()));
    encounter
}

/// Three pictures are taken and on their way.
fn sending() -> Encounter {
    let mut encounter = agreed();
    for face in [good(1), good(1).turned(TURNED), good(1).turned(-TURNED)] {
        encounter.holds(face, 700).picture_is(PictureOutcome::Kept);
    }
    encounter
}

/// How many pictures were taken, while they are.
fn taken(encounter: &Encounter) -> Option<u8> {
    match encounter.view() {
        GuestView::Capture { taken, .. } => Some(taken),
        _ => None,
    }
}

fn pictures_asked(encounter: &Encounter) -> usize {
    encounter.count(|effect| matches!(effect, Effect::TakePicture { .. }))
}

fn drops(encounter: &Encounter) -> usize {
    encounter.count(|effect| matches!(effect, Effect::DropPictures))
}

#[test]
fn who_came_by_ticket_and_is_not_enrolled_is_offered_it() {
    let encounter = in_by_ticket();
    assert!(matches!(encounter.view(), GuestView::Welcome { face: FaceChoice::Enrol, .. }));
}

#[test]
fn a_ticket_before_the_camera_is_as_good_as_a_scanned_one_and_a_name_is_none() {
    let mut shown = begin();
    shown.gets(Input::EnrolmentOffered(true)).holds(good(1), 100).shows_code("T1");
    shown.ticket_is_of(Some("ada")).is_recorded("ada");
    assert!(matches!(shown.view(), GuestView::Welcome { face: FaceChoice::Enrol, .. }));
    shown.gets(Input::EnrolmentWanted).holds_code("T1", 2000);
    assert_eq!(
        shown.view(),
        GuestView::Consent { name: "ada".into() },
        "still holding it up interrupts nothing"
    );
    let mut named = begin();
    named.gets(Input::EnrolmentOffered(true)).wants_name().enters_name("Ada").enters_fact("1234");
    named.guest_is(Some("ada")).is_recorded("ada");
    assert!(matches!(named.view(), GuestView::Welcome { face: FaceChoice::None, .. }));
}

#[test]
fn nobody_is_offered_it_where_the_event_does_not_or_the_network_is_gone() {
    let mut encounter = begin();
    encounter.holds(good(1), 100).enters_ticket("T1").ticket_is_of(Some("ada")).is_recorded("ada");
    assert!(matches!(encounter.view(), GuestView::Welcome { face: FaceChoice::None, .. }));
    encounter.gets(Input::EnrolmentWanted);
    assert!(encounter.is_welcoming("ada"), "a call that the screen does not offer does nothing");
}

#[test]
fn who_came_before_and_shows_their_ticket_again_is_offered_it_too() {
    let mut encounter = begin();
    encounter.gets(Input::EnrolmentOffered(true)).holds(good(1), 100).enters_ticket("T1");
    encounter.ticket_is_of(Some("ada")).is_admitted("ada", Admission::AlreadyIn(first_entry()));
    assert!(matches!(encounter.view(), GuestView::AlreadyIn { face: FaceChoice::Enrol, .. }));
    encounter.gets(Input::EnrolmentWanted);
    assert_eq!(encounter.view(), GuestView::Consent { name: "ada".into() });
}

#[test]
fn the_greeting_is_over_after_three_seconds_and_the_offer_stays_for_who_stays() {
    let mut encounter = in_by_ticket();
    encounter.holds(good(1), 3000);
    assert_eq!(encounter.view(), GuestView::EnrolOffer, "the name has gone");
    encounter.holds(good(1), 6000);
    assert!(encounter.is_idle(), "and so has the offer, in the end");
    let mut encounter = in_by_ticket();
    encounter.is_empty_for(3000);
    assert!(encounter.is_idle(), "nobody is offered anything who has left");
}

#[test]
fn the_offer_keeps_nobody_waiting() {
    let mut encounter = in_by_ticket();
    encounter.holds(good(1), 3000).shows(good(2));
    assert!(encounter.is_approaching());
    let mut encounter = in_by_ticket();
    encounter.holds(good(1), 3000).enters_ticket("T2").ticket_is_of(Some("bo"));
    assert_eq!(encounter.view(), GuestView::Ticket { checking: true });
}

#[test]
fn declining_leads_on_and_asks_for_nothing() {
    let mut encounter = reading();
    encounter.dismisses();
    assert!(encounter.is_idle());
    assert_eq!((pictures_asked(&encounter), drops(&encounter)), (0, 0), "there was nothing to drop");
}

#[test]
fn reading_is_not_cut_off_unasked() {
    let mut encounter = reading();
    encounter.holds(good(1), 79_900);
    assert_eq!(encounter.closing(), None);
    encounter.holds(good(1), 200);
    assert_eq!(encounter.closing(), Some(Duration::from_secs(10)));
    encounter.touches().holds(good(1), 79_000);
    assert_eq!((encounter.view(), encounter.closing()), (GuestView::Consent { name: "ada".into() }, None));
    encounter.holds(good(1), 11_000);
    assert!(encounter.is_idle(), "whoever does not answer has had their time");
    let mut gone = reading();
    gone.touches().is_empty_for(7000);
    assert!(gone.is_idle(), "a touch keeps nobody there who has left");
}

#[test]
fn no_picture_is_taken_before_the_guest_agreed() {
    let mut encounter = reading();
    encounter.holds(good(1), 5000);
    assert_eq!(encounter.view(), GuestView::Consent { name: "ada".into() });
    assert_eq!((pictures_asked(&encounter), encounter.identifications()), (0, 0));
}

#[test]
fn a_consent_that_nobody_asked_for_changes_nothing() {
    let mut encounter = in_by_ticket();
    encounter.gets(Input::ConsentGiven(consent()));
    assert!(encounter.is_welcoming("ada"));
}

#[test]
fn three_pictures_that_differ_go_out_with_the_consent() {
    let mut encounter = agreed();
    let ask = |encounter: &Encounter| match encounter.view() {
        GuestView::Capture { ask, .. } => ask,
        other => panic!("{other:?}"),
    };
    assert_eq!(ask(&encounter), CaptureAsk::LookHere);
    encounter.shows(good(1));
    assert_eq!(pictures_asked(&encounter), 1);
    encounter.holds(good(1), 1000).picture_is(PictureOutcome::Kept);
    assert_eq!((taken(&encounter), ask(&encounter)), (Some(1), CaptureAsk::TurnALittle));
    encounter.holds(good(1), 1000);
    assert_eq!(pictures_asked(&encounter), 1, "the same again would say nothing new");
    encounter.shows(good(1).turned(TURNED)).picture_is(PictureOutcome::Kept);
    encounter.holds(good(1).turned(-TURNED), 700).picture_is(PictureOutcome::Kept);
    let enrol = |effect: &Effect| {
        matches!(effect, Effect::Enrol { attendee, consent: given, .. }
        if *attendee == AttendeeId::new("ada") && *given == consent())
    };
    assert!(encounter.effects().iter().any(enrol), "{:?}", encounter.effects());
    assert!(matches!(encounter.view(), GuestView::Capture { taken: 3, sending: true, .. }));
}

#[test]
fn whoever_cannot_turn_their_head_is_enrolled_too() {
    let mut encounter = agreed();
    for _ in 0..3 {
        encounter.holds(good(1), 2600).picture_is(PictureOutcome::Kept);
    }
    assert!(matches!(encounter.view(), GuestView::Capture { sending: true, .. }));
}

#[test]
fn a_poor_moment_is_waited_out_with_a_hint_and_a_poor_picture_taken_again() {
    let mut encounter = agreed();
    encounter.holds(good(1).hinted(Hint::MoreLight), 1000);
    assert_eq!(pictures_asked(&encounter), 0);
    assert!(matches!(encounter.view(), GuestView::Capture { hint: Some(Hint::MoreLight), .. }));
    encounter.shows(good(1)).picture_is(PictureOutcome::NotGood).holds(good(1), 700);
    assert_eq!((taken(&encounter), pictures_asked(&encounter)), (Some(0), 2));
}

#[test]
fn the_guest_is_told_that_it_is_done() {
    let mut encounter = sending();
    encounter.enrolment_is(EnrolmentOutcome::Enrolled { pictures: 3, quality: 0.8 });
    assert_eq!(encounter.view(), GuestView::Enrolled { pictures: 3, quality: 0.8 });
    encounter.holds(good(1), 5000);
    assert!(encounter.is_idle(), "and is not identified for standing there");
}

#[test]
fn who_comes_back_at_once_may_have_it_removed() {
    let mut encounter = sending();
    encounter.enrolment_is(EnrolmentOutcome::Enrolled { pictures: 3, quality: 0.8 });
    encounter.is_empty_for(1000).holds(good(5), 700).is_accepted_as("ada");
    assert!(matches!(encounter.view(), GuestView::Welcome { face: FaceChoice::Remove, .. }));
}

#[test]
fn without_a_network_the_guest_is_told_before_anything_is_taken() {
    let mut encounter = reading();
    encounter.gets(Input::EnrolmentOffered(false));
    assert_eq!(encounter.view(), GuestView::NotEnrolled { why: EnrolFailure::Network });
    let mut encounter = agreed();
    encounter.shows(good(1)).gets(Input::EnrolmentOffered(false));
    assert_eq!(encounter.view(), GuestView::NotEnrolled { why: EnrolFailure::Network });
    assert_eq!(drops(&encounter), 1);
}

#[test]
fn whatever_ends_it_has_the_pictures_dropped() {
    type End = fn(&mut Encounter);
    let ends: [End; 6] = [
        |encounter| _ = encounter.dismisses(),
        |encounter| _ = encounter.calls_staff(),
        |encounter| _ = encounter.wants_ticket(),
        |encounter| _ = encounter.enters_ticket("T2").ticket_is_of(Some("bo")),
        |encounter| _ = encounter.gets(Input::CameraLost),
        |encounter| _ = encounter.is_empty_for(7000),
    ];
    for (number, end) in ends.into_iter().enumerate() {
        let mut encounter = agreed();
        encounter.holds(good(1), 100).picture_is(PictureOutcome::Kept);
        end(&mut encounter);
        assert!(!matches!(encounter.view(), GuestView::Capture { .. }), "{number}");
        assert_eq!(drops(&encounter), 1, "{number}");
        assert_eq!(encounter.count(|effect| matches!(effect, Effect::Enrol { .. })), 0, "{number}");
    }
}

#[test]
fn the_next_guest_is_not_enrolled_in_the_place_of_the_one_before() {
    let elsewhere = |mut encounter: Encounter| {
        encounter.is_empty_for(3000).shows(good(2));
        encounter
    };
    assert!(elsewhere(reading()).is_approaching());
    let mut taking = agreed();
    taking.holds(good(1), 100).picture_is(PictureOutcome::Kept);
    let taking = elsewhere(taking);
    assert!(taking.is_approaching());
    assert_eq!(drops(&taking), 1);
}

#[test]
fn a_face_lost_for_a_glance_aside_begins_its_pictures_anew() {
    let mut encounter = agreed();
    encounter.holds(good(1), 100).picture_is(PictureOutcome::Kept);
    encounter.is_empty_for(800).shows(good(2));
    assert_eq!(taken(&encounter), Some(0), "all three are of one face that was followed throughout");
    let first = |effect: &Effect| matches!(effect, Effect::TakePicture { first: true, .. });
    encounter.holds(good(2), 700);
    assert_eq!(encounter.count(first), 2);
}

#[test]
fn the_guests_own_ticket_takes_nothing_from_them() {
    let scans: fn(&mut Encounter) = |encounter| _ = encounter.enters_ticket("T1");
    let holds_up: fn(&mut Encounter) = |encounter| _ = encounter.shows_code("T1");
    for read in [scans, holds_up] {
        let mut encounter = agreed();
        encounter.waits(3_100);
        read(&mut encounter);
        assert_eq!(encounter.look_ups(), 2, "three seconds later it is read anew");
        encounter.ticket_is_of(Some("ada"));
        assert_eq!(taken(&encounter), Some(0), "a telephone that drifts into view");
        assert_eq!((drops(&encounter), encounter.admissions()), (0, 1));

        let mut reads = reading();
        reads.waits(3_100);
        read(&mut reads);
        reads.ticket_is_of(Some("ada"));
        assert_eq!((reads.view(), reads.admissions()), (GuestView::Consent { name: "ada".into() }, 1));
    }
}

#[test]
fn nor_do_they_come_in_again_by_it_when_all_is_done() {
    let mut encounter = sending();
    encounter.waits(3_000).enrolment_is(EnrolmentOutcome::Enrolled { pictures: 3, quality: 0.8 });
    encounter.shows_code("T1").ticket_is_of(Some("ada"));
    assert_eq!(encounter.view(), GuestView::Enrolled { pictures: 3, quality: 0.8 });
    assert_eq!(encounter.admissions(), 1);
}

#[test]
fn a_doubtful_picture_is_for_staff() {
    let mut encounter = agreed();
    encounter.shows(good(1)).picture_is(PictureOutcome::Doubtful);
    assert_eq!(encounter.view(), GuestView::NotEnrolled { why: EnrolFailure::Staff });
    assert_eq!((encounter.notices(), drops(&encounter)), (vec![StaffNotice::EnrolmentDoubtful], 1));
}

#[test]
fn without_good_pictures_it_ends() {
    let mut encounter = agreed();
    encounter.holds(good(1).hinted(Hint::LessLight), 40_000);
    assert_eq!(encounter.view(), GuestView::NotEnrolled { why: EnrolFailure::Picture });
}

#[test]
fn what_the_backend_says_is_told() {
    for (outcome, why) in [
        (EnrolmentOutcome::Unreachable, EnrolFailure::Network),
        (EnrolmentOutcome::Refused, EnrolFailure::Picture),
    ] {
        let mut encounter = sending();
        encounter.enrolment_is(outcome);
        assert_eq!(encounter.view(), GuestView::NotEnrolled { why });
    }
    let mut encounter = sending();
    encounter.holds(good(1), 12_000);
    assert_eq!(encounter.view(), GuestView::NotEnrolled { why: EnrolFailure::Network }, "nothing came");
}

#[test]
fn the_same_inputs_have_the_same_effects() {
    let story = || {
        let mut encounter = sending();
        encounter.enrolment_is(EnrolmentOutcome::Enrolled { pictures: 3, quality: 0.8 });
        (encounter.everything().to_vec(), encounter.view(), encounter.deadline())
    };
    assert_eq!(story(), story());
}

impl Encounter {
    fn picture_is(&mut self, outcome: PictureOutcome) -> &mut Self {
        let request = self.newest(|effect| match effect {
            Effect::TakePicture { request, .. } => Some(*request),
            _ => None,
        });
        self.gets(Input::PictureTaken { request, outcome })
    }

    fn enrolment_is(&mut self, outcome: EnrolmentOutcome) -> &mut Self {
        let request = self.newest(|effect| match effect {
            Effect::Enrol { request, .. } => Some(*request),
            _ => None,
        });
        self.gets(Input::Enrolled { request, outcome })
    }
}
