//! How the exchange with the backend stands, for the screens and for diagnostics.

use portico_types::UtcMillis;

/// Whether the backend can be worked with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// It answers.
    Online,
    /// It does not answer, or has not been asked yet.
    #[default]
    Offline,
    /// It answers that this kiosk has no access (any more).
    Revoked,
}

/// How the exchange stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncStatus {
    /// Whether the backend can be worked with.
    pub connection: Connection,
    /// When it last gave a useful answer.
    pub last_success: Option<UtcMillis>,
    /// How far its clock is ahead of ours, in milliseconds.
    pub server_offset_ms: Option<i64>,
    /// Stable code of the failure of the latest task, if it failed.
    pub failure: Option<&'static str>,
}
