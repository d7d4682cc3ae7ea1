//! Failures on the wire: problem details as in RFC 9457, with a stable code.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ReasonRecord;

/// Media type of a [`Problem`].
pub const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";

/// A failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// `about:blank#<code>`: a name, not an address to fetch.
    #[serde(rename = "type")]
    pub kind: String,
    /// The stable code.
    pub code: ProblemCode,
    /// The HTTP status again.
    pub status: u16,
    /// What happened, the same for every problem of this code.
    pub title: String,
    /// What is wrong this time and what to do about it.
    pub detail: String,
    /// The same by name, where people are shown it: screens say it in their own language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReasonRecord>,
}

/// Stable codes of problems. A code exists because some client reacts to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// No token, or one that is not valid: pair again.
    Unauthorised,
    /// The device was revoked by staff.
    DeviceRevoked,
    /// This device may not do that: pair it with a code that lets it.
    NotAllowed,
    /// The pairing code is wrong, used or too old.
    PairingRefused,
    /// The server serves no event yet.
    UnknownEvent,
    /// No such attendee.
    UnknownAttendee,
    /// No such import; a later one has taken its place.
    UnknownImport,
    /// The body or a parameter is not as the contract says.
    Malformed,
    /// The cursor is not one of this database, or lies beyond its end: read the list from the start.
    CursorRefused,
    /// The body is larger than allowed.
    TooLarge,
    /// The picture cannot be read, or unpacks to more than allowed.
    PictureRefused,
    /// No face was found where one is needed.
    NoFace,
    /// The consent is not one that this event takes: another text, another language, or too long a term.
    ConsentRefused,
    /// Too many calls: wait for `Retry-After`.
    TooMany,
    /// No such address.
    NotFound,
    /// The server failed; try again later.
    Internal,
}
