//! Tickets that carry a face: the right guest is let in, and nobody else is greeted by their name.

use portico_session::{
    ChallengeRule, Effect, Evidence, FaceRule, GuestView, IdentifyOutcome, Input, RequestId, StaffNotice,
    Tried, WarningRule,
};
use portico_types::{
    Admission, AttendeeId, Candidate, Challenge, Decision, Hint, Method, TicketRefusal, TrackId,
};

use crate::encounter::{Encounter, begin, begin_with, candidate, first_entry};
use crate::faces::good;

const LOOKING: GuestView = GuestView::MatchFace { hint: None, checking: false };
const COMPARING: GuestView = GuestView::MatchFace { hint: None, checking: true };

/// Nobody has come yet to a kiosk that searches for nobody.
fn without_gallery() -> Encounter {
    let mut encounter = begin();
    encounter.gets(Input::FaceRuleChanged(FaceRule::WithTicket));
    encounter
}

/// Ada's ticket was held before the camera, and nobody's face is there yet.
fn ticket_shown() -> Encounter {
    let mut encounter = without_gallery();
    encounter.shows_code("PT2ADA").ticket_has_face_of("ada");
    encounter
}

/// The same, and somebody with track 1 is being compared.
fn comparing() -> Encounter {
    let mut encounter = ticket_shown();
    encounter.shows(good(1));
    encounter
}

fn refused(encounter: &Encounter, refusal: TicketRefusal, tried: Tried) {
    assert_eq!(encounter.view(), GuestView::NotFound { tried });
    assert_eq!(encounter.notices(), [StaffNotice::TicketRefused(refusal)]);
    assert_eq!(encounter.admissions(), 0);
}

#[test]
fn ticket_and_face_together_let_their_guest_in() {
    let mut encounter = ticket_shown();
    assert_eq!(encounter.view(), LOOKING);
    encounter.shows(good(1));
    assert!(matches!(
        encounter.effects(),
        [Effect::CompareFace { request: RequestId(2), track: TrackId(1), attendee, ticket }]
            if attendee.as_str() == "ada" && ticket.text() == "PT2 OF ada"
    ));
    assert_eq!(encounter.view(), COMPARING, "no holding still: the ticket was intent enough");
    encounter.face_is(Decision::Accept(candidate("ada")));
    let admit = Effect::Admit {
        request: RequestId(3),
        attendee: AttendeeId::new("ada"),
        method: Method::Ticket,
        evidence: Evidence { candidate: Some(candidate("ada")), track: Some(TrackId(1)), warning: false },
    };
    assert_eq!(encounter.effects(), [admit]);
    encounter.is_recorded("ada");
    assert!(encounter.is_welcoming("ada"));
    assert_eq!(encounter.notices(), []);
}

#[test]
fn a_face_that_is_there_already_is_compared_at_once_and_by_hand_scanner_too() {
    let mut encounter = without_gallery();
    encounter.shows(good(1)).enters_ticket("PT2ADA").ticket_has_face_of("ada");
    assert_eq!(encounter.view(), COMPARING);
    encounter.face_is(Decision::Accept(candidate("ada"))).is_recorded("ada");
    assert!(encounter.is_welcoming("ada"));
}

#[test]
fn another_face_is_compared_three_times_and_never_greeted() {
    let mut encounter = comparing();
    for _ in 0..2 {
        encounter.face_is(Decision::Unknown);
        assert_eq!(encounter.view(), LOOKING);
        encounter.holds(good(1), 650);
        assert_eq!(encounter.view(), LOOKING, "not the same picture again");
        encounter.waits(50).shows(good(1));
        assert_eq!(encounter.view(), COMPARING);
    }
    encounter.face_is(Decision::Unknown);
    refused(&encounter, TicketRefusal::FaceDiffers, Tried::FaceDiffers);
    encounter.holds(good(1), 30_000).holds_code("PT2ADA", 5_000);
    assert_eq!((encounter.comparisons(), encounter.identifications()), (3, 0), "and then no more");
    assert_eq!(encounter.notices().len(), 1);
}

#[test]
fn the_guest_themselves_may_be_the_second_picture() {
    let mut encounter = comparing();
    encounter.face_is(Decision::Unknown).holds(good(2), 700);
    encounter.face_is(Decision::Accept(candidate("ada"))).is_recorded("ada");
    assert!(encounter.is_welcoming("ada"), "the first was a friend who looked over their shoulder");
}

