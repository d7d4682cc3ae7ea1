//! Guests who come without being on the list.

use std::time::Duration;

use portico_proxy::LinkState;
use portico_tests::Journey;
use portico_tests::guests::ZHANG_WEI;
use portico_types::AuditAction;
use serde_json::{Value, json};

fn newcomer(name: &str) -> Value {
    json!({ "name": name, "company": "Harbour Architects", "phone": "0170 1234711", "note": "Table 9" })
}

#[tokio::test]
async fn a_guest_is_added_offline_let_in_at_once_and_known_everywhere_later() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    journey.venue.network(LinkState::Refusing);
    journey.staff_unlock().await;
    let added = journey.does("staff.register", newcomer("Mia Wagner")).await;
    let rows = journey.does("staff.search", json!({ "query": "wagner" })).await;
    assert_eq!(
        (&rows[0]["attendee"], &rows[0]["check_in"]),
        (&added["attendee"], &added["check_in"]),
        "{rows}"
    );
    assert_eq!(rows[0]["ticket_code"], "", "the backend has not made one yet");
    let queue = journey.does("staff.queue", json!({})).await;
    let kinds: Vec<_> =
        queue["entries"].as_array().unwrap().iter().map(|entry| entry["kind"].clone()).collect();
    assert_eq!(kinds, ["register", "check_in"], "the guest is told before the entry: {queue}");

    journey.venue.network(LinkState::Up);
    journey.has_sent_everything().await;
    assert_eq!(journey.venue.inside(), 1);
    let list = journey.venue.backend().attendees(None).unwrap().attendees;
    let guest = list.iter().find(|guest| guest.name == "Mia Wagner").expect("the backend knows the guest");
    assert_eq!(guest.phone_last4.as_deref(), Some("4711"), "and no more of the number than that");
    assert_eq!(guest.ticket_code.len(), 6);
    journey.staff_unlock().await;
    let by_ticket = json!({ "query": guest.ticket_code });
    let rows = journey.learns("staff.search", by_ticket, |rows| rows[0]["name"] == "Mia Wagner").await;
    assert_eq!(rows[0]["attendee"], added["attendee"], "the ticket code arrived with the list: {rows}");

    let audited = journey.ends().await.audit_rows(10).unwrap();
    assert!(audited.iter().any(|row| row.note.action == AuditAction::Register));
}

#[tokio::test]
async fn a_guest_who_was_added_survives_a_backend_that_was_restored_from_a_backup() {
    let Some(mut journey) = Journey::begin_without_camera().await else { return };
    let backup = journey.venue.backs_up();
    journey.staff_unlock().await;
    journey.does("staff.register", newcomer("Mia Wagner")).await;
    journey.has_sent_everything().await;
    journey.venue.clock.advance(Duration::from_mins(6));
    journey.venue.book.until("GET /v1/attendees", 3).await;

    journey.venue.is_restored_from(&backup).await;
    assert_eq!(journey.venue.inside(), 0, "the backend has forgotten the guest");
    journey.venue.clock.advance(Duration::from_mins(6));
    journey.learns("view.current", json!({}), |_| journey.venue.inside() == 1).await;
    let list = journey.venue.backend().attendees(None).unwrap().attendees;
    assert!(list.iter().any(|guest| guest.name == "Mia Wagner" && guest.checked_in_at.is_some()));
}

#[tokio::test]
async fn whoever_may_be_on_the_list_already_is_shown_first() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    journey.staff_unlock().await;
    let same = json!({ "name": "wei zhang", "phone": format!("+86 138 0000 {}", ZHANG_WEI.last4) });
    let found = journey.does("staff.look_alikes", same).await;
    assert_eq!(found[0]["guest"]["attendee"], ZHANG_WEI.id().as_str(), "{found}");
    assert_eq!((&found[0]["same_name"], &found[0]["same_phone"]), (&json!(true), &json!(true)), "{found}");
    let nobody = journey.does("staff.look_alikes", json!({ "name": "Mia Wagner", "phone": null })).await;
    assert_eq!(nobody, json!([]));
    for (wrong, code) in [
        (json!({ "name": " ", "company": null, "phone": null, "note": null }), "staff.name_missing"),
        (json!({ "name": "Mia", "company": null, "phone": "12", "note": null }), "staff.phone_short"),
        (
            json!({ "name": "x".repeat(201), "company": null, "phone": null, "note": null }),
            "staff.text_too_long",
        ),
    ] {
        let refusal = journey.call("staff.register", wrong).await.unwrap_err();
        assert_eq!(refusal.code, code);
    }
    let expected = journey.ends().await.roster_counts().unwrap().expected;
    assert_eq!(expected, 5, "nobody was added");
}
