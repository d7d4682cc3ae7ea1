//! Failures as problem details (RFC 9457), always in the same form.

use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use portico_protocol::{PROBLEM_MEDIA_TYPE, Problem, ProblemCode};
use portico_types::Reason;

use crate::error::BackendError;
use crate::refusal;

/// An answer that tells why there is no other.
#[derive(Debug)]
pub struct Failure {
    status: StatusCode,
    code: ProblemCode,
    reason: Reason,
    retry_after_s: Option<u64>,
}

impl Failure {
    /// A failure of this status and code. `reason` is its detail; one with a name is told by name too.
    pub fn new(status: StatusCode, code: ProblemCode, reason: impl Into<Reason>) -> Self {
        Self { status, code, reason: reason.into(), retry_after_s: None }
    }

    /// The body or a parameter is not as the contract says.
    pub fn malformed(detail: impl Into<Reason>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, ProblemCode::Malformed, detail)
    }

    /// The server's own fault; the cause goes to the log and not to the caller.
    pub fn internal(cause: &dyn std::error::Error) -> Self {
        tracing::error!(error = %cause, "request failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            ProblemCode::Internal,
            "the server failed; try again later",
        )
    }

    /// Too many pictures at once.
    pub fn busy() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, ProblemCode::TooMany, "all readers are busy; try again")
            .retry_after(1)
    }

    /// An import is under way, and there is one at a time.
    pub fn import_under_way() -> Self {
        let detail = "an import is under way; wait for it or stop it";
        Self::new(StatusCode::TOO_MANY_REQUESTS, ProblemCode::TooMany, detail).retry_after(1)
    }

    /// No import of this id is known.
    pub fn unknown_import() -> Self {
        let detail =
            "this import is not known any more: a later one took its place, or the server was started anew";
        Self::new(StatusCode::NOT_FOUND, ProblemCode::UnknownImport, detail)
    }

    /// What to say for a bare status from a layer or an extractor.
    pub fn of_status(status: StatusCode) -> Self {
        let (code, detail) = match status {
            StatusCode::NOT_FOUND => {
                (ProblemCode::NotFound, "no such address; the contract is at /v1/openapi.json")
            }
            StatusCode::METHOD_NOT_ALLOWED => {
                (ProblemCode::Malformed, "the address does not take this method")
            }
            StatusCode::PAYLOAD_TOO_LARGE => (ProblemCode::TooLarge, "the body is larger than allowed"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => {
                (ProblemCode::Malformed, "the content type is not the one that the contract asks for")
            }
            StatusCode::SERVICE_UNAVAILABLE => (ProblemCode::Internal, "it took too long; try again"),
            s if s.is_client_error() => (ProblemCode::Malformed, "the request is not as the contract says"),
            _ => (ProblemCode::Internal, "the server failed; try again later"),
        };
        Self::new(status, code, detail)
    }

    fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    fn problem(self) -> Problem {
        let code = serde_json::to_value(self.code).ok();
        let name = code.as_ref().and_then(|c| c.as_str()).unwrap_or("internal").to_owned();
        Problem {
            kind: format!("about:blank#{name}"),
            code: self.code,
            status: self.status.as_u16(),
            title: title(self.code).to_owned(),
            detail: self.reason.text.clone(),
            reason: self.reason.code.is_some().then(|| self.reason.into()),
        }
    }
}

impl From<BackendError> for Failure {
    fn from(error: BackendError) -> Self {
        use StatusCode as Status;

        let detail = error.to_string();
        let (status, code) = match error {
            BackendError::UnknownEvent => (Status::NOT_FOUND, ProblemCode::UnknownEvent),
            BackendError::UnknownAttendee => (Status::NOT_FOUND, ProblemCode::UnknownAttendee),
            BackendError::Malformed(_) => (Status::BAD_REQUEST, ProblemCode::Malformed),
            BackendError::CursorRefused => (Status::GONE, ProblemCode::CursorRefused),
            BackendError::Unauthorised => (Status::UNAUTHORIZED, ProblemCode::Unauthorised),
            BackendError::DeviceRevoked => (Status::UNAUTHORIZED, ProblemCode::DeviceRevoked),
            BackendError::NotAllowed => (Status::FORBIDDEN, ProblemCode::NotAllowed),
            BackendError::PairingRefused => (Status::FORBIDDEN, ProblemCode::PairingRefused),
            BackendError::PairingPaused(wait) => {
                return Self::new(Status::TOO_MANY_REQUESTS, ProblemCode::TooMany, detail)
                    .retry_after(wait.as_secs().max(1));
            }
            BackendError::PictureRefused(_)
            | BackendError::NotGoodEnough(_)
            | BackendError::EnoughPictures(_) => (Status::UNPROCESSABLE_ENTITY, ProblemCode::PictureRefused),
            BackendError::NoFace => (Status::UNPROCESSABLE_ENTITY, ProblemCode::NoFace),
            error @ BackendError::TermTooLong { .. } => {
                let reason = refusal::of(&error);
                return Self::new(Status::UNPROCESSABLE_ENTITY, ProblemCode::ConsentRefused, reason);
            }
            BackendError::ConsentRefused(_) | BackendError::Withdrawn => {
                (Status::UNPROCESSABLE_ENTITY, ProblemCode::ConsentRefused)
            }
            BackendError::FacesUnavailable(_) => {
                tracing::error!(error = %detail, "faces cannot be read");
                let detail = "face recognition is not available on this server";
                return Self::new(Status::SERVICE_UNAVAILABLE, ProblemCode::Internal, detail);
            }
            error @ (BackendError::Open(_)
            | BackendError::Database(_)
            | BackendError::Random(_)
            | BackendError::UnknownDevice
            | BackendError::Roster(_)
            | BackendError::Archive(_)
            | BackendError::Export(_)
            | BackendError::Stopped
            | BackendError::Report(_)
            | BackendError::ConsentProfile(_)
            | BackendError::Folder { .. }) => return Self::internal(&error),
        };
        Self::new(status, code, detail)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, retry_after_s) = (self.status, self.retry_after_s);
        let mut response = (status, Json(self.problem())).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_MEDIA_TYPE));
        if let Some(seconds) = retry_after_s {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

fn title(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::Unauthorised => "Not paired",
        ProblemCode::DeviceRevoked => "Device revoked",
        ProblemCode::NotAllowed => "Not allowed",
        ProblemCode::PairingRefused => "Pairing refused",
        ProblemCode::UnknownEvent => "No event",
        ProblemCode::UnknownAttendee => "Unknown guest",
        ProblemCode::UnknownImport => "Unknown import",
        ProblemCode::Malformed => "Malformed request",
        ProblemCode::CursorRefused => "Cursor refused",
        ProblemCode::TooLarge => "Too large",
        ProblemCode::PictureRefused => "Picture refused",
        ProblemCode::NoFace => "No face",
        ProblemCode::ConsentRefused => "Consent refused",
        ProblemCode::TooMany => "Too many calls",
        ProblemCode::NotFound => "Not found",
        ProblemCode::Internal => "Server failure",
    }
}
