//! How the event and the kiosk go: what staff are shown, what they set, and what support gets.

use std::time::Duration;

use portico_tests::Journey;
use portico_tests::guests::{AMARA, ENROLLED, OTHERS, STRANGER, ZHANG_WEI, names_on_the_list};
use portico_tests::logs::Logs;
use portico_types::AuditAction;
use serde_json::{Value, json};

#[tokio::test]
async fn staff_see_who_is_in_how_recognition_went_and_who_needed_somebody() {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.walks_up(ZHANG_WEI).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.is_left_alone().await;
    journey.venue.clock.advance(Duration::from_mins(1));
    journey.walks_up(STRANGER).await;
    journey.is_left_alone().await;
    journey.does("guest.call_staff", json!({})).await;
    journey.has_sent_everything().await;
    let elsewhere = journey.venue.other_kiosk();
    elsewhere.lets_in(&journey.venue, AMARA);

    journey.staff_unlock().await;
    let live = journey.learns("staff.live", json!({}), |live| live["inside"] == 2).await;
    assert_eq!(live["expected"], 5, "{live}");
    let arrived: u64 =
        live["arrivals"].as_array().unwrap().iter().map(|minute| figure(minute, "guests")).sum();
    assert_eq!(arrived, 2, "those of other gates as well: {live}");
    assert_eq!(live["by_method"], json!([{ "method": "face", "entries": 1 }]), "{live}");
    let total = |outcome: &str| {
        let totals = live["outcome_totals"].as_array().unwrap();
        totals.iter().find(|total| total["outcome"] == outcome).map_or(0, |total| figure(total, "count"))
    };
    assert_eq!((total("accepted"), total("staff_called")), (1, 1), "{live}");
    assert!(total("unknown") >= 1, "the stranger was compared: {live}");
    let needs: Vec<&str> =
        live["needs"].as_array().unwrap().iter().map(|need| need["kind"].as_str().unwrap()).collect();
    assert_eq!(needs, ["called", "not_found"], "newest first: {live}");

    let need = &live["needs"][0]["need"];
    journey.does("staff.attend", json!({ "need": need })).await;
    let again = journey.call("staff.attend", json!({ "need": need })).await.unwrap_err();
    assert_eq!(again.code, "staff.unknown_need");
    journey.starts_again(None).await;
    journey.staff_unlock().await;
    let after = journey.does("staff.live", json!({})).await;
    assert_eq!((&after["open_needs"], &after["outcome_totals"]), (&json!(1), &live["outcome_totals"]));
}

fn figure(of: &Value, name: &str) -> u64 {
    of[name].as_u64().unwrap()
}

#[tokio::test]
async fn diagnostics_tell_camera_recognition_storage_and_the_exchange() {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.walks_up(ZHANG_WEI).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.has_sent_everything().await;
    journey.staff_unlock().await;
    let found = journey.does("staff.diagnostics", json!({})).await;
    assert_eq!(found["camera"]["state"]["state"], "live", "{found}");
    let (device, rate) = (&found["camera"]["device"], &found["camera"]["frames_per_second"]);
    assert_eq!((&device["width"], &device["height"]), (&json!(640), &json!(480)), "{found}");
    assert!((1.0..=15.5).contains(&rate.as_f64().unwrap()), "by the times of the pictures: {rate}");
    let stages: Vec<&str> =
        found["stages"].as_array().unwrap().iter().map(|stage| stage["stage"].as_str().unwrap()).collect();
    for stage in ["decode", "detect", "landmarks", "embed", "commit"] {
        assert!(stages.contains(&stage), "{stage} was passed: {found}");
    }
    assert!(stages.contains(&"backend") || stages.contains(&"search"), "somebody compared: {found}");
    let recognition = &found["recognition"];
    assert_eq!((&recognition["state"], &recognition["choice"]), (&json!("ready"), &json!("single")));
    assert_eq!(recognition["guests_with_face"], json!(ENROLLED.len()));
    assert!(recognition["accept_score"].as_f64() >= recognition["ask_score"].as_f64(), "{recognition}");
    let storage = &found["storage"];
    assert_eq!((&storage["key"], &storage["reserve_in_place"]), (&json!("file"), &json!(true)), "{storage}");
    let kept = storage["database_bytes"].as_u64().zip(storage["log_bytes"].as_u64());
    assert!(
        kept.is_some_and(|(database, log)| database + log > 4_096) && storage["guests"] == 5,
        "{storage}"
    );
    assert_eq!((&found["sync"]["connection"], &found["sync"]["failure"]), (&json!("online"), &Value::Null));
}

