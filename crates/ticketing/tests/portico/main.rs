//! The client of our own backend against servers that behave, misbehave, or are not there.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod faults;
mod support;

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Multipart, Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use axum::{Json, Router};
use futures_util::{StreamExt, stream};
use portico_protocol::{
    AttendeesPage, CheckInBatch, CheckInOutcomes, CheckInVerdict, ConflictRecord, EnrolMetadata,
    EnrolOutcome, EntryKind, PROBLEM_MEDIA_TYPE, Problem, ReasonRecord, ResolutionRecord, SERVER_TIME_HEADER,
    TemplateRecord, TemplatesPage,
};
use portico_ticketing::{
    BackendError, PairRequest, PorticoBackend, PorticoParams, ProblemCode, Recovery, StreamEvent, Ticketing,
    Verdict,
};
use portico_types::{AttendeeId, AuditHead, FirstEntry, ModelId, Reason, UtcMillis};
use support::{
    attendee_record, backend, brief, client, conflict_record, delivery, outcome, problem, register, resolve,
    serve, template, undo,
};
use tokio::net::TcpListener;
use uuid::Uuid;

#[tokio::test]
async fn a_roster_page_comes_with_its_cursor_and_the_servers_clock() {
    async fn page(headers: HeaderMap, Query(query): Query<Vec<(String, String)>>) -> impl IntoResponse {
        assert_eq!(headers[header::AUTHORIZATION], "Bearer secret");
        assert_eq!(query, [("since".to_owned(), "a b&c".to_owned())]);
        let page = AttendeesPage {
            attendees: vec![
                attendee_record("ann", Some("2026-11-21T09:30:00Z")),
                attendee_record("bob", Some("noon")),
            ],
            removed: vec!["eve".into()],
            cursor: "next".into(),
            more: true,
        };
        ([(SERVER_TIME_HEADER, "1970-01-01T00:00:05Z")], Json(page))
    }
    let answer = backend(Router::new().route("/v1/attendees", get(page)))
        .await
        .attendees(Some("a b&c"))
        .await
        .unwrap();
    assert_eq!(answer.server_time, Some(UtcMillis(5_000)));
    assert_eq!(answer.value.attendees.len(), 1, "one unreadable row must not keep the others from arriving");
    assert_eq!(answer.value.attendees[0].checked_in_at, Some(UtcMillis(1_795_253_400_000)));
    assert_eq!((answer.value.removed, answer.value.cursor.as_str()), (vec![AttendeeId::new("eve")], "next"));
    assert!(answer.value.more);
}

#[tokio::test]
async fn templates_are_asked_for_by_model_and_unreadable_ones_left_out() {
    async fn page(Query(query): Query<Vec<(String, String)>>) -> Json<TemplatesPage> {
        assert_eq!(query, [("model".to_owned(), "m/1".to_owned())]);
        let good = TemplateRecord::from(&template());
        let torn = TemplateRecord { vector: "AAA".into(), ..good.clone() };
        Json(TemplatesPage { templates: vec![torn, good], removed: vec![], cursor: "c".into(), more: false })
    }
    let backend = backend(Router::new().route("/v1/templates", get(page))).await;
    let answer = backend.templates(None, &ModelId("m/1".into())).await.unwrap();
    assert_eq!(answer.value.templates, [template()]);
}

fn unknown_conflict() -> Reason {
    Reason::new("unknown_conflict", &"no conflict 2", &[("conflict", &2)])
}

