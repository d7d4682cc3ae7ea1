//! The way in by name and the last digits of a phone.

use std::time::Duration;

use portico_proxy::LinkState;
use portico_session::{GuestView, NameAsks, Tried};
use portico_store::{Actor, AuditVerdict};
use portico_tests::Journey;
use portico_tests::guests::{AMARA, OTHERS, ZHANG_WEI};
use portico_tests::journey::audit_of;
use portico_types::{AuditAction, Method};
use serde_json::json;

/// What the guest sees after a pair that nobody has.
fn refused(attempts_left: u8) -> GuestView {
    GuestView::Name { asks: NameAsks::NameOrDigits, attempts_left, refused: true, checking: false }
}

#[tokio::test]
async fn name_and_digits_let_their_guest_in_without_camera_face_or_network() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    journey.venue.network(LinkState::Refusing);
    journey.types_name("zhangwei", ZHANG_WEI.last4).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.keeps_waiting(1).await;
    journey.venue.network(LinkState::Up);
    journey.has_sent_everything().await;
    assert_eq!(journey.venue.inside(), 1, "the backend takes the way in by name");
    let store = journey.ends().await;
    let entries = store.recent(10).unwrap();
    assert_eq!(entries.iter().map(|entry| entry.check_in.method).collect::<Vec<_>>(), [Method::NameAndFact]);
    let audit = audit_of(&store);
    assert_eq!(audit.len(), 1, "{audit:?}");
    assert_eq!((audit[0].note.action, audit[0].note.actor), (AuditAction::CheckIn, Actor::Kiosk));
    assert!(audit[0].note.after.as_ref().unwrap().to_string().contains("name_and_fact"), "{audit:?}");
    assert!(matches!(store.verify_audit().unwrap(), AuditVerdict::Intact { head: Some(_) }));
}

#[tokio::test]
async fn digits_first_and_then_the_name_in_any_order_are_as_good() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    let number = format!("+49 30 23125 {}", AMARA.last4);
    journey.types_name(&number, "Okafor, Amara").await;
    journey.sees_welcome(AMARA.name()).await;
    journey.has_sent_everything().await;
    assert_eq!(journey.venue.inside(), 1);
}

#[tokio::test]
async fn a_name_on_the_list_and_one_that_is_not_are_refused_alike() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    journey.types_name("Zhang Wei", "9999").await;
    assert_eq!(journey.guest_view(), refused(2));
    journey.types_name("Nobody Whatever", ZHANG_WEI.last4).await;
    assert_eq!(journey.guest_view(), refused(1));
    assert_eq!(journey.view().staff.attention, 0, "slips happen");
    let (_, without_phone, _) = OTHERS[0];
    journey.types_name(without_phone, "0000").await;
    assert_eq!(
        journey.guest_view(),
        GuestView::NotFound { tried: Tried::Name },
        "who has no phone needs staff"
    );
    assert_eq!(journey.view().staff.attention, 1, "staff are told after the third");
    journey.does("guest.use_name", json!({})).await;
    journey
        .until("no more guesses", |view| view.guest == GuestView::NotFound { tried: Tried::NameClosed })
        .await;
    journey.types_ticket(ZHANG_WEI.ticket).await;
    journey.sees_welcome("Zhang Wei").await;
    assert_eq!(journey.ends().await.recent(10).unwrap().len(), 1, "only the ticket let somebody in");
}

#[tokio::test]
async fn a_screen_asks_before_it_closes_and_a_touch_keeps_it() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    journey.does("guest.use_name", json!({})).await;
    let asks = |view: &GuestView| matches!(view, GuestView::Name { asks: NameAsks::NameOrDigits, .. });
    journey.until("the name's screen", |view| asks(&view.guest)).await;
    for _ in 0..3 {
        journey.venue.clock.advance(Duration::from_secs(36));
        journey.until("the question", |view| view.closing_in_s == Some(10) && asks(&view.guest)).await;
        journey.does("guest.touched", json!({})).await;
        journey.until("the screen again", |view| view.closing_in_s.is_none() && asks(&view.guest)).await;
    }
    journey.venue.clock.advance(Duration::from_secs(36));
    journey.until("the question", |view| view.closing_in_s.is_some()).await;
    journey.venue.clock.advance(Duration::from_secs(10));
    let left = journey.until("an idle screen", |view| view.guest == GuestView::Idle).await;
    assert_eq!(left.closing_in_s, None, "nobody is asked any more");
}
