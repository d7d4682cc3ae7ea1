//! Face templates that are erased: gone from the tables, and from every byte of the files.

use portico_store::{Actor, OutboxBody, RosterPage, Settlement, Store, TemplatesPage, WithdrawWish};
use portico_types::{AuditAction, CheckInId, Consent, Embedding, ModelId, Template, TemplateId, UtcMillis};
use uuid::Uuid;

use crate::raw_files::pieces_found;
use crate::support::{Place, guest, id};

/// As long as the recogniser's vectors.
const LENGTH: usize = 512;

/// A face that nobody else has, by a small generator.
fn face(number: u32) -> Embedding {
    let mut state = number.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    let values = (0..LENGTH).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1 << 24) - 0.5
    });
    Embedding::normalised(values.map(|value| value as f32).collect()).unwrap()
}

fn template(number: u32, expires_at: i64) -> Template {
    // Ids in no order, as a backend gives them: pages are split and filled up in the middle.
    let scattered = number.wrapping_mul(2_654_435_761);
    Template {
        id: TemplateId::new(format!("{scattered:08x}")),
        attendee: id(&format!("guest-{number}")),
        model: ModelId("test/1".into()),
        embedding: face(number),
        consent: Consent { text_version: "2".into(), language: "en".into(), agreed_at: UtcMillis(7) },
        expires_at: UtcMillis(expires_at),
    }
}

fn page(templates: Vec<Template>, removed: Vec<TemplateId>) -> TemplatesPage {
    TemplatesPage { templates, removed, cursor: "t".into(), complete: true }
}

/// A gallery of 120 faces, every third of which expires at 100, told in pages of 20; the first half is folded in.
fn gallery(place: &Place) -> Store {
    let mut store = place.open();
    for from in (0..120).step_by(20) {
        let told = (from..from + 20).map(|n| template(n, if n % 3 == 0 { 100 } else { 1_000 }));
        store.apply_templates(&page(told.collect(), vec![])).unwrap();
        if from == 40 {
            store.checkpoint().unwrap();
        }
    }
    store
}

/// How much of these faces lies in the database and in the log.
fn found(place: &Place, faces: impl IntoIterator<Item = u32>) -> Vec<(usize, usize)> {
    let needles: Vec<_> = faces.into_iter().map(|number| face(number).to_bytes()).collect();
    pieces_found(place, &needles)
}

const WHOLE: usize = LENGTH * 4 / 64;

#[test]
fn an_expired_face_is_in_no_byte_of_the_files() {
    let place = Place::new();
    let mut store = gallery(&place);
    let before = found(&place, [0, 117]);
    assert_eq!(before[0].0, WHOLE, "all of the early face lies in the database");
    assert_eq!(before[1].1, WHOLE, "all of the late face lies in the log");
    let erased = store.forget_expired(UtcMillis(100)).unwrap();
    assert_eq!(erased.len(), 40);
    assert_eq!(found(&place, (0..120).step_by(3)), [(0, 0); 40]);
    assert_eq!(found(&place, [1])[0].0, WHOLE, "a face whose time is not over stays");
}

#[test]
fn a_face_that_its_guest_withdraws_here_is_in_no_byte_of_the_files() {
    let place = Place::new();
    let mut store = gallery(&place);
    assert!(store.is_enrolled(&id("guest-1"), UtcMillis(50)).unwrap());
    assert_eq!(store.withdraw(&withdrawal(1, "guest-1", 20)).unwrap(), [template(1, 1_000).id]);
    assert_eq!(found(&place, [1]), [(0, 0)]);
    assert_eq!(found(&place, [2])[0].0, WHOLE, "another guest's face stays");
    assert!(!store.is_enrolled(&id("guest-1"), UtcMillis(50)).unwrap());
    let row = store.audit_rows(1).unwrap().remove(0).note;
    assert_eq!((row.action, row.attendee), (AuditAction::Withdraw, Some(id("guest-1"))));
    let entry = store.next_batch(1).unwrap().remove(0);
    let body =
        OutboxBody::Withdraw { attendee: id("guest-1"), at: UtcMillis(20), reason: "the guest asked".into() };
    assert_eq!(entry.body, body);
    assert_eq!(store.withdraw(&withdrawal(1, "guest-1", 20)).unwrap(), []);
    assert_eq!(store.waiting().unwrap(), 1, "the same wish again tells the backend nothing new");
}

