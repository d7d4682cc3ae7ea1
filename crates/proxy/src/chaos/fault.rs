//! What can befall an exchange. Knows nothing of how it is done.

use std::time::Duration;

/// An exchange about which a script decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Position among all exchanges of the proxy; the first is 1.
    pub number: u64,
    /// `GET`, `POST`, …
    pub method: String,
    /// Path of the request, without its query.
    pub path: String,
}

/// What befalls one exchange.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fault {
    /// Nothing: the exchange passes as it is.
    #[default]
    None,
    /// The request reaches the server that much later, even if the client has given up meanwhile. Jitter is a script
    /// that names another delay each time.
    Latency(Duration),
    /// The connection is reset once the request is complete. The server never sees it.
    ResetBeforeApply,
    /// The server answers, and the connection is reset instead of passing the answer on.
    ResetAfterApply,
    /// The request is taken and never answered, until the client gives up or the proxy ends. The server never sees it.
    HalfOpen,
    /// The body of the answer comes in pieces.
    SlowDrip {
        /// Length of a piece; 0 counts as 1.
        piece_bytes: usize,
        /// Pause before each piece.
        pause: Duration,
    },
    /// The answer breaks off although its head promises more.
    Truncated {
        /// Bytes of the body that still come; at least one is missing of a body whose length the head names.
        keep_bytes: u64,
    },
    /// The server receives the request twice, one after the other; the client receives the second answer.
    DuplicatedRequest,
    /// The body of the answer comes twice in a row, with a length that says so. Streams pass as they are.
    DuplicatedBody,
    /// Some bytes of the answer's body arrive flipped, the first among them.
    Garbled,
    /// A gateway answers with this status and plain text. The server never sees the request.
    Status(u16),
    /// A gateway answers 429. The server never sees the request.
    TooMany {
        /// Value of `Retry-After`.
        retry_after_s: u64,
    },
    /// A gateway answers 503. The server never sees the request.
    Unavailable {
        /// Value of `Retry-After`.
        retry_after_s: u64,
    },
    /// A captive portal answers 200 with its page. The server never sees the request.
    CaptivePortal,
    /// A captive portal answers 302 to its page. The server never sees the request.
    CaptiveRedirect,
}

impl Fault {
    /// A stable name for statistics, the same for all parameters.
    pub fn name(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Latency(_) => "latency",
            Self::ResetBeforeApply => "reset_before_apply",
            Self::ResetAfterApply => "reset_after_apply",
            Self::HalfOpen => "half_open",
            Self::SlowDrip { .. } => "slow_drip",
            Self::Truncated { .. } => "truncated",
            Self::DuplicatedRequest => "duplicated_request",
            Self::DuplicatedBody => "duplicated_body",
            Self::Garbled => "garbled",
            Self::Status(_) => "status",
            Self::TooMany { .. } => "too_many",
            Self::Unavailable { .. } => "unavailable",
            Self::CaptivePortal => "captive_portal",
            Self::CaptiveRedirect => "captive_redirect",
        }
    }

    /// Whether the exchange does not pass as it is.
    pub fn is_fault(&self) -> bool {
        *self != Self::None
    }
}