#[test]
fn whoever_the_comparison_names_it_is_the_tickets_guest_who_is_let_in() {
    let mut encounter = comparing();
    encounter.face_is(Decision::Accept(candidate("bo")));
    assert!(matches!(encounter.effects(), [Effect::Admit { attendee, .. }] if attendee.as_str() == "ada"));
}

#[test]
fn nobody_who_looks_is_waited_for_and_told_after_twenty_seconds() {
    let mut encounter = ticket_shown();
    encounter.waits(9_999);
    assert_eq!((encounter.view(), encounter.closing()), (LOOKING, None));
    encounter.waits(1);
    assert_eq!(encounter.closing().map(|closing| closing.as_secs()), Some(10), "are you still there?");
    encounter.waits(9_999);
    assert_eq!(encounter.view(), LOOKING);
    encounter.waits(1);
    refused(&encounter, TicketRefusal::FaceUnseen, Tried::FaceUnseen);
}

#[test]
fn a_touch_gives_the_time_again() {
    let mut encounter = ticket_shown();
    encounter.waits(15_000).touches();
    assert_eq!(encounter.closing(), None);
    encounter.waits(19_999);
    assert_eq!(encounter.view(), LOOKING);
}

#[test]
fn what_could_be_better_is_told_and_nothing_is_compared_before() {
    let mut encounter = ticket_shown();
    encounter.holds(good(1).hinted(Hint::LookHere), 2_000);
    assert_eq!(encounter.view(), GuestView::MatchFace { hint: Some(Hint::LookHere), checking: false });
    assert_eq!(encounter.comparisons(), 0);
    encounter.waits(18_000);
    refused(&encounter, TicketRefusal::FaceUnseen, Tried::FaceUnseen);
}

#[test]
fn a_face_that_may_be_theirs_is_asked_for_the_second_fact() {
    let mut encounter = comparing();
    encounter.face_is(Decision::Ask(Candidate { attendee: AttendeeId::new("ada"), score: 0.5 }));
    for _ in 0..2 {
        encounter.holds(good(1), 700).face_is(Decision::Unknown);
    }
    assert!(matches!(encounter.view(), GuestView::Confirm { attempts_left: 3, .. }));
    encounter.enters_fact("0958").fact_is(true);
    assert!(matches!(
        encounter.effects(),
        [Effect::Admit { attendee, method: Method::FaceAndFact, .. }] if attendee.as_str() == "ada"
    ));
}

#[test]
fn a_comparison_that_cannot_be_made_sends_to_staff_and_one_without_a_face_waits() {
    let mut encounter = comparing();
    encounter.comparison_ends(IdentifyOutcome::FaceGone);
    assert_eq!(encounter.view(), LOOKING);
    encounter.holds(good(1), 700).comparison_ends(IdentifyOutcome::Failed);
    refused(&encounter, TicketRefusal::FaceUnusable, Tried::FaceUnusable);
}

#[test]
fn a_comparison_that_is_never_answered_is_made_again() {
    let mut encounter = comparing();
    encounter.waits(2_000);
    assert_eq!(encounter.view(), LOOKING);
    encounter.holds(good(1), 700);
    assert_eq!((encounter.view(), encounter.comparisons()), (COMPARING, 2));
}

#[test]
fn whoever_leaves_the_screen_is_not_let_in_by_a_late_answer() {
    for leave in [Input::Dismissed, Input::StaffCalled, Input::TicketWanted, Input::NameWanted] {
        let mut encounter = comparing();
        encounter.gets(leave.clone()).face_is(Decision::Accept(candidate("ada")));
        assert_eq!(encounter.admissions(), 0, "{leave:?}");
    }
}

#[test]
fn another_ticket_takes_the_place_of_the_first() {
    let mut encounter = comparing();
    encounter.shows_code("PT2BO").ticket_has_face_of("bo");
    encounter.face_is(Decision::Accept(candidate("ada")));
    assert_eq!(encounter.admissions(), 0, "that was the answer for the first one");
    encounter.waits(2_000).shows(good(2)).face_is(Decision::Accept(candidate("bo"))).is_recorded("bo");
    assert!(encounter.is_welcoming("bo"));
}

