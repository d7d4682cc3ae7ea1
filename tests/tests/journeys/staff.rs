//! Staff mode: who gets in, and what it can put right.

use std::time::Duration;

use portico_app::contract::{Recovery, StaffLock, typescript};
use portico_session::GuestView;
use portico_store::{Actor, AuditVerdict};
use portico_tests::Journey;
use portico_tests::guests::{AMARA, OTHERS, ZHANG_WEI};
use portico_types::{AuditAction, Method};
use serde_json::{Value, json};

/// Every staff call but those that open staff mode, with parameters that would do something.
fn staff_calls(check_in: &Value) -> Vec<(&'static str, Value)> {
    vec![
        ("staff.lock", json!({})),
        ("staff.search", json!({ "query": "zhang" })),
        ("staff.check_in", json!({ "attendee": OTHERS[0].0, "reason": "a test" })),
        ("staff.undo", json!({ "check_in": check_in, "reason": "a test" })),
        ("staff.correct", json!({ "check_in": check_in, "attendee": OTHERS[1].0, "reason": "a test" })),
        ("staff.recent", json!({})),
        ("staff.queue", json!({})),
        ("staff.retry", json!({ "entry": check_in })),
        ("staff.amend", json!({ "entry": check_in, "attendee": OTHERS[1].0, "reason": "a test" })),
        ("staff.export_queue", json!({ "passphrase": "a long passphrase" })),
        ("staff.conflicts", json!({})),
        ("staff.resolve", json!({ "conflict": check_in, "resolution": "undo", "reason": "a test" })),
        ("staff.acknowledge_salvage", json!({})),
        ("staff.wipe", json!({ "reason": "a test" })),
        ("staff.look_alikes", json!({ "name": "zhang wei", "phone": null })),
        ("staff.register", json!({ "name": "Mia Wagner", "company": null, "phone": null, "note": null })),
        ("staff.live", json!({})),
        ("staff.attend", json!({ "need": 1 })),
        ("staff.diagnostics", json!({})),
        ("staff.support", json!({})),
        ("staff.settings", json!({})),
        ("staff.change_setting", json!({ "change": { "kind": "sounds", "on": false } })),
    ]
}

#[tokio::test]
async fn every_staff_call_is_refused_while_staff_mode_is_closed() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    journey.types_ticket(ZHANG_WEI.ticket).await;
    let calls = staff_calls(&json!("01900000-0000-7000-8000-000000000001"));
    let contract = typescript();
    let declared =
        contract.lines().filter_map(|line| line.trim().strip_prefix("\"staff.")?.split('"').next());
    let guarded: Vec<String> = declared
        .filter(|name| !["unlock", "choose_pin"].contains(name))
        .map(|name| format!("staff.{name}"))
        .collect();
    let tried: Vec<&str> = calls.iter().map(|(method, _)| *method).collect();
    assert_eq!(guarded, tried, "every staff call of the contract is tried here");
    for (method, params) in calls {
        let refusal = journey.call(method, params).await.unwrap_err();
        assert_eq!((refusal.code.as_str(), refusal.recovery), ("staff.locked", Recovery::Staff), "{method}");
    }
    let refusal = journey.call("staff.choose_pin", json!({ "pin": "1111" })).await.unwrap_err();
    assert_eq!(refusal.code, "staff.pin_set_already", "a PIN cannot be replaced from outside");
    assert_eq!(journey.ends().await.recent(10).unwrap().len(), 1, "and none of them did anything");
}

#[tokio::test]
async fn wrong_pins_are_slowed_down_and_the_right_one_opens_until_nobody_touches_the_screen() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    for _ in 0..4 {
        let refusal = journey.call("staff.unlock", json!({ "pin": "1357" })).await.unwrap_err();
        assert_eq!(refusal.code, "staff.pin_wrong");
    }
    for pin in ["1357", "2468"] {
        let refusal = journey.call("staff.unlock", json!({ "pin": pin })).await.unwrap_err();
        assert_eq!((refusal.code.as_str(), refusal.retry_after_seconds), ("staff.locked_out", Some(30)));
    }
    journey.venue.clock.advance(Duration::from_secs(31));
    journey.staff_unlock().await;
    journey.venue.clock.advance(Duration::from_secs(61));
    journey.until("staff mode closes", |view| view.staff.lock == StaffLock::Locked).await;

    let store = journey.ends().await;
    let mut audited: Vec<AuditAction> =
        store.audit_rows(10).unwrap().into_iter().map(|row| row.note.action).collect();
    audited.reverse();
    let refused = vec![AuditAction::UnlockRefused; 5];
    assert_eq!(audited, [refused, vec![AuditAction::Unlock, AuditAction::Lock]].concat());
}

