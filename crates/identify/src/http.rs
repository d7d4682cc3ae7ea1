//! `POST /v1/identify` of our own HTTP contract.
//!
//! One attempt, no retry: the guest is waiting. The `reqwest::Client` comes from outside; it must not follow
//! redirects, so that a crop goes to the configured backend and nowhere else (I5).

use std::time::Duration;

use portico_protocol::{IdentifyMetadata, IdentifyResponse, Problem, ProblemCode, rfc3339};
use portico_types::{AttendeeId, Candidate, ModelId};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Response, StatusCode, Url};

use crate::{Found, Identify, IdentifyError, Probe};

/// Longest answer that is read. Six candidates take less than 1 KiB.
pub const ANSWER_LIMIT_BYTES: usize = 64 * 1024;

/// The backend's identify endpoint.
#[derive(Clone)]
pub struct HttpIdentify {
    client: Client,
    endpoint: Url,
    authorization: HeaderValue,
}

impl HttpIdentify {
    /// An endpoint below `base` (`https://host[:port][/path]`), with this device's token.
    pub fn new(client: Client, base: &str, token: &str) -> Result<Self, IdentifyError> {
        let endpoint = Url::parse(&format!("{}/v1/identify", base.trim_end_matches('/')))
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .ok_or(IdentifyError::Settings("address"))?;
        let mut authorization =
            HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| IdentifyError::Settings("token"))?;
        authorization.set_sensitive(true);
        Ok(Self { client, endpoint, authorization })
    }

    async fn exchange(&self, probe: &Probe) -> Result<Found, IdentifyError> {
        let response = self
            .client
            .post(self.endpoint.clone())
            .header(AUTHORIZATION, self.authorization.clone())
            .multipart(form(probe)?)
            .send()
            .await
            .map_err(transport)?;
        let status = response.status();
        let is_json = is_json(&response);
        let body = read_limited(response).await?;
        match status {
            StatusCode::OK if is_json => found(&body),
            _ => Err(refusal(status, &body)),
        }
    }
}

impl Identify for HttpIdentify {
    async fn identify(&self, probe: &Probe, budget: Duration) -> Result<Found, IdentifyError> {
        tokio::time::timeout(budget, self.exchange(probe))
            .await
            .unwrap_or(Err(IdentifyError::Timeout { budget }))
    }
}

fn form(probe: &Probe) -> Result<Form, IdentifyError> {
    let metadata = IdentifyMetadata {
        request_id: probe.request_id.to_string(),
        captured_at: rfc3339(probe.captured_at),
        landmarks: IdentifyMetadata::landmarks_of(&probe.crop.landmarks),
    };
    let metadata = serde_json::to_vec(&metadata).map_err(|_| IdentifyError::Malformed("landmarks"))?;
    let metadata = Part::bytes(metadata).mime_str("application/json").map_err(transport)?;
    let crop = Part::bytes(probe.crop.jpeg.clone())
        .file_name("crop.jpg")
        .mime_str("image/jpeg")
        .map_err(transport)?;
    Ok(Form::new().part("metadata", metadata).part("crop", crop))
}

/// Whether the answer claims to be JSON; pages of captive portals do not.
fn is_json(response: &Response) -> bool {
    let media_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    media_type.is_some_and(|media_type| media_type.starts_with("application/json"))
}

/// The body, unpacked; refused as soon as it grows beyond the limit.
async fn read_limited(mut response: Response) -> Result<Vec<u8>, IdentifyError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(transport)? {
        if body.len() + chunk.len() > ANSWER_LIMIT_BYTES {
            return Err(IdentifyError::Malformed("answer too long"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn found(body: &[u8]) -> Result<Found, IdentifyError> {
    let answer: IdentifyResponse =
        serde_json::from_slice(body).map_err(|_| IdentifyError::Malformed("not an identify response"))?;
    if answer.candidates.iter().any(|candidate| !candidate.score.is_finite()) {
        return Err(IdentifyError::Malformed("a score is no number"));
    }
    let mut candidates: Vec<Candidate> = Vec::with_capacity(answer.candidates.len());
    for record in answer.candidates {
        let attendee = AttendeeId::new(record.attendee_id);
        match candidates.iter_mut().find(|known| known.attendee == attendee) {
            Some(known) => known.score = known.score.max(record.score),
            None => candidates.push(Candidate { attendee, score: record.score }),
        }
    }
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.attendee.cmp(&b.attendee)));
    Ok(Found {
        candidates,
        model: ModelId(answer.model),
        gallery_size: answer.gallery_size as usize,
        face_found: answer.face_found,
        quality: answer.quality,
        crowding: answer.crowding,
    })
}

/// What an answer means that is not 200 with JSON.
fn refusal(status: StatusCode, body: &[u8]) -> IdentifyError {
    let code = serde_json::from_slice::<Problem>(body).ok().map(|problem| problem.code);
    match (status, code) {
        (StatusCode::UNAUTHORIZED, _) | (_, Some(ProblemCode::Unauthorised | ProblemCode::DeviceRevoked)) => {
            IdentifyError::Unauthorised
        }
        (StatusCode::TOO_MANY_REQUESTS, _) => IdentifyError::TooMany,
        (status, _) if status.is_server_error() => IdentifyError::Server { status: status.as_u16() },
        (_, Some(code)) => IdentifyError::Refused { code },
        (status, None) => IdentifyError::Foreign { status: status.as_u16() },
    }
}

/// The address is left out of the error: it is in the settings, and it may carry a user's name.
fn transport(error: reqwest::Error) -> IdentifyError {
    IdentifyError::Transport(error.without_url())
}
