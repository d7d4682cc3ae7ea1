//! What happens at the door besides entries: how recognition went, and what guests needed a person for. Nothing here
//! names anybody.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::TicketRefusal;

/// How a recognition went, or what it brought about. The stored form is the snake-case name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A face was recognised.
    Accepted,
    /// A face was nearly recognised, and the guest was asked for a second thing.
    Asked,
    /// A face was not found.
    Unknown,
    /// What the camera showed looked like a picture held up to it. Counted beside the three above.
    SpoofWarning,
    /// The guest asked for a person.
    StaffCalled,
}

/// Why a guest needs a person. The stored form is the snake-case name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StaffNotice {
    /// The guest asked.
    Called,
    /// A face was not found on the roster.
    NotFound,
    /// The second fact was wrong too often, or no guest had both the name and the digits.
    FactRefused,
    /// A possible spoof: what the camera showed looked like a picture held up to it.
    SpoofWarning,
    /// A guest did not do what the challenge asked, and is let in another way.
    ChallengeNotMet,
    /// The entry could not be written down.
    StorageFailed,
    /// A ticket was shown that must not let anybody in. Stored as what is wrong with it.
    #[serde(untagged)]
    TicketRefused(TicketRefusal),
}
