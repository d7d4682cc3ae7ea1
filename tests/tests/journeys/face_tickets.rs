//! Tickets that carry their guest's face, at an event whose kiosks keep no gallery.

use std::time::Duration;

use portico_app::contract::{FacesView, View};
use portico_protocol::TicketPolicy;
use portico_proxy::LinkState;
use portico_session::{GuestView, Tried};
use portico_tests::Journey;
use portico_tests::clips::{Jpeg, Visit, standing};
use portico_tests::guests::{AMARA, OTHERS, Person, ZHANG_WEI};
use portico_tests::tickets::{held_up, held_up_near};
use portico_types::{AttendeeId, DecisionSource, Method, TicketRefusal, UtcMillis};
use serde_json::json;

/// A kiosk of such an event, and the ticket of Zhang Wei as it is held up.
async fn without_gallery() -> Option<(Journey, Vec<Jpeg>)> {
    let journey = Journey::begin().await?;
    let tickets = journey.venue.backend().issue_face_tickets(&[ZHANG_WEI.id()], None).unwrap();
    assert!(tickets[0].has_face, "Zhang Wei has consented");
    journey.follows_new_rules("faces in tickets", |policy| policy.tickets = TicketPolicy::WithFace).await;
    let ticket = held_up_near(&tickets[0].text);
    Some((journey, ticket))
}

fn waits_for_a_face(view: &View) -> bool {
    matches!(view.guest, GuestView::MatchFace { .. })
}

/// The ticket is held up until it has been read, and then `person` is there.
async fn shows_ticket_and_face(journey: &mut Journey, ticket: &[Jpeg], person: Person) {
    journey.holds_up("the ticket is read", ticket, waits_for_a_face).await;
    journey.walks_up(person).await;
}

#[tokio::test]
async fn whoever_has_the_face_in_their_ticket_is_let_in_without_a_network_and_nothing_of_it_is_kept() {
    let Some((mut journey, ticket)) = without_gallery().await else { return };
    journey.venue.network(LinkState::Refusing);
    shows_ticket_and_face(&mut journey, &ticket, ZHANG_WEI).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.keeps_waiting(1).await;
    assert_eq!(journey.journal.identifications(), [DecisionSource::Ticket]);
    assert!(journey.journal.take_views().iter().all(|view| !view.contains("PT2")), "no ticket on the screen");

    let store = journey.ends().await;
    let entries = store.recent(10).unwrap();
    assert_eq!(entries.iter().map(|entry| entry.check_in.method).collect::<Vec<_>>(), [Method::Ticket]);
    let score = entries[0].check_in.score.expect("a face was compared");
    println!("score of a generated guest against the face in their ticket: {score:.3}");
    assert_eq!(
        store.templates(UtcMillis(0)).unwrap(),
        [],
        "neither a gallery nor the ticket's face is on disk"
    );
}

#[tokio::test]
async fn somebody_else_with_the_same_ticket_is_never_greeted_and_staff_are_told() {
    let Some((mut journey, ticket)) = without_gallery().await else { return };
    journey.venue.network(LinkState::Refusing);
    journey.holds_up("the ticket is read", &ticket, waits_for_a_face).await;
    journey.journal.take_views();
    journey.looks_at(&standing(AMARA, 0.0, 0.0), Duration::from_secs(4)).await;
    assert_eq!(journey.guest_view(), GuestView::NotFound { tried: Tried::FaceDiffers });
    let staff = journey.view().staff.clone();
    assert_eq!((staff.refused_ticket, staff.attention), (Some(TicketRefusal::FaceDiffers), 1));
    for view in journey.journal.take_views() {
        assert!(!view.contains("Zhang Wei"), "whose ticket it is, is not theirs to know: {view}");
    }
    journey.staff_unlock().await;
    let by_hand = json!({ "attendee": ZHANG_WEI.id().as_str(), "reason": "identity card" });
    assert_eq!(journey.does("staff.check_in", by_hand).await["kind"], "recorded");
    let entries = journey.ends().await.recent(10).unwrap();
    assert_eq!(entries.iter().map(|entry| entry.check_in.method).collect::<Vec<_>>(), [Method::Staff]);
}