#[tokio::test]
async fn every_delivery_gets_its_own_verdict() {
    async fn check_ins(Json(batch): Json<CheckInBatch>) -> Json<CheckInOutcomes> {
        assert_eq!(batch.entries[0].at, "2026-11-21T09:30:00.25Z");
        assert_eq!(batch.entries[0].sequence, 4);
        assert!(
            matches!(&batch.entries[0].kind, EntryKind::CheckIn { method, .. } if method == "face_and_fact")
        );
        let undone = Uuid::from_u128(1).to_string();
        assert!(
            matches!(&batch.entries[3].kind, EntryKind::Undo { check_in_id, .. } if *check_in_id == undone)
        );
        let decided = EntryKind::Resolve {
            conflict_id: Uuid::from_u128(2).to_string(),
            resolution: ResolutionRecord::Undo,
            reason: "not her".into(),
        };
        assert_eq!(batch.entries[4].kind, decided);
        let added = EntryKind::Register {
            attendee_id: "joan".into(),
            name: "Joan Clarke".into(),
            company: None,
            phone_last4: Some("4711".into()),
            note: Some("Table 9".into()),
        };
        assert_eq!((&batch.entries[5].kind, batch.entries[5].at.as_str()), (&added, "1970-01-01T00:00:01Z"));
        let head = batch.audit_head.unwrap();
        assert_eq!((head.seq, head.hash), (12, "0a".repeat(32)));
        let (first_at, first_gate) = ("1970-01-01T00:00:01Z".to_owned(), "South".to_owned());
        let first_method = "ticket".to_owned();
        let outcomes = vec![
            outcome(1, CheckInVerdict::Recorded),
            outcome(2, CheckInVerdict::Duplicate { first_at, first_gate, first_method }),
            outcome(3, CheckInVerdict::rejected("unknown guest".into())),
            outcome(4, CheckInVerdict::AlreadyRecorded),
            outcome(5, CheckInVerdict::rejected(unknown_conflict())),
            outcome(6, CheckInVerdict::Recorded),
        ];
        Json(CheckInOutcomes { outcomes })
    }
    let backend = backend(Router::new().route("/v1/checkins", post(check_ins))).await;
    let deliveries = [delivery(1), delivery(2), delivery(3), undo(4, 1), resolve(5, 2), register(6)];
    let head = AuditHead { seq: 12, hash: [10; 32] };
    let answer = backend.check_ins(&deliveries, Some(head)).await.unwrap();
    let first = FirstEntry { at: UtcMillis(1_000), gate: Some("South".into()) };
    assert_eq!(
        answer.value,
        [
            Verdict::Recorded,
            Verdict::Duplicate(first),
            Verdict::Rejected { reason: "unknown guest".into() },
            Verdict::AlreadyRecorded,
            Verdict::Rejected { reason: unknown_conflict() },
            Verdict::Recorded,
        ]
    );
}

#[tokio::test]
async fn the_audits_head_can_be_told_without_any_entry() {
    async fn check_ins(Json(batch): Json<serde_json::Value>) -> Json<CheckInOutcomes> {
        assert_eq!(batch["entries"], serde_json::json!([]));
        assert_eq!(batch["audit_head"]["seq"], 3);
        Json(CheckInOutcomes { outcomes: vec![] })
    }
    let backend = backend(Router::new().route("/v1/checkins", post(check_ins))).await;
    let head = AuditHead { seq: 3, hash: [0; 32] };
    assert_eq!(backend.check_ins(&[], Some(head)).await.unwrap().value, []);
}

#[tokio::test]
async fn conflicts_come_as_a_feed_and_unreadable_ones_are_left_out() {
    async fn page(Query(query): Query<Vec<(String, String)>>) -> Json<serde_json::Value> {
        assert_eq!(query, [("since".to_owned(), "c1".to_owned())]);
        let strange = ConflictRecord { resolved_at: Some("noon".into()), ..conflict_record(3) };
        let conflicts = [strange, conflict_record(2)];
        Json(serde_json::json!({ "conflicts": conflicts, "cursor": "c2", "more": false }))
    }
    let backend = backend(Router::new().route("/v1/conflicts", get(page))).await;
    let page = backend.conflicts(Some("c1")).await.unwrap().value;
    let ids: Vec<_> = page.conflicts.iter().map(|conflict| conflict.id().0.as_u128()).collect();
    assert_eq!((ids, page.cursor.as_str(), page.more), (vec![2], "c2", false));
    assert_eq!(page.conflicts[0].first.gate, "North");
}

#[tokio::test]
async fn outcomes_that_are_not_one_for_one_settle_nothing() {
    let table: [(&[u128], &str); 4] = [
        (&[1], "one is missing"),
        (&[1, 2, 3], "one too many"),
        (&[2, 1], "swapped"),
        (&[1, 1], "twice the same"),
    ];
    for (ids, why) in table {
        let outcomes = ids.iter().map(|id| outcome(*id, CheckInVerdict::Recorded)).collect::<Vec<_>>();
        let answer = Json(CheckInOutcomes { outcomes });
        let backend = backend(Router::new().route("/v1/checkins", post(move || async move { answer }))).await;
        let error = backend.check_ins(&[delivery(1), delivery(2)], None).await.unwrap_err();
        assert_eq!(error.code(), "backend.malformed", "{why}");
    }
}

