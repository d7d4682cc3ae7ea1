//! Who is expected, and the face templates that they consented to.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AttendeeId, Embedding, ModelId, TemplateId, UtcMillis};

/// A guest on the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Attendee {
    /// The backend's id.
    pub id: AttendeeId,
    /// The name as the guest wants to be greeted.
    pub name: String,
    /// Company or group, if the event shows one.
    pub company: Option<String>,
    /// The short code printed on the ticket, unique within the event. Upper case letters and digits.
    pub ticket_code: String,
    /// Last four digits of the guest's phone, the second fact that "Is this you?" asks for.
    pub phone_last4: Option<String>,
    /// What the event wants the guest to know at the door: a table, a hall.
    pub note: Option<String>,
    /// First entry known to the backend, wherever it was made.
    pub checked_in_at: Option<UtcMillis>,
    /// The gate of that first entry.
    pub checked_in_gate: Option<String>,
}

/// A guest's agreement to be recognised by face.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Consent {
    /// Version of the text that the guest agreed to.
    pub text_version: String,
    /// Language that the text was shown in (BCP 47).
    pub language: String,
    /// When the guest agreed.
    pub agreed_at: UtcMillis,
}

/// One enrolled face vector of one guest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// The backend's id of this template.
    pub id: TemplateId,
    /// Whose face it is.
    pub attendee: AttendeeId,
    /// The recogniser that made it; vectors of different models are never compared.
    pub model: ModelId,
    /// The unit-length vector.
    pub embedding: Embedding,
    /// The consent it rests on.
    pub consent: Consent,
    /// When it must be gone from every device.
    pub expires_at: UtcMillis,
}

/// A guest who came without being on the list, as staff added them at the door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalkIn {
    /// Made by the kiosk (`UUIDv7`).
    pub id: AttendeeId,
    /// The name as the guest wants to be greeted.
    pub name: String,
    /// Company or group.
    pub company: Option<String>,
    /// Last four digits of the phone; no more of it is kept anywhere.
    pub phone_last4: Option<String>,
    /// What the event should know at the door.
    pub note: Option<String>,
    /// When they were added.
    pub at: UtcMillis,
}