#[tokio::test]
async fn a_ticket_that_nobody_looks_up_from_lets_nobody_in() {
    let Some((mut journey, ticket)) = without_gallery().await else { return };
    journey.holds_up("the ticket is read", &ticket, waits_for_a_face).await;
    journey.in_time("the question", |view| view.closing_in_s == Some(10)).await;
    let told = |view: &View| view.guest == GuestView::NotFound { tried: Tried::FaceUnseen };
    let view = journey.in_time("what to do", told).await;
    assert_eq!(view.staff.refused_ticket, Some(TicketRefusal::FaceUnseen));
    assert!(journey.ends().await.recent(10).unwrap().is_empty());
}

#[tokio::test]
async fn a_face_alone_is_nobodys_business_where_there_is_no_gallery() {
    let Some((mut journey, _)) = without_gallery().await else { return };
    journey.until("the kiosk asks for tickets", |view| view.faces == FacesView::WithTicket).await;
    for picture in Visit::of(ZHANG_WEI).arrival() {
        journey.sees(picture).await;
        assert_eq!(journey.guest_view(), GuestView::Idle);
    }
    assert!(journey.journal.identifications().is_empty());
    assert_eq!(journey.ends().await.templates(UtcMillis(0)).unwrap(), [], "it was erased with the rule");
}

#[tokio::test]
async fn guests_who_gave_no_face_come_in_with_their_signed_ticket_alone() {
    let Some((mut journey, _)) = without_gallery().await else { return };
    let (id, name, _) = OTHERS[0];
    let tickets = journey.venue.backend().issue_face_tickets(&[AttendeeId::new(id)], None).unwrap();
    assert!(!tickets[0].has_face && tickets[0].text.starts_with("PT1"));
    let is_welcome = |view: &View| matches!(view.guest, GuestView::Welcome { .. });
    journey.holds_up("a welcome", &held_up(&tickets[0].text), is_welcome).await;
    journey.sees_welcome(name).await;
}

#[tokio::test]
async fn a_withdrawn_face_is_not_compared_any_more_and_its_guest_comes_in_all_the_same() {
    let Some((mut journey, ticket)) = without_gallery().await else { return };
    journey.venue.backend().erase_face(&ZHANG_WEI.id()).unwrap();
    // A record that says so has the withdrawal in it.
    journey.follows_new_rules("one face less", |_| {}).await;
    let is_welcome = |view: &View| matches!(view.guest, GuestView::Welcome { .. });
    journey.venue.network(LinkState::Refusing);
    journey.holds_up("a welcome", &ticket, is_welcome).await;
    journey.sees_welcome("Zhang Wei").await;
    assert!(journey.journal.identifications().is_empty(), "the roster's word beats the ticket's");
}

#[tokio::test]
async fn a_forgotten_key_opens_no_face_and_the_guest_is_sent_to_staff() {
    let Some((mut journey, ticket)) = without_gallery().await else { return };
    assert!(journey.venue.backend().forget_face_key().unwrap());
    journey.follows_new_rules("no key", |_| {}).await;
    let told = |view: &View| view.guest == GuestView::NotFound { tried: Tried::FaceUnusable };
    let view = journey.holds_up("what to do", &ticket, told).await;
    assert_eq!(view.staff.refused_ticket, Some(TicketRefusal::FaceUnusable));
}

#[tokio::test]
async fn an_event_that_wants_a_gallery_again_gets_it_back() {
    let Some((mut journey, _)) = without_gallery().await else { return };
    journey.follows_new_rules("a gallery", |policy| policy.tickets = TicketPolicy::Any).await;
    assert_eq!(journey.view().faces, FacesView::Ready);
    let book = &journey.venue.book;
    let [lists, galleries] = ["GET /v1/attendees", "GET /v1/templates"].map(|call| book.count(call));
    journey.venue.clock.advance(Duration::from_mins(6));
    book.until("GET /v1/templates", galleries + 1).await;
    // The roster is asked for again only once the gallery has been taken in.
    journey.venue.clock.advance(Duration::from_mins(6));
    book.until("GET /v1/attendees", lists + 2).await;
    journey.venue.network(LinkState::Refusing);
    journey.walks_up(ZHANG_WEI).await;
    journey.sees_welcome("Zhang Wei").await;
    let sources = journey.journal.identifications();
    assert_eq!(sources.last(), Some(&DecisionSource::LocalGallery));
}
