//! Who is greeted how, while everything works.

use std::time::Duration;

use portico_session::{GuestView, Tried};
use portico_store::{Actor, AuditVerdict};
use portico_tests::Journey;
use portico_tests::clips::{empty_room, side_by_side, standing};
use portico_tests::guests::{AMARA, STRANGER, ZHANG_WEI};
use portico_tests::journey::audit_of;
use portico_types::{AuditAction, DecisionSource, FirstEntry, Hint, Method};

#[tokio::test]
async fn a_guest_is_greeted_by_name_and_checked_in_everywhere() {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.walks_up(ZHANG_WEI).await;
    let welcome = journey.sees_welcome("Zhang Wei").await;
    assert_eq!(welcome.note.as_deref(), Some("Table 1"), "the guest is told where to go");
    assert!(!welcome.offline, "the backend is there");
    journey.has_sent_everything().await;
    assert_eq!(journey.venue.inside(), 1, "the backend knows of the entry");
    assert_eq!(journey.journal.identifications(), [DecisionSource::Backend], "the backend was asked first");

    let store = journey.ends().await;
    let entries = store.recent(10).unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].check_in.method, entries[0].waiting), (Method::Face, false));
    let audit = audit_of(&store);
    assert_eq!(audit.len(), 1, "one entry, one row: {audit:?}");
    assert_eq!((audit[0].note.action, audit[0].note.actor), (AuditAction::CheckIn, Actor::Kiosk));
    assert_eq!(audit[0].note.attendee, Some(ZHANG_WEI.id()));
    assert!(matches!(store.verify_audit().unwrap(), AuditVerdict::Intact { head: Some(_) }));
}

#[tokio::test]
async fn a_stranger_is_not_found_and_leaves_no_trace() {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.walks_up(STRANGER).await;
    assert_eq!(journey.guest_view(), GuestView::NotFound { tried: Tried::Face });
    assert_eq!(journey.view().staff.attention, 1, "staff are told that somebody needs them");
    journey.is_left_alone().await;
    assert_eq!((journey.venue.inside(), journey.view().staff.waiting), (0, 0), "there is nothing to send");
    assert!(journey.venue.book.count("POST /v1/checkins") <= 1, "but how far the audit went at the start");
    let store = journey.ends().await;
    assert!(store.recent(10).unwrap().is_empty(), "nobody was let in");
    assert!(audit_of(&store).is_empty(), "and nothing is kept of who tried");
}

#[tokio::test]
async fn a_guest_who_comes_back_is_told_when_and_where_they_entered() {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.walks_up(ZHANG_WEI).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.is_left_alone().await;
    // Longer than a guest counts as one who has only just been welcomed.
    journey.venue.clock.advance(Duration::from_mins(1));
    journey.walks_up(ZHANG_WEI).await;
    let first = entry_of(&journey.guest_view());
    assert_eq!(first.gate.as_deref(), Some("Main entrance"), "the gate as people call it");
    journey.has_sent_everything().await;
    assert_eq!(journey.venue.inside(), 1, "one guest is one guest");
    let entries = journey.ends().await.recent(10).unwrap();
    assert_eq!(entries.len(), 1, "the second visit is no second entry");
    assert_eq!(first.at, entries[0].check_in.at, "the time is the one at the door");
}

fn entry_of(view: &GuestView) -> FirstEntry {
    match view {
        GuestView::AlreadyIn { name, first } if name == "Zhang Wei" => first.clone(),
        other => panic!("they are in already, but are shown {other:?}"),
    }
}

#[tokio::test]
async fn one_visit_is_one_identification() {
    let Some(mut journey) = Journey::begin().await else { return };
    let shown = journey.visits(ZHANG_WEI).await;
    assert!(shown.iter().any(|view| matches!(view, GuestView::Welcome { .. })), "{shown:?}");
    assert_eq!(journey.journal.identifications().len(), 1, "one guest, one identification (I9)");
    assert_eq!(journey.venue.book.count("POST /v1/identify"), 1);
    journey.is_left_alone().await;
    assert_eq!(journey.journal.identifications().len(), 1, "nor is anybody looked for in an empty room");
}

#[tokio::test]
async fn the_next_guest_has_the_screen_within_a_second_of_stepping_up() {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.walks_up(ZHANG_WEI).await;
    journey.sees_welcome("Zhang Wei").await;
    // They walk on; the welcome stands, for its three seconds are not over.
    let emptied = journey.looks_at(&empty_room()[0], Duration::from_millis(700)).await;
    assert!(matches!(emptied.last(), Some(GuestView::Welcome { .. })), "{:?}", emptied.last());
    let shown = journey.looks_at(&standing(AMARA, 0.0, 0.0), Duration::from_secs(1)).await;
    let taken_over = shown.iter().position(|view| matches!(view, GuestView::Approaching { .. }));
    assert!(taken_over.is_some(), "a second of frames shows the next guest to herself: {shown:?}");
    assert!(
        !shown
            .iter()
            .skip_while(|view| matches!(view, GuestView::Welcome { .. }))
            .any(|view| matches!(view, GuestView::Welcome { name, .. } if name == "Zhang Wei")),
        "and nothing of the last one comes back"
    );
}

#[tokio::test]
async fn of_two_people_side_by_side_nobody_is_identified() {
    let Some(mut journey) = Journey::begin().await else { return };
    let shown = journey.looks_at(&side_by_side(ZHANG_WEI, AMARA), Duration::from_secs(2)).await;
    let hint = Some(Hint::OnePerson);
    assert!(
        matches!(shown.last(), Some(GuestView::Approaching { hint: shown, .. }) if *shown == hint),
        "they are asked to come one by one: {:?}",
        shown.last()
    );
    assert!(journey.journal.identifications().is_empty(), "a choice between two would be a guess");
    assert_eq!(journey.venue.inside(), 0);
}
