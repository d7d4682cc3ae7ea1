//! Damaged databases that were set aside: they hold faces, so they do not outlive an erasure, a wipe, or a week.

use std::fs;
use std::path::PathBuf;

use portico_store::{Actor, RosterPage, SalvageReport, Store, TemplatesPage, WipeOutcome, WipeWish};
use portico_types::{AttendeeId, StaffId, TemplateId, UtcMillis};

use crate::support::{KEY, KnownKey, Place};
use crate::surviving::{busy, open_or_salvage};

/// When `open_or_salvage` salvages, in milliseconds.
const SALVAGED_MS: i64 = 1_795_262_400_000;
const DAY_MS: i64 = 86_400_000;

/// A kiosk whose database was set aside with its log, after damage to a page that costs no template.
fn salvaged(place: &Place) -> Store {
    let mut store = busy(place);
    store.checkpoint().unwrap();
    drop(store);
    let mut bytes = fs::read(place.path()).unwrap();
    let middle = page_of_roster(place) * 4_096 - 2_000;
    bytes[middle] ^= 1;
    fs::write(place.path(), bytes).unwrap();
    fs::write(place.directory.path().join("kiosk.db-wal"), b"").unwrap();
    let (store, report) = open_or_salvage(place);
    let SalvageReport { quarantined, lost, .. } = report.unwrap();
    assert!(quarantined.exists() && !lost.contains_key("templates"), "{lost:?}");
    store
}

fn page_of_roster(place: &Place) -> usize {
    let sql = "SELECT max(pageno) FROM dbstat WHERE name = 'attendees' AND pagetype = 'leaf'";
    place.back_door().query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap() as usize
}

/// What lies in quarantine, beside a file that is none of ours.
fn set_aside(place: &Place) -> Vec<PathBuf> {
    let folder = place.directory.path().join("quarantine");
    fs::write(folder.join("notes.txt"), b"somebody's own").unwrap();
    let mut found: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    assert!(found.iter().any(|path| path.ends_with("notes.txt")), "what is not ours stays");
    found.retain(|path| !path.ends_with("notes.txt"));
    found
}

fn remove_template(store: &mut Store, name: &str) {
    let page = TemplatesPage {
        templates: vec![],
        removed: vec![TemplateId::new(name)],
        cursor: "9".into(),
        complete: false,
    };
    store.apply_templates(&page).unwrap();
}

#[test]
fn a_withdrawn_face_takes_the_damaged_database_along() {
    let place = Place::new();
    let mut store = salvaged(&place);
    assert!(!set_aside(&place).is_empty());
    remove_template(&mut store, "nobody's");
    assert!(!set_aside(&place).is_empty(), "nothing was erased");
    remove_template(&mut store, "t3");
    assert_eq!(set_aside(&place), [] as [PathBuf; 0]);
}

#[test]
fn the_face_of_a_guest_who_is_no_longer_expected_takes_it_along() {
    let place = Place::new();
    let mut store = salvaged(&place);
    let removed = vec![AttendeeId::new("guest-number0003")];
    store
        .apply_roster(&RosterPage { attendees: vec![], removed, cursor: "9".into(), complete: true })
        .unwrap();
    assert_eq!(set_aside(&place), [] as [PathBuf; 0]);
}

#[test]
fn a_wiped_kiosk_keeps_no_damaged_database() {
    let place = Place::new();
    let mut store = salvaged(&place);
    let ids: Vec<_> = store.export_rows().unwrap().into_iter().map(|line| line.entry.id).collect();
    let at = UtcMillis(SALVAGED_MS + 1);
    let note = portico_store::AuditNote {
        action: portico_types::AuditAction::Export,
        actor: Actor::Staff(StaffId::FIRST),
        attendee: None,
        before: None,
        after: None,
        reason: None,
        at,
    };
    store.mark_exported(&ids, &note).unwrap();
    let wish = WipeWish { at, reason: "goes back".into(), actor: Actor::Staff(StaffId::FIRST) };
    assert_eq!(store.wipe(&wish).unwrap(), WipeOutcome::Wiped);
    assert_eq!(set_aside(&place), [] as [PathBuf; 0]);
}

#[test]
fn a_damaged_database_is_kept_for_a_week_and_not_longer() {
    let place = Place::new();
    drop(salvaged(&place));
    let before = set_aside(&place);
    let start_at = |now| drop(Store::open_or_salvage(&place.path(), &KnownKey(KEY), UtcMillis(now)).unwrap());
    start_at(SALVAGED_MS + 7 * DAY_MS);
    assert_eq!(set_aside(&place), before);
    start_at(SALVAGED_MS + 7 * DAY_MS + 1_000);
    assert_eq!(set_aside(&place), [] as [PathBuf; 0]);
}

#[test]
fn a_kiosk_that_runs_for_a_week_need_not_be_started_for_that() {
    let place = Place::new();
    let mut store = salvaged(&place);
    store.forget_expired(UtcMillis(SALVAGED_MS + 7 * DAY_MS)).unwrap();
    assert!(!set_aside(&place).is_empty());
    store.forget_expired(UtcMillis(SALVAGED_MS + 7 * DAY_MS + 1_000)).unwrap();
    assert_eq!(set_aside(&place), [] as [PathBuf; 0]);
}

#[test]
fn an_erasure_whose_end_a_power_cut_prevented_takes_it_along_at_the_next_look() {
    let place = Place::new();
    let mut store = salvaged(&place);
    // What the store commits before it empties log and quarantine.
    let half = "BEGIN; DELETE FROM templates WHERE id = 't3';
        INSERT INTO meta (name, value) VALUES ('erased_in_log', '1'); COMMIT;";
    place.back_door().execute_batch(half).unwrap();
    assert!(!set_aside(&place).is_empty());
    store.forget_expired(UtcMillis(SALVAGED_MS)).unwrap();
    assert_eq!(set_aside(&place), [] as [PathBuf; 0]);
}
