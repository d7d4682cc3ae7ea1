//! How a task failed, as far as it matters to what comes next.

use std::time::Duration;

use portico_ticketing::BackendError;

/// How a task failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nothing was heard from the backend.
    Unreachable,
    /// The backend failed at this task.
    Failing {
        /// How long it asks to wait.
        retry_after: Option<Duration>,
    },
    /// The backend wants fewer calls.
    Busy {
        /// How long it asks to wait.
        retry_after: Option<Duration>,
    },
    /// The backend refuses this task or answers it with rubbish, or the storage cannot take the answer.
    Refused,
    /// The backend does not know how far this kiosk has read. The storage has begun all feeds anew.
    Restarted,
    /// The backend refuses this kiosk.
    Denied,
}

impl Failure {
    /// How long the backend asked to wait; nothing, if it left that to the kiosk.
    pub(crate) fn asked(self) -> Option<Duration> {
        match self {
            Self::Failing { retry_after } | Self::Busy { retry_after } => {
                retry_after.filter(|asked| !asked.is_zero())
            }
            _ => None,
        }
    }
}

impl From<&BackendError> for Failure {
    fn from(error: &BackendError) -> Self {
        match error {
            BackendError::Unreachable(_) | BackendError::Timeout { .. } | BackendError::Foreign { .. } => {
                Self::Unreachable
            }
            BackendError::Server { retry_after, .. } => Self::Failing { retry_after: *retry_after },
            BackendError::TooMany { retry_after } => Self::Busy { retry_after: *retry_after },
            BackendError::Unauthorised | BackendError::Revoked => Self::Denied,
            // A refused cursor only leads to a new beginning where there is a cursor to begin anew from.
            BackendError::Settings(_)
            | BackendError::Problem { .. }
            | BackendError::CursorRefused
            | BackendError::Malformed(_) => Self::Refused,
        }
    }
}
