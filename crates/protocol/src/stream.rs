//! `GET /v1/stream`: server-sent events. They say what to pull, never carry personal data.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something changed. The SSE `data` field is this as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum StreamEvent {
    /// The roster changed, also by check-ins at other kiosks: pull `/v1/attendees`.
    Roster,
    /// The gallery changed: pull `/v1/templates`.
    Templates,
    /// A guest was let in twice, or staff decided about one: pull `/v1/conflicts`.
    Conflicts,
    /// The event's rules or looks changed: pull `/v1/event`.
    Event,
    /// This device's token is no longer valid.
    Revoked,
}
