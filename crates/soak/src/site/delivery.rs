//! Entries in the backend's words, and its verdicts in the store's.

use anyhow::Result;
use portico_protocol::{CheckInEntry, CheckInVerdict, utc_millis};
use portico_store::{OutboxEntry, Settlement};
use portico_types::{FirstEntry, Reason};

/// An entry as it goes over the wire.
pub fn entry(entry: &OutboxEntry) -> CheckInEntry {
    portico_ticketing::entry_record(&portico_sync::delivery(entry))
}

/// What a verdict means for the outbox.
pub fn settlement(verdict: CheckInVerdict) -> Result<Settlement> {
    Ok(match verdict {
        CheckInVerdict::Recorded | CheckInVerdict::AlreadyRecorded => Settlement::Delivered,
        CheckInVerdict::Duplicate { first_at, first_gate, .. } => {
            Settlement::Duplicate { first: FirstEntry { at: utc_millis(&first_at)?, gate: Some(first_gate) } }
        }
        CheckInVerdict::Rejected { reason, code, values } => {
            Settlement::Parked { reason: Reason { code, values, text: reason } }
        }
    })
}
