//! Staff mode: who gets in, and what it can put right.

use std::time::Duration;

use portico_app::contract::{Access, CALLS, Recovery, StaffLock};
use portico_proxy::LinkState;
use portico_session::GuestView;
use portico_store::{Actor, AuditVerdict};
use portico_tests::Journey;
use portico_tests::guests::{AMARA, OTHERS, ZHANG_WEI};
use portico_tests::journey::PIN;
use portico_types::{AttendeeId, AuditAction, Clock as _, Method, StaffRole, UtcMillis};
use serde_json::{Value, json};

use crate::members::NOOR;

/// Parameters for every call that needs a role, with which it would do something.
fn params(method: &str, check_in: &Value, member: &Value) -> Value {
    match method {
        "staff.search" => json!({ "query": "zhang" }),
        "staff.check_in" | "staff.enrol" | "staff.withdraw" => {
            json!({ "attendee": OTHERS[0].0, "reason": "a test" })
        }
        "staff.undo" => json!({ "check_in": check_in, "reason": "a test" }),
        "staff.correct" => json!({ "check_in": check_in, "attendee": OTHERS[1].0, "reason": "a test" }),
        "staff.retry" => json!({ "entry": check_in }),
        "staff.amend" => json!({ "entry": check_in, "attendee": OTHERS[1].0, "reason": "a test" }),
        "staff.export_queue" => json!({ "passphrase": "a long passphrase" }),
        "staff.resolve" => json!({ "conflict": check_in, "resolution": "undo", "reason": "a test" }),
        "staff.wipe" => json!({ "reason": "a test" }),
        "staff.look_alikes" => json!({ "name": "zhang wei", "phone": null }),
        "staff.register" => json!({ "name": "Mia Wagner", "company": null, "phone": null, "note": null }),
        "staff.attend" => json!({ "need": 1 }),
        "staff.change_setting" => json!({ "change": { "kind": "sounds", "on": false } }),
        "staff.begin_import" => {
            json!({ "file": "guests.csv", "preview": false, "columns": {}, "agreement": null })
        }
        "staff.add_member" => json!({ "name": "Intruder", "role": "supervisor", "pin": "0000" }),
        "staff.set_member_pin" => json!({ "member": member, "pin": "0000" }),
        "staff.change_member" => json!({ "member": member, "name": "Intruder", "role": "supervisor" }),
        "staff.set_member_enabled" => json!({ "member": member, "enabled": false }),
        _ => json!({}),
    }
}

/// Parameters for every call that is anyone's.
fn guest_params(method: &str) -> Value {
    match method {
        "view.painted" => json!({ "revision": 1, "at": 0 }),
        "guest.enter_name" => json!({ "text": "Beatriz" }),
        "guest.consent_text" => json!({ "language": "en" }),
        "guest.agree" => json!({ "version": "eu/1", "language": "en", "ticked": true }),
        "guest.enter_ticket" => json!({ "code": "NO-SUCH-TICKET" }),
        "guest.enter_fact" => json!({ "digits": "0000" }),
        "staff.unlock" => json!({ "pin": "1111" }),
        "staff.choose_pin" => json!({ "name": "Intruder", "pin": "1111" }),
        _ => json!({}),
    }
}

#[tokio::test]
async fn every_call_of_the_contract_is_refused_to_whoever_may_not_make_it() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    journey.types_ticket(ZHANG_WEI.ticket).await;
    journey.staff_unlock().await;
    let noor = journey.joins("Noor Haddad", StaffRole::Volunteer, NOOR).await;
    let recent = journey.does("staff.recent", json!({})).await;
    let check_in = recent[0]["check_in"].clone();
    journey.does("staff.lock", json!({})).await;
    journey.until("staff mode closes", |view| view.staff.lock == StaffLock::Locked).await;

    let refusal = async |method: &str| {
        journey.call(method, params(method, &check_in, &noor)).await.err().map(|refusal| refusal.code)
    };
    for (method, access) in CALLS.iter().filter(|(_, access)| *access != Access::Anyone) {
        assert_eq!(refusal(method).await.as_deref(), Some("staff.locked"), "{method} for {access:?}");
    }

    journey.unlocks_with(NOOR).await;
    let entries = journey.does("staff.recent", json!({})).await;
    let stands = entries.as_array().is_some_and(|rows| rows.len() == 1 && rows[0]["undone"] == false);
    assert!(stands, "none of them did anything: {entries}");
    for (method, _) in CALLS.iter().filter(|(_, access)| *access == Access::Supervisor) {
        assert_eq!(refusal(method).await.as_deref(), Some("staff.supervisor_only"), "{method}");
    }
    // Leaving comes last: nothing could be tried after it.
    let volunteers =
        CALLS.iter().filter(|(name, access)| *access == Access::Volunteer && *name != "staff.lock");
    for (method, _) in volunteers.chain([&("staff.lock", Access::Volunteer)]) {
        let refused = refusal(method).await;
        let by_role = matches!(refused.as_deref(), Some("staff.locked" | "staff.supervisor_only"));
        assert!(!by_role, "{method} is a volunteer's: {refused:?}");
    }
    let declared: Vec<_> = CALLS.iter().filter(|(_, access)| *access == Access::Supervisor).collect();
    let supervisors: Vec<&str> = declared.iter().map(|(name, _)| *name).collect();
    for expected in ["staff.wipe", "staff.export_queue", "staff.members", "staff.add_member"] {
        assert!(supervisors.contains(&expected), "{expected} is a supervisor's: {supervisors:?}");
    }
    let members = journey.ends().await.staff().unwrap();
    let names: Vec<_> = members.iter().map(|member| (member.name.as_str(), member.is_enabled())).collect();
    assert_eq!(names, [("", true), ("Noor Haddad", true)], "and nobody was let in or put out");
}

