//! What happens to every answer: the server's time is added, bare failures and panics become problems.

use std::any::Any;

use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use portico_protocol::{PROBLEM_MEDIA_TYPE, ProblemCode, SERVER_TIME_HEADER, rfc3339};

use super::AppState;
use super::failure::Failure;

/// Adds the server's time, so that kiosks can measure their skew.
pub async fn stamp_time(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Ok(time) = HeaderValue::from_str(&rfc3339(state.backend().utc())) {
        response.headers_mut().insert(HeaderName::from_static(SERVER_TIME_HEADER), time);
    }
    response
}

/// Replaces failures that a library made by problems of the same status.
pub async fn bare_failures_to_problems(response: Response) -> Response {
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    let told = response.headers().get(CONTENT_TYPE).is_some_and(|value| value == PROBLEM_MEDIA_TYPE);
    if !failed || told {
        return response;
    }
    let mut problem = Failure::of_status(status).into_response();
    for (name, value) in response.headers() {
        if name == axum::http::header::ALLOW {
            problem.headers_mut().insert(name.clone(), value.clone());
        }
    }
    problem
}

/// Turns a panic of a handler into a problem.
#[expect(clippy::needless_pass_by_value, reason = "the signature that the layer asks for")]
pub fn panic_to_problem(panic: Box<dyn Any + Send + 'static>) -> Response {
    let message = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    tracing::error!(message, "a request handler panicked");
    Failure::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        ProblemCode::Internal,
        "the server failed; try again later",
    )
    .into_response()
}
