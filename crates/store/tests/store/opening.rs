//! Opening: a new database, keys, strangers' files, newer schemas.

use std::fs;
use std::io;

use portico_store::{
    FileKey, KeyError, KeyProtection, KeyProvider, MetaKey, SCHEMA_VERSION, Store, StoreError,
};

use crate::support::{KEY, KnownKey, Place, enter, guest};

fn file_key(place: &Place) -> FileKey {
    FileKey::new(place.directory.path().join("kiosk.key"), |bytes| {
        bytes.fill(0x33);
        Ok(())
    })
}

#[test]
fn a_new_database_is_at_the_present_schema_with_the_safe_settings() {
    let place = Place::new();
    drop(place.open());
    let back_door = place.back_door();
    let version: u32 = back_door.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    let mode: String = back_door.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    let sound: String = back_door.pragma_query_value(None, "integrity_check", |row| row.get(0)).unwrap();
    assert_eq!((version, mode.as_str(), sound.as_str()), (SCHEMA_VERSION, "wal", "ok"));
}

#[test]
fn what_was_written_is_there_after_reopening() {
    let place = Place::new();
    let mut store = place.open();
    store.set_meta(MetaKey::DeviceId, "device").unwrap();
    store.set_meta(MetaKey::DeviceToken, "token").unwrap();
    store.clear_meta(MetaKey::DeviceToken).unwrap();
    drop(store);
    let store = place.open();
    assert_eq!(store.meta(MetaKey::DeviceId).unwrap().as_deref(), Some("device"));
    assert_eq!(store.meta(MetaKey::DeviceToken).unwrap(), None);
    assert_eq!(store.key_protection(), KeyProtection::OperatingSystem);
}

#[test]
fn a_wrong_key_is_named_and_leaves_every_byte_alone() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    // As after a power cut: the log is still beside the database.
    let files = place.files();
    assert!(files.iter().any(|(path, bytes)| path.ends_with("kiosk.db-wal") && !bytes.is_empty()));
    let elsewhere = Place::new();
    for (path, bytes) in &files {
        fs::write(elsewhere.directory.path().join(path.file_name().unwrap()), bytes).unwrap();
    }
    let refused = Store::open(&elsewhere.path(), &KnownKey([1; 32]));
    assert!(matches!(refused, Err(StoreError::Unreadable { .. })), "{refused:?}");
    let of = |place: &Place, name: &str| fs::read(place.directory.path().join(name)).unwrap();
    for name in ["kiosk.db", "kiosk.db-wal"] {
        assert!(of(&elsewhere, name) == of(&place, name), "{name} changed although the key was wrong");
    }
    assert!(
        elsewhere.open().latest_check_in(&guest("Ada Byron").id).unwrap().is_some(),
        "the right key still reads it"
    );
}

#[test]
fn a_file_that_is_no_database_is_refused_and_kept() {
    for content in [b"Dear diary".to_vec(), vec![7; 20_000]] {
        let place = Place::new();
        fs::write(place.path(), &content).unwrap();
        let refused = place.try_open();
        assert!(matches!(refused, Err(StoreError::Unreadable { .. })), "{refused:?}");
        assert_eq!(fs::read(place.path()).unwrap(), content, "somebody else's file must not be touched");
    }
}

#[test]
fn a_plain_database_of_another_program_is_refused_and_kept() {
    let place = Place::new();
    let other = rusqlite::Connection::open(place.path()).unwrap();
    other.execute_batch("CREATE TABLE photos (id INTEGER)").unwrap();
    drop(other);
    let before = place.files();
    let refused = place.try_open();
    assert!(matches!(refused, Err(StoreError::Foreign { .. })), "{refused:?}");
    assert!(place.files() == before);
}

#[test]
fn an_encrypted_database_of_another_program_is_refused() {
    let place = Place::new();
    place.back_door().execute_batch("CREATE TABLE photos (id INTEGER)").unwrap();
    let refused = place.try_open();
    assert!(matches!(refused, Err(StoreError::Foreign { .. })), "{refused:?}");
}

