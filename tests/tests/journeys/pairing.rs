//! How a kiosk comes to its backend.

use portico_app::BackendAccess;
use portico_app::contract::ConnectionView;
use portico_tests::guests::ZHANG_WEI;
use portico_tests::logs::Logs;
use portico_tests::{Journey, Venue};

const PAIR: &str = "POST /v1/devices/pair";

#[tokio::test]
async fn a_one_use_code_pairs_the_kiosk_for_good() {
    let Some(venue) = Venue::open().await else { return };
    let access = BackendAccess::Remote { url: venue.url(), pairing_code: Some(venue.pairing_code()) };
    let mut journey = Journey::start(venue, access).await;
    journey.until("the backend", |view| view.connection == ConnectionView::Online).await;
    journey.is_in_step().await;
    journey.turns_its_camera_on().await;
    journey.walks_up(ZHANG_WEI).await;
    journey.sees_welcome("Zhang Wei").await;

    let access = BackendAccess::Remote { url: journey.venue.url(), pairing_code: None };
    journey.starts_again(Some(access)).await;
    journey.until("the backend", |view| view.connection == ConnectionView::Online).await;
    assert_eq!(journey.venue.book.count(PAIR), 1, "the token of the first start is used again");
    assert_eq!(journey.venue.backend().devices().unwrap().len(), 1);
}

#[tokio::test]
async fn a_kiosk_whose_access_was_withdrawn_is_paired_again_by_a_fresh_code_and_delivers_what_waited() {
    let Some(venue) = Venue::open().await else { return };
    let remote =
        |venue: &Venue, code: String| BackendAccess::Remote { url: venue.url(), pairing_code: Some(code) };
    let access = remote(&venue, venue.pairing_code());
    let mut journey = Journey::start(venue, access).await;
    journey.until("the backend", |view| view.connection == ConnectionView::Online).await;
    journey.is_in_step().await;
    let device = journey.venue.backend().devices().unwrap()[0].id.clone();
    journey.venue.backend().revoke(&device).unwrap();
    journey.until("it is revoked", |view| view.connection == ConnectionView::Revoked).await;
    journey.types_ticket(ZHANG_WEI.ticket).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.keeps_waiting(1).await;

    journey.starts_again(None).await;
    journey.until("still revoked", |view| view.connection == ConnectionView::Revoked).await;
    assert_eq!(journey.venue.book.count(PAIR), 1, "a code that was used is not tried again");

    let access = remote(&journey.venue, journey.venue.pairing_code());
    journey.starts_again(Some(access)).await;
    journey.until("the backend", |view| view.connection == ConnectionView::Online).await;
    journey.has_sent_everything().await;
    assert_eq!((journey.venue.inside(), journey.venue.book.count(PAIR)), (1, 2));

    let logs = Logs::listen();
    let access = remote(&journey.venue, "WRONG123".into());
    journey.starts_again(Some(access)).await;
    logs.until("the earlier pairing goes on").await;
    journey.until("the backend", |view| view.connection == ConnectionView::Online).await;
    journey.starts_again(None).await;
    journey.until("the backend", |view| view.connection == ConnectionView::Online).await;
    assert_eq!(journey.venue.book.count(PAIR), 3, "nor is one that was refused");
}

#[tokio::test]
async fn a_wrong_code_is_said_clearly_and_never_shown_as_a_connection() {
    let Some(venue) = Venue::open().await else { return };
    let logs = Logs::listen();
    let access = BackendAccess::Remote { url: venue.url(), pairing_code: Some("WRONG123".into()) };
    let journey = Journey::start(venue, access).await;
    journey.venue.book.until(PAIR, 1).await;
    logs.until("get a new pairing code").await;
    assert_eq!(journey.view().connection, ConnectionView::Connecting);
    assert!(!logs.text().contains("WRONG123"), "a code is a secret:\n{}", logs.text());
    assert!(journey.venue.backend().devices().unwrap().is_empty());
}
