//! A server for one test, and samples of what goes over the wire.

use std::sync::OnceLock;
use std::time::Duration;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use portico_protocol::{
    AttendeeRecord, CheckInOutcome, CheckInVerdict, ConflictEntryRecord, ConflictRecord, ConflictStateRecord,
    PROBLEM_MEDIA_TYPE, Problem,
};
use portico_ticketing::{Delivery, DoorAct, PorticoBackend, PorticoParams, ProblemCode};
use portico_types::{
    AttendeeId, CheckIn, CheckInId, Consent, Embedding, GateId, Method, ModelId, Resolution, Template,
    TemplateId, UtcMillis, WalkIn,
};
use tokio::net::TcpListener;
use uuid::Uuid;

pub fn client() -> reqwest::Client {
    static PROVIDER: OnceLock<()> = OnceLock::new();
    PROVIDER.get_or_init(|| drop(rustls::crypto::ring::default_provider().install_default()));
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// Serves `routes` for the rest of the test and returns the address, below a path of its own.
pub async fn serve(routes: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/events", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, Router::new().nest("/events", routes)).into_future());
    base
}

pub async fn backend(routes: Router) -> PorticoBackend {
    PorticoBackend::new(client(), &serve(routes).await, "secret", PorticoParams::default()).unwrap()
}

/// Limits so short that waiting for them is not noticed.
pub fn brief() -> PorticoParams {
    let brief = Duration::from_millis(50);
    PorticoParams {
        question: brief,
        page: brief,
        check_ins: brief,
        stream_silence: brief,
        ..PorticoParams::default()
    }
}

pub fn problem(status: StatusCode, code: ProblemCode) -> Response {
    let problem = Problem {
        kind: "about:blank".into(),
        code,
        status: status.as_u16(),
        title: String::new(),
        detail: "because".into(),
        reason: None,
    };
    let headers = [(header::RETRY_AFTER, "7"), (header::CONTENT_TYPE, PROBLEM_MEDIA_TYPE)];
    (status, headers, Json(problem)).into_response()
}

pub fn delivery(number: u128) -> Delivery {
    let check_in = CheckIn {
        id: CheckInId(Uuid::from_u128(number)),
        attendee: AttendeeId::new("ann"),
        gate: GateId::new("north"),
        method: Method::FaceAndFact,
        at: UtcMillis(1_795_253_400_250),
        score: Some(0.5),
        reason: None,
    };
    Delivery { id: check_in.id, sequence: 4, act: DoorAct::CheckIn(check_in) }
}

pub fn undo(number: u128, of: u128) -> Delivery {
    let check_in = CheckInId(Uuid::from_u128(of));
    let act = DoorAct::Undo { check_in, at: UtcMillis(1_000), reason: "wrong person".into() };
    Delivery { id: CheckInId(Uuid::from_u128(number)), sequence: 5, act }
}

pub fn resolve(number: u128, conflict: u128) -> Delivery {
    let act = DoorAct::Resolve {
        conflict: CheckInId(Uuid::from_u128(conflict)),
        resolution: Resolution::Undo,
        at: UtcMillis(1_000),
        reason: "not her".into(),
    };
    Delivery { id: CheckInId(Uuid::from_u128(number)), sequence: 6, act }
}

pub fn register(number: u128) -> Delivery {
    let walk_in = WalkIn {
        id: AttendeeId::new("joan"),
        name: "Joan Clarke".into(),
        company: None,
        phone_last4: Some("4711".into()),
        note: Some("Table 9".into()),
        at: UtcMillis(1_000),
    };
    Delivery { id: CheckInId(Uuid::from_u128(number)), sequence: 7, act: DoorAct::Register(walk_in) }
}

/// A conflict whose second entry has this number.
pub fn conflict_record(number: u128) -> ConflictRecord {
    let entry = |number: u128, gate: &str| ConflictEntryRecord {
        id: Uuid::from_u128(number).to_string(),
        at: "2026-11-21T09:30:00Z".into(),
        gate: gate.into(),
        method: "face".into(),
        device: gate.into(),
    };
    ConflictRecord {
        attendee_id: "ann".into(),
        first: entry(number + 100, "North"),
        second: entry(number, "South"),
        state: ConflictStateRecord::Open,
        resolved_by: None,
        resolved_at: None,
    }
}

pub fn outcome(number: u128, verdict: CheckInVerdict) -> CheckInOutcome {
    CheckInOutcome { id: Uuid::from_u128(number).to_string(), verdict }
}

pub fn attendee_record(id: &str, checked_in_at: Option<&str>) -> AttendeeRecord {
    AttendeeRecord {
        id: id.into(),
        name: "Ann".into(),
        company: None,
        ticket_code: "A1".into(),
        phone_last4: None,
        note: None,
        checked_in_at: checked_in_at.map(str::to_owned),
        checked_in_gate: None,
    }
}

pub fn template() -> Template {
    Template {
        id: TemplateId::new("t1"),
        attendee: AttendeeId::new("ann"),
        model: ModelId("m/1".into()),
        embedding: Embedding::normalised(vec![0.6, 0.8]).unwrap(),
        consent: Consent { text_version: "1".into(), language: "en".into(), agreed_at: UtcMillis(1_000) },
        expires_at: UtcMillis(2_000),
    }
}
