//! Why an identification failed.

use std::time::Duration;

use portico_protocol::ProblemCode;

/// Why there is no answer. The guest never waits for a second try: the local gallery decides instead.
#[derive(Debug, thiserror::Error)]
pub enum IdentifyError {
    /// The address or the token cannot be used in a request.
    #[error("the backend's {0} is not usable")]
    Settings(&'static str),
    /// The budget passed first, at whatever step.
    #[error("no answer within {} ms", budget.as_millis())]
    Timeout {
        /// What had been allowed.
        budget: Duration,
    },
    /// Name resolution, connection, TLS or the transfer failed.
    #[error("the backend cannot be reached")]
    Transport(#[source] reqwest::Error),
    /// Something answered that is not the backend, such as a captive portal.
    #[error("status {status} came from something else than the backend")]
    Foreign {
        /// HTTP status.
        status: u16,
    },
    /// The token is not valid any more.
    #[error("the backend does not accept this device")]
    Unauthorised,
    /// The backend wants fewer calls.
    #[error("the backend asks for fewer calls")]
    TooMany,
    /// The backend refuses this request.
    #[error("the backend refuses the request: {code:?}")]
    Refused {
        /// Its reason.
        code: ProblemCode,
    },
    /// The backend itself failed.
    #[error("the backend failed with status {status}")]
    Server {
        /// HTTP status.
        status: u16,
    },
    /// The answer is not as the contract says.
    #[error("the answer breaks the contract: {0}")]
    Malformed(&'static str),
}

impl IdentifyError {
    /// A stable name for the UI and the logs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Settings(_) => "identify.settings",
            Self::Timeout { .. } => "identify.timeout",
            Self::Transport(_) => "identify.transport",
            Self::Foreign { .. } => "identify.foreign",
            Self::Unauthorised => "identify.unauthorised",
            Self::TooMany => "identify.too_many",
            Self::Refused { .. } => "identify.refused",
            Self::Server { .. } => "identify.server",
            Self::Malformed(_) => "identify.malformed",
        }
    }

    /// Whether nothing was heard from the backend itself, so that the kiosk should take itself for offline.
    pub fn is_transport(&self) -> bool {
        matches!(self, Self::Timeout { .. } | Self::Transport(_) | Self::Foreign { .. })
    }
}