#[test]
fn what_a_guest_withdrew_is_not_taken_in_again_but_a_new_consent_is() {
    let place = Place::new();
    let mut store = place.open();
    let given = |agreed_at: i64| {
        let consent = Consent { agreed_at: UtcMillis(agreed_at), ..template(1, 1_000).consent };
        Template { consent, ..template(1, 1_000) }
    };
    store.withdraw(&withdrawal(1, "guest-1", 20)).unwrap();
    for agreed_at in [7, 20] {
        store.apply_templates(&page(vec![given(agreed_at)], vec![])).unwrap();
        assert_eq!(store.templates(UtcMillis(50)).unwrap(), [], "agreed to at {agreed_at}, taken back at 20");
    }
    assert_eq!(found(&place, [1]), [(0, 0)]);
    store.apply_templates(&page(vec![given(21)], vec![])).unwrap();
    let kept = store.templates(UtcMillis(50)).unwrap();
    assert_eq!(kept.iter().map(|template| template.consent.agreed_at).collect::<Vec<_>>(), [UtcMillis(21)]);
}

#[test]
fn a_backend_that_lost_something_hears_of_a_withdrawal_again() {
    let place = Place::new();
    let mut store = place.open();
    store.withdraw(&withdrawal(1, "guest-1", 20)).unwrap();
    let told = store.next_batch(1).unwrap();
    store.settle(&[(told[0].id, Settlement::Delivered)]).unwrap();
    assert_eq!(store.waiting().unwrap(), 0);
    assert_eq!(store.restart_feeds().unwrap(), 1);
    let again = store.next_batch(2).unwrap();
    assert_eq!((again.len(), &again[0].body, again[0].id), (1, &told[0].body, told[0].id));
    assert_eq!(store.restart_feeds().unwrap(), 0, "it waits already");
}

#[test]
fn a_clock_that_is_slow_does_not_keep_a_withdrawal_from_covering_what_it_erases() {
    let place = Place::new();
    let mut store = place.open();
    let agreed_at = UtcMillis(7_200_000);
    let consent = Consent { agreed_at, ..template(1, 1_000).consent };
    let given = Template { consent, expires_at: UtcMillis(9_000_000), ..template(1, 1_000) };
    store.apply_templates(&page(vec![given.clone()], vec![])).unwrap();
    store.withdraw(&withdrawal(1, "guest-1", agreed_at.0 - 3_600_000)).unwrap();
    let OutboxBody::Withdraw { at, .. } = store.next_batch(1).unwrap().remove(0).body else { unreachable!() };
    assert_eq!(at, agreed_at, "the backend erases what was agreed to up to then");
    assert_eq!(store.audit_rows(1).unwrap()[0].note.at, agreed_at);
    assert!(store.apply_templates(&page(vec![given], vec![])).unwrap(), "and here it is not taken in again");
    assert_eq!(store.templates(UtcMillis(0)).unwrap(), []);
}

#[test]
fn the_next_backend_does_not_hear_what_was_withdrawn_for_the_last_one() {
    let place = Place::new();
    let mut store = place.open();
    store.withdraw(&withdrawal(1, "guest-1", 20)).unwrap();
    store.settle(&[(CheckInId(Uuid::from_u128(1)), Settlement::Delivered)]).unwrap();
    store.withdraw(&withdrawal(2, "guest-2", 20)).unwrap();
    assert_eq!(store.untold_withdrawals().unwrap(), [id("guest-2")].into());
    store.leave_backend("another").unwrap();
    assert_eq!(store.restart_feeds().unwrap(), 0);
    assert_eq!(store.next_batch(9).unwrap(), []);
    assert_eq!(store.untold_withdrawals().unwrap(), [].into(), "nor does it count against its guests");
}

