//! The identify endpoint's client against servers that behave, misbehave, or are not there.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::OnceLock;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Multipart;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Json, Router};
use futures_util::stream;
use portico_identify::{ANSWER_LIMIT_BYTES, Found, HttpIdentify, Identify, IdentifyError, Probe};
use portico_protocol::{CandidateRecord, IdentifyMetadata, IdentifyResponse, Problem, ProblemCode};
use portico_types::{Crop, Point, UtcMillis};
use tokio::net::TcpListener;
use uuid::Uuid;

/// Long enough for loopback on a busy machine.
const PATIENT: Duration = Duration::from_secs(10);
/// Short enough that waiting for it is not noticed.
const BRIEF: Duration = Duration::from_millis(50);

fn client() -> reqwest::Client {
    static PROVIDER: OnceLock<()> = OnceLock::new();
    PROVIDER.get_or_init(|| drop(rustls::crypto::ring::default_provider().install_default()));
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

fn probe() -> Probe {
    let landmarks = [Point::new(60.0, 80.0); 5];
    Probe {
        request_id: Uuid::from_u128(7),
        captured_at: UtcMillis(1_795_253_400_250),
        crop: Crop { jpeg: vec![0xff, 0xd8, 0xff], width: 200, height: 200, landmarks },
    }
}

/// Serves `handler` at the endpoint and asks it once.
async fn ask<H, T>(handler: H, budget: Duration) -> Result<Found, IdentifyError>
where
    H: axum::handler::Handler<T, ()>,
    T: 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/", listener.local_addr().unwrap());
    let server =
        tokio::spawn(axum::serve(listener, Router::new().route("/v1/identify", post(handler))).into_future());
    let answer = HttpIdentify::new(client(), &base, "secret").unwrap().identify(&probe(), budget).await;
    server.abort();
    answer
}

fn record(attendee_id: &str, score: f32) -> CandidateRecord {
    CandidateRecord { attendee_id: attendee_id.into(), score }
}

fn response(candidates: Vec<CandidateRecord>) -> IdentifyResponse {
    IdentifyResponse {
        model: "m/1".into(),
        face_found: true,
        quality: 0.9,
        gallery_size: 886,
        candidates,
        crowding: Some(0.25),
    }
}

fn problem(status: StatusCode, code: ProblemCode) -> Response {
    let problem = Problem {
        kind: "about:blank".into(),
        code,
        status: status.as_u16(),
        title: String::new(),
        detail: String::new(),
        reason: None,
    };
    (status, Json(problem)).into_response()
}

fn json(body: &'static str) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

#[tokio::test]
async fn the_request_is_as_the_contract_says() {
    async fn check(headers: HeaderMap, mut form: Multipart) -> Json<IdentifyResponse> {
        assert_eq!(headers[header::AUTHORIZATION], "Bearer secret");
        let metadata = form.next_field().await.unwrap().unwrap();
        assert_eq!((metadata.name(), metadata.content_type()), (Some("metadata"), Some("application/json")));
        let metadata: IdentifyMetadata = serde_json::from_slice(&metadata.bytes().await.unwrap()).unwrap();
        assert_eq!(metadata.request_id, Uuid::from_u128(7).to_string());
        assert_eq!(metadata.captured_at, "2026-11-21T09:30:00.25Z");
        assert_eq!(metadata.landmarks, vec![[60.0, 80.0]; 5]);
        let crop = form.next_field().await.unwrap().unwrap();
        assert_eq!((crop.name(), crop.content_type()), (Some("crop"), Some("image/jpeg")));
        assert_eq!(crop.bytes().await.unwrap(), Bytes::from_static(&[0xff, 0xd8, 0xff]));
        Json(response(vec![record("ann", 0.8)]))
    }
    let found = ask(check, PATIENT).await.expect("a failed check inside the handler breaks the connection");
    assert_eq!((found.candidates[0].attendee.as_str(), found.gallery_size), ("ann", 886));
    assert!(found.face_found);
}

#[tokio::test]
async fn candidates_come_best_first_and_once_each_whatever_the_backend_sends() {
    let found = ask(
        || async { Json(response(vec![record("bob", 0.2), record("ann", 0.5), record("ann", 0.7)])) },
        PATIENT,
    )
    .await
    .unwrap();
    let names: Vec<_> = found.candidates.iter().map(|c| (c.attendee.as_str(), c.score)).collect();
    assert_eq!(names, [("ann", 0.7), ("bob", 0.2)]);
}

#[tokio::test]
async fn every_kind_of_refusal_has_its_own_code() {
    let cases = [
        (StatusCode::UNAUTHORIZED, ProblemCode::Unauthorised, "identify.unauthorised"),
        (StatusCode::FORBIDDEN, ProblemCode::DeviceRevoked, "identify.unauthorised"),
        (StatusCode::TOO_MANY_REQUESTS, ProblemCode::TooMany, "identify.too_many"),
        (StatusCode::UNPROCESSABLE_ENTITY, ProblemCode::PictureRefused, "identify.refused"),
        (StatusCode::INTERNAL_SERVER_ERROR, ProblemCode::Internal, "identify.server"),
    ];
    for (status, code, expected) in cases {
        let error = ask(move || async move { problem(status, code) }, PATIENT).await.unwrap_err();
        assert_eq!(error.code(), expected, "{status} {code:?}");
        assert!(!error.is_transport(), "{status}: the backend itself has spoken");
    }
}

#[tokio::test]
async fn a_captive_portal_is_not_taken_for_the_backend() {
    let page = ask(|| async { axum::response::Html("<h1>Free Wi-Fi</h1>") }, PATIENT).await.unwrap_err();
    let gateway = ask(|| async { (StatusCode::NOT_FOUND, "nginx") }, PATIENT).await.unwrap_err();
    let redirect = ask(|| async { Redirect::temporary("http://login.invalid/") }, PATIENT).await.unwrap_err();
    for error in [page, gateway, redirect] {
        assert_eq!(error.code(), "identify.foreign");
        assert!(error.is_transport(), "the backend itself was not reached: {error}");
    }
}

#[tokio::test]
async fn a_score_beyond_all_numbers_is_malformed() {
    let body = r#"{"model":"m","face_found":true,"quality":1,"gallery_size":1,
        "candidates":[{"attendee_id":"ann","score":1e39}]}"#;
    let error = ask(move || async move { json(body) }, PATIENT).await.unwrap_err();
    assert_eq!(error.code(), "identify.malformed", "infinity would win every comparison");
}

