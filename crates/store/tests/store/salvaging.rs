//! Files that are cut off, swapped, not ours, or damaged while the kiosk runs.

use std::fs;

use portico_store::{
    Actor, AuditNote, AuditVerdict, DiskState, FileKey, KeyError, MetaKey, OutboxBody, OutboxEntry,
    SCHEMA_VERSION, Store, StoreError, WipeWish,
};
use portico_types::{AuditAction, StaffId, UtcMillis};

use crate::support::{KEY, KnownKey, Place, enter, guest, id};
use crate::surviving::{Content, busy, copy_of, open_or_salvage};

fn quarantined(place: &Place) -> Vec<String> {
    let Ok(entries) = fs::read_dir(place.directory.path().join("quarantine")) else { return vec![] };
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn try_open_or_salvage(place: &Place, key: [u8; 32]) -> Result<Store, StoreError> {
    Store::open_or_salvage(&place.path(), &KnownKey(key), UtcMillis(0)).map(|(store, _)| store)
}

#[test]
fn a_sound_database_is_opened_and_nothing_else() {
    let place = Place::new();
    let store = busy(&place);
    let before = Content::of(&store);
    drop(store);
    let (store, report) = open_or_salvage(&place);
    assert_eq!((report, store.last_salvage().unwrap()), (None, None));
    assert!(Content::of(&store) == before);
    assert!(quarantined(&place).is_empty());
}

#[test]
fn a_kiosk_that_lost_power_is_not_taken_for_a_damaged_one() {
    let place = Place::new();
    let store = busy(&place);
    let before = Content::of(&store);
    let mut files = place.files();
    let (_, log) = files.iter_mut().find(|(path, _)| path.ends_with("kiosk.db-wal")).unwrap();
    let whole = log.clone();
    // The next transaction had only begun: half a frame, and whole frames without an end.
    for torn in [log.len(), log.len() + 24, log.len() + 2_000] {
        let mut tail = whole.clone();
        tail.resize(torn, 0);
        files.iter_mut().find(|(path, _)| path.ends_with("kiosk.db-wal")).unwrap().1 = tail;
        let (store, report) = open_or_salvage(&copy_of(&files));
        assert_eq!(report, None, "{torn}");
        assert!(Content::of(&store) == before, "{torn}");
    }
}

#[test]
fn a_transaction_that_a_power_cut_tore_is_no_damage() {
    const FRAME: usize = 24 + 4_096;
    let place = Place::new();
    let mut store = busy(&place);
    store.checkpoint().unwrap();
    crate::support::apply(&mut store, &[guest("Late Comer")]);
    let before = Content::of(&store);
    let log_of = |files: &[(std::path::PathBuf, Vec<u8>)]| {
        files.iter().position(|(path, _)| path.ends_with("kiosk.db-wal")).unwrap()
    };
    let synced = place.files()[log_of(&place.files())].1.len();
    enter(&mut store, 8_000, "late-comer", 30_000);
    let files = place.files();
    let (log, end) = (log_of(&files), files[log_of(&files)].1.len());
    assert!(end >= synced + 2 * FRAME, "the entry wrote several pages");
    // A sector of the first, of a middle and of the last page never arrived.
    for hole in [synced + 24 + 512, synced + FRAME + 24, end - 512] {
        let mut torn = files.clone();
        torn[log].1[hole..hole + 512].fill(0);
        let (store, report) = open_or_salvage(&copy_of(&torn));
        assert_eq!(report, None, "{hole}");
        assert!(Content::of(&store) == before, "{hole}: what was not acknowledged is gone, and nothing else");
    }
}

#[test]
fn a_file_that_was_cut_off_is_salvaged_and_the_kiosk_admits_again() {
    let origin = Place::new();
    let mut store = busy(&origin);
    store.checkpoint().unwrap();
    drop(store);
    let whole = fs::read(origin.path()).unwrap();
    for length in [0, 100, whole.len() / 2, whole.len() / 2 + 100, whole.len() - 4_096] {
        let place = copy_of(&origin.files());
        fs::write(place.path(), &whole[..length]).unwrap();
        let (mut store, report) = open_or_salvage(&place);
        let report = report.unwrap();
        assert_eq!(report.readable, length >= 4_096, "{length}");
        let kind = if report.readable { "" } else { "-unread" };
        assert_eq!(quarantined(&place), [format!("kiosk-2026-11-21T12-00-00Z{kind}.db")], "{length}");
        assert_eq!(fs::read(&report.quarantined).unwrap(), whole[..length], "kept as it was");
        crate::support::apply(&mut store, &[guest("Late Comer")]);
        enter(&mut store, 8_000, "late-comer", 30_000);
    }
}

#[test]
fn garbage_in_place_of_a_database_gives_way_to_an_empty_one() {
    for content in [b"Dear diary".to_vec(), vec![7; 20_000]] {
        let place = Place::new();
        fs::write(place.path(), &content).unwrap();
        let (mut store, report) = open_or_salvage(&place);
        assert!(!report.unwrap().readable);
        assert_eq!(store.roster_counts().unwrap().expected, 0);
        let later = UtcMillis(1_795_262_400_000 + 30 * 86_400_000);
        store
            .wipe(&WipeWish { at: later, reason: "handed on".into(), actor: Actor::Staff(StaffId::FIRST) })
            .unwrap();
        store.forget_expired(later).unwrap();
        let kept = place.directory.path().join("quarantine/kiosk-2026-11-21T12-00-00Z-unread.db");
        assert_eq!(fs::read(kept).unwrap(), content, "another key may open it, whatever is erased here");
    }
}

#[test]
fn a_key_that_opens_nothing_gets_an_empty_database_and_the_right_one_its_old_data() {
    let place = Place::new();
    drop(place.open_with(&[guest("Ada Byron")]));
    drop(try_open_or_salvage(&place, [1; 32]).unwrap());
    let [name] = quarantined(&place).try_into().unwrap();
    let kept = Store::open(&place.directory.path().join("quarantine").join(name), &KnownKey(KEY)).unwrap();
    assert!(kept.attendee(&id("ada-byron")).unwrap().is_some());
}

#[test]
fn what_is_not_damage_is_refused_and_stays_where_it_is() {
    let plain = Place::new();
    rusqlite::Connection::open(plain.path())
        .unwrap()
        .execute_batch("CREATE TABLE photos (id INTEGER)")
        .unwrap();
    let strange = Place::new();
    strange.back_door().execute_batch("CREATE TABLE photos (id INTEGER)").unwrap();
    let newer = Place::new();
    drop(newer.open());
    newer.back_door().pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
    for place in [plain, strange, newer] {
        let before = fs::read(place.path()).unwrap();
        let refused = try_open_or_salvage(&place, KEY);
        assert!(
            matches!(refused, Err(StoreError::Foreign { .. } | StoreError::NewerSchema { .. })),
            "{refused:?}"
        );
        assert!(fs::read(place.path()).unwrap() == before && quarantined(&place).is_empty());
    }
}

#[test]
fn a_missing_key_is_never_taken_for_damage() {
    let place = Place::new();
    let key_path = place.directory.path().join("kiosk.key");
    let key = || {
        FileKey::new(&key_path, |bytes| {
            bytes.fill(3);
            Ok(())
        })
    };
    drop(Store::open(&place.path(), &key()).unwrap());
    fs::remove_file(&key_path).unwrap();
    for damage in [None, Some(100)] {
        if let Some(length) = damage {
            fs::write(place.path(), vec![0; length]).unwrap();
        }
        let refused = Store::open_or_salvage(&place.path(), &key(), UtcMillis(0));
        assert!(matches!(refused, Err(StoreError::Key(KeyError::Missing { .. }))), "{refused:?}");
        assert!(!key_path.exists() && quarantined(&place).is_empty());
    }
}

#[test]
fn an_older_log_left_beside_the_database_is_not_played_back() {
    let place = Place::new();
    let mut store = busy(&place);
    let log_path = place.directory.path().join("kiosk.db-wal");
    let old_log = fs::read(&log_path).unwrap();
    enter(&mut store, 7_000, "guest-number0140", 40_000);
    enter(&mut store, 7_001, "guest-number0141", 40_001);
    store.checkpoint().unwrap();
    let before = Content::of(&store);
    drop(store);
    fs::write(&log_path, old_log).unwrap();
    let (store, report) = open_or_salvage(&place);
    assert!(report.unwrap().log_damaged);
    let mut after = Content::of(&store);
    after.forget_newest_audit_row();
    after.same_but_for_the_outbox(&before);
    assert_eq!(quarantined(&place).len(), 2, "the log went with it");
}

#[test]
fn the_log_of_another_database_is_set_aside_and_costs_nothing() {
    let (place, other) = (Place::new(), Place::new());
    let mut store = busy(&place);
    store.checkpoint().unwrap();
    let before = Content::of(&store);
    drop(store);
    let _other_store = busy(&other);
    fs::copy(other.directory.path().join("kiosk.db-wal"), place.directory.path().join("kiosk.db-wal"))
        .unwrap();
    let (store, report) = open_or_salvage(&place);
    assert!(report.unwrap().log_damaged);
    let mut after = Content::of(&store);
    after.forget_newest_audit_row();
    after.same_but_for_the_outbox(&before);
}

#[test]
fn damage_while_the_kiosk_runs_is_noticed_and_mended_in_place() {
    let place = Place::new();
    let mut store = busy(&place);
    store.checkpoint().unwrap();
    drop(store);
    let mut store = place.open();
    assert!(!store.is_damaged());
    let mut bytes = fs::read(place.path()).unwrap();
    for page in 2..bytes.len() / 4_096 {
        bytes[page * 4_096 + 77] ^= u8::from(page % 3 == 0);
    }
    fs::write(place.path(), &bytes).unwrap();
    let read =
        (0..160).map(|n| store.attendee(&id(&format!("guest-number{n:04}")))).collect::<Result<Vec<_>, _>>();
    assert!(read.is_err() && store.is_damaged());
    assert!(store.set_meta(MetaKey::Event, "{}").is_err(), "nothing is written over damage");
    let report = store.salvage_now(UtcMillis(5)).unwrap();
    assert!(report.readable && !store.is_damaged());
    assert_eq!(fs::read(report.quarantined).unwrap(), bytes);
    store.set_meta(MetaKey::Event, "{}").unwrap();
}

#[test]
fn staff_are_told_of_a_salvage_until_they_say_that_they_know() {
    let place = Place::new();
    let mut store = busy(&place);
    store.checkpoint().unwrap();
    drop(store);
    let mut bytes = fs::read(place.path()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    fs::write(place.path(), bytes).unwrap();
    let (store, report) = open_or_salvage(&place);
    assert_eq!(store.last_salvage().unwrap().map(|note| note.report), report);
    drop(store);
    let mut store = place.open();
    assert!(!store.last_salvage().unwrap().unwrap().acknowledged);
    let rows = store.audit_rows(9_999).unwrap().len();
    let seen = AuditNote {
        action: AuditAction::Salvage,
        actor: Actor::Staff(StaffId::FIRST),
        attendee: None,
        before: None,
        after: None,
        reason: None,
        at: UtcMillis(60_000),
    };
    assert!(store.acknowledge_salvage(&seen).unwrap());
    assert!(!store.acknowledge_salvage(&seen).unwrap(), "once");
    let audit = store.audit_rows(9_999).unwrap();
    assert_eq!((audit.len(), &audit[0].note), (rows + 1, &seen), "who has seen it");
    drop(store);
    assert!(place.open().last_salvage().unwrap().unwrap().acknowledged);
}

#[test]
fn audit_rows_that_were_lost_leave_a_gap_that_later_rows_do_not_close() {
    let place = Place::new();
    let mut store = busy(&place);
    store.checkpoint().unwrap();
    let last = store.audit_head().unwrap().unwrap().seq;
    let page = last_leaf_of(&place, "audit");
    drop(store);
    let mut bytes = fs::read(place.path()).unwrap();
    bytes[(page - 1) * 4_096 + 5] ^= 1;
    fs::write(place.path(), bytes).unwrap();
    let (mut store, _) = open_or_salvage(&place);
    assert_eq!(store.audit_head().unwrap().unwrap().seq, last + 1);
    let AuditVerdict::Broken { seq } = store.verify_audit().unwrap() else { panic!("the gap is not seen") };
    assert!(seq <= last);
    enter(&mut store, 7_000, "guest-number0140", 40_000);
    assert_eq!(store.verify_audit().unwrap(), AuditVerdict::Broken { seq });
}

/// Spoils every page of these tables.
fn spoil(place: &Place, tables: &[&str]) {
    let mut bytes = fs::read(place.path()).unwrap();
    for table in tables {
        let back_door = place.back_door();
        let mut pages = back_door.prepare("SELECT pageno FROM dbstat WHERE name = ?1").unwrap();
        for page in pages.query_map([table], |row| row.get::<_, i64>(0)).unwrap() {
            bytes[page.unwrap() as usize * 4_096 - 2_000] ^= 1;
        }
    }
    fs::write(place.path(), bytes).unwrap();
}

fn order_of(batch: &[OutboxEntry]) {
    for (place, entry) in batch.iter().enumerate() {
        if let OutboxBody::Undo { check_in, .. } = &entry.body {
            let later = &batch[place..];
            assert!(later.iter().all(|entry| entry.id != *check_in), "an undo is told before its entry");
        }
    }
}

#[test]
fn what_two_of_the_three_places_of_a_check_in_lost_comes_back_from_the_third() {
    for lost in [["check_ins", "outbox"], ["check_ins", "audit"], ["outbox", "audit"]] {
        let place = Place::new();
        let mut store = busy(&place);
        store.checkpoint().unwrap();
        let before = Content::of(&store);
        drop(store);
        spoil(&place, &lost);
        let (store, _) = open_or_salvage(&place);
        if lost == ["check_ins", "audit"] {
            let waited = before.clone_of_what_waits();
            assert_eq!(
                Content::of(&store).clone_of_what_waits(),
                waited,
                "what was delivered is known elsewhere"
            );
        } else {
            Content::of(&store).keeps_every_entry_of(&before, &format!("{lost:?}"));
        }
        order_of(&store.next_batch(9_999).unwrap());
    }
}

/// The page that holds the newest rows of a table.
fn last_leaf_of(place: &Place, table: &str) -> usize {
    let sql = "SELECT pageno FROM dbstat WHERE name = ?1 AND pagetype = 'leaf' ORDER BY path DESC LIMIT 1";
    place.back_door().query_row(sql, [table], |row| row.get::<_, i64>(0)).unwrap() as usize
}

#[test]
fn the_ballast_lies_beside_the_database() {
    let place = Place::new();
    let store = place.open();
    assert_eq!(store.disk(), DiskState::Roomy);
    assert_eq!(fs::metadata(place.directory.path().join("kiosk.ballast")).unwrap().len(), 1 << 20);
}