#[test]
fn whoever_took_it_back_is_known_until_the_backend_has_heard_or_they_agree_again() {
    let place = Place::new();
    let mut store = place.open();
    let given = |agreed_at: i64| {
        let consent = Consent { agreed_at: UtcMillis(agreed_at), ..template(1, 1_000).consent };
        page(vec![Template { consent, ..template(1, 1_000) }], vec![])
    };
    store.withdraw(&withdrawal(1, "guest-1", 20)).unwrap();
    store.apply_templates(&given(20)).unwrap();
    assert_eq!(store.untold_withdrawals().unwrap(), [id("guest-1")].into());
    store.apply_templates(&given(21)).unwrap();
    assert_eq!(store.untold_withdrawals().unwrap(), [].into());
    store.withdraw(&withdrawal(2, "guest-1", 30)).unwrap();
    for number in [1, 2] {
        assert_eq!(store.untold_withdrawals().unwrap(), [id("guest-1")].into());
        store.settle(&[(CheckInId(Uuid::from_u128(number)), Settlement::Delivered)]).unwrap();
    }
    assert_eq!(store.untold_withdrawals().unwrap(), [].into());
}

fn withdrawal(number: u128, guest: &str, at: i64) -> WithdrawWish {
    WithdrawWish {
        id: CheckInId(Uuid::from_u128(number)),
        attendee: id(guest),
        at: UtcMillis(at),
        reason: "the guest asked".into(),
        actor: Actor::Kiosk,
    }
}

#[test]
fn a_withdrawn_face_is_in_no_byte_of_the_files() {
    let place = Place::new();
    let mut store = gallery(&place);
    store.apply_templates(&page(vec![], vec![template(1, 0).id, template(100, 0).id])).unwrap();
    assert_eq!(found(&place, [1, 100]), [(0, 0); 2]);
}

#[test]
fn the_face_of_a_guest_who_is_no_longer_expected_is_in_no_byte_of_the_files() {
    let place = Place::new();
    let mut store = gallery(&place);
    let roster = |attendees, removed| RosterPage { attendees, removed, cursor: "r".into(), complete: true };
    store.apply_roster(&roster(vec![guest("Guest 50")], vec![])).unwrap();
    store.apply_roster(&roster(vec![], vec![id("guest-50")])).unwrap();
    assert_eq!(found(&place, [50]), [(0, 0)]);
}

#[test]
fn erasing_leaves_one_audit_row_with_the_number_and_no_name() {
    let place = Place::new();
    let mut store = gallery(&place);
    store.forget_expired(UtcMillis(99)).unwrap();
    assert_eq!(store.audit_head().unwrap(), None, "nothing was erased, so there is nothing to tell");
    store.forget_expired(UtcMillis(100)).unwrap();
    let rows = store.audit_rows(9).unwrap();
    assert_eq!(rows.len(), 1);
    let note = &rows[0].note;
    assert_eq!((note.action, note.actor, note.at), (AuditAction::Erase, Actor::Kiosk, UtcMillis(100)));
    assert_eq!(
        (note.after.clone(), note.attendee.clone()),
        (Some(serde_json::json!({ "templates": 40 })), None)
    );
}

#[test]
fn an_erasure_that_a_power_cut_interrupted_is_ended_at_the_next_look() {
    let place = Place::new();
    let mut store = gallery(&place);
    // What the store commits before it empties the log.
    let half = "PRAGMA secure_delete = ON; BEGIN; DELETE FROM templates WHERE expires_at = 100;
        INSERT INTO meta (name, value) VALUES ('erased_in_log', '1'); COMMIT;";
    place.back_door().execute_batch(half).unwrap();
    assert_ne!(found(&place, [117]), [(0, 0)], "the log still has it");
    assert_eq!(store.forget_expired(UtcMillis(100)).unwrap(), []);
    assert_eq!(found(&place, (0..120).step_by(3)), [(0, 0); 40]);
}
