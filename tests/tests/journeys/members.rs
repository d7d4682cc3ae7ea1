//! Who belongs to the staff: PINs of their own, names, roles, and the one PIN of an older kiosk.

use std::path::Path;

use portico_app::contract::{StaffLock, View};
use portico_store::{Actor, AuditVerdict, PinVerifier};
use portico_tests::Journey;
use portico_tests::journey::{PIN, open_store};
use portico_types::{AuditAction, StaffRole};
use serde_json::{Value, json};

/// The PIN of a volunteer.
pub(crate) const NOOR: &str = "1357";

#[tokio::test]
async fn a_supervisor_gives_everybody_a_pin_of_their_own_and_takes_it_away() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    journey.staff_unlock().await;
    let noor = journey.joins("Noor Haddad", StaffRole::Volunteer, NOOR).await;
    for (pin, code) in [(NOOR, "staff.pin_taken"), (PIN, "staff.pin_taken"), ("12", "staff.pin_shape")] {
        let wish = json!({ "name": "Tobias", "role": "volunteer", "pin": pin });
        assert_eq!(journey.call("staff.add_member", wish).await.unwrap_err().code, code, "{pin}");
    }
    let nameless = json!({ "name": "  ", "role": "volunteer", "pin": "7777" });
    assert_eq!(journey.call("staff.add_member", nameless).await.unwrap_err().code, "staff.name_shape");
    journey.does("staff.set_member_pin", json!({ "member": noor, "pin": "8642" })).await;
    let members = journey.does("staff.members", json!({})).await;
    assert_eq!((&members[0]["name"], &members[1]["name"]), (&json!(""), &json!("Noor Haddad")), "{members}");
    let bar = |member: &Value, enabled| json!({ "member": member, "enabled": enabled });
    let last = bar(&members[0]["member"], false);
    let refusal = journey.call("staff.set_member_enabled", last.clone()).await.unwrap_err();
    assert_eq!(refusal.code, "staff.last_supervisor");

    journey.does("staff.set_member_enabled", bar(&noor, false)).await;
    for pin in [NOOR, "8642"] {
        assert_eq!(
            journey.call("staff.unlock", json!({ "pin": pin })).await.unwrap_err().code,
            "staff.pin_wrong"
        );
    }
    journey.does("staff.set_member_enabled", bar(&noor, true)).await;
    journey.joins("Mara Lindqvist", StaffRole::Supervisor, "97531").await;
    journey.does("staff.set_member_enabled", last).await;
    let closed = |view: &View| view.staff.lock == StaffLock::Locked && view.staff.member.is_none();
    journey.until("whoever bars themselves is out", closed).await;
    let view = journey.unlocks_with("97531").await;
    assert_eq!(view.staff.member.as_ref().map(|member| member.name.as_str()), Some("Mara Lindqvist"));
    journey.unlocks_with("8642").await;
    assert!(matches!(journey.ends().await.verify_audit().unwrap(), AuditVerdict::Intact { .. }));
}

#[tokio::test]
async fn a_member_is_renamed_and_gets_another_role_at_once_but_a_supervisor_is_left() {
    let Some(journey) = Journey::begin_without_camera().await else { return };
    let boss = journey.unlocks_with(PIN).await.staff.member.clone().unwrap().id;
    let noor = journey.joins("Noor Hadad", StaffRole::Volunteer, NOOR).await;
    let change =
        |member: &Value, name: &str, role: &str| json!({ "member": member, "name": name, "role": role });
    let refusal = async |wish| journey.call("staff.change_member", wish).await.unwrap_err().code;
    assert_eq!(refusal(change(&noor, " ", "volunteer")).await, "staff.name_shape");
    assert_eq!(refusal(change(&noor, "Noor\nHaddad", "volunteer")).await, "staff.name_shape");
    assert_eq!(refusal(change(&json!(boss), "Mara", "volunteer")).await, "staff.last_supervisor");
    let nobody = json!("00000000-0000-7000-8000-000000000000");
    assert_eq!(refusal(change(&nobody, "Mara", "volunteer")).await, "staff.unknown_member");

    journey.does("staff.change_member", change(&noor, " Noor Haddad ", "supervisor")).await;
    let is_mara =
        |view: &View| view.staff.member.as_ref().is_some_and(|member| member.name == "Mara Lindqvist");
    journey.does("staff.change_member", change(&json!(boss), "Mara Lindqvist", "supervisor")).await;
    journey.until("whoever is here sees their new name", is_mara).await;
    journey.does("staff.change_member", change(&json!(boss), "Mara Lindqvist", "volunteer")).await;
    let is_volunteer =
        |view: &View| view.staff.member.as_ref().is_some_and(|member| member.role == StaffRole::Volunteer);
    journey.until("and that they are a volunteer", is_volunteer).await;
    assert_eq!(refusal(change(&json!(boss), "Mara", "supervisor")).await, "staff.supervisor_only");
    journey.does("staff.recent", json!({})).await;

    let view = journey.unlocks_with(NOOR).await;
    let here = view.staff.member.as_ref().map(|member| (member.name.as_str(), member.role));
    assert_eq!(here, Some(("Noor Haddad", StaffRole::Supervisor)));
    assert_eq!(refusal(change(&noor, "Noor Haddad", "volunteer")).await, "staff.last_supervisor");
    let rows = journey.ends().await.audit_rows(50).unwrap();
    let changes: Vec<_> = rows
        .iter()
        .filter(|row| matches!(row.note.action, AuditAction::StaffRenamed | AuditAction::StaffRoleSet))
        .collect();
    assert_eq!(changes.len(), 4, "{changes:?}");
    assert!(changes.iter().all(|row| row.note.actor == Actor::Staff(boss)), "{changes:?}");
    let said = format!("{changes:?}");
    assert!(!said.contains("Noor") && !said.contains("Mara"), "ids, and no names: {said}");
}

/// "8642" as a kiosk of the time of one PIN for all kept it; made by the reference implementation of argon2.
const OLD_PIN: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$BwcHBwcHBwcHBwcHBwcHBw$yP16VqwuyKCU/qdu4S7x/R/2HKXA6yBdLT8O85uZomM";

#[tokio::test]
async fn the_one_pin_of_an_older_kiosk_opens_it_still_and_is_kept_better_from_then_on() {
    let Some(mut journey) = Journey::begin_without_camera().await else { return };
    let set_back = |folder: &Path| {
        let mut store = open_store(folder);
        let supervisor = store.staff().unwrap()[0].id;
        store.renew_staff_pin(supervisor, &PinVerifier::new(OLD_PIN)).unwrap();
    };
    journey.loses_power_and_starts_again_with(set_back).await;
    let view = journey.unlocks_with("8642").await;
    assert_eq!(view.staff.member.as_ref().map(|member| member.role), Some(StaffRole::Supervisor));
    journey.joins("Noor Haddad", StaffRole::Volunteer, NOOR).await;
    journey.unlocks_with("8642").await;
    let kept = journey.ends().await.staff().unwrap();
    assert!(kept.iter().all(|member| member.pin.as_str().contains("keyid=")), "every PIN is peppered now");
}
