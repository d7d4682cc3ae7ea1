//! `GET /v1/conflicts?since=CURSOR`: guests who were let in twice, as a feed of changes.

use portico_types::{AttendeeId, CheckInId, Conflict, ConflictEntry, ConflictState, Resolution};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{method_name, method_named, rfc3339, utc_millis};

/// One page of changes since a cursor, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConflictsPage {
    /// New conflicts, and conflicts whose state changed.
    pub conflicts: Vec<ConflictRecord>,
    /// Where the next call goes on.
    pub cursor: String,
    /// Whether another page is ready.
    pub more: bool,
}

/// A guest whom two gates let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConflictRecord {
    /// Who.
    pub attendee_id: String,
    /// The entry that stood when the second one arrived.
    pub first: ConflictEntryRecord,
    /// The entry that the rule does not allow. Its id is the conflict's id.
    pub second: ConflictEntryRecord,
    /// Where it stands.
    pub state: ConflictStateRecord,
    /// The kiosk at which it was resolved.
    pub resolved_by: Option<String>,
    /// When it was resolved, RFC 3339.
    pub resolved_at: Option<String>,
}

/// One of the two entries of a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConflictEntryRecord {
    /// The entry's id.
    pub id: String,
    /// Time at the door, RFC 3339.
    pub at: String,
    /// The gate's name.
    pub gate: String,
    /// `face`, `face_and_fact`, `ticket`, `name_and_fact` or `staff`.
    pub method: String,
    /// The kiosk's name.
    pub device: String,
}

/// Where a conflict stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConflictStateRecord {
    /// Nobody has looked at it.
    Open,
    /// Both entries were this guest; the first one stands.
    Accepted,
    /// The second entry was not this guest; the first one stands.
    Undone,
    /// The first entry was taken back; the second one stands in its place.
    Promoted,
}

/// What staff decide about a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResolutionRecord {
    /// Both entries were this guest.
    Accept,
    /// The second entry was not this guest: it is taken back.
    Undo,
}

/// Why a conflict from the wire cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("conflict {id}: {reason}")]
pub struct ConflictError {
    /// Which conflict.
    pub id: String,
    /// What is wrong with it.
    pub reason: String,
}

impl TryFrom<ConflictRecord> for Conflict {
    type Error = ConflictError;

    fn try_from(record: ConflictRecord) -> Result<Self, ConflictError> {
        let id = record.second.id.clone();
        let fail = |reason: String| ConflictError { id: id.clone(), reason };
        let resolved_at = record.resolved_at.as_deref().map(utc_millis).transpose();
        Ok(Self {
            attendee: AttendeeId::new(record.attendee_id),
            first: entry(record.first).map_err(fail)?,
            second: entry(record.second).map_err(fail)?,
            state: record.state.into(),
            resolved_by: record.resolved_by,
            resolved_at: resolved_at.map_err(|e| fail(e.to_string()))?,
        })
    }
}

fn entry(record: ConflictEntryRecord) -> Result<ConflictEntry, String> {
    let id = Uuid::parse_str(&record.id).map_err(|e| e.to_string())?;
    Ok(ConflictEntry {
        check_in: CheckInId(id),
        at: utc_millis(&record.at).map_err(|e| e.to_string())?,
        gate: record.gate,
        method: method_named(&record.method).ok_or_else(|| format!("`{}` is no method", record.method))?,
        device: record.device,
    })
}

impl From<ConflictStateRecord> for ConflictState {
    fn from(record: ConflictStateRecord) -> Self {
        match record {
            ConflictStateRecord::Open => Self::Open,
            ConflictStateRecord::Accepted => Self::Accepted,
            ConflictStateRecord::Undone => Self::Undone,
            ConflictStateRecord::Promoted => Self::Promoted,
        }
    }
}

impl From<Resolution> for ResolutionRecord {
    fn from(resolution: Resolution) -> Self {
        match resolution {
            Resolution::Accept => Self::Accept,
            Resolution::Undo => Self::Undo,
        }
    }
}

impl From<&ConflictEntry> for ConflictEntryRecord {
    fn from(entry: &ConflictEntry) -> Self {
        Self {
            id: entry.check_in.to_string(),
            at: rfc3339(entry.at),
            gate: entry.gate.clone(),
            method: method_name(entry.method).to_owned(),
            device: entry.device.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use portico_types::{Method, UtcMillis};

    use super::*;

    fn record(at: i64) -> ConflictEntryRecord {
        ConflictEntryRecord::from(&ConflictEntry {
            check_in: CheckInId(Uuid::from_u128(at as u128)),
            at: UtcMillis(at),
            gate: "North".into(),
            method: Method::Ticket,
            device: "Left".into(),
        })
    }

    fn conflict() -> ConflictRecord {
        ConflictRecord {
            attendee_id: "a1".into(),
            first: record(1_000),
            second: record(2_000),
            state: ConflictStateRecord::Open,
            resolved_by: None,
            resolved_at: None,
        }
    }

    #[test]
    fn a_conflict_survives_the_wire_and_is_named_by_its_second_entry() {
        let read = Conflict::try_from(conflict()).unwrap();
        assert_eq!(read.id().to_string(), conflict().second.id);
        assert_eq!(read.first.at, UtcMillis(1_000));
        assert_eq!(ConflictEntryRecord::from(&read.second), conflict().second);
    }

    #[test]
    fn a_method_of_a_later_version_is_refused_and_named() {
        let mut record = conflict();
        record.first.method = "telepathy".into();
        assert!(Conflict::try_from(record).unwrap_err().to_string().contains("telepathy"));
    }
}
