//! One request, one answer: address, token, time limit, size limit, and what a status means.

use std::time::Duration;

use portico_protocol::{PROBLEM_MEDIA_TYPE, Problem, ProblemCode, SERVER_TIME_HEADER, utc_millis};
use portico_types::{Reason, UtcMillis};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, Url};
use serde::de::DeserializeOwned;

use super::retry_after::retry_after;
use crate::BackendError;
use crate::backend::Answer;

/// Where requests go, and as whom.
#[derive(Clone)]
pub(super) struct Exchange {
    client: Client,
    base: Url,
    authorization: Option<HeaderValue>,
    answer_limit_bytes: usize,
}

impl Exchange {
    pub(super) fn new(
        client: Client,
        base: &str,
        token: Option<&str>,
        answer_limit_bytes: usize,
    ) -> Result<Self, BackendError> {
        let base = Url::parse(base)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .ok_or(BackendError::Settings("address"))?;
        let authorization = token.map(bearer).transpose()?;
        Ok(Self { client, base, authorization, answer_limit_bytes })
    }

    /// A request to the address below the base that `segments` make up, each escaped as a whole.
    pub(super) fn request(&self, method: Method, segments: &[&str]) -> RequestBuilder {
        let mut url = self.base.clone();
        // Only addresses such as `mailto:` have no path, and `new` lets none of them through.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        let request = self.client.request(method, url);
        match &self.authorization {
            Some(authorization) => request.header(AUTHORIZATION, authorization.clone()),
            None => request,
        }
    }

    /// Sends a request whose answer is JSON. `allowed` covers everything from name resolution to the last byte.
    pub(super) async fn json<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        allowed: Duration,
    ) -> Result<Answer<T>, BackendError> {
        within(allowed, async {
            let response = self.send(request).await?;
            if !is_media_type(&response, "application/json") {
                return Err(BackendError::Foreign { status: response.status().as_u16() });
            }
            let server_time = server_time(response.headers());
            let body = self.read_limited(response).await?;
            let value = serde_json::from_slice(&body).map_err(|_| BackendError::Malformed("JSON"))?;
            Ok(Answer { value, server_time })
        })
        .await
    }

    /// Sends a request whose answer is only that it was done.
    pub(super) async fn done(&self, request: RequestBuilder, allowed: Duration) -> Result<(), BackendError> {
        within(allowed, async {
            let response = self.send(request).await?;
            // A page with status 200 is what captive portals send.
            match response.status() {
                StatusCode::NO_CONTENT => Ok(()),
                _ if is_media_type(&response, "application/json") => Ok(()),
                status => Err(BackendError::Foreign { status: status.as_u16() }),
            }
        })
        .await
    }

    /// Sends a request whose answer is a file of this media type.
    pub(super) async fn bytes(
        &self,
        request: RequestBuilder,
        media_type: &str,
        allowed: Duration,
    ) -> Result<Vec<u8>, BackendError> {
        within(allowed, async {
            let response = self.open(request, media_type, allowed).await?;
            self.read_limited(response).await
        })
        .await
    }

    /// Sends a request whose answer is a stream; `allowed` covers everything up to its first byte.
    pub(super) async fn open(
        &self,
        request: RequestBuilder,
        media_type: &str,
        allowed: Duration,
    ) -> Result<Response, BackendError> {
        let response = within(allowed, self.send(request)).await?;
        if is_media_type(&response, media_type) {
            Ok(response)
        } else {
            Err(BackendError::Foreign { status: response.status().as_u16() })
        }
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, BackendError> {
        let response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let retry_after = retry_after(response.headers());
        let ours = is_media_type(&response, PROBLEM_MEDIA_TYPE);
        // A reason that breaks off takes nothing from what the status says.
        let body = self.read_limited(response).await.unwrap_or_default();
        Err(refusal(status, retry_after, serde_json::from_slice(&body).ok(), ours))
    }

    async fn read_limited(&self, mut response: Response) -> Result<Vec<u8>, BackendError> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            if body.len() + chunk.len() > self.answer_limit_bytes {
                return Err(BackendError::Malformed("answer too long"));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

async fn within<T>(
    allowed: Duration,
    call: impl Future<Output = Result<T, BackendError>>,
) -> Result<T, BackendError> {
    tokio::time::timeout(allowed, call).await.unwrap_or(Err(BackendError::Timeout { allowed }))
}

fn bearer(token: &str) -> Result<HeaderValue, BackendError> {
    let mut value =
        HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| BackendError::Settings("token"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// What a status other than success means. `ours` says that the body calls itself a problem, as only the backend's do:
/// the page of a captive portal with status 401 must not be taken for the end of this kiosk's access.
fn refusal(
    status: StatusCode,
    retry_after: Option<Duration>,
    problem: Option<Problem>,
    ours: bool,
) -> BackendError {
    let code = problem.as_ref().map(|problem| problem.code);
    let number = status.as_u16();
    match (status, problem) {
        _ if code == Some(ProblemCode::DeviceRevoked) => BackendError::Revoked,
        _ if code == Some(ProblemCode::CursorRefused) => BackendError::CursorRefused,
        (StatusCode::UNAUTHORIZED, Some(_)) => BackendError::Unauthorised,
        (StatusCode::TOO_MANY_REQUESTS, _) => BackendError::TooMany { retry_after },
        (StatusCode::NETWORK_AUTHENTICATION_REQUIRED, _) => BackendError::Foreign { status: number },
        (status, _) if status.is_server_error() => BackendError::Server { status: number, retry_after },
        (_, Some(Problem { code, detail, reason, .. })) => {
            let reason = reason.map_or_else(|| detail.into(), Reason::from);
            BackendError::Problem { code, reason }
        }
        (_, None) if ours => BackendError::Malformed("problem"),
        (_, None) => BackendError::Foreign { status: number },
    }
}

fn server_time(headers: &HeaderMap) -> Option<UtcMillis> {
    utc_millis(headers.get(SERVER_TIME_HEADER)?.to_str().ok()?).ok()
}

fn is_media_type(response: &Response, expected: &str) -> bool {
    let media_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    media_type.is_some_and(|media_type| media_type.starts_with(expected))
}

/// The address is left out of the error: it is in the settings, and it may carry a guest's id.
pub(super) fn unreachable(error: reqwest::Error) -> BackendError {
    BackendError::Unreachable(error.without_url())
}
