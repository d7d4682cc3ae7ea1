//! Tickets that are held before the camera, plain and signed, with and without a network.

use std::sync::Arc;
use std::time::Duration;

use portico_app::contract::View;
use portico_protocol::TicketPolicy;
use portico_proxy::LinkState;
use portico_session::{GuestView, Tried};
use portico_tests::Journey;
use portico_tests::guests::{OTHERS, ZHANG_WEI};
use portico_tests::tickets::held_up;
use portico_types::{AttendeeId, Method, TicketRefusal};
use serde_json::json;

/// A signed ticket of the guest with this id, and the kiosk has learnt the key.
async fn signed(journey: &Journey, guest: &str) -> String {
    let tickets = journey.venue.backend().issue_tickets(&[AttendeeId::new(guest)], None).unwrap();
    // Changed rules come with the same record as the key.
    journey.follows_new_rules("signed", |policy| policy.tickets = TicketPolicy::SignedOnly).await;
    tickets[0].text.clone()
}

fn is_welcome(view: &View) -> bool {
    matches!(view.guest, GuestView::Welcome { .. })
}

fn was_tried(tried: Tried) -> impl Fn(&View) -> bool {
    move |view| view.guest == GuestView::NotFound { tried }
}

#[tokio::test]
async fn a_ticket_held_up_lets_its_guest_in_without_a_touch() {
    let Some(mut journey) = Journey::begin().await else { return };
    let (_, name, ticket) = OTHERS[0];
    journey.holds_up("a welcome", &held_up(ticket), is_welcome).await;
    journey.sees_welcome(name).await;
    journey.holds_up("the welcome ends", &held_up(ticket), |view| view.guest == GuestView::Idle).await;
    journey.has_sent_everything().await;
    assert_eq!(journey.venue.inside(), 1);
    let entries = journey.ends().await.recent(10).unwrap();
    let methods: Vec<Method> = entries.iter().map(|entry| entry.check_in.method).collect();
    assert_eq!(methods, [Method::Ticket], "held for long, it is one entry and no 'already in'");
}

#[tokio::test]
async fn a_code_of_something_else_is_nobodys_business_but_the_guests_who_was_asked_for_one() {
    let Some(mut journey) = Journey::begin().await else { return };
    let poster = held_up("WIFI:S:Guests;T:WPA;P:welcome;;");
    for picture in poster.iter().cycle().take(12) {
        journey.sees(picture).await;
        assert_eq!(journey.guest_view(), GuestView::Idle);
    }
    journey.does("guest.use_ticket", json!({})).await;
    journey.holds_up("the code is not known", &poster, was_tried(Tried::Ticket)).await;
    assert_eq!(journey.view().staff.attention, 0, "staff are left in peace");
    assert!(journey.ends().await.recent(10).unwrap().is_empty());
}

#[tokio::test]
async fn a_signed_ticket_is_believed_without_a_network_and_a_plain_code_is_not() {
    let Some(mut journey) = Journey::begin().await else { return };
    let (id, name, plain) = OTHERS[1];
    let ticket = signed(&journey, id).await;
    journey.venue.network(LinkState::Refusing);
    journey.types_ticket(plain).await;
    assert_eq!(journey.guest_view(), GuestView::NotFound { tried: Tried::TicketUnsigned });
    assert_eq!(journey.view().staff.refused_ticket, Some(TicketRefusal::Unsigned));
    journey.holds_up("a welcome", &held_up(&ticket), is_welcome).await;
    journey.sees_welcome(name).await;
    journey.keeps_waiting(1).await;
}

#[tokio::test]
async fn a_ticket_that_somebody_has_changed_is_refused_and_staff_hear_why() {
    let Some(mut journey) = Journey::begin().await else { return };
    let ticket = signed(&journey, OTHERS[1].0).await;
    let other = if &ticket[40..41] == "A" { "E" } else { "A" };
    let forged = format!("{}{other}{}", &ticket[..40], &ticket[41..]);
    let view = journey.holds_up("a refusal", &held_up(&forged), was_tried(Tried::TicketDamaged)).await;
    assert_eq!((view.staff.refused_ticket, view.staff.attention), (Some(TicketRefusal::Forged), 1));
    assert!(journey.ends().await.recent(10).unwrap().is_empty());
}

#[tokio::test]
async fn a_guest_who_has_left_the_list_is_not_let_in_by_an_old_ticket() {
    let Some(mut journey) = Journey::begin().await else { return };
    let ticket = signed(&journey, ZHANG_WEI.id().as_str()).await;
    let [lists, galleries] =
        ["GET /v1/attendees", "GET /v1/templates"].map(|call| journey.venue.book.count(call));
    journey.venue.backend().remove_attendee(&ZHANG_WEI.id()).unwrap();
    journey.venue.clock.advance(Duration::from_mins(6));
    // The gallery is asked for once the list has been taken in.
    journey.venue.book.until("GET /v1/attendees", lists + 1).await;
    journey.venue.book.until("GET /v1/templates", galleries + 1).await;
    let view = journey.holds_up("a refusal", &held_up(&ticket), was_tried(Tried::TicketWithdrawn)).await;
    assert_eq!(view.staff.refused_ticket, Some(TicketRefusal::Revoked));
}

#[tokio::test]
async fn codes_are_read_where_no_face_is_recognised() {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.venue.swaps_models(|nets| std::fs::write(nets.join("recogniser.net"), b"no net").unwrap());
    journey.starts_again(None).await;
    let ticket: Vec<_> = held_up(OTHERS[2].2);
    let welcomed: Arc<View> = journey.holds_up_unseen("a welcome", &ticket, is_welcome).await;
    assert!(matches!(&welcomed.guest, GuestView::Welcome { name, .. } if name == OTHERS[2].1));
}
