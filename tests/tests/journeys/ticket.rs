//! The other way in.

use std::time::Duration;

use portico_app::contract::View;
use portico_proxy::LinkState;
use portico_session::{GuestView, Tried};
use portico_tests::Journey;
use portico_tests::guests::{OTHERS, ZHANG_WEI};
use portico_types::Method;
use serde_json::json;

#[tokio::test]
async fn a_ticket_lets_its_guest_in_without_camera_face_or_network() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    let (_, name, ticket) = OTHERS[0];
    journey.venue.network(LinkState::Refusing);
    journey.types_ticket(&format!(" {} ", ticket.to_lowercase())).await;
    journey.sees_welcome(name).await;
    journey.keeps_waiting(1).await;
    journey.venue.network(LinkState::Up);
    journey.has_sent_everything().await;
    assert_eq!(journey.venue.inside(), 1);
    let entries = journey.ends().await.recent(10).unwrap();
    assert_eq!(entries.iter().map(|entry| entry.check_in.method).collect::<Vec<_>>(), [Method::Ticket]);
}

#[tokio::test]
async fn a_wrong_code_is_not_found_and_the_next_one_may_be_right() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    journey.types_ticket("NOBODY").await;
    assert_eq!(journey.guest_view(), GuestView::NotFound { tried: Tried::Ticket });
    journey.types_ticket(ZHANG_WEI.ticket).await;
    journey.sees_welcome("Zhang Wei").await;
    assert_eq!(journey.ends().await.recent(10).unwrap().len(), 1, "only the right code let somebody in");
}

#[tokio::test]
async fn whoever_walks_away_from_the_keypad_leaves_it_to_the_next_guest() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    journey.does("guest.use_ticket", json!({})).await;
    journey.until("the keypad", |view| view.guest == GuestView::Ticket { checking: false }).await;
    journey.venue.clock.advance(Duration::from_secs(31));
    journey.until("an idle screen", |view| view.guest == GuestView::Idle).await;
}

#[tokio::test]
async fn whoever_scans_while_another_is_greeted_begins_an_encounter_of_their_own() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    let (_, other, ticket) = OTHERS[0];
    journey.types_ticket(ZHANG_WEI.ticket).await;
    journey.sees_welcome("Zhang Wei").await;
    let first = journey.view().encounter;
    journey.does("guest.enter_ticket", json!({ "code": ticket, "other_reading": null })).await;
    let greeted = |view: &View| matches!(&view.guest, GuestView::Welcome { name, .. } if name == other);
    let second = journey.until("the next greeting", greeted).await.encounter;
    assert_eq!(second, first + 1, "nothing of the first goes over to the second");
    journey.venue.clock.advance(Duration::from_secs(4));
    let left = journey.until("an idle screen", |view| view.guest == GuestView::Idle).await;
    assert_eq!(left.encounter, second + 1);
    assert_eq!(journey.ends().await.recent(10).unwrap().len(), 2);
}
