//! The machine fails: no camera, no power.

use portico_app::contract::ConnectionView;
use portico_proxy::LinkState;
use portico_session::GuestView;
use portico_tests::Journey;
use portico_tests::guests::{AMARA, OTHERS, ZHANG_WEI};
use portico_types::{CameraFault, CameraState};
use serde_json::json;

#[tokio::test]
async fn without_a_camera_tickets_and_staff_still_work_and_it_is_found_when_it_comes_back() {
    let Some(mut journey) = Journey::begin_without_camera().await else { return };
    let lost = CameraState::Lost { reason: CameraFault::NotFound };
    journey.until("the missing camera", |view| view.camera == lost).await;
    journey.types_ticket(ZHANG_WEI.ticket).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.staff_unlock().await;
    let by_hand = json!({ "attendee": OTHERS[0].0, "reason": "no camera" });
    assert_eq!(journey.does("staff.check_in", by_hand).await["kind"], "recorded");

    journey.camera_is_plugged_in();
    journey.turns_its_camera_on().await;
    journey.is_left_alone().await;
    journey.walks_up(AMARA).await;
    journey.sees_welcome("Amara Okafor").await;
}

#[tokio::test]
async fn a_camera_that_is_pulled_out_ends_the_encounter_and_nothing_else() {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.camera_is_pulled_out();
    let is_lost = |state| matches!(state, CameraState::Lost { .. });
    journey.until("the missing camera", |view| is_lost(view.camera)).await;
    assert_eq!(journey.guest_view(), GuestView::Idle, "nobody is shown a dead picture as if it were alive");
    journey.camera_is_plugged_in();
    journey.turns_its_camera_on().await;
    journey.walks_up(ZHANG_WEI).await;
    journey.sees_welcome("Zhang Wei").await;
}

#[tokio::test]
async fn a_check_in_that_was_shown_survives_a_power_cut_and_is_delivered_once() {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.venue.network(LinkState::Refusing);
    journey.in_time("the cut is noticed", |view| view.connection == ConnectionView::Offline).await;
    journey.walks_up(ZHANG_WEI).await;
    journey.sees_welcome("Zhang Wei").await;

    journey.loses_power_and_starts_again().await;
    assert_eq!(journey.view().staff.waiting, 1, "what was shown is on disk (I2), and waits");
    journey.walks_up(ZHANG_WEI).await;
    assert!(
        matches!(journey.guest_view(), GuestView::AlreadyIn { .. }),
        "the kiosk knows who is in: {:?}",
        journey.guest_view()
    );
    journey.venue.network(LinkState::Up);
    journey.has_sent_everything().await;
    assert_eq!(journey.venue.inside(), 1);
    assert_eq!(journey.ends().await.recent(10).unwrap().len(), 1);
}

#[tokio::test]
async fn after_a_restart_everything_goes_on_without_the_backend() {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.venue.network(LinkState::Refusing);
    journey.starts_again(None).await;
    let event = journey.view().event.clone();
    assert_eq!((event.name.as_str(), event.gate.as_str()), ("Northern Light Summit", "Main entrance"));
    journey.walks_up(ZHANG_WEI).await;
    assert!(journey.sees_welcome("Zhang Wei").await.offline, "list and faces were on disk");
}
