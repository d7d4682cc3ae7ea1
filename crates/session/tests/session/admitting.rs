//! An entry is being written down.

use portico_session::{AdmitOutcome, Effect, FaceChoice, GuestView, Input, RequestId, StaffNotice, Tried};
use portico_types::{Admission, AttendeeId};

use crate::encounter::{Encounter, admitting, begin, first_entry, welcomed};
use crate::faces::good;

#[test]
fn a_recorded_entry_is_welcomed() {
    let mut encounter = admitting("ada");
    encounter.is_recorded("ada");
    let note = Some("Table 4".to_owned());
    assert_eq!(
        encounter.view(),
        GuestView::Welcome { name: "ada".to_owned(), note, offline: false, face: FaceChoice::None }
    );
}

#[test]
fn a_guest_who_entered_before_is_told_when_and_where() {
    let mut encounter = admitting("ada");
    encounter.is_admitted("ada", Admission::AlreadyIn(first_entry()));
    assert_eq!(
        encounter.view(),
        GuestView::AlreadyIn { name: "ada".to_owned(), first: first_entry(), face: FaceChoice::None }
    );
}

#[test]
fn a_guest_who_is_no_longer_on_the_roster_is_not_found() {
    let mut encounter = admitting("ada");
    encounter.is_admitted("ada", Admission::NotOnRoster);
    assert_eq!(encounter.view(), GuestView::NotFound { tried: Tried::Face });
    assert_eq!(encounter.notices(), [StaffNotice::NotFound]);
}

#[test]
fn a_disk_that_refuses_is_trouble_and_nobody_is_welcomed() {
    let mut encounter = admitting("ada");
    encounter.admission_is(AdmitOutcome::Failed);
    assert_eq!(encounter.view(), GuestView::Trouble);
    assert_eq!(encounter.effects(), [Effect::NotifyStaff(StaffNotice::StorageFailed)]);
}

#[test]
fn an_answer_to_another_request_welcomes_nobody() {
    let mut encounter = admitting("ada");
    encounter.gets(Input::Admitted { request: RequestId(1), outcome: AdmitOutcome::Failed });
    assert_eq!(encounter.view(), GuestView::Identifying);
}

#[test]
fn nothing_but_a_call_for_staff_interrupts_the_writing() {
    let mut encounter = admitting("ada");
    encounter.wants_ticket().enters_ticket("T1").dismisses().taps().gets(Input::CameraLost);
    assert_eq!(encounter.view(), GuestView::Identifying);
    encounter.calls_staff();
    assert_eq!(encounter.view(), GuestView::StaffCalled);
}

#[test]
fn a_disk_that_does_not_answer_is_trouble_and_the_wish_is_not_repeated() {
    let mut encounter = admitting("ada");
    encounter.holds(good(1), 5000);
    assert_eq!(encounter.view(), GuestView::Trouble);
    encounter.holds(good(1), 20_000);
    assert_eq!(encounter.admissions(), 1, "the first may still be written");
}

#[test]
fn the_guest_before_is_not_named_while_the_next_ones_entry_is_written_down() {
    let already_in = |encounter: &mut Encounter| {
        encounter.is_admitted("ada", Admission::AlreadyIn(first_entry()));
    };
    let consenting = |encounter: &mut Encounter| {
        let attendee = AttendeeId::new("ada");
        encounter.gets(Input::EnrolmentOffered(true));
        encounter.gets(Input::EnrolmentStarted { attendee, name: "ada".into() });
    };
    let (mut second, mut third) = (admitting("ada"), begin());
    already_in(&mut second);
    consenting(&mut third);
    for mut encounter in [welcomed("ada"), second, third] {
        encounter.shows_code("T2").ticket_is_of(Some("bo"));
        assert_eq!(encounter.view(), GuestView::Ticket { checking: true });
        encounter.shows(good(2)).holds(good(2), 4_000);
        assert_eq!(encounter.view(), GuestView::Ticket { checking: true }, "a slow disk names nobody (I10)");
        encounter.is_recorded("bo");
        assert!(encounter.is_welcoming("bo"));
    }
}

#[test]
fn a_result_is_kept_from_a_guest_who_has_stepped_up_meanwhile() {
    let mut encounter = admitting("ada");
    encounter.shows(good(2)).is_recorded("ada");
    assert!(encounter.is_approaching(), "the name is not for them (I10)");
}
