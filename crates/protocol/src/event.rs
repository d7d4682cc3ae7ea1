//! `GET /v1/event`: what the kiosk needs to know of the event.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::EntryRule;

/// The event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EventRecord {
    /// The event's id.
    pub id: String,
    /// The event's name, as guests read it.
    pub name: String,
    /// IANA time zone of the venue, e.g. `Asia/Shanghai`.
    pub time_zone: String,
    /// Doors.
    pub gates: Vec<GateRecord>,
    /// Rules.
    pub policy: Policy,
    /// Looks.
    pub branding: Branding,
}

/// A door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GateRecord {
    /// The gate's id.
    pub id: String,
    /// What staff and guests call it.
    pub name: String,
}

/// Rules of the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Policy {
    /// How a guest's name is shown on the public screen.
    pub shown_name: NamePolicy,
    /// Whether kiosks may send face crops to the backend (I5); if not, only the local gallery decides.
    pub crops_may_leave_device: bool,
    /// Budget for the network on the guest's way, in milliseconds (I4).
    pub network_budget_ms: u32,
    /// How often a guest may enter.
    #[serde(default)]
    pub entry: EntryRule,
}

/// How a guest's name is shown on the public screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NamePolicy {
    /// As registered.
    Full,
    /// The first word only.
    FirstWord,
    /// No name.
    Hidden,
}

/// Looks of the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Branding {
    /// Accent colour, `#rrggbb`.
    pub accent: String,
    /// A sentence under the event's name on the idle screen.
    pub tagline: Option<String>,
}