#[tokio::test]
async fn every_kind_of_refusal_has_its_own_code_and_recovery() {
    let cases = [
        (StatusCode::UNAUTHORIZED, ProblemCode::Unauthorised, "backend.unauthorised", Recovery::Staff),
        (StatusCode::UNAUTHORIZED, ProblemCode::DeviceRevoked, "backend.revoked", Recovery::Staff),
        (StatusCode::FORBIDDEN, ProblemCode::DeviceRevoked, "backend.revoked", Recovery::Staff),
        (StatusCode::TOO_MANY_REQUESTS, ProblemCode::TooMany, "backend.too_many", Recovery::Retry),
        (StatusCode::SERVICE_UNAVAILABLE, ProblemCode::Internal, "backend.server", Recovery::Retry),
        (StatusCode::BAD_REQUEST, ProblemCode::Malformed, "backend.problem", Recovery::Staff),
        (StatusCode::GONE, ProblemCode::CursorRefused, "backend.cursor_refused", Recovery::Retry),
        (StatusCode::CONFLICT, ProblemCode::UnknownEvent, "backend.problem", Recovery::Retry),
    ];
    for (status, code, expected, recovery) in cases {
        let routes = Router::new().route("/v1/event", get(move || async move { problem(status, code) }));
        let error = backend(routes).await.event().await.unwrap_err();
        assert_eq!((error.code(), error.recovery()), (expected, recovery), "{status} {code:?}");
        let asked = matches!(error, BackendError::TooMany { .. } | BackendError::Server { .. });
        assert_eq!(error.retry_after(), asked.then_some(Duration::from_secs(7)), "{status}: Retry-After");
    }
}

#[tokio::test]
async fn a_captive_portal_is_never_taken_for_the_backend() {
    let routes = Router::new().fallback(|| async { Html("<h1>Free Wi-Fi</h1>") });
    let backend = backend(routes).await;
    assert_eq!(backend.event().await.unwrap_err().code(), "backend.foreign");
    assert_eq!(backend.attendees(None).await.unwrap_err().code(), "backend.foreign");
    assert_eq!(backend.check_ins(&[delivery(1)], None).await.unwrap_err().code(), "backend.foreign");
    assert_eq!(backend.erase(&AttendeeId::new("ann")).await.unwrap_err().code(), "backend.foreign");
    let stream = backend.stream().await;
    assert_eq!(stream.err().map(|error| error.code()), Some("backend.foreign"));
}

