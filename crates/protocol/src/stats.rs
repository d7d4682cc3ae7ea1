//! `GET /v1/stats`: totals per gate and per minute.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How the event is filling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Stats {
    /// Guests on the roster.
    pub attendees: u64,
    /// Guests with at least one enrolled face.
    pub enrolled: u64,
    /// Guests inside.
    pub checked_in: u64,
    /// Entries per gate.
    pub by_gate: Vec<GateCount>,
    /// Entries per minute, only minutes with entries, oldest first.
    pub by_minute: Vec<MinuteCount>,
}

/// Entries through one gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GateCount {
    /// The gate's id.
    pub gate: String,
    /// How many.
    pub count: u64,
}

/// Entries within one minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MinuteCount {
    /// Start of the minute, RFC 3339.
    pub minute: String,
    /// How many.
    pub count: u64,
}
