//! A guest's entry, and what became of the wish to enter.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AttendeeId, CheckInId, GateId, UtcMillis};

/// How a guest was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// By face alone.
    Face,
    /// By face and a second fact.
    FaceAndFact,
    /// By the code on the ticket.
    Ticket,
    /// By name and a second fact.
    NameAndFact,
    /// By staff.
    Staff,
}

/// One entry of one guest at one door.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckIn {
    /// Made by the kiosk.
    pub id: CheckInId,
    /// Who entered.
    pub attendee: AttendeeId,
    /// Where.
    pub gate: GateId,
    /// How they were recognised.
    pub method: Method,
    /// Time at the door.
    pub at: UtcMillis,
    /// The recognition score, if a face was compared; for the record, never for the screen.
    pub score: Option<f32>,
    /// Why, if staff did it, or what the kiosk noticed.
    pub reason: Option<String>,
}

/// An earlier entry of the same guest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FirstEntry {
    /// When.
    pub at: UtcMillis,
    /// At which gate, as staff call it.
    pub gate: Option<String>,
}

/// What became of a guest's wish to enter. Committed to disk before anybody sees it (I2).
#[derive(Clone, Debug, PartialEq)]
pub enum Admission {
    /// Entered now.
    Recorded(CheckIn),
    /// Had entered before.
    AlreadyIn(FirstEntry),
    /// Not on the roster (any more).
    NotOnRoster,
}
