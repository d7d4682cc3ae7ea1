//! Emptying the kiosk: never while something could be lost, and never the audit.

use portico_store::{
    Actor, AuditNote, AuditVerdict, ConflictsPage, MetaKey, RosterCounts, Settlement, Store, TemplatesPage,
    WipeOutcome, WipeWish,
};
use portico_types::{
    AuditAction, Conflict, ConflictEntry, ConflictState, Consent, Embedding, Method, ModelId, StaffId,
    StaffRole, Template, TemplateId, UtcMillis,
};

use crate::raw_files::pieces_found;
use crate::support::{Place, apply, enter, guest, id, member, number};

fn wipe_wish() -> WipeWish {
    WipeWish {
        at: UtcMillis(9_000),
        reason: "goes back to the rental".into(),
        actor: Actor::Staff(StaffId::FIRST),
    }
}

fn face() -> Embedding {
    Embedding::normalised((1..=64).map(|n: u8| f32::from(n)).collect()).unwrap()
}

/// A kiosk with something in every table; entry 1 waits and entry 2 is parked.
fn used(place: &Place) -> Store {
    let mut store = place.open_with(&[guest("Ada Byron"), guest("Alan Turing")]);
    for (key, value) in
        [(MetaKey::DeviceToken, "token"), (MetaKey::DeviceId, "device"), (MetaKey::Event, "{}")]
    {
        store.set_meta(key, value).unwrap();
    }
    store.add_staff(&member(1, StaffRole::Supervisor), Actor::Kiosk).unwrap();
    store.set_guesses_left(3).unwrap();
    let template = Template {
        id: TemplateId::new("t"),
        attendee: id("ada-byron"),
        model: ModelId("test/1".into()),
        embedding: face(),
        consent: Consent { text_version: "2".into(), language: "en".into(), agreed_at: UtcMillis(7) },
        expires_at: UtcMillis(99_000),
    };
    let page =
        TemplatesPage { templates: vec![template], removed: vec![], cursor: "t1".into(), complete: true };
    store.apply_templates(&page).unwrap();
    enter(&mut store, 1, "ada-byron", 1_000);
    enter(&mut store, 2, "alan-turing", 2_000);
    let side = |n: u128| ConflictEntry {
        check_in: number(n),
        at: UtcMillis(500),
        gate: "South door".into(),
        method: Method::Face,
        device: "kiosk".into(),
    };
    let conflict = Conflict {
        attendee: id("ada-byron"),
        first: side(70),
        second: side(71),
        state: ConflictState::Open,
        resolved_by: None,
        resolved_at: None,
    };
    store.apply_conflicts(&ConflictsPage { conflicts: vec![conflict], cursor: "k1".into() }).unwrap();
    store.settle(&[(number(2), Settlement::Parked { reason: "cancelled".into() })]).unwrap();
    store
}

fn export(store: &mut Store, ids: &[u128]) {
    let ids: Vec<_> = ids.iter().copied().map(number).collect();
    let note = AuditNote {
        action: AuditAction::Export,
        actor: Actor::Staff(StaffId::FIRST),
        attendee: None,
        before: None,
        after: None,
        reason: None,
        at: UtcMillis(8_000),
    };
    store.mark_exported(&ids, &note).unwrap();
}

#[test]
fn a_kiosk_is_not_wiped_while_an_entry_is_neither_delivered_nor_in_a_file() {
    let place = Place::new();
    let mut store = used(&place);
    let refused = |waiting, parked| WipeOutcome::EntriesWait { waiting, parked };
    assert_eq!(store.wipe(&wipe_wish()).unwrap(), refused(1, 1));
    export(&mut store, &[2]);
    assert_eq!(store.wipe(&wipe_wish()).unwrap(), refused(1, 0));
    assert_eq!(store.roster_counts().unwrap().expected, 2, "a refused wipe changes nothing");
    assert_eq!(store.meta(MetaKey::DeviceToken).unwrap().as_deref(), Some("token"));
    store.settle(&[(number(1), Settlement::Delivered)]).unwrap();
    assert_eq!(store.wipe(&wipe_wish()).unwrap(), WipeOutcome::Wiped);
}

