//! The calls about enrolling a face and taking the consent back: the guest's, and staff's on a guest's behalf.

use portico_protocol::ConsentText;
use portico_session::Input;
use portico_store::{Actor, AuditNote};
use portico_types::{AttendeeId, AuditAction, Consent};

use super::audit::note;
use super::staff::{ask, stated, storage_failed_code};
use crate::contract::{Agree, ConsentSheet, Handled, OnDuty, Recovery, RpcError};
use crate::runner::{Equipment, is_enrolled, shown_name, withdraw};

/// The text of the event in `language`, or in English.
pub(super) fn sheet(equipment: &Equipment, language: &str) -> Result<ConsentSheet, RpcError> {
    let text = text(equipment)?;
    let (language, words) = text.words(language).ok_or_else(not_offered)?;
    Ok(ConsentSheet {
        language: language.to_owned(),
        title: words.title.clone(),
        paragraphs: words.paragraphs.clone(),
        statement: words.statement.clone(),
        version: text.version.clone(),
        separate: text.separate,
    })
}

/// What the guest agreed to, if it is what the event asks today.
pub(super) fn consent(equipment: &Equipment, agreed: Agree) -> Result<Input, RpcError> {
    let text = text(equipment)?;
    if agreed.version != text.version || !text.languages.contains_key(&agreed.language) {
        return Err(RpcError::new("consent.outdated", Recovery::Guide));
    }
    // Where the law asks for an act of its own, a tap that skips it is no consent.
    if text.separate && !agreed.ticked {
        return Err(RpcError::new("consent.not_ticked", Recovery::Guide));
    }
    let agreed_at = equipment.clock.utc();
    Ok(Input::ConsentGiven(Consent { text_version: agreed.version, language: agreed.language, agreed_at }))
}

/// Leads a guest to the text. What is agreed to there is the guest's affair.
pub(super) async fn start(
    equipment: &Equipment,
    by: OnDuty,
    attendee: AttendeeId,
    reason: String,
) -> Result<Input, RpcError> {
    let reason = stated(reason)?;
    text(equipment)?;
    if equipment.situation().is_offline(equipment.clock.now()) {
        return Err(RpcError::new("enrol.offline", Recovery::Retry));
    }
    let sought = attendee.clone();
    let Some(guest) = ask(equipment, move |store| store.attendee(&sought)).await? else {
        return Err(RpcError::new("staff.unknown_guest", Recovery::Guide));
    };
    match is_enrolled(equipment, attendee.clone()).await {
        Some(false) => {}
        Some(true) => return Err(RpcError::new("enrol.already", Recovery::Guide)),
        None => return Err(storage_failed_code()),
    }
    let note = AuditNote {
        attendee: Some(attendee.clone()),
        reason: Some(reason),
        ..note(equipment, by, AuditAction::Enrol)
    };
    ask(equipment, move |store| store.record_audit(&note)).await?;
    let name = shown_name(&guest.name, equipment.situation().policy.shown_name);
    Ok(Input::EnrolmentStarted { attendee, name })
}

/// Removes a guest's face data because they asked staff.
pub(super) async fn remove(
    equipment: &Equipment,
    by: OnDuty,
    attendee: AttendeeId,
    reason: String,
) -> Result<Handled, RpcError> {
    let reason = stated(reason)?;
    if withdraw(equipment, attendee, Actor::Staff(by.member), reason).await {
        Ok(Handled {})
    } else {
        Err(storage_failed_code())
    }
}

fn text(equipment: &Equipment) -> Result<ConsentText, RpcError> {
    let rules = equipment.situation().policy.face_enrolment;
    rules.filter(|rules| rules.at_kiosk).and_then(|rules| rules.text).ok_or_else(not_offered)
}

fn not_offered() -> RpcError {
    RpcError::new("enrol.not_offered", Recovery::Guide)
}
