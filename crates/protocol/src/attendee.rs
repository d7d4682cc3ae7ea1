//! `GET /v1/attendees?since=CURSOR`: the roster as deltas with tombstones.

use portico_types::{Attendee, AttendeeId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{TimeError, rfc3339, utc_millis};

/// A guest on the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttendeeRecord {
    /// The backend's id.
    pub id: String,
    /// The name as the guest wants to be greeted.
    pub name: String,
    /// Company or group.
    pub company: Option<String>,
    /// The code on the ticket.
    pub ticket_code: String,
    /// Last four digits of the guest's phone.
    pub phone_last4: Option<String>,
    /// What the event wants the guest to know at the door.
    pub note: Option<String>,
    /// First entry, RFC 3339.
    pub checked_in_at: Option<String>,
    /// The name of the gate of that entry.
    pub checked_in_gate: Option<String>,
}

/// One page of changes since a cursor, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttendeesPage {
    /// Added or changed guests.
    pub attendees: Vec<AttendeeRecord>,
    /// Guests that are no longer on the roster.
    pub removed: Vec<String>,
    /// Where the next call goes on.
    pub cursor: String,
    /// Whether another page is ready.
    pub more: bool,
}

impl TryFrom<AttendeeRecord> for Attendee {
    type Error = TimeError;

    fn try_from(record: AttendeeRecord) -> Result<Self, TimeError> {
        Ok(Self {
            id: AttendeeId::new(record.id),
            name: record.name,
            company: record.company,
            ticket_code: record.ticket_code,
            phone_last4: record.phone_last4,
            note: record.note,
            checked_in_at: record.checked_in_at.as_deref().map(utc_millis).transpose()?,
            checked_in_gate: record.checked_in_gate,
        })
    }
}

impl From<Attendee> for AttendeeRecord {
    fn from(attendee: Attendee) -> Self {
        Self {
            id: attendee.id.to_string(),
            name: attendee.name,
            company: attendee.company,
            ticket_code: attendee.ticket_code,
            phone_last4: attendee.phone_last4,
            note: attendee.note,
            checked_in_at: attendee.checked_in_at.map(rfc3339),
            checked_in_gate: attendee.checked_in_gate,
        }
    }
}