#[tokio::test]
async fn whoever_stands_before_a_locked_kiosk_learns_nothing_that_is_the_staffs() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    journey.staff_unlock().await;
    let noor = journey.joins("Noor Haddad", StaffRole::Volunteer, NOOR).await;
    let shown = serde_json::to_string(&*journey.view()).unwrap();
    assert!(shown.contains("supervisor"), "an open kiosk says whose it is: {shown}");
    journey.does("staff.check_in", json!({ "attendee": OTHERS[0].0, "reason": "no ticket" })).await;
    journey.does("staff.lock", json!({})).await;
    journey.until("staff mode closes", |view| view.staff.lock == StaffLock::Locked).await;

    let secret = [noor.as_str().unwrap(), "Noor", "supervisor", "volunteer", OTHERS[0].1];
    let hides = |what: &str, text: &str| {
        for secret in secret {
            assert!(!text.contains(secret), "{what} gives {secret} away: {text}");
        }
    };
    let mut tried = 0;
    for (method, _) in CALLS.iter().filter(|(_, access)| *access == Access::Anyone) {
        let answer = journey.call(method, guest_params(method)).await;
        hides(method, &format!("{answer:?}"));
        hides("the view", &serde_json::to_string(&*journey.view()).unwrap());
        tried += 1;
    }
    assert!(tried >= 11, "every call of guests was tried: {tried}");
    assert_eq!(journey.view().staff.member, None);
}

#[tokio::test]
async fn guesses_run_out_and_neither_the_clock_nor_the_plug_brings_them_back() {
    let Some(mut journey) = Journey::begin_without_camera().await else { return };
    for _ in 0..7 {
        let refusal = journey.call("staff.unlock", json!({ "pin": "1357" })).await.unwrap_err();
        assert_eq!(refusal.code, "staff.pin_wrong");
    }
    // The right PIN costs nothing and brings nothing.
    journey.staff_unlock().await;
    let wait = async |journey: &Journey, pin: &str| {
        let refusal = journey.call("staff.unlock", json!({ "pin": pin })).await.unwrap_err();
        assert_eq!((refusal.code.as_str(), refusal.recovery), ("staff.locked_out", Recovery::Guide));
        Duration::from_secs(u64::from(refusal.retry_after_seconds.unwrap()))
    };
    assert_eq!(wait(&journey, "1357").await, Duration::from_mins(16), "the eighth was wrong, too");
    assert_eq!(
        wait(&journey, PIN).await,
        Duration::from_mins(16),
        "now the right one is not looked at either"
    );

    journey.venue.clock.advance(Duration::from_mins(10));
    assert_eq!(wait(&journey, PIN).await, Duration::from_mins(6));
    let utc = journey.venue.clock.utc();
    journey.venue.clock.set_utc(UtcMillis(utc.0 + 40 * 86_400_000));
    assert_eq!(wait(&journey, PIN).await, Duration::from_mins(6), "the calendar is not asked");
    journey.venue.clock.set_utc(utc);

    journey.loses_power_and_starts_again_with(|_| {}).await;
    assert_eq!(wait(&journey, PIN).await, Duration::from_mins(16), "the wait begins anew");
    journey.venue.clock.advance(Duration::from_mins(16));
    journey.staff_unlock().await;
    journey.venue.clock.advance(Duration::from_secs(61));
    journey.until("staff mode closes", |view| view.staff.lock == StaffLock::Locked).await;

    let store = journey.ends().await;
    let rows = store.audit_rows(30).unwrap();
    let boss = Actor::Staff(store.staff().unwrap()[0].id);
    let refused = rows.iter().filter(|row| row.note.action == AuditAction::UnlockRefused);
    assert_eq!(refused.map(|row| row.note.actor).collect::<Vec<_>>(), [Actor::SomeStaff; 8]);
    let opened = rows.iter().filter(|row| row.note.action == AuditAction::Unlock);
    assert_eq!(opened.map(|row| row.note.actor).collect::<Vec<_>>(), [boss, boss]);
    assert_eq!(
        (rows[0].note.action, rows[0].note.actor),
        (AuditAction::Lock, boss),
        "also when it closes itself"
    );
}

