//! With which backend the kiosk is paired: all of it or nothing.

use portico_store::{MetaKey, Pairing, Store};
use portico_testkit::assert_screens_say;

use crate::support::{Place, enter, guest, number};

fn paired(url: &str, token: &str, code: &str) -> Pairing {
    let device_id = format!("device of {token}");
    Pairing { url: url.into(), device_id, token: token.into(), code: code.into() }
}

fn kept(store: &Store) -> [Option<String>; 3] {
    [MetaKey::BackendUrl, MetaKey::DeviceId, MetaKey::DeviceToken].map(|key| store.meta(key).unwrap())
}

/// A kiosk that is paired with A; Ada's entry waits for it.
fn with_a(place: &Place) -> Store {
    let mut store = place.open();
    store.keep_pairing(&paired("http://a", "A", "code-1")).unwrap();
    crate::support::apply(&mut store, &[guest("Ada Byron")]);
    enter(&mut store, 1, "ada-byron", 1_000);
    store
}

#[test]
fn a_pairing_that_fails_half_way_leaves_the_old_one_whole() {
    let place = Place::new();
    let mut store = with_a(&place);
    let before = kept(&store);
    let fault = "CREATE TRIGGER fault BEFORE UPDATE ON meta WHEN NEW.name = 'device_token'
        BEGIN SELECT RAISE(ABORT, 'injected fault'); END";
    place.back_door().execute_batch(fault).unwrap();
    assert!(store.keep_pairing(&paired("http://b", "B", "code-2")).is_err());
    assert_eq!(kept(&store), before, "the secret for A beside the address of B would be sent to B");
    assert_eq!((store.waiting().unwrap(), store.roster_counts().unwrap().expected), (1, 1));
    assert!(store.is_tried_code("code-1").unwrap() && !store.is_tried_code("code-2").unwrap());
}

#[test]
fn after_another_pairing_with_the_same_backend_what_waits_still_waits_and_all_is_read_anew() {
    let place = Place::new();
    let mut store = with_a(&place);
    store.keep_pairing(&paired("http://a", "A2", "code-2")).unwrap();
    assert_eq!(store.meta(MetaKey::DeviceToken).unwrap().as_deref(), Some("A2"));
    assert_eq!(store.next_batch(9).unwrap()[0].id, number(1));
    assert_eq!(store.meta(MetaKey::RosterCursor).unwrap(), None);
    assert_eq!(store.roster_counts().unwrap().expected, 1, "guests get in meanwhile");
    assert!(store.is_tried_code("code-2").unwrap());
}

#[test]
fn what_was_meant_for_one_backend_is_not_sent_to_another() {
    let place = Place::new();
    let mut store = with_a(&place);
    store.keep_pairing(&paired("http://b", "B", "code-2")).unwrap();
    let parked = store.parked().unwrap();
    assert_eq!((store.waiting().unwrap(), parked.len()), (0, 1));
    let reason = parked[0].parked.as_ref().unwrap();
    assert_eq!((reason.text.as_str(), reason.values["backend"].as_str()), ("made for http://a", "http://a"));
    assert_screens_say("queue", reason);
    assert_eq!(store.roster_counts().unwrap().expected, 0);
}

#[test]
fn a_code_is_kept_as_a_digest_only_and_known_again() {
    let place = Place::new();
    let mut store = with_a(&place);
    assert!(!store.is_tried_code("USED-CODE-77").unwrap());
    store.note_refused_code("USED-CODE-77").unwrap();
    assert!(store.is_tried_code("USED-CODE-77").unwrap());
    let sql = "SELECT count(*) FROM meta WHERE instr(value, 'USED-CODE') > 0";
    let left: i64 = place.back_door().query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
    assert_eq!(store.meta(MetaKey::DeviceToken).unwrap().as_deref(), Some("A"), "the pairing stays");
}
