//! Entries in the backend's words, and its verdicts in the store's.

use anyhow::Result;
use portico_protocol::{CheckInEntry, CheckInVerdict, EntryKind, rfc3339, utc_millis};
use portico_store::{OutboxBody, OutboxEntry, Settlement};
use portico_types::{FirstEntry, Method};

/// An entry as it goes over the wire.
pub fn entry(entry: &OutboxEntry) -> CheckInEntry {
    let (at, kind) = match &entry.body {
        OutboxBody::CheckIn(check_in) => (
            check_in.at,
            EntryKind::CheckIn {
                attendee_id: check_in.attendee.to_string(),
                gate: check_in.gate.to_string(),
                method: method(check_in.method).to_owned(),
                score: check_in.score,
                reason: check_in.reason.clone(),
            },
        ),
        OutboxBody::Undo { check_in, at, reason } => {
            (*at, EntryKind::Undo { check_in_id: check_in.to_string(), reason: reason.clone() })
        }
        OutboxBody::Resolve { conflict, resolution, at, reason } => (
            *at,
            EntryKind::Resolve {
                conflict_id: conflict.to_string(),
                resolution: (*resolution).into(),
                reason: reason.clone(),
            },
        ),
    };
    CheckInEntry { id: entry.id.to_string(), sequence: entry.seq, at: rfc3339(at), kind }
}

/// What a verdict means for the outbox.
pub fn settlement(verdict: CheckInVerdict) -> Result<Settlement> {
    Ok(match verdict {
        CheckInVerdict::Recorded | CheckInVerdict::AlreadyRecorded => Settlement::Delivered,
        CheckInVerdict::Duplicate { first_at, first_gate, .. } => {
            Settlement::Duplicate { first: FirstEntry { at: utc_millis(&first_at)?, gate: Some(first_gate) } }
        }
        CheckInVerdict::Rejected { reason } => Settlement::Parked { reason },
    })
}

const fn method(method: Method) -> &'static str {
    match method {
        Method::Face => "face",
        Method::FaceAndFact => "face_and_fact",
        Method::Ticket => "ticket",
        Method::Staff => "staff",
    }
}
