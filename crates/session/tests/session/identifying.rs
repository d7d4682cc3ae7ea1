//! A face is being searched.

use portico_session::{Effect, Evidence, GuestView, IdentifyOutcome, Input, RequestId, StaffNotice, Tried};
use portico_types::{AttendeeId, Decision, Method, TrackId};

use crate::encounter::{begin, candidate, identifying};
use crate::faces::good;

#[test]
fn a_sure_match_is_admitted_with_its_evidence() {
    let mut encounter = identifying();
    encounter.is_accepted_as("ada");
    let admit = Effect::Admit {
        request: RequestId(2),
        attendee: AttendeeId::new("ada"),
        method: Method::Face,
        evidence: Evidence { candidate: Some(candidate("ada")), track: Some(TrackId(1)), warning: false },
    };
    assert_eq!(encounter.effects(), [admit]);
    assert_eq!(encounter.view(), GuestView::Identifying, "nothing is promised before it is on disk (I2)");
}

#[test]
fn an_unsure_match_is_asked_without_a_name() {
    let mut encounter = identifying();
    encounter.is_decided(Decision::Ask(candidate("ada")));
    assert_eq!(encounter.view(), GuestView::Confirm { attempts_left: 3, refused: false, checking: false });
    assert_eq!(encounter.effects(), []);
}

#[test]
fn an_unknown_face_is_told_so_and_staff_hear_of_it() {
    let mut encounter = identifying();
    encounter.is_decided(Decision::Unknown);
    assert_eq!(encounter.view(), GuestView::NotFound { tried: Tried::Face });
    assert_eq!(encounter.effects(), [Effect::NotifyStaff(StaffNotice::NotFound)]);
}

#[test]
fn a_face_gone_before_its_picture_was_taken_may_try_again() {
    let mut encounter = identifying();
    encounter.is_identified(IdentifyOutcome::FaceGone);
    assert!(encounter.is_approaching());
    encounter.holds(good(1), 600);
    assert_eq!(encounter.identifications(), 2, "nothing was searched the first time");

    let mut encounter = identifying();
    encounter.waits(600).is_identified(IdentifyOutcome::FaceGone);
    assert!(encounter.is_idle());
}

#[test]
fn a_failed_search_offers_the_ticket_and_does_not_say_not_found() {
    let mut encounter = identifying();
    encounter.is_identified(IdentifyOutcome::Failed);
    assert_eq!(encounter.view(), GuestView::Ticket { checking: false });
    encounter.holds(good(1), 31_000);
    assert!(encounter.is_idle());
    assert_eq!(encounter.identifications(), 1, "a search that fails is not repeated without end");
}

#[test]
fn a_guest_may_go_back_and_try_again_after_a_failed_search() {
    let mut encounter = identifying();
    encounter.is_identified(IdentifyOutcome::Failed).shows(good(1)).dismisses().holds(good(1), 600);
    assert_eq!(encounter.view(), GuestView::Identifying);
}

#[test]
fn a_search_that_fails_after_the_guest_has_left_offers_nobody_anything() {
    let mut encounter = identifying();
    encounter.is_empty_for(700).is_identified(IdentifyOutcome::Failed);
    assert!(encounter.is_idle(), "the ticket screen would keep the next guest's face waiting");
}

#[test]
fn a_search_without_an_answer_counts_as_failed_and_its_late_answer_is_ignored() {
    let mut encounter = identifying();
    encounter.holds(good(1), 2000);
    assert_eq!(encounter.view(), GuestView::Ticket { checking: false });
    encounter.is_accepted_as("ada");
    assert_eq!(encounter.effects(), [], "the guest has been sent another way by now");
}

#[test]
fn a_search_is_abandoned_when_another_guest_steps_up() {
    let mut encounter = identifying();
    encounter.shows(good(2));
    assert!(encounter.is_approaching());
    encounter.is_accepted_as("ada");
    assert_eq!(encounter.admissions(), 0, "who steps away before the answer is not admitted by it");
}

#[test]
fn a_second_search_waits_for_the_first_to_end() {
    let mut encounter = identifying();
    encounter.holds(good(2), 1000);
    assert_eq!(encounter.view(), GuestView::Approaching { hint: None, progress: 1.0 });
    encounter.is_decided(Decision::Unknown).waits(50).shows(good(2));
    assert_eq!(encounter.view(), GuestView::Identifying);

    let mut encounter = identifying();
    encounter.holds(good(2), 2100);
    assert_eq!(encounter.identifications(), 2, "a runner that died does not block the door");
}

#[test]
fn a_lost_camera_ends_the_search() {
    let mut encounter = identifying();
    encounter.gets(Input::CameraLost);
    assert!(encounter.is_idle());
    encounter.is_accepted_as("ada");
    assert_eq!(encounter.admissions(), 0);
}

#[test]
fn a_guest_who_chooses_the_ticket_meanwhile_is_not_admitted_by_face() {
    let mut encounter = identifying();
    encounter.wants_ticket().is_accepted_as("ada");
    assert_eq!(encounter.admissions(), 0, "the guest has chosen another way");
    encounter.holds(good(1), 31_000);
    assert_eq!(encounter.identifications(), 1, "nor is the face searched once the ticket screen is over");
}

#[test]
fn an_answer_to_another_request_changes_nothing() {
    let mut encounter = identifying();
    encounter.gets(Input::Identified { request: RequestId(99), outcome: IdentifyOutcome::Failed });
    assert_eq!(encounter.view(), GuestView::Identifying);
    let mut nobody = begin();
    nobody.gets(Input::FactChecked { request: RequestId(1), correct: true });
    assert!(nobody.is_idle());
}
