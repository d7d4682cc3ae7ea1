//! A kiosk is damaged, repaired, exported and emptied: what was promised to guests is never lost on the way.

use std::fs;
use std::path::Path;
use std::time::Duration;

use portico_app::BackendAccess;
use portico_app::contract::{ConnectionView, FacesView, StaffLock, StorageView, View};
use portico_protocol::queue_file;
use portico_proxy::LinkState;
use portico_session::GuestView;
use portico_store::Actor;
use portico_tests::guests::{AMARA, ZHANG_WEI};
use portico_tests::journey::{PIN, audit_of};
use portico_tests::{Journey, Venue};
use portico_types::{AuditAction, Clock as _, StaffRole};
use serde_json::json;

const IDENTIFY: &str = "POST /v1/identify";
const PASSPHRASE: &str = "correct horse battery";

#[tokio::test]
async fn a_damaged_database_is_replaced_at_the_start_and_staff_are_told() {
    let Some(mut journey) = Journey::begin_without_camera().await else { return };
    journey.venue.network(LinkState::Refusing);
    journey.types_ticket(ZHANG_WEI.ticket).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.loses_power_and_starts_again_with(spoil_a_page).await;
    let told = |storage: StorageView| matches!(storage, StorageView::Salvaged { .. });
    let view = journey.until("staff are told", |view| told(view.staff.storage)).await;
    assert_eq!(view.staff.waiting, 1, "what was promised still waits");
    journey.venue.network(LinkState::Up);
    journey.has_sent_everything().await;
    assert_eq!(journey.venue.inside(), 1);
    journey.staff_unlock().await;
    journey.does("staff.acknowledge_salvage", json!({})).await;
    journey.until("the notice is gone", |view| view.staff.storage == StorageView::Sound).await;
    let audit = audit_of(&journey.ends().await);
    let seen = audit.iter().find(|row| row.note.action == AuditAction::Salvage).unwrap();
    assert!(matches!(seen.note.actor, Actor::Staff(_)), "who has read it: {seen:?}");
}

#[tokio::test]
async fn without_usable_models_guests_get_in_by_ticket_until_the_models_are_back() {
    let Some(mut journey) = Journey::begin().await else { return };
    journey.venue.swaps_models(|nets| fs::write(nets.join("recogniser.net"), b"no net").unwrap());
    journey.starts_again(None).await;
    journey.until("faces are off", |view| view.faces == FacesView::NoModels).await;
    journey.types_ticket(ZHANG_WEI.ticket).await;
    journey.sees_welcome("Zhang Wei").await;

    journey.venue.swaps_models(|nets| fs::remove_dir_all(nets.join("calibration")).unwrap());
    journey.starts_again(None).await;
    journey.until("scores mean nothing", |view| view.faces == FacesView::NotCalibrated).await;

    let garbled = |nets: &Path| {
        for file in fs::read_dir(nets.join("calibration")).unwrap() {
            fs::write(file.unwrap().path(), "margin = \"wide\"").unwrap();
        }
    };
    journey.venue.swaps_models(garbled);
    journey.starts_again(None).await;
    journey.until("scores cannot be read", |view| view.faces == FacesView::NotCalibrated).await;

    journey.venue.swaps_models(|_| {});
    journey.venue.network(LinkState::Refusing);
    journey.starts_again(None).await;
    journey.until("faces are on", |view| view.faces == FacesView::Ready).await;
    journey.walks_up(AMARA).await;
    journey.sees_welcome("Amara Okafor").await;
}

