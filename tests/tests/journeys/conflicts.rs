//! Two gates that are cut off from each other let the same guest in: one check-in stands, and staff decide about the rest.

use std::time::Duration;

use portico_protocol::{ConflictStateRecord, EntryRule};
use portico_proxy::LinkState;
use portico_session::GuestView;
use portico_tests::Journey;
use portico_tests::guests::{AMARA, ZHANG_WEI};
use portico_tests::venue::OtherKiosk;
use serde_json::{Value, json};

/// The kiosk lets Zhang Wei in while it is cut off, and the other kiosk was first.
async fn let_in_twice(journey: &Journey) -> (OtherKiosk, String) {
    let other = journey.venue.other_kiosk();
    journey.venue.network(LinkState::Refusing);
    let first = other.lets_in(&journey.venue, ZHANG_WEI);
    journey.types_ticket(ZHANG_WEI.ticket).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.venue.network(LinkState::Up);
    journey.has_sent_everything().await;
    journey.in_time("the conflict", |view| view.staff.conflicts == 1).await;
    assert_eq!(journey.venue.inside(), 1, "one check-in stands");
    (other, first)
}

/// The guest has gone, and some time passes.
async fn next_guest(journey: &Journey) {
    journey.venue.clock.advance(Duration::from_mins(5));
    journey.in_time("the next guest", |view| view.guest == GuestView::Idle).await;
}

async fn the_only_conflict(journey: &Journey) -> Value {
    journey.staff_unlock().await;
    let rows = journey.does("staff.conflicts", json!({})).await;
    assert_eq!(rows.as_array().unwrap().len(), 1, "{rows}");
    rows[0].clone()
}

#[tokio::test]
async fn staff_see_both_entries_and_take_the_second_one_back() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    let (_, first) = let_in_twice(&journey).await;
    let row = the_only_conflict(&journey).await;
    assert_eq!((&row["name"], &row["first"]["check_in"]), (&json!("Zhang Wei"), &json!(first)));
    assert_eq!(
        (&row["first"]["device"], &row["first"]["method"]),
        (&json!("Garden kiosk"), &json!("ticket"))
    );
    assert_eq!((&row["made_here"], &row["state"]), (&json!(true), &json!("open")));

    let decision = json!({ "conflict": row["conflict"], "resolution": "undo", "reason": "wrong_person" });
    journey.does("staff.resolve", decision).await;
    journey.until("nothing is left to decide", |view| view.staff.conflicts == 0).await;
    journey.has_sent_everything().await;
    let told = &journey.venue.conflicts()[0];
    assert_eq!(told.state, ConflictStateRecord::Undone);
    assert_eq!(told.resolved_by.as_deref(), Some("Kiosk"));
    assert_eq!(journey.venue.inside(), 1);
}

#[tokio::test]
async fn a_decision_that_is_made_offline_reaches_the_backend_later() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    let_in_twice(&journey).await;
    let row = the_only_conflict(&journey).await;
    journey.venue.network(LinkState::Refusing);
    let decision = json!({ "conflict": row["conflict"], "resolution": "accept", "reason": "came_back" });
    journey.does("staff.resolve", decision).await;
    let rows = journey.does("staff.conflicts", json!({})).await;
    assert_eq!((&rows[0]["decided"], &rows[0]["state"]), (&json!("accept"), &json!("accepted")));
    assert_eq!(journey.venue.conflicts()[0].state, ConflictStateRecord::Open, "nobody told the backend");

    journey.venue.network(LinkState::Up);
    journey.has_sent_everything().await;
    assert_eq!(journey.venue.conflicts()[0].state, ConflictStateRecord::Accepted);
    assert_eq!(journey.venue.inside(), 1);
}

#[tokio::test]
async fn when_the_first_entry_was_the_wrong_one_the_second_takes_its_place() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    let (other, first) = let_in_twice(&journey).await;
    other.takes_back(&journey.venue, &first);
    journey.in_time("nothing is left to decide", |view| view.staff.conflicts == 0).await;
    assert_eq!(journey.venue.conflicts()[0].state, ConflictStateRecord::Promoted);
    assert_eq!(journey.venue.inside(), 1, "the guest who stood here is in");
    next_guest(&journey).await;
    journey.types_ticket(ZHANG_WEI.ticket).await;
    journey.until("the same guest again", |view| matches!(view.guest, GuestView::AlreadyIn { .. })).await;
}

#[tokio::test]
async fn the_events_rule_lets_guests_come_back() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    let reentry = EntryRule::Reentry { other_gate_minutes: 0 };
    journey.follows_new_rules("come and go", |policy| policy.entry = reentry).await;
    for _ in 0..2 {
        journey.types_ticket(AMARA.ticket).await;
        journey.sees_welcome("Amara Okafor").await;
        next_guest(&journey).await;
    }
    journey.has_sent_everything().await;
    assert!(journey.venue.conflicts().is_empty());
    assert_eq!(journey.ends().await.recent(10).unwrap().len(), 2);
}

#[tokio::test]
async fn nothing_about_a_conflict_is_told_while_staff_mode_is_closed() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    let_in_twice(&journey).await;
    let refused = journey.call("staff.conflicts", json!({})).await.unwrap_err();
    assert_eq!(refused.code, "staff.locked");
    let resolve =
        json!({ "conflict": journey.venue.conflicts()[0].second.id, "resolution": "undo", "reason": "x" });
    assert_eq!(journey.call("staff.resolve", resolve).await.unwrap_err().code, "staff.locked");
}
