//! `POST /v1/checkins`: entries and undone entries, each with an outcome of its own.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Up to [`crate::CHECK_INS_PER_CALL`] entries, in the order in which they were made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CheckInBatch {
    /// The entries.
    pub entries: Vec<CheckInEntry>,
}

/// One thing that happened at the door.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CheckInEntry {
    /// Client-made `UUIDv7` of this entry: sending it twice changes nothing.
    pub id: String,
    /// The device's own counter, which orders its entries whatever its clock says.
    pub sequence: i64,
    /// Time at the door, RFC 3339.
    pub at: String,
    /// What happened.
    #[serde(flatten)]
    pub kind: EntryKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EntryKind {
    /// A guest entered.
    CheckIn {
        /// Who.
        attendee_id: String,
        /// At which gate.
        gate: String,
        /// `face`, `face_and_fact`, `ticket` or `staff`.
        method: String,
        /// The recognition score, if a face was compared.
        score: Option<f32>,
        /// Why, if staff did it.
        reason: Option<String>,
    },
    /// An earlier entry was taken back.
    Undo {
        /// The id of that entry.
        check_in_id: String,
        /// Why.
        reason: String,
    },
}

/// The answer: one outcome per entry, in the same order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CheckInOutcomes {
    /// The outcomes.
    pub outcomes: Vec<CheckInOutcome>,
}

/// What became of one entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CheckInOutcome {
    /// The entry's id.
    pub id: String,
    /// What became of it.
    #[serde(flatten)]
    pub verdict: CheckInVerdict,
}

/// What became of one entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum CheckInVerdict {
    /// Written down now.
    Recorded,
    /// Written down by an earlier delivery of the same entry.
    AlreadyRecorded,
    /// The guest had entered before by another entry.
    Duplicate {
        /// When the first entry was, RFC 3339.
        first_at: String,
        /// The name of the first entry's gate.
        first_gate: String,
    },
    /// Refused for good; sending it again will not help.
    Rejected {
        /// Why, in words for staff.
        reason: String,
    },
}