/// Turns one bit in the middle of the database or of its log, whichever is longer.
pub(crate) fn spoil_a_page(folder: &Path) {
    let files = ["kiosk.db", "kiosk.db-wal"].map(|name| folder.join(name));
    let path = files.iter().max_by_key(|path| fs::metadata(path).map_or(0, |file| file.len())).unwrap();
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[tokio::test]
async fn a_kiosk_is_emptied_only_when_nothing_can_be_lost_by_it() {
    let Some(venue) = Venue::open().await else { return };
    let access = BackendAccess::Remote { url: venue.url(), pairing_code: Some(venue.pairing_code()) };
    let journey = Journey::start(venue, access).await;
    journey.is_in_step().await;
    journey.venue.network(LinkState::Refusing);
    journey.types_ticket(ZHANG_WEI.ticket).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.staff_unlock().await;
    let wipe = json!({ "reason": "event_over" });
    assert_eq!(journey.call("staff.wipe", wipe.clone()).await.unwrap_err().code, "staff.entries_wait");
    let short = json!({ "passphrase": "short" });
    assert_eq!(journey.call("staff.export_queue", short).await.unwrap_err().code, "staff.passphrase_short");

    let export = journey.does("staff.export_queue", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(export["entries"], 1);
    journey.does("staff.wipe", wipe).await;
    journey.until("nothing waits any more", |view| view.staff.waiting == 0).await;
    let sealed = fs::read(export["file"].as_str().unwrap()).unwrap();
    let queue = queue_file::open(PASSPHRASE, &sealed).unwrap();
    journey.venue.backend().import_queue(&queue).unwrap();
    assert_eq!(journey.venue.inside(), 1, "the guest's entry came by the file");

    journey.venue.network(LinkState::Up);
    journey.venue.clock.advance(Duration::from_mins(6));
    let store = journey.ends().await;
    assert_eq!(store.roster_counts().unwrap().expected, 0, "an emptied kiosk fetches nothing");
    assert!(store.recent(10).unwrap().is_empty());
}

#[tokio::test]
async fn an_emptied_kiosk_sends_nobodys_picture_and_knows_its_staff_no_more() {
    let Some(venue) = Venue::open().await else { return };
    let access = BackendAccess::Remote { url: venue.url(), pairing_code: Some(venue.pairing_code()) };
    let mut journey = Journey::start(venue, access).await;
    journey.is_in_step().await;
    journey.turns_its_camera_on().await;
    journey.walks_up(ZHANG_WEI).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.is_left_alone().await;
    journey.has_sent_everything().await;
    let (asked, told) = (journey.venue.book.count(IDENTIFY), journey.journal.identifications().len());
    assert!(asked > 0, "the backend was asked while the kiosk was in service");

    let emptied_by = journey.unlocks_with(PIN).await.staff.member.as_ref().map(|member| member.id);
    journey.does("staff.wipe", json!({ "reason": "event_over" })).await;
    let closed = |view: &View| view.staff.lock == StaffLock::Locked;
    let view = journey.until("staff mode closes", closed).await;
    assert_eq!(view.connection, ConnectionView::Revoked, "it has no access any more");
    let refused = journey.call("staff.search", json!({ "query": "zhang" })).await.unwrap_err();
    assert_eq!(refused.code, "staff.locked");
    let again = journey.unlocks_with(PIN).await.staff.member.clone().unwrap();
    assert_eq!((again.name.as_str(), again.role), ("", StaffRole::Supervisor), "as at its first start");
    assert_ne!(Some(again.id), emptied_by, "it is nobody of those who were here");
    assert_eq!(journey.does("staff.members", json!({})).await.as_array().unwrap().len(), 1);
    journey.does("staff.lock", json!({})).await;

    let looked_at = journey.last_frame_looked_at();
    journey.stands_there_unseen(AMARA);
    journey.types_ticket(AMARA.ticket).await;
    journey.until("nobody is on its list", |view| matches!(view.guest, GuestView::NotFound { .. })).await;
    assert_eq!(journey.last_frame_looked_at(), looked_at, "no picture was looked at");
    assert_eq!(journey.venue.book.count(IDENTIFY), asked, "{:?}", journey.venue.book.calls());
    assert_eq!(journey.journal.identifications().len(), told);
}

#[tokio::test]
async fn whoever_comes_first_to_an_emptied_kiosk_chooses_its_pin_as_at_a_new_one() {
    const MARA: &str = "97531";
    const NOOR: &str = "1357";
    let Some(venue) = Venue::open().await else { return };
    let access = BackendAccess::Remote { url: venue.url(), pairing_code: Some(venue.pairing_code()) };
    let mut journey = Journey::start_without_pin(venue, access).await;
    journey.is_in_step().await;
    let new = journey.view();
    assert_eq!(new.staff.lock, StaffLock::Unset);
    let code = async |journey: &Journey, pin: &str| {
        journey.call("staff.unlock", json!({ "pin": pin })).await.err().map(|refusal| refusal.code)
    };
    journey.does("staff.choose_pin", json!({ "name": "Mara Lindqvist", "pin": MARA })).await;
    for _ in 0..3 {
        assert_eq!(code(&journey, NOOR).await.as_deref(), Some("staff.pin_wrong"));
    }
    journey.does("staff.change_setting", json!({ "change": { "kind": "sounds", "on": false } })).await;
    journey.does("staff.wipe", json!({ "reason": "event_over" })).await;

    let begins_anew = |view: &View| view.staff.lock == StaffLock::Unset && view.staff.member.is_none();
    let view = journey.until("the door asks for the first PIN", begins_anew).await;
    assert_eq!((view.event.name.as_str(), view.looks), ("", new.looks), "of its event and its settings");
    assert_eq!(code(&journey, MARA).await.as_deref(), Some("staff.pin_unset"));
    journey.does("staff.choose_pin", json!({ "name": "Noor Haddad", "pin": NOOR })).await;
    let open = journey.until("it is open", |view| view.staff.lock == StaffLock::Unlocked).await;
    let noor = open.staff.member.clone().unwrap();
    assert_eq!((noor.name.as_str(), noor.role), ("Noor Haddad", StaffRole::Supervisor));
    journey.does("staff.lock", json!({})).await;
    journey.until("staff mode closes", |view| view.staff.lock == StaffLock::Locked).await;
    let intruder = json!({ "name": "Intruder", "pin": "0000" });
    let refusal = journey.call("staff.choose_pin", intruder).await.unwrap_err();
    assert_eq!(refusal.code, "staff.pin_set_already", "once");

    for _ in 0..4 {
        assert_eq!(code(&journey, MARA).await.as_deref(), Some("staff.pin_wrong"));
    }
    assert_eq!(code(&journey, MARA).await.as_deref(), Some("staff.locked_out"), "the eighth in all");
    journey.starts_again(None).await;
    assert_eq!(code(&journey, NOOR).await.as_deref(), Some("staff.locked_out"), "and on disk, too");
    journey.venue.clock.advance(Duration::from_mins(16));
    journey.unlocks_with(NOOR).await;
}

#[tokio::test]
async fn a_kiosk_whose_backend_was_restored_from_a_backup_tells_it_everything_again() {
    let Some(mut journey) = Journey::begin_without_camera().await else { return };
    let backup = journey.venue.backs_up();
    journey.types_ticket(ZHANG_WEI.ticket).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.has_sent_everything().await;
    journey.venue.clock.advance(Duration::from_mins(6));
    journey.venue.book.until("GET /v1/attendees", 3).await;

    journey.venue.is_restored_from(&backup).await;
    assert_eq!(journey.venue.inside(), 0, "the backup knows nothing of the guest");
    journey.venue.clock.advance(Duration::from_mins(6));
    // After how far the audit went and the entry itself.
    journey.venue.book.until("POST /v1/checkins", 3).await;
    journey.has_sent_everything().await;
    assert_eq!(journey.venue.inside(), 1, "and hears of them again");
    let entries = journey.ends().await.recent(10).unwrap();
    assert!(entries.len() == 1 && entries[0].live && !entries[0].waiting, "{entries:?}");
}

#[tokio::test]
async fn door_times_are_the_backends_even_if_the_tablets_clock_is_hours_off() {
    let Some(venue) = Venue::open().await else { return };
    let true_time = venue.clock.utc();
    let (_, access) = venue.pair();
    let journey = Journey::start_with_clock_ahead(venue, access, Duration::from_hours(5)).await;
    journey.is_in_step().await;
    journey.types_ticket(AMARA.ticket).await;
    journey.sees_welcome("Amara Okafor").await;
    journey.has_sent_everything().await;
    let late = journey.ends().await.recent(1).unwrap()[0].check_in.at.0 - true_time.0;
    assert!(
        (0..Duration::from_hours(1).as_millis() as i64).contains(&late),
        "{late} ms after the doors opened"
    );
}
