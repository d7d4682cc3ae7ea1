//! Failures as screens see them: a stable code and what to do, never text to match on.

use serde::Serialize;
use ts_rs::TS;

/// What a screen does about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Recovery {
    /// The same call may succeed in a moment.
    Retry,
    /// Go on without this.
    Degrade,
    /// The person at the screen can put it right; the text says how.
    Guide,
    /// Staff must help.
    Staff,
    /// The kiosk cannot go on.
    Stop,
}

/// A call that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("{code}")]
pub struct RpcError {
    /// Stable dotted code, e.g. `staff.pin_wrong`; the screen's locale files hold the words.
    pub code: String,
    /// What to do.
    pub recovery: Recovery,
    /// Seconds until it makes sense to try again, where that is known.
    pub retry_after_seconds: Option<u32>,
}

impl RpcError {
    /// A failure with a code.
    pub fn new(code: &str, recovery: Recovery) -> Self {
        Self { code: code.to_owned(), recovery, retry_after_seconds: None }
    }

    /// Staff mode is closed.
    pub fn locked() -> Self {
        Self::new("staff.locked", Recovery::Staff)
    }

    /// Staff mode is open, and this is for supervisors.
    pub fn supervisor_only() -> Self {
        Self::new("staff.supervisor_only", Recovery::Staff)
    }

    /// The call's text is not a call of this contract.
    pub fn malformed() -> Self {
        Self::new("rpc.malformed", Recovery::Stop)
    }

    /// The kiosk is shutting down, or one of its threads has died.
    pub fn unavailable() -> Self {
        Self::new("kiosk.unavailable", Recovery::Retry)
    }

    pub(super) fn encoded(reply: impl Serialize) -> Result<serde_json::Value, Self> {
        serde_json::to_value(reply).map_err(|_| Self::new("rpc.unencodable", Recovery::Stop))
    }
}
