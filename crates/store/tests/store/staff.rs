//! Who belongs to the staff, who may no longer, and what the audit says of it.

use portico_store::{Actor, AuditVerdict, PinVerifier, StaffOutcome, Store};
use portico_types::{AuditAction, StaffId, StaffRole, UtcMillis};

use crate::support::{KEY, KnownKey, Place, member, staff_id};
use crate::surviving::{busy, copy_of, open_or_salvage};

const BOSS: Actor = Actor::Staff(StaffId::FIRST);
const AT: UtcMillis = UtcMillis(7_000);

/// A supervisor (1) and two volunteers (2, 3).
fn staffed(place: &Place) -> Store {
    let mut store = place.open();
    for (n, role) in [(1, StaffRole::Supervisor), (2, StaffRole::Volunteer), (3, StaffRole::Volunteer)] {
        assert_eq!(store.add_staff(&member(n, role), BOSS).unwrap(), StaffOutcome::Done);
    }
    store
}

#[test]
fn members_are_there_after_reopening_in_the_order_in_which_they_came() {
    let place = Place::new();
    drop(staffed(&place));
    let expected =
        [member(1, StaffRole::Supervisor), member(2, StaffRole::Volunteer), member(3, StaffRole::Volunteer)];
    assert_eq!(place.open().staff().unwrap(), expected);
}

#[test]
fn nobody_gets_a_pin_that_somebody_has_not_even_of_a_member_who_is_barred() {
    let place = Place::new();
    let mut store = staffed(&place);
    store.set_staff_enabled(staff_id(2), false, BOSS, AT).unwrap();
    let (before, rows) = (store.staff().unwrap(), store.audit_rows(99).unwrap());
    let mut twin = member(4, StaffRole::Volunteer);
    twin.pin = PinVerifier::new("verifier 2");
    assert_eq!(store.add_staff(&twin, BOSS).unwrap(), StaffOutcome::PinTaken);
    assert_eq!(store.set_staff_pin(staff_id(3), &twin.pin, BOSS, AT).unwrap(), StaffOutcome::PinTaken);
    let unknown = store.set_staff_pin(staff_id(9), &PinVerifier::new("new"), BOSS, AT).unwrap();
    assert_eq!(unknown, StaffOutcome::UnknownMember);
    assert_eq!(
        (store.staff().unwrap(), store.audit_rows(99).unwrap()),
        (before, rows),
        "nothing was changed"
    );
}

#[test]
fn the_last_supervisor_who_can_open_the_kiosk_cannot_be_barred() {
    let place = Place::new();
    let mut store = staffed(&place);
    let bar =
        |store: &mut Store, n, enabled| store.set_staff_enabled(staff_id(n), enabled, BOSS, AT).unwrap();
    assert_eq!(bar(&mut store, 1, false), StaffOutcome::LastSupervisor);
    assert!(store.staff().unwrap()[0].is_acting_supervisor());
    store.add_staff(&member(4, StaffRole::Supervisor), BOSS).unwrap();
    assert_eq!(bar(&mut store, 1, false), StaffOutcome::Done);
    assert_eq!(bar(&mut store, 4, false), StaffOutcome::LastSupervisor, "a barred one is none");
    assert_eq!(bar(&mut store, 1, true), StaffOutcome::Done);
    assert_eq!(bar(&mut store, 4, false), StaffOutcome::Done);
}

#[test]
fn a_member_gets_another_name_and_role_and_the_audit_says_whose_and_no_name() {
    let place = Place::new();
    let mut store = staffed(&place);
    let known = store.audit_rows(99).unwrap().len();
    let mut change = |n, name: &str, role| store.change_staff(staff_id(n), name, role, BOSS, AT).unwrap();
    assert_eq!(change(9, "Noor", StaffRole::Volunteer), StaffOutcome::UnknownMember);
    assert_eq!(change(1, "Mara", StaffRole::Volunteer), StaffOutcome::LastSupervisor);
    assert_eq!(change(2, "Noor", StaffRole::Volunteer), StaffOutcome::Done);
    assert_eq!(change(2, "Noor", StaffRole::Volunteer), StaffOutcome::Done, "which changes nothing");
    assert_eq!(change(2, "Noor", StaffRole::Supervisor), StaffOutcome::Done);
    assert_eq!(change(1, "Mara", StaffRole::Volunteer), StaffOutcome::Done, "there is another one now");
    assert_eq!(change(2, "Noor", StaffRole::Volunteer), StaffOutcome::LastSupervisor);
    let members = store.staff().unwrap();
    let are: Vec<_> = members.iter().map(|member| (member.name.as_str(), member.role)).collect();
    let volunteer = StaffRole::Volunteer;
    assert_eq!(are, [("Mara", volunteer), ("Noor", StaffRole::Supervisor), ("Member 3", volunteer)]);

    let mut rows = store.audit_rows(99).unwrap();
    rows.reverse();
    let told: Vec<_> = rows[known..].iter().map(|row| (row.note.action, row.note.actor)).collect();
    let expected = [
        AuditAction::StaffRenamed,
        AuditAction::StaffRoleSet,
        AuditAction::StaffRenamed,
        AuditAction::StaffRoleSet,
    ];
    assert_eq!(told, expected.map(|action| (action, BOSS)));
    for row in &rows[known..] {
        let said = format!("{:?}", row.note);
        assert!(!["Noor", "Mara", "Member"].iter().any(|name| said.contains(name)), "{said}");
    }
    let role = &rows[known + 1].note;
    assert_eq!(role.before.as_ref().unwrap()["role"], "volunteer");
    assert_eq!(role.after.as_ref().unwrap()["role"], "supervisor");
    assert_eq!(role.after.as_ref().unwrap()["member"], staff_id(2).to_string());
    assert!(matches!(store.verify_audit().unwrap(), AuditVerdict::Intact { .. }));
}