#[test]
fn a_newer_schema_is_refused_politely() {
    let place = Place::new();
    drop(place.open());
    place.back_door().pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
    let refused = place.try_open().unwrap_err();
    assert!(
        matches!(refused, StoreError::NewerSchema { found, known } if found == SCHEMA_VERSION + 1 && known == SCHEMA_VERSION)
    );
}

#[test]
fn an_empty_file_left_by_a_crash_during_creation_is_begun_anew() {
    let place = Place::new();
    fs::write(place.path(), b"").unwrap();
    drop(place.open());
    assert!(place.try_open().is_ok());
}

#[test]
fn a_key_file_is_made_with_the_database_and_found_again() {
    let place = Place::new();
    let mut store = Store::open(&place.path(), &file_key(&place)).unwrap();
    store.set_meta(MetaKey::Event, "{}").unwrap();
    assert_eq!(store.key_protection(), KeyProtection::File);
    drop(store);
    let store = Store::open(&place.path(), &file_key(&place)).unwrap();
    assert_eq!(store.meta(MetaKey::Event).unwrap().as_deref(), Some("{}"));
    let names: Vec<_> =
        place.files().into_iter().map(|(path, _)| path.file_name().unwrap().to_owned()).collect();
    assert!(
        names.iter().all(|name| !name.to_string_lossy().ends_with(".new")),
        "no draft may stay behind: {names:?}"
    );
}

#[test]
fn a_lost_key_file_is_reported_and_never_replaced() {
    let place = Place::new();
    drop(Store::open(&place.path(), &file_key(&place)).unwrap());
    let key_path = place.directory.path().join("kiosk.key");
    fs::remove_file(&key_path).unwrap();
    let refused = Store::open(&place.path(), &file_key(&place)).unwrap_err();
    assert!(matches!(refused, StoreError::Key(KeyError::Missing { .. })), "{refused}");
    assert!(!key_path.exists(), "a new key would lock the old data away for ever");
}

#[test]
fn a_torn_key_file_is_reported() {
    let place = Place::new();
    fs::write(place.directory.path().join("kiosk.key"), [1; 31]).unwrap();
    restrict(&place);
    let refused = file_key(&place).key_for_new_database();
    assert!(matches!(refused, Err(KeyError::WrongLength { length: 31, .. })), "{refused:?}");
}

#[test]
fn a_random_source_that_fails_leaves_no_key_file() {
    for fill in [|_: &mut [u8]| Ok(()), |_: &mut [u8]| Err(io::Error::other("no entropy"))] {
        let place = Place::new();
        let key = FileKey::new(place.directory.path().join("kiosk.key"), fill);
        assert!(matches!(key.key_for_new_database(), Err(KeyError::Random(_))));
        assert!(place.files().is_empty());
    }
}

#[cfg(unix)]
#[test]
fn a_key_file_that_others_may_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    drop(Store::open(&place.path(), &file_key(&place)).unwrap());
    let path = place.directory.path().join("kiosk.key");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let refused = file_key(&place).key();
    assert!(matches!(refused, Err(KeyError::Exposed { mode: 0o640, .. })), "{refused:?}");
}

#[test]
fn a_flipped_bit_on_disk_is_noticed() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("Ada Byron")]);
    store.checkpoint().unwrap();
    drop(store);
    let mut bytes = fs::read(place.path()).unwrap();
    let page_of_attendees = bytes.len() / 4096 / 2;
    for page in 1..=page_of_attendees {
        bytes[page * 4096 + 100] ^= 1;
    }
    fs::write(place.path(), bytes).unwrap();
    let damaged = place.try_open().and_then(|store| store.search("ada", 5));
    assert!(matches!(damaged, Err(StoreError::Damaged(_) | StoreError::Unreadable { .. })), "{damaged:?}");
}

fn restrict(place: &Place) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let path = place.directory.path().join("kiosk.key");
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    #[cfg(not(unix))]
    let _ = place;
}

#[test]
fn the_known_key_of_these_tests_is_the_one_the_back_door_uses() {
    let place = Place::new();
    drop(place.open());
    assert_eq!(KnownKey(KEY).key().unwrap().bytes(), &[0x5a; 32]);
    let tables: i64 =
        place.back_door().query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0)).unwrap();
    assert!(tables > 8);
}
