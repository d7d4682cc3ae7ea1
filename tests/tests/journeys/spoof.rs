//! Signs that guests are asked for, and what becomes of a photograph that is held up to the camera.

use std::time::Duration;

use portico_protocol::{ChallengePolicy, SpoofPolicy};
use portico_session::GuestView;
use portico_tests::Journey;
use portico_tests::clips::{held_up_print, standing};
use portico_tests::guests::{AMARA, Person, ZHANG_WEI};
use portico_types::{Challenge, Method};
use serde_json::json;

/// The kiosk has asked for a sign.
fn asked_for(view: &GuestView) -> Challenge {
    match view {
        GuestView::Challenge { challenge } => *challenge,
        other => panic!("every guest is asked for a sign, but is shown {other:?}"),
    }
}

/// A kiosk of an event at which every guest is asked; Amara has walked up to it.
async fn asking() -> Option<Journey> {
    let mut journey = Journey::begin().await?;
    journey.follows_new_rules("signs", |policy| policy.challenge = ChallengePolicy::Always).await;
    journey.walks_up(AMARA).await;
    Some(journey)
}

/// The guest types the second fact.
async fn types_fact(journey: &Journey, person: Person) {
    journey.does("guest.enter_fact", json!({ "digits": person.last4 })).await;
    journey.sees_welcome(person.name()).await;
}

#[tokio::test]
async fn a_guest_who_does_what_is_asked_is_let_in_by_face() {
    let Some(mut journey) = asking().await else { return };
    let challenge = asked_for(&journey.guest_view());
    assert!(journey.journal.identifications().is_empty(), "the sign comes before the search");
    let ahead = standing(AMARA, 0.0, 0.0);
    let sign = match challenge {
        Challenge::Blink => standing(AMARA, 0.0, 1.0),
        Challenge::TurnLeft => standing(AMARA, 20.0, 0.0),
        Challenge::TurnRight => standing(AMARA, -20.0, 0.0),
    };
    journey.looks_at(&ahead, Duration::from_millis(300)).await;
    assert_eq!(asked_for(&journey.guest_view()), challenge, "looking ahead is no sign");
    journey.looks_at(&sign, Duration::from_millis(200)).await;
    journey.looks_at(&ahead, Duration::from_millis(900)).await;
    journey.sees_welcome("Amara Okafor").await;
    let store = journey.ends().await;
    assert_eq!(store.recent(10).unwrap()[0].check_in.method, Method::Face);
}

#[tokio::test]
async fn a_guest_who_does_not_is_asked_for_the_second_fact() {
    let Some(mut journey) = asking().await else { return };
    asked_for(&journey.guest_view());
    journey.looks_at(&standing(AMARA, 0.0, 0.0), Duration::from_secs(8)).await;
    let shown = journey.guest_view();
    assert!(matches!(shown, GuestView::Confirm { .. }), "another way in, and no dead end: {shown:?}");
    types_fact(&journey, AMARA).await;
    let store = journey.ends().await;
    assert_eq!(store.recent(10).unwrap()[0].check_in.method, Method::FaceAndFact);
}

#[tokio::test]
async fn a_photograph_asks_for_the_second_fact_and_staff_are_told() {
    let Some(mut journey) = Journey::begin().await else { return };
    let careful = |policy: &mut portico_protocol::Policy| policy.spoof_warning = SpoofPolicy::AskSecondFact;
    journey.follows_new_rules("careful", careful).await;
    journey.sees_until_answered(&held_up_print(ZHANG_WEI)).await;
    let shown = journey.guest_view();
    assert!(matches!(shown, GuestView::Confirm { .. }), "a photograph alone lets nobody in: {shown:?}");
    assert_eq!(journey.view().staff.attention, 1, "staff are told quietly");
    types_fact(&journey, ZHANG_WEI).await;
    let store = journey.ends().await;
    let entries = store.recent(10).unwrap();
    assert_eq!(entries[0].check_in.reason.as_deref(), Some("possible spoof"), "the entry says so");
    assert_eq!(store.audit_rows(10).unwrap()[0].note.reason.as_deref(), Some("possible spoof"));
}

#[tokio::test]
async fn a_photograph_is_told_to_staff_where_the_event_says_nothing_else() {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.sees_until_answered(&held_up_print(ZHANG_WEI)).await;
    journey.sees_welcome("Zhang Wei").await;
    assert_eq!(journey.view().staff.attention, 1, "it warns; it does not keep anybody out");
}

#[tokio::test]
async fn a_guest_is_not_warned_of() {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.walks_up(ZHANG_WEI).await;
    journey.sees_welcome("Zhang Wei").await;
    assert_eq!(journey.view().staff.attention, 0, "staff are not troubled by a guest who stands still");
    let entries = journey.ends().await.recent(10).unwrap();
    assert_eq!(entries[0].check_in.reason, None);
}
