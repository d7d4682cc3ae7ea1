//! Whom a face may belong to, and what is concluded from it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::AttendeeId;

/// A guest whom a search found alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Who.
    pub attendee: AttendeeId,
    /// How alike, in the unit of the backend and model that searched. Higher is more alike.
    pub score: f32,
}

/// Who searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecisionSource {
    /// The event backend.
    Backend,
    /// The kiosk's own gallery.
    LocalGallery,
    /// Nobody: the face was compared with the one in its guest's ticket.
    Ticket,
}

/// What is concluded from the candidates.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// Surely this guest.
    Accept(Candidate),
    /// Perhaps this guest: a second fact decides.
    Ask(Candidate),
    /// Nobody on the roster, as far as the face tells.
    Unknown,
}
