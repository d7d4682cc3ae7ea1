//! From the contract's records to the kiosk's words and back.
//!
//! A record that cannot be read is left out and logged by its id: one bad row must not keep all others from arriving.

use std::fmt::Display;

use portico_protocol::{
    AttendeesPage, AuditHeadRecord, CheckInEntry, CheckInOutcomes, CheckInVerdict, ConsentRecord,
    EnrolMetadata, EntryKind, TemplatesPage, method_name, rfc3339, utc_millis,
};
use portico_types::{
    Attendee, AttendeeId, AuditHead, Conflict, Consent, FirstEntry, Reason, Template, TemplateId, UtcMillis,
};

use crate::BackendError;
use crate::backend::{Answer, ConflictsPage, Delivery, DoorAct, GalleryPage, RosterPage, Verdict};

impl<T> Answer<T> {
    pub(super) fn map<U>(self, convert: impl FnOnce(T) -> U) -> Answer<U> {
        Answer { value: convert(self.value), server_time: self.server_time }
    }
}

pub(super) fn roster_page(page: AttendeesPage) -> RosterPage {
    let convert = |record: portico_protocol::AttendeeRecord| {
        let id = record.id.clone();
        readable(&id, Attendee::try_from(record))
    };
    RosterPage {
        attendees: page.attendees.into_iter().filter_map(convert).collect(),
        removed: page.removed.into_iter().map(AttendeeId::new).collect(),
        cursor: page.cursor,
        more: page.more,
    }
}

pub(super) fn gallery_page(page: TemplatesPage) -> GalleryPage {
    let convert = |record: portico_protocol::TemplateRecord| {
        let id = record.id.clone();
        readable(&id, Template::try_from(record))
    };
    GalleryPage {
        templates: page.templates.into_iter().filter_map(convert).collect(),
        removed: page.removed.into_iter().map(TemplateId::new).collect(),
        cursor: page.cursor,
        more: page.more,
    }
}

pub(super) fn conflicts_page(page: portico_protocol::ConflictsPage) -> ConflictsPage {
    let convert = |record: portico_protocol::ConflictRecord| {
        let id = record.second.id.clone();
        readable(&id, Conflict::try_from(record))
    };
    ConflictsPage {
        conflicts: page.conflicts.into_iter().filter_map(convert).collect(),
        cursor: page.cursor,
        more: page.more,
    }
}

fn readable<T>(id: &str, record: Result<T, impl Display>) -> Option<T> {
    record.inspect_err(|error| tracing::warn!(id, %error, "record left out")).ok()
}

pub(super) fn enrolment(consent: &Consent, expires_at: UtcMillis) -> EnrolMetadata {
    let consent = ConsentRecord {
        text_version: consent.text_version.clone(),
        language: consent.language.clone(),
        agreed_at: rfc3339(consent.agreed_at),
        device: None,
    };
    EnrolMetadata { consent, expires_at: rfc3339(expires_at) }
}

pub(super) fn audit_head(head: AuditHead) -> AuditHeadRecord {
    AuditHeadRecord { seq: head.seq, hash: hex::encode(head.hash) }
}

/// A delivery in the words of the contract.
pub fn entry_record(delivery: &Delivery) -> CheckInEntry {
    let (at, kind) = match &delivery.act {
        DoorAct::CheckIn(check_in) => (
            check_in.at,
            EntryKind::CheckIn {
                attendee_id: check_in.attendee.to_string(),
                gate: check_in.gate.to_string(),
                method: method_name(check_in.method).to_owned(),
                score: check_in.score,
                reason: check_in.reason.clone(),
            },
        ),
        DoorAct::Register(walk_in) => (
            walk_in.at,
            EntryKind::Register {
                attendee_id: walk_in.id.to_string(),
                name: walk_in.name.clone(),
                company: walk_in.company.clone(),
                phone_last4: walk_in.phone_last4.clone(),
                note: walk_in.note.clone(),
            },
        ),
        DoorAct::Undo { check_in, at, reason } => {
            (*at, EntryKind::Undo { check_in_id: check_in.to_string(), reason: reason.clone() })
        }
        DoorAct::Resolve { conflict, resolution, at, reason } => {
            let conflict_id = conflict.to_string();
            (
                *at,
                EntryKind::Resolve { conflict_id, resolution: (*resolution).into(), reason: reason.clone() },
            )
        }
        DoorAct::Withdraw { attendee, at, reason } => {
            (*at, EntryKind::Withdraw { attendee_id: attendee.to_string(), reason: reason.clone() })
        }
    };
    CheckInEntry { id: delivery.id.to_string(), sequence: delivery.sequence, at: rfc3339(at), kind }
}

/// The verdicts, after making sure that they are about these deliveries, one for one: settling the wrong entry would
/// lose a check-in.
pub(super) fn verdicts(
    deliveries: &[Delivery],
    answer: CheckInOutcomes,
) -> Result<Vec<Verdict>, BackendError> {
    if answer.outcomes.len() != deliveries.len() {
        return Err(BackendError::Malformed("not one outcome per entry"));
    }
    let matched = deliveries.iter().zip(answer.outcomes).map(|(delivery, outcome)| {
        if outcome.id != delivery.id.to_string() {
            return Err(BackendError::Malformed("an outcome of another entry"));
        }
        verdict(outcome.verdict)
    });
    matched.collect()
}

fn verdict(verdict: CheckInVerdict) -> Result<Verdict, BackendError> {
    Ok(match verdict {
        CheckInVerdict::Recorded => Verdict::Recorded,
        CheckInVerdict::AlreadyRecorded => Verdict::AlreadyRecorded,
        // How the first entry was made comes with the conflict.
        CheckInVerdict::Duplicate { first_at, first_gate, first_method: _ } => {
            let at = utc_millis(&first_at).map_err(|_| BackendError::Malformed("first entry's time"))?;
            Verdict::Duplicate(FirstEntry { at, gate: Some(first_gate) })
        }
        CheckInVerdict::Rejected { reason, code, values } => {
            Verdict::Rejected { reason: Reason { code, values, text: reason } }
        }
    })
}