#[tokio::test]
async fn staff_find_a_guest_let_them_in_by_hand_and_take_it_back() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    journey.staff_unlock().await;
    let found = journey.does("staff.search", json!({ "query": "zielinski" })).await;
    assert_eq!(found[0]["name"], "Mateusz Zieliński", "accents need not be typed: {found}");
    let guest = &found[0]["attendee"];
    let unexplained = json!({ "attendee": guest, "reason": " " });
    let refusal = journey.call("staff.check_in", unexplained).await.unwrap_err();
    assert_eq!(refusal.code, "staff.reason_missing");
    let entry =
        journey.does("staff.check_in", json!({ "attendee": guest, "reason": "ticket forgotten" })).await;
    journey.has_sent_everything().await;
    assert_eq!(journey.venue.inside(), 1);

    journey.does("staff.undo", json!({ "check_in": entry["check_in"], "reason": "wrong person" })).await;
    journey.has_sent_everything().await;
    assert_eq!(journey.venue.inside(), 0, "the backend took it back too");
    let recent = journey.does("staff.recent", json!({})).await;
    assert_eq!((&recent[0]["undone"], &recent[0]["sent"]), (&json!(true), &json!(true)), "{recent}");
    let queue = journey.does("staff.queue", json!({})).await;
    assert_eq!((&queue["waiting"], &queue["connection"]), (&json!(0), &json!("online")), "{queue}");
}

#[tokio::test]
async fn after_a_wrong_match_the_guest_is_asked_and_a_right_answer_lets_them_in() {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.walks_up(ZHANG_WEI).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.staff_unlock().await;
    let recent = journey.does("staff.recent", json!({})).await;
    let wrong = json!({
        "check_in": recent[0]["check_in"], "attendee": AMARA.id().as_str(), "reason": "looks alike",
    });
    assert_eq!(journey.does("staff.correct", wrong).await["kind"], "recorded");
    journey.does("staff.lock", json!({})).await;
    journey.is_left_alone().await;
    journey.venue.clock.advance(Duration::from_mins(1));

    journey.walks_up(ZHANG_WEI).await;
    let asked = GuestView::Confirm { attempts_left: 3, refused: false, checking: false };
    assert_eq!(journey.guest_view(), asked, "a face that was mistaken is not trusted alone");
    journey.does("guest.enter_fact", json!({ "digits": AMARA.last4 })).await;
    let again = GuestView::Confirm { attempts_left: 2, refused: true, checking: false };
    journey.until("another try", |view| view.guest == again).await;
    journey.does("guest.enter_fact", json!({ "digits": ZHANG_WEI.last4 })).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.has_sent_everything().await;
    assert_eq!(journey.venue.inside(), 2, "Amara by correction, Zhang Wei by the second fact");
    what_was_written_down(journey).await;
}

async fn what_was_written_down(journey: Journey) {
    let store = journey.ends().await;
    let entries = store.recent(10).unwrap();
    let methods: Vec<_> = entries.iter().map(|entry| (entry.check_in.method, entry.live)).collect();
    assert_eq!(methods, [(Method::FaceAndFact, true), (Method::Staff, true), (Method::Face, false)]);
    let correction =
        store.audit_rows(20).unwrap().into_iter().find(|row| row.note.action == AuditAction::Correct);
    let note = correction.expect("every override is in the audit (I8)").note;
    assert_eq!((note.actor, note.reason.as_deref()), (Actor::Staff, Some("looks alike")));
    assert!(note.before.is_some() && note.after.is_some(), "with what was before and after: {note:?}");
    assert!(matches!(store.verify_audit().unwrap(), AuditVerdict::Intact { .. }));
}
