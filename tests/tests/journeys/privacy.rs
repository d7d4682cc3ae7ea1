//! What the public screen and the network get to know (I5, I10).

use std::time::Duration;

use portico_protocol::NamePolicy;
use portico_tests::Journey;
use portico_tests::guests::{AMARA, STRANGER, ZHANG_WEI, names_on_the_list};
use portico_types::DecisionSource;
use serde_json::Value;

#[tokio::test]
async fn the_screen_never_names_anybody_but_the_guest_before_it() {
    let Some(mut journey) = Journey::begin().await else { return };
    for person in [ZHANG_WEI, STRANGER, AMARA, ZHANG_WEI] {
        journey.visits(person).await;
        journey.is_left_alone().await;
        journey.venue.clock.advance(Duration::from_mins(1));
        let shown = journey.journal.take_views();
        assert!(shown.len() > 5, "the whole visit was shown");
        for view in &shown {
            names_only(view, person.name());
        }
    }
}

/// Fails if `view` holds a name that is not `allowed`, or something that nobody needs to see.
fn names_only(view: &str, allowed: &str) {
    for name in names_on_the_list().into_iter().filter(|name| *name != allowed) {
        assert!(!view.contains(name), "{name} is not before the kiosk: {view}");
    }
    let guest = &serde_json::from_str::<Value>(view).unwrap()["guest"];
    for secret in ["score", "attendee", "candidate", "ticket_code", "phone"] {
        assert!(guest.get(secret).is_none(), "no `{secret}` on the public screen: {view}");
    }
}

#[tokio::test]
async fn where_the_event_forbids_it_no_picture_leaves_the_kiosk() {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.follows_new_rules("no pictures", |policy| policy.crops_may_leave_device = false).await;
    journey.walks_up(ZHANG_WEI).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.has_sent_everything().await;
    assert_eq!(journey.venue.book.count("POST /v1/identify"), 0, "{:?}", journey.venue.book.calls());
    assert_eq!(journey.journal.identifications(), [DecisionSource::LocalGallery]);
}

#[tokio::test]
async fn the_screen_shows_no_more_of_a_name_than_the_event_wants() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    journey.follows_new_rules("first names", |policy| policy.shown_name = NamePolicy::FirstWord).await;
    journey.types_ticket(ZHANG_WEI.ticket).await;
    journey.sees_welcome("Zhang").await;
    journey.follows_new_rules("no names", |policy| policy.shown_name = NamePolicy::Hidden).await;
    journey.types_ticket(AMARA.ticket).await;
    journey.sees_welcome("").await;
}
