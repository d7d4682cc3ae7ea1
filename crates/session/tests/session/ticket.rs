//! The other way in.

use portico_session::{Effect, Evidence, GuestView, Input, RequestId, StaffNotice, Tried};
use portico_types::{Admission, AttendeeId, Method};

use crate::encounter::{begin, first_entry, identifying, missed, welcomed};
use crate::faces::good;

#[test]
fn a_known_ticket_admits_its_owner() {
    let mut encounter = begin();
    encounter.wants_ticket().enters_ticket(" T1 ");
    assert_eq!(encounter.effects(), [Effect::LookUpTicket { request: RequestId(1), code: "T1".to_owned() }]);
    assert_eq!(encounter.view(), GuestView::Ticket { checking: true });

    encounter.ticket_is_of(Some("ada"));
    let admit = Effect::Admit {
        request: RequestId(2),
        attendee: AttendeeId::new("ada"),
        method: Method::Ticket,
        evidence: Evidence { candidate: None, track: None, warning: false },
    };
    assert_eq!(encounter.effects(), [admit]);
    assert_eq!(encounter.view(), GuestView::Ticket { checking: true }, "the screen does not jump meanwhile");
    encounter.is_recorded("ada");
    assert!(encounter.is_welcoming("ada"));
}

#[test]
fn an_unknown_ticket_is_told_and_staff_are_left_in_peace() {
    let mut encounter = begin();
    encounter.enters_ticket("T1").ticket_is_of(None);
    assert_eq!(encounter.view(), GuestView::NotFound { tried: Tried::Ticket });
    assert_eq!(encounter.notices(), []);
}

#[test]
fn a_hand_scanner_works_on_every_screen() {
    for mut encounter in [begin(), identifying(), missed()] {
        encounter.enters_ticket("T1");
        assert_eq!(encounter.view(), GuestView::Ticket { checking: true });
    }
    let mut greeting = welcomed("ada");
    greeting.enters_ticket("T2");
    assert!(greeting.is_welcoming("ada"), "it may be her own");
    greeting.ticket_is_of(Some("bo"));
    assert_eq!((greeting.view(), greeting.admissions()), (GuestView::Ticket { checking: true }, 2));
    greeting.is_recorded("bo");
    assert!(greeting.is_welcoming("bo"));
}

#[test]
fn a_scan_that_is_no_ticket_is_told_also_where_somebody_elses_screen_was() {
    let mut encounter = welcomed("ada");
    encounter.shows_code("WIFI:S:Guests;;").enters_ticket("NOBODY").ticket_is_of(None);
    assert_eq!(encounter.view(), GuestView::NotFound { tried: Tried::Ticket });
    encounter.shows_code("WIFI:S:Guests;;");
    assert_eq!(encounter.look_ups(), 3, "what the scan put off has its turn again");
}

#[test]
fn a_scanner_that_repeats_itself_is_heard_once() {
    let mut encounter = begin();
    encounter.enters_ticket("T1").ticket_is_of(Some("ada")).is_recorded("ada").waits(400).enters_ticket("T1");
    assert!(encounter.is_welcoming("ada"), "the same beam must not turn a welcome into 'already in'");
    encounter.waits(1000).enters_ticket("T1").ticket_is_of(Some("ada"));
    assert_eq!(
        encounter.view(),
        GuestView::Ticket { checking: true },
        "a second guest with it gets an answer"
    );
}

#[test]
fn a_ticket_passed_back_is_answered_by_the_store() {
    let mut encounter = begin();
    encounter.enters_ticket("T1").ticket_is_of(Some("ada")).is_recorded("ada").waits(2000);
    encounter.enters_ticket("T1").ticket_is_of(Some("ada"));
    assert_eq!(encounter.admissions(), 2, "the grace is for faces: a ticket may be in another hand");
    encounter.is_admitted("ada", Admission::AlreadyIn(first_entry()));
    assert!(matches!(encounter.view(), GuestView::AlreadyIn { .. }));
}

#[test]
fn a_code_entered_while_another_is_looked_up_is_ignored() {
    let mut encounter = begin();
    encounter.shows(good(1)).enters_ticket("T1").enters_ticket("T2").wants_ticket().taps();
    assert_eq!(encounter.view(), GuestView::Ticket { checking: true });
    assert_eq!(encounter.effects(), []);
    encounter.ticket_is_of(None).enters_ticket("   ");
    assert_eq!(encounter.effects(), [], "nothing typed is nothing to look up");
}

#[test]
fn faces_are_ignored_while_the_guest_types() {
    let mut encounter = begin();
    encounter.wants_ticket().holds(good(1), 10_000).gets(Input::CameraLost);
    assert_eq!(encounter.view(), GuestView::Ticket { checking: false });
}

#[test]
fn it_waits_thirty_seconds() {
    let mut encounter = begin();
    encounter.wants_ticket().waits(29_999);
    assert_eq!(encounter.view(), GuestView::Ticket { checking: false });
    encounter.waits(1);
    assert!(encounter.is_idle());
}

#[test]
fn going_back_returns_to_the_face_and_running_out_does_not() {
    let mut encounter = begin();
    encounter.shows(good(1)).wants_ticket().shows(good(1)).dismisses();
    assert!(encounter.is_approaching(), "the guest has changed their mind");

    let mut encounter = begin();
    encounter.shows(good(1)).wants_ticket().holds(good(1), 35_000);
    assert!(encounter.is_idle(), "the guest chose not to be recognised, and has not changed their mind");
    encounter.taps();
    assert_eq!(encounter.view(), GuestView::Identifying);
}

#[test]
fn use_my_face_leads_back_from_the_ticket() {
    let mut encounter = begin();
    encounter.shows(good(1)).wants_ticket().shows(good(1)).taps();
    assert_eq!(encounter.view(), GuestView::Identifying);
}

#[test]
fn a_roster_that_cannot_be_read_is_trouble() {
    let mut encounter = begin();
    encounter.enters_ticket("T1").waits(2000);
    assert_eq!(encounter.view(), GuestView::Trouble);
    assert_eq!(encounter.notices(), [StaffNotice::StorageFailed]);
    encounter.ticket_is_of(Some("ada"));
    assert_eq!(encounter.admissions(), 0, "a late answer admits nobody");
}
