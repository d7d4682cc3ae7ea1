//! `POST /v1/devices/pair`: a one-use code becomes a revocable token.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Asks for a device identity.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct PairRequest {
    /// The one-use pairing code that staff read from the portal.
    pub code: String,
    /// What staff call this kiosk, e.g. `Entrance left`.
    pub name: String,
    /// The gate it stands at.
    pub gate: String,
}

/// A device identity. The token is shown once and stored only as a hash by the server.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Paired {
    /// The device's id.
    pub device_id: String,
    /// Bearer token of this device.
    pub token: String,
}