#[tokio::test]
async fn no_answer_a_late_answer_and_an_endless_answer_all_end() {
    let hang = Router::new().route("/v1/event", get(std::future::pending::<&'static str>));
    let backend = PorticoBackend::new(client(), &serve(hang).await, "secret", brief()).unwrap();
    assert_eq!(backend.event().await.unwrap_err().code(), "backend.timeout");

    let flood = || async {
        let chunk = Bytes::from(vec![b' '; 1024]);
        let body = Body::from_stream(stream::repeat_with(move || Ok::<_, std::io::Error>(chunk.clone())));
        ([(header::CONTENT_TYPE, "application/json")], body)
    };
    let base = serve(Router::new().route("/v1/event", get(flood))).await;
    let params = PorticoParams { answer_limit_bytes: 8 * 1024, ..PorticoParams::default() };
    let backend = PorticoBackend::new(client(), &base, "secret", params).unwrap();
    assert_eq!(backend.event().await.unwrap_err().code(), "backend.malformed");

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for base in [closed.as_str(), "http://kiosk-backend.invalid"] {
        let backend = PorticoBackend::new(client(), base, "secret", PorticoParams::default()).unwrap();
        assert_eq!(backend.event().await.unwrap_err().code(), "backend.unreachable", "{base}");
    }
}

#[tokio::test]
async fn the_stream_yields_known_events_and_passes_over_others() {
    let text = ": hello\n\ndata: {\"type\":\"roster\"}\n\ndata: {\"type\":\"weather\"}\n\ndata: rubbish\n\n\
                data: {\"type\":\"revoked\"}\n\n";
    let answer = ([(header::CONTENT_TYPE, "text/event-stream")], text);
    let backend = backend(Router::new().route("/v1/stream", get(move || async move { answer }))).await;
    let said: Vec<_> = backend.stream().await.unwrap().map(Result::unwrap).collect().await;
    assert_eq!(said, [StreamEvent::Roster, StreamEvent::Revoked]);
}

#[tokio::test]
async fn a_silent_stream_counts_as_broken() {
    let silent = || async {
        let body = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
        ([(header::CONTENT_TYPE, "text/event-stream")], body)
    };
    let base = serve(Router::new().route("/v1/stream", get(silent))).await;
    let params = PorticoParams { stream_silence: Duration::from_millis(50), ..PorticoParams::default() };
    let backend = PorticoBackend::new(client(), &base, "secret", params).unwrap();
    let mut said = backend.stream().await.unwrap();
    assert_eq!(said.next().await.unwrap().unwrap_err().code(), "backend.timeout");
    assert!(said.next().await.is_none(), "after an error there is nothing more");
}

#[tokio::test]
async fn pairing_turns_a_code_into_a_token_and_sends_none() {
    async fn pair(headers: HeaderMap, Json(request): Json<PairRequest>) -> Response {
        assert!(!headers.contains_key(header::AUTHORIZATION));
        match request.code.as_str() {
            "right" => Json(serde_json::json!({ "device_id": "d1", "token": "t" })).into_response(),
            _ => problem(StatusCode::FORBIDDEN, ProblemCode::PairingRefused),
        }
    }
    let base = serve(Router::new().route("/v1/devices/pair", post(pair))).await;
    let ask = async |code: &str| {
        let request = PairRequest { code: code.into(), name: "Left".into(), gate: "north".into() };
        PorticoBackend::pair(client(), &base, &request, &PorticoParams::default()).await
    };
    assert_eq!(ask("right").await.unwrap().device_id, "d1");
    let refused = ask("wrong").await.unwrap_err();
    assert!(matches!(refused, BackendError::Problem { code: ProblemCode::PairingRefused, .. }));
    assert_eq!(refused.recovery(), Recovery::Guide, "a wrong code can be typed again");
}

#[tokio::test]
async fn why_a_call_is_refused_is_known_by_name_where_the_backend_gives_one() {
    async fn pair(Json(request): Json<PairRequest>) -> Response {
        let named = (request.code == "named").then(|| ReasonRecord::from(unknown_conflict()));
        let problem = Problem {
            kind: "about:blank".into(),
            code: ProblemCode::Malformed,
            status: 400,
            title: String::new(),
            detail: "because".into(),
            reason: named,
        };
        let headers = [(header::CONTENT_TYPE, PROBLEM_MEDIA_TYPE)];
        (StatusCode::BAD_REQUEST, headers, Json(problem)).into_response()
    }
    let base = serve(Router::new().route("/v1/devices/pair", post(pair))).await;
    for (code, expected) in [("named", unknown_conflict()), ("words", "because".into())] {
        let request = PairRequest { code: code.into(), name: "Left".into(), gate: "north".into() };
        let refused = PorticoBackend::pair(client(), &base, &request, &PorticoParams::default()).await;
        let Err(BackendError::Problem { reason, .. }) = refused else { panic!("{refused:?}") };
        assert_eq!(reason, expected);
    }
}

#[tokio::test]
async fn a_face_is_enrolled_with_its_consent_and_erased_under_an_escaped_id() {
    async fn enrol(Path(id): Path<String>, mut form: Multipart) -> Json<EnrolOutcome> {
        assert_eq!(id, "a/b c");
        let metadata = form.next_field().await.unwrap().unwrap();
        assert_eq!(metadata.name(), Some("metadata"));
        let metadata: EnrolMetadata = serde_json::from_slice(&metadata.bytes().await.unwrap()).unwrap();
        assert_eq!(metadata.consent.agreed_at, "1970-01-01T00:00:01Z");
        assert_eq!(metadata.expires_at, "1970-01-01T00:00:02Z");
        let picture = form.next_field().await.unwrap().unwrap();
        assert_eq!(picture.name(), Some("picture"));
        assert_eq!(picture.bytes().await.unwrap(), Bytes::from_static(&[0xff, 0xd8]));
        let second = form.next_field().await.unwrap().unwrap();
        assert_eq!(second.name(), Some("picture"));
        assert_eq!(second.bytes().await.unwrap(), Bytes::from_static(&[0xff, 0xd9]));
        Json(EnrolOutcome { template_id: "t1".into(), quality: 0.9, pictures: Vec::new() })
    }
    async fn erase(Path(id): Path<String>) -> StatusCode {
        assert_eq!(id, "a/b c");
        StatusCode::NO_CONTENT
    }
    let path = "/v1/attendees/{id}/face";
    let backend = backend(Router::new().route(path, put(enrol)).route(path, delete(erase))).await;
    let guest = AttendeeId::new("a/b c");
    let pictures = vec![vec![0xff, 0xd8], vec![0xff, 0xd9]];
    let enrolled = backend.enrol(&guest, pictures, &template().consent, UtcMillis(2_000)).await.unwrap();
    assert_eq!(enrolled.template_id, "t1");
    backend.erase(&guest).await.unwrap();
}

#[tokio::test]
async fn unusable_settings_and_batches_are_refused_before_anything_is_sent() {
    for (base, token) in [("nowhere", "secret"), ("mailto:a@b", "secret"), ("http://host", "line\nbreak")] {
        let error = PorticoBackend::new(client(), base, token, PorticoParams::default()).err();
        assert_eq!(error.map(|error| error.code()), Some("backend.settings"), "{base}");
    }
    let deliveries: Vec<_> = (0..501).map(delivery).collect();
    let error = backend(Router::new()).await.check_ins(&deliveries, None).await.unwrap_err();
    assert_eq!(error.code(), "backend.settings", "the contract allows 500 entries");
}