#[tokio::test]
async fn a_setting_takes_effect_at_once_survives_a_restart_and_is_in_the_audit() {
    let Some(mut journey) = Journey::begin_without_camera().await else { return };
    journey.staff_unlock().await;
    assert!(journey.view().looks.volume > 0);
    journey.does("staff.change_setting", json!({ "change": { "kind": "sounds", "on": false } })).await;
    let turned = json!({ "change": { "kind": "languages", "languages": ["zh-CN", "en"] } });
    journey.does("staff.change_setting", turned).await;
    journey.until("silence", |view| view.looks.volume == 0 && view.languages == ["zh-CN", "en"]).await;
    for impossible in [
        json!({ "kind": "languages", "languages": [] }),
        json!({ "kind": "languages", "languages": ["tlh"] }),
        json!({ "kind": "languages", "languages": ["en", "en"] }),
        json!({ "kind": "camera", "device": "C920" }),
    ] {
        let refusal =
            journey.call("staff.change_setting", json!({ "change": impossible })).await.unwrap_err();
        assert_eq!(refusal.code, "staff.setting_impossible", "{impossible}");
    }
    journey.starts_again(None).await;
    assert!(
        journey.view().looks.volume == 0 && journey.view().languages == ["zh-CN", "en"],
        "{:?}",
        journey.view()
    );
    journey.staff_unlock().await;
    let set = journey.does("staff.settings", json!({})).await;
    assert_eq!((&set["sounds"], &set["languages"]), (&json!(false), &json!(["zh-CN", "en"])), "{set}");
    assert_eq!(set["faces"]["templates"], json!(ENROLLED.len()), "what is kept, and until when: {set}");
    assert!(set["faces"]["last_ends_at"].is_i64() && set["camera"]["can_choose"] == json!(false), "{set}");

    let rows = journey.ends().await.audit_rows(20).unwrap();
    let changes: Vec<_> = rows.into_iter().filter(|row| row.note.action == AuditAction::Setting).collect();
    assert_eq!(changes.len(), 2, "what was refused has changed nothing");
    let note = &changes[1].note;
    assert_eq!(
        (&note.before.as_ref().unwrap()["sounds"], &note.after.as_ref().unwrap()["sounds"]),
        (&Value::Null, &json!(false))
    );
}

#[tokio::test]
async fn the_file_for_support_names_nobody() {
    let logs = Logs::listen();
    let Some(mut journey) = Journey::begin().await else { return };
    journey.walks_up(ZHANG_WEI).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.is_left_alone().await;
    journey.types_ticket(AMARA.ticket).await;
    journey.has_sent_everything().await;
    assert!(journey.call("staff.unlock", json!({ "pin": "1357" })).await.is_err());
    journey.staff_unlock().await;
    journey.does("staff.search", json!({ "query": OTHERS[0].1 })).await;
    let by_hand = json!({ "attendee": OTHERS[0].0, "reason": "ticket forgotten" });
    journey.does("staff.check_in", by_hand).await;
    let stranger =
        json!({ "name": "Mia Wagner", "company": "Harbour", "phone": "01704711", "note": "Table 9" });
    journey.does("staff.register", stranger).await;
    journey.logs.push(&logs.text());

    let written = journey.does("staff.support", json!({})).await;
    let text = std::fs::read_to_string(written["file"].as_str().unwrap()).unwrap();
    assert_eq!(written["bytes"], json!(text.len()));
    let content: Value = serde_json::from_str(&text).unwrap();
    assert!(!content["log"].as_array().unwrap().is_empty(), "the log is in it");
    assert_eq!(content["live"]["inside"], 4, "and the numbers are");
    let mut secrets: Vec<String> = names_on_the_list().iter().map(|name| (*name).to_owned()).collect();
    secrets.extend(
        ["Mia Wagner", "Wagner", "Harbour", "Table 9", "Zieliński", "Fonseca", "Amara"].map(Into::into),
    );
    secrets.extend(OTHERS.map(|(_, _, ticket)| ticket.to_owned()));
    secrets.extend(ENROLLED.map(|person| person.ticket.to_owned()));
    for secret in &secrets {
        assert!(!text.contains(secret.as_str()), "{secret} stands in the file for support");
    }
    // Digits may be part of a number; alone they would be somebody's.
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
    for digits in ENROLLED.map(|person| person.last4).into_iter().chain(["4711", "01704711", "2468", "1357"])
    {
        assert!(!words.contains(&digits), "{digits} stands in the file for support");
    }
    let store = journey.ends().await;
    let exported =
        store.audit_rows(30).unwrap().into_iter().any(|row| row.note.action == AuditAction::Export);
    assert!(exported, "who took it is in the audit");
}
