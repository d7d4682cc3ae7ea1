//! Why a call to a ticketing backend failed, and what can be done about it.

use std::time::Duration;

use portico_protocol::ProblemCode;
use portico_types::Reason;

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum BackendError {
    /// The address, the token or an id cannot be used in a request.
    #[error("the backend's {0} is not usable")]
    Settings(&'static str),
    /// Name resolution, connection, TLS or the transfer failed.
    #[error("the backend cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// Something answered that is not the backend, such as a captive portal.
    #[error("status {status} came from something else than the backend")]
    Foreign {
        /// HTTP status.
        status: u16,
    },
    /// The call took longer than allowed, at whatever step.
    #[error("no answer within {} ms", allowed.as_millis())]
    Timeout {
        /// What had been allowed.
        allowed: Duration,
    },
    /// The token is not valid (any more).
    #[error("the backend does not know this device")]
    Unauthorised,
    /// Staff have withdrawn this device's access.
    #[error("this device's access was withdrawn")]
    Revoked,
    /// The backend wants fewer calls.
    #[error("the backend asks for fewer calls")]
    TooMany {
        /// How long it asks to wait.
        retry_after: Option<Duration>,
    },
    /// The cursor is not one of this backend's database, or lies beyond its end: the list has to be read from the start.
    #[error("the backend does not know how far this kiosk has read")]
    CursorRefused,
    /// The backend refuses this call.
    #[error("the backend refuses: {reason}")]
    Problem {
        /// What kind of refusal it is.
        code: ProblemCode,
        /// Why.
        reason: Reason,
    },
    /// The backend itself failed.
    #[error("the backend failed with status {status}")]
    Server {
        /// HTTP status.
        status: u16,
        /// How long it asks to wait.
        retry_after: Option<Duration>,
    },
    /// The answer is not as the contract says.
    #[error("the answer breaks the contract: {0}")]
    Malformed(&'static str),
}

/// What can be done about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recovery {
    /// The same call may succeed later; nobody has to do anything.
    Retry,
    /// Whoever made the call can make it differently: another code, another picture.
    Guide,
    /// Staff have to pair the kiosk again, or to call whoever runs the backend.
    Staff,
}

impl BackendError {
    /// A stable name for the UI and the logs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Settings(_) => "backend.settings",
            Self::Unreachable(_) => "backend.unreachable",
            Self::Foreign { .. } => "backend.foreign",
            Self::Timeout { .. } => "backend.timeout",
            Self::Unauthorised => "backend.unauthorised",
            Self::Revoked => "backend.revoked",
            Self::TooMany { .. } => "backend.too_many",
            Self::CursorRefused => "backend.cursor_refused",
            Self::Problem { .. } => "backend.problem",
            Self::Server { .. } => "backend.server",
            Self::Malformed(_) => "backend.malformed",
        }
    }

    /// What can be done about it.
    pub fn recovery(&self) -> Recovery {
        match self {
            Self::Unreachable(_)
            | Self::Foreign { .. }
            | Self::Timeout { .. }
            | Self::TooMany { .. }
            | Self::CursorRefused
            | Self::Server { .. } => Recovery::Retry,
            Self::Settings(_) => Recovery::Guide,
            Self::Unauthorised | Self::Revoked | Self::Malformed(_) => Recovery::Staff,
            Self::Problem { code, .. } => recovery_of(*code),
        }
    }

    /// How long the backend asks to wait before the next call.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::TooMany { retry_after } | Self::Server { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}

fn recovery_of(code: ProblemCode) -> Recovery {
    match code {
        ProblemCode::PairingRefused
        | ProblemCode::PictureRefused
        | ProblemCode::NoFace
        | ProblemCode::ConsentRefused
        | ProblemCode::TooLarge
        | ProblemCode::NotAllowed
        | ProblemCode::UnknownImport
        | ProblemCode::UnknownAttendee => Recovery::Guide,
        ProblemCode::TooMany | ProblemCode::Internal | ProblemCode::UnknownEvent => Recovery::Retry,
        _ => Recovery::Staff,
    }
}
