//! The network fails in every way that it can, and no guest notices (I3, I4).

use std::time::Duration;

use portico_app::contract::ConnectionView;
use portico_proxy::LinkState;
use portico_session::GuestView;
use portico_tests::Journey;
use portico_tests::guests::{AMARA, ZHANG_WEI};
use portico_types::DecisionSource;
use serde_json::json;
use tokio::time::timeout;

/// Walking up takes less than a second of real time here and the default budget 800 ms; the rest is room for a busy
/// test machine. Without the budget the guest would wait for as long as the network likes.
const WITHIN: Duration = Duration::from_secs(5);

#[tokio::test]
async fn with_the_network_refusing_the_next_guest_is_welcomed_and_sent_later_exactly_once() {
    welcomed_offline_and_sent_later(LinkState::Refusing).await;
}

#[tokio::test]
async fn with_the_network_silent_the_next_guest_is_welcomed_and_sent_later_exactly_once() {
    welcomed_offline_and_sent_later(LinkState::Silent).await;
}

async fn welcomed_offline_and_sent_later(failure: LinkState) {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.follows_new_rules("the default budget", |policy| policy.network_budget_ms = 800).await;
    journey.walks_up(AMARA).await;
    journey.has_sent_everything().await;
    journey.is_left_alone().await;

    journey.venue.network(failure);
    timeout(WITHIN, journey.walks_up(ZHANG_WEI)).await.expect("no guest waits for the network (I4)");
    let welcome = journey.sees_welcome("Zhang Wei").await;
    assert!(welcome.offline, "the guest's entry waits, and the screen knows");
    assert_eq!(journey.journal.identifications().last(), Some(&DecisionSource::LocalGallery));
    assert_eq!((journey.view().staff.waiting, journey.venue.inside()), (1, 1), "it waits at the kiosk");
    journey.is_left_alone().await;

    journey.venue.network(LinkState::Up);
    journey.has_sent_everything().await;
    journey.in_time("the backend is there again", |view| view.connection == ConnectionView::Online).await;
    assert_eq!(journey.venue.inside(), 2);
    let entries = journey.ends().await.recent(10).unwrap();
    assert_eq!(entries.len(), 2, "each guest entered once");
    assert!(entries.iter().all(|entry| !entry.waiting));
}

#[tokio::test]
async fn an_answer_that_breaks_off_or_comes_too_late_leaves_the_decision_to_the_kiosk() {
    let late = LinkState::Slow { latency: Duration::from_secs(20) };
    for failure in [LinkState::CutMidBody { after_bytes: 40 }, late] {
        let Some(mut journey) = Journey::begin().await else { return };
        journey.follows_new_rules("the default budget", |policy| policy.network_budget_ms = 800).await;
        journey.venue.network(failure);
        timeout(WITHIN, journey.walks_up(ZHANG_WEI)).await.expect("no guest waits for the network (I4)");
        assert!(journey.sees_welcome("Zhang Wei").await.offline, "{failure:?}");
        assert_eq!(journey.journal.identifications(), [DecisionSource::LocalGallery], "{failure:?}");
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_leads_to_a_second_delivery_and_one_entry() {
    let Some(journey) = Journey::begin().await else { return };
    // The first delivery of all says only how far the audit goes.
    journey.venue.book.until("POST /v1/checkins", 1).await;
    journey.venue.book.loses_next("POST /v1/checkins");
    journey.types_ticket(ZHANG_WEI.ticket).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.venue.book.until("POST /v1/checkins", 2).await;
    assert_eq!(
        (journey.venue.inside(), journey.view().staff.waiting),
        (1, 1),
        "written down there, waiting here"
    );

    journey.has_sent_everything().await;
    assert!(journey.venue.book.count("POST /v1/checkins") >= 3, "the same entry was delivered again");
    let stats = journey.venue.backend().stats().unwrap();
    assert_eq!(stats.checked_in, 1, "delivering twice changes nothing (I3)");
    assert_eq!(stats.by_minute.iter().map(|minute| minute.count).sum::<u64>(), 1);
}

#[tokio::test]
async fn a_revoked_kiosk_looks_at_no_face_but_lets_guests_in_by_ticket_and_keeps_what_it_knows() {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.is_revoked().await;
    journey.types_ticket(ZHANG_WEI.ticket).await;
    assert!(journey.sees_welcome("Zhang Wei").await.offline);
    journey.does("guest.dismiss", json!({})).await;
    journey.until("the next guest", |view| view.guest == GuestView::Idle).await;
    let looked_at = journey.last_frame_looked_at();
    journey.stands_there_unseen(AMARA);
    journey.types_ticket(AMARA.ticket).await;
    journey.sees_welcome("Amara Okafor").await;
    assert_eq!(journey.last_frame_looked_at(), looked_at, "no picture was looked at");
    assert!(journey.journal.identifications().is_empty());
    journey.keeps_waiting(2).await;
    assert_eq!(journey.venue.inside(), 0, "the backend no longer listens to this kiosk");
    assert_eq!(journey.view().connection, ConnectionView::Revoked);
    assert_eq!(journey.ends().await.waiting().unwrap(), 2, "nothing is lost");
}
