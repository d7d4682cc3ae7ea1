//! Identifiers. Those that a backend chooses are opaque strings, those that a kiosk makes are `UUIDv7`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! opaque_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps the backend's text unchanged.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The backend's text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

opaque_id! {
    /// A guest on the roster, as the backend names them.
    AttendeeId
}
opaque_id! {
    /// The venue's event.
    EventId
}
opaque_id! {
    /// A door of the venue.
    GateId
}
opaque_id! {
    /// A paired kiosk.
    DeviceId
}
opaque_id! {
    /// One enrolled face vector.
    TemplateId
}

/// A check-in, made by the kiosk (`UUIDv7`), so that delivering it twice changes nothing (I3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct CheckInId(#[ts(type = "string")] pub Uuid);

impl std::fmt::Display for CheckInId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A member of the venue's staff at one kiosk (`UUIDv7`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct StaffId(#[ts(type = "string")] pub Uuid);

impl StaffId {
    /// Whoever held the only PIN of a kiosk from the time before personal PINs.
    pub const FIRST: Self = Self(Uuid::from_u128(1));
}

impl std::fmt::Display for StaffId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// One face followed over frames; never reused while the app runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct TrackId(pub u32);