#[test]
fn the_name_is_for_the_face_that_was_compared() {
    let mut encounter = comparing();
    encounter.face_is(Decision::Accept(candidate("ada"))).waits(600).shows(good(2)).is_recorded("ada");
    assert!(encounter.is_idle(), "somebody else stands there now");

    let mut encounter = comparing();
    encounter.face_is(Decision::Accept(candidate("ada"))).is_recorded("ada").waits(600).shows(good(2));
    assert!(encounter.is_idle());
}

#[test]
fn a_ticket_shown_again_is_answered_by_the_store() {
    let mut encounter = comparing();
    encounter.face_is(Decision::Accept(candidate("ada"))).is_recorded("ada").waits(3_500);
    encounter.shows(good(2)).shows_code("PT2ADA").ticket_has_face_of("ada");
    encounter.face_is(Decision::Accept(candidate("ada")));
    encounter.is_admitted("ada", Admission::AlreadyIn(first_entry()));
    assert!(matches!(encounter.view(), GuestView::AlreadyIn { .. }));
}

#[test]
fn the_rules_against_held_up_pictures_hold_here_too() {
    let accepted = |challenge, warning, seen: bool| {
        let mut encounter = begin_with(challenge, warning);
        encounter.gets(Input::FaceRuleChanged(FaceRule::WithTicket));
        encounter.shows(good(1)).enters_ticket("PT2ADA").ticket_has_face_of("ada");
        encounter.comparison_is(Decision::Accept(candidate("ada")), seen);
        encounter
    };
    let asked = accepted(ChallengeRule::Off, WarningRule::AskSecondFact, true);
    assert!(matches!(asked.view(), GuestView::Confirm { .. }));
    assert_eq!(asked.notices(), [StaffNotice::SpoofWarning]);
    for mut challenged in [
        accepted(ChallengeRule::OnWarning, WarningRule::TellStaff, true),
        accepted(ChallengeRule::Always, WarningRule::TellStaff, false),
    ] {
        challenged.challenge_is(Challenge::TurnLeft);
        assert_eq!(challenged.view(), GuestView::Challenge { challenge: Challenge::TurnLeft });
        challenged.shows(good(1)).shows(good(1).turned(20.0));
        assert!(matches!(challenged.effects(), [Effect::Admit { method: Method::Ticket, .. }]));
    }
    let let_in = accepted(ChallengeRule::OnWarning, WarningRule::TellStaff, false);
    assert_eq!(let_in.admissions(), 1);
}

#[test]
fn without_a_gallery_nobody_is_searched_for() {
    let mut encounter = without_gallery();
    encounter.holds(good(1), 5_000);
    assert!(encounter.is_idle(), "a face alone is nobody's business here");
    encounter.taps();
    assert_eq!(encounter.view(), GuestView::Ticket { checking: false }, "and the way in is the ticket");
    assert_eq!(encounter.identifications(), 0);
}

#[test]
fn the_rule_holds_for_whoever_stands_there_when_it_comes() {
    let mut encounter = begin();
    encounter.holds(good(1), 300).gets(Input::FaceRuleChanged(FaceRule::WithTicket)).holds(good(1), 2_000);
    assert!(encounter.is_idle());
    assert_eq!(encounter.identifications(), 0);
    encounter.gets(Input::FaceRuleChanged(FaceRule::Search)).holds(good(1), 700);
    assert_eq!(encounter.view(), GuestView::Identifying);
}

#[test]
fn a_signed_ticket_without_a_face_lets_its_guest_in_as_before() {
    let mut encounter = without_gallery();
    encounter.shows(good(1)).shows_code("PT1BO").ticket_is_of(Some("bo")).is_recorded("bo");
    assert!(encounter.is_welcoming("bo"));
    assert_eq!(encounter.comparisons(), 0);
}

#[test]
fn nothing_that_is_shown_or_told_holds_the_ticket() {
    let mut encounter = comparing();
    let told = format!("{:?} {:?}", encounter.effects(), encounter.view());
    assert!(!told.contains("PT2"), "{told}");
    encounter.face_is(Decision::Unknown);
    assert!(!format!("{:?}", encounter.view()).contains("ada"), "nor whose it is");
}