#[test]
fn an_entry_made_after_the_export_holds_the_wipe_up_again() {
    let place = Place::new();
    let mut store = used(&place);
    export(&mut store, &[1, 2]);
    apply(&mut store, &[guest("Emmy Noether")]);
    enter(&mut store, 3, "emmy-noether", 3_000);
    assert_eq!(store.wipe(&wipe_wish()).unwrap(), WipeOutcome::EntriesWait { waiting: 1, parked: 0 });
}

#[test]
fn only_the_audit_is_left() {
    let place = Place::new();
    let mut store = used(&place);
    let gallery = store.gallery_version().unwrap();
    export(&mut store, &[1, 2]);
    let rows = store.audit_rows(99).unwrap();
    store.wipe(&wipe_wish()).unwrap();
    assert_eq!(store.roster_counts().unwrap(), RosterCounts::default());
    assert_eq!(store.search("ada", 9).unwrap(), []);
    assert_eq!(store.templates(UtcMillis(0)).unwrap(), []);
    assert!(store.gallery_version().unwrap() > gallery, "whoever holds a copy must read again");
    assert_eq!((store.recent(9).unwrap(), store.export_rows().unwrap()), (vec![], vec![]));
    assert_eq!(store.conflicts(9).unwrap(), []);
    for key in [MetaKey::DeviceToken, MetaKey::DeviceId, MetaKey::Event, MetaKey::RosterCursor] {
        assert_eq!(store.meta(key).unwrap(), None, "{key:?}");
    }
    assert_eq!((store.staff().unwrap(), store.guesses_left().unwrap()), (vec![], None));
    let left = store.audit_rows(99).unwrap();
    assert_eq!(left[1..], rows, "who did what stays");
    assert_eq!((left[0].note.action, left[0].note.actor), (AuditAction::Wipe, Actor::Staff(StaffId::FIRST)));
    assert_eq!(left[0].note.reason.as_deref(), Some("goes back to the rental"));
    assert!(matches!(store.verify_audit().unwrap(), AuditVerdict::Intact { .. }));
}

#[test]
fn nothing_of_a_guest_is_left_in_any_byte_of_the_files() {
    let place = Place::new();
    let mut store = used(&place);
    let name = guest(&"Ada Byron ".repeat(13));
    apply(&mut store, std::slice::from_ref(&name));
    let needles = [name.name.into_bytes(), face().to_bytes()];
    let before = pieces_found(&place, &needles);
    assert!(before.iter().all(|(database, log)| database + log > 0), "{before:?}");
    export(&mut store, &[1, 2]);
    store.wipe(&wipe_wish()).unwrap();
    assert_eq!(pieces_found(&place, &needles), [(0, 0); 2]);
}

#[test]
fn a_wiped_kiosk_begins_anew() {
    let place = Place::new();
    let mut store = used(&place);
    let old = store.next_batch(9).unwrap()[0].seq;
    export(&mut store, &[1, 2]);
    store.wipe(&wipe_wish()).unwrap();
    drop(store);
    let mut store = place.open_with(&[guest("Ada Byron")]);
    enter(&mut store, 9, "ada-byron", 1_000);
    assert!(store.next_batch(9).unwrap()[0].seq > old, "its counter is never used twice");
}

#[test]
fn a_wipe_that_fails_half_way_leaves_everything() {
    let place = Place::new();
    let mut store = used(&place);
    export(&mut store, &[1, 2]);
    let fault = "CREATE TRIGGER fault AFTER INSERT ON audit BEGIN SELECT RAISE(ABORT, 'injected fault'); END";
    place.back_door().execute_batch(fault).unwrap();
    assert!(store.wipe(&wipe_wish()).is_err());
    assert_eq!((store.roster_counts().unwrap().expected, store.export_rows().unwrap().len()), (2, 2));
}