#[test]
fn a_barred_supervisor_counts_for_nothing_and_may_be_demoted() {
    let place = Place::new();
    let mut store = staffed(&place);
    store.add_staff(&member(4, StaffRole::Supervisor), BOSS).unwrap();
    store.set_staff_enabled(staff_id(4), false, BOSS, AT).unwrap();
    let mut demote = |n| store.change_staff(staff_id(n), "Ada", StaffRole::Volunteer, BOSS, AT).unwrap();
    assert_eq!(demote(1), StaffOutcome::LastSupervisor);
    assert_eq!(demote(4), StaffOutcome::Done);
}

#[test]
fn every_change_says_who_made_it_and_the_chain_holds() {
    let place = Place::new();
    let mut store = staffed(&place);
    let by = Actor::Staff(staff_id(3));
    store.set_staff_pin(staff_id(2), &PinVerifier::new("another"), by, AT).unwrap();
    store.set_staff_enabled(staff_id(2), false, by, AT).unwrap();
    store.set_staff_enabled(staff_id(2), false, by, AT).unwrap();
    store.set_staff_enabled(staff_id(2), true, by, AT).unwrap();
    store.renew_staff_pin(staff_id(2), &PinVerifier::new("the same, kept otherwise")).unwrap();
    let mut rows = store.audit_rows(99).unwrap();
    rows.reverse();
    let told: Vec<_> = rows.iter().map(|row| (row.note.action, row.note.actor)).collect();
    let expected = [
        (AuditAction::StaffAdded, BOSS),
        (AuditAction::StaffAdded, BOSS),
        (AuditAction::StaffAdded, BOSS),
        (AuditAction::StaffPinSet, by),
        (AuditAction::StaffDisabled, by),
        (AuditAction::StaffEnabled, by),
    ];
    assert_eq!(told, expected, "and what changes nothing is not in it");
    let disabled = &rows[4].note;
    assert_eq!(disabled.before.as_ref().unwrap()["enabled"], true);
    assert_eq!(disabled.after.as_ref().unwrap()["enabled"], false);
    assert_eq!(disabled.after.as_ref().unwrap()["member"], staff_id(2).to_string());
    for row in &rows {
        assert!(
            !format!("{:?}", row.note).contains("verifier"),
            "what a PIN is compared with is nobody's to read"
        );
    }
    assert!(matches!(store.verify_audit().unwrap(), AuditVerdict::Intact { .. }));
}

#[test]
fn the_pepper_is_the_keys_and_lies_nowhere_in_the_database() {
    let place = Place::new();
    let pepper = staffed(&place).pin_pepper();
    assert_eq!(place.open().pin_pepper(), pepper);
    assert_ne!(&*pepper, &KEY);
    let other = Place::new();
    let another = Store::open(&other.path(), &KnownKey([1; 32])).unwrap();
    assert_ne!(another.pin_pepper(), pepper);
}

#[test]
fn spent_guesses_are_on_disk_and_a_salvage_that_may_have_lost_them_leaves_one() {
    let place = Place::new();
    let mut store = busy(&place);
    assert_eq!(store.guesses_left().unwrap(), None, "nobody ever typed a PIN");
    store.set_guesses_left(5).unwrap();
    store.add_staff(&member(1, StaffRole::Supervisor), BOSS).unwrap();
    store.checkpoint().unwrap();
    drop(store);
    assert_eq!(place.open().guesses_left().unwrap(), Some(5));

    let files = place.files();
    let pages = files.iter().find(|(path, _)| path.ends_with("kiosk.db")).unwrap().1.len() / 4_096;
    let mut kept = 0;
    for page in 1..pages {
        let mut spoiled = files.clone();
        let (_, database) = spoiled.iter_mut().find(|(path, _)| path.ends_with("kiosk.db")).unwrap();
        database[page * 4_096 + 100] ^= 1;
        let (store, report) = open_or_salvage(&copy_of(&spoiled));
        let Some(report) = report else { continue };
        let (left, lost) = (store.guesses_left().unwrap(), report.lost.contains_key("meta"));
        assert_eq!(left, Some(if lost || report.log_damaged { 1 } else { 5 }), "page {page}: {report:?}");
        kept += u32::from(!lost);
        let members = store.staff().unwrap();
        assert!(members.is_empty() == report.lost.contains_key("staff"), "page {page}: {report:?}");
    }
    assert!(kept > 0, "most damage leaves them alone");
}
