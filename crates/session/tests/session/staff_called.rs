//! The guest asked for a person.

use portico_session::{Effect, GuestView, StaffNotice};

use crate::encounter::{admitting, asked, begin, identifying, missed, welcomed};
use crate::faces::good;

#[test]
fn staff_can_be_called_from_every_screen() {
    let mut approaching = begin();
    approaching.shows(good(1));
    let mut ticket = begin();
    ticket.enters_ticket("T1");
    for mut encounter in [
        begin(),
        approaching,
        identifying(),
        asked("ada"),
        admitting("ada"),
        welcomed("ada"),
        missed(),
        ticket,
    ] {
        encounter.calls_staff();
        assert_eq!(encounter.view(), GuestView::StaffCalled);
        assert_eq!(encounter.effects(), [Effect::NotifyStaff(StaffNotice::Called)]);
    }
}

#[test]
fn calling_again_tells_staff_nothing_new() {
    let mut encounter = begin();
    encounter.calls_staff().waits(1000).calls_staff();
    assert_eq!(encounter.effects(), []);
    encounter.waits(5000);
    assert!(encounter.is_idle(), "nor does it keep the screen for ever");
}

#[test]
fn a_guest_who_waits_for_staff_is_not_identified_meanwhile_or_afterwards() {
    let mut encounter = begin();
    encounter.shows(good(1)).calls_staff().holds(good(1), 10_000);
    assert!(encounter.is_idle());
    assert_eq!(encounter.identifications(), 0);
}

#[test]
fn the_next_guest_need_not_wait_for_staff() {
    let mut encounter = begin();
    encounter.shows(good(1)).calls_staff().shows(good(2));
    assert!(encounter.is_approaching());
}

#[test]
fn going_back_returns_to_the_face() {
    let mut encounter = begin();
    encounter.shows(good(1)).calls_staff().shows(good(1)).dismisses();
    assert!(encounter.is_approaching());
}
