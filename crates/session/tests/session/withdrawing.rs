//! Taking the consent back.

use std::time::Duration;

use portico_session::{AdmitOutcome, Effect, FaceChoice, GuestView, Input, StaffNotice};
use portico_types::{Admission, AttendeeId};

use crate::encounter::{Encounter, admitting, begin, check_in, first_entry};
use crate::faces::good;

fn answered(admission: Admission) -> AdmitOutcome {
    AdmitOutcome::Answered { admission, name: "ada".into(), note: None, offline: true, enrolled: true }
}

/// Ada was recognised by her face and is welcomed.
fn recognised() -> Encounter {
    let mut encounter = admitting("ada");
    encounter.admission_is(answered(Admission::Recorded(check_in("ada"))));
    encounter
}

/// She is asked whether she means it.
fn asked() -> Encounter {
    let mut encounter = recognised();
    encounter.gets(Input::WithdrawalWanted);
    encounter
}

fn erasures(encounter: &Encounter) -> usize {
    encounter.count(|effect| matches!(effect, Effect::Withdraw { .. }))
}

#[test]
fn who_is_enrolled_may_have_it_removed_by_face_and_by_ticket_also_offline() {
    assert!(matches!(
        recognised().view(),
        GuestView::Welcome { face: FaceChoice::Remove, offline: true, .. }
    ));
    let mut by_ticket = begin();
    by_ticket.holds(good(1), 100).enters_ticket("T1").ticket_is_of(Some("ada"));
    by_ticket.admission_is(answered(Admission::AlreadyIn(first_entry())));
    assert!(matches!(by_ticket.view(), GuestView::AlreadyIn { face: FaceChoice::Remove, .. }));
    by_ticket.gets(Input::WithdrawalWanted);
    assert_eq!(by_ticket.view(), GuestView::Withdraw { working: false });
}

#[test]
fn it_is_asked_once_and_done_at_once() {
    let mut encounter = asked();
    assert_eq!((encounter.view(), erasures(&encounter)), (GuestView::Withdraw { working: false }, 0));
    encounter.gets(Input::WithdrawalConfirmed);
    let [Effect::Withdraw { request, attendee }] = encounter.effects() else {
        panic!("{:?}", encounter.effects());
    };
    assert_eq!(*attendee, AttendeeId::new("ada"));
    let request = *request;
    assert_eq!(encounter.view(), GuestView::Withdraw { working: true });
    encounter.gets(Input::WithdrawalConfirmed);
    assert_eq!(erasures(&encounter), 1);
    encounter.gets(Input::Withdrawn { request, done: true });
    assert_eq!(encounter.view(), GuestView::Withdrawn);
    encounter.holds(good(1), 5000);
    assert!(encounter.is_idle());
}

#[test]
fn thinking_better_of_it_keeps_everything() {
    let mut encounter = asked();
    encounter.dismisses();
    assert!(encounter.is_idle());
    let mut silent = asked();
    silent.waits(20_000);
    assert!(silent.is_idle());
    assert_eq!(erasures(&encounter) + erasures(&silent), 0);
}

#[test]
fn the_question_waits_for_who_touches_the_screen() {
    let mut encounter = asked();
    encounter.waits(10_000);
    assert_eq!(encounter.closing(), Some(Duration::from_secs(10)));
    encounter.touches().waits(19_000);
    assert_eq!(encounter.view(), GuestView::Withdraw { working: false });
}

#[test]
fn nobody_confirms_in_anothers_place() {
    let mut encounter = asked();
    encounter.shows(good(2)).gets(Input::WithdrawalConfirmed);
    assert!(encounter.is_approaching());
    assert_eq!(erasures(&encounter), 0);
}

#[test]
fn a_disk_that_refuses_is_told_to_the_guest_and_to_staff() {
    let mut encounter = asked();
    encounter.gets(Input::WithdrawalConfirmed);
    let Some(Effect::Withdraw { request, .. }) = encounter.effects().first().cloned() else { panic!() };
    encounter.gets(Input::Withdrawn { request, done: false });
    assert_eq!(encounter.view(), GuestView::Trouble);
    assert_eq!(encounter.notices(), [StaffNotice::StorageFailed]);
}

#[test]
fn who_is_not_enrolled_has_nothing_to_remove() {
    let mut encounter = admitting("ada");
    encounter.is_recorded("ada").gets(Input::WithdrawalWanted).gets(Input::WithdrawalConfirmed);
    assert!(encounter.is_welcoming("ada"));
    assert_eq!(erasures(&encounter), 0);
}