#[tokio::test]
async fn rubbish_that_claims_to_be_json_is_malformed() {
    for body in ["", "{", "[]", r#"{"model":"m"}"#, "null"] {
        let error = ask(move || async move { json(body) }, PATIENT).await.unwrap_err();
        assert_eq!(error.code(), "identify.malformed", "{body:?} is no answer: {error:?}");
    }
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    async fn flood() -> Body {
        let chunk = Bytes::from(vec![b' '; ANSWER_LIMIT_BYTES / 4]);
        Body::from_stream(stream::repeat_with(move || Ok::<_, std::io::Error>(chunk.clone())))
    }
    let error = ask(flood, PATIENT).await.unwrap_err();
    assert_eq!(error.code(), "identify.malformed");
}

#[tokio::test]
async fn the_budget_covers_waiting_for_the_answer_to_start() {
    let error = ask(std::future::pending::<&'static str>, BRIEF).await.unwrap_err();
    assert!(matches!(error, IdentifyError::Timeout { budget } if budget == BRIEF), "{error:?}");
    assert!(error.is_transport());
}

#[tokio::test]
async fn the_budget_covers_waiting_for_the_answer_to_end() {
    let error =
        ask(|| async { Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>()) }, BRIEF)
            .await
            .unwrap_err();
    assert_eq!(error.code(), "identify.timeout", "headers alone are no answer");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_a_transport_failure() {
    let error = ask(
        || async {
            let pieces = [Ok(Bytes::from_static(b"{\"model\":")), Err(std::io::Error::other("cut"))];
            Body::from_stream(stream::iter(pieces))
        },
        PATIENT,
    )
    .await
    .unwrap_err();
    assert_eq!(error.code(), "identify.transport");
}

#[tokio::test]
async fn a_closed_port_and_an_unknown_host_are_transport_failures() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for base in [closed.as_str(), "http://kiosk-backend.invalid"] {
        let identify = HttpIdentify::new(client(), base, "secret").unwrap();
        let error = identify.identify(&probe(), PATIENT).await.unwrap_err();
        assert!(
            error.is_transport(),
            "{base}: no network means offline, not an error on the screen: {error:?}"
        );
    }
}

#[test]
fn unusable_settings_are_refused_when_they_are_entered() {
    for (base, token) in
        [("not an address", "secret"), ("ftp://host", "secret"), ("http://host", "line\nbreak")]
    {
        let error = HttpIdentify::new(client(), base, token).err().expect("unusable");
        assert_eq!(error.code(), "identify.settings", "{base} {token:?}");
    }
}