#[tokio::test]
async fn a_volunteer_puts_slips_right_at_once_and_a_supervisor_also_later() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    journey.staff_unlock().await;
    let noor = journey.joins("Noor Haddad", StaffRole::Volunteer, NOOR).await;
    journey.unlocks_with(NOOR).await;
    let by_hand = async |guest: &str| {
        let wish = json!({ "attendee": guest, "reason": "no ticket" });
        journey.does("staff.check_in", wish).await["check_in"].clone()
    };
    let slip = by_hand(OTHERS[0].0).await;
    journey.does("staff.undo", json!({ "check_in": slip, "reason": "a slip" })).await;
    journey.venue.clock.advance(Duration::from_secs(1));
    let entry = by_hand(OTHERS[0].0).await;
    assert_eq!(journey.does("staff.recent", json!({})).await[0]["may_change"], true);

    journey.venue.clock.advance(Duration::from_mins(11));
    journey.until("staff mode closes", |view| view.staff.lock == StaffLock::Locked).await;
    journey.unlocks_with(NOOR).await;
    assert_eq!(journey.does("staff.recent", json!({})).await[0]["may_change"], false);
    let undo = json!({ "check_in": entry, "reason": "too late" });
    let correct = json!({ "check_in": entry, "attendee": OTHERS[1].0, "reason": "too late" });
    for (method, params) in [("staff.undo", undo.clone()), ("staff.correct", correct)] {
        let refusal = journey.call(method, params).await.unwrap_err();
        assert_eq!(
            (refusal.code.as_str(), refusal.recovery),
            ("staff.too_late", Recovery::Staff),
            "{method}"
        );
    }
    journey.unlocks_with(PIN).await;
    journey.does("staff.undo", undo).await;

    let store = journey.ends().await;
    let boss = Actor::Staff(store.staff().unwrap()[0].id);
    let noor = Actor::Staff(serde_json::from_value(noor).unwrap());
    let undone = store.audit_rows(50).unwrap().into_iter().filter(|row| row.note.action == AuditAction::Undo);
    let by: Vec<_> = undone.map(|row| (row.note.actor, row.note.reason.unwrap_or_default())).collect();
    assert_eq!(by, [(boss, "too late".to_owned()), (noor, "a slip".to_owned())], "each by whoever did it");
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
    let gone =
        json!({ "check_in": entry["check_in"], "attendee": "left-meanwhile", "reason": "wrong person" });
    assert_eq!(journey.call("staff.correct", gone).await.unwrap_err().code, "staff.not_on_roster");

    journey.does("staff.undo", json!({ "check_in": entry["check_in"], "reason": "wrong person" })).await;
    journey.has_sent_everything().await;
    assert_eq!(journey.venue.inside(), 0, "the backend took it back too");
    let recent = journey.does("staff.recent", json!({})).await;
    assert_eq!((&recent[0]["undone"], &recent[0]["sent"]), (&json!(true), &json!(true)), "{recent}");
    let queue = journey.does("staff.queue", json!({})).await;
    assert_eq!((&queue["waiting"], &queue["connection"]), (&json!(0), &json!("online")), "{queue}");
}

#[tokio::test]
async fn an_entry_that_the_backend_refuses_is_listed_with_a_reason_that_screens_know() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    journey.venue.network(LinkState::Refusing);
    journey.staff_unlock().await;
    let guest = OTHERS[0].0;
    journey.does("staff.check_in", json!({ "attendee": guest, "reason": "ticket forgotten" })).await;
    journey.venue.backend().remove_attendee(&AttendeeId::new(guest)).unwrap();
    journey.venue.network(LinkState::Up);
    let parked = |queue: &Value| queue["parked"].as_array().is_some_and(|parked| !parked.is_empty());
    let queue = journey.learns("staff.queue", json!({}), parked).await;
    let expected = json!({ "code": "not_on_roster", "values": {}, "text": "the guest is not on the roster" });
    assert_eq!(queue["parked"][0]["refused"], expected, "{queue}");
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
    let boss = Actor::Staff(store.staff().unwrap()[0].id);
    assert_eq!((note.actor, note.reason.as_deref()), (boss, Some("looks alike")));
    assert!(note.before.is_some() && note.after.is_some(), "with what was before and after: {note:?}");
    assert!(matches!(store.verify_audit().unwrap(), AuditVerdict::Intact { .. }));
}
