//! A backend that knows one guest, the kiosk's client in front of it, and the clock that both are measured by.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::Once;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::Multipart;
use axum::routing::post;
use axum::{Json, Router};
use portico_identify::{Found, HttpIdentify, Identify, IdentifyError, Probe};
use portico_protocol::{CandidateRecord, IdentifyResponse};
use portico_types::{AttendeeId, Candidate, Crop, ModelId, Point, UtcMillis};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use uuid::Uuid;

/// What the guest waits for at most.
pub const BUDGET: Duration = Duration::from_millis(150);
/// How much later a busy machine may notice that the budget has passed.
const ALLOWANCE: Duration = Duration::from_secs(1);
/// Long enough for whatever ends by itself.
pub const PATIENT: Duration = Duration::from_secs(20);

/// A running backend. Dropping it ends it.
pub struct Backend {
    pub addr: SocketAddr,
    requests: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl Backend {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let requests = Arc::<AtomicU64>::default();
        let count = Arc::clone(&requests);
        let identify = post(move |mut form: Multipart| async move {
            while let Some(field) = form.next_field().await.unwrap() {
                field.bytes().await.unwrap();
            }
            count.fetch_add(1, Ordering::SeqCst);
            Json(response())
        });
        let app = Router::new().route("/v1/identify", identify);
        let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { addr, requests, task }
    }

    /// Identifications that were asked for.
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::SeqCst)
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn response() -> IdentifyResponse {
    let ann = CandidateRecord { attendee_id: "ann".into(), score: 0.8 };
    IdentifyResponse {
        model: "m/1".into(),
        face_found: true,
        quality: 0.9,
        gallery_size: 886,
        crowding: Some(0.25),
        candidates: vec![ann],
    }
}

/// What the backend's answer means.
pub fn found() -> Found {
    let ann = Candidate { attendee: AttendeeId::new("ann"), score: 0.8 };
    Found {
        candidates: vec![ann],
        model: ModelId("m/1".into()),
        gallery_size: 886,
        crowding: Some(0.25),
        face_found: true,
        quality: 0.9,
    }
}

fn probe() -> Probe {
    let landmarks = [Point::new(60.0, 80.0); 5];
    // As long as a large crop, so that it does not fit into one packet.
    let jpeg = vec![0xff; 100_000];
    Probe {
        request_id: Uuid::from_u128(7),
        captured_at: UtcMillis(1_795_253_400_250),
        crop: Crop { jpeg, width: 200, height: 200, landmarks },
    }
}

/// As `app` builds its client.
pub fn builder() -> reqwest::ClientBuilder {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none())
}

pub fn identify(client: reqwest::Client, base: &str) -> HttpIdentify {
    HttpIdentify::new(client, base, "secret").unwrap()
}

/// An identifier that reaches the backend through whoever listens there.
pub fn identify_at(addr: SocketAddr) -> HttpIdentify {
    identify(builder().build().unwrap(), &format!("http://{addr}"))
}

/// Asks once, and fails when the call does not end soon after the budget. The call runs in a task of its own: one
/// that blocks its thread would otherwise hold up the clock as well. Needs a runtime of several threads.
pub async fn ask(identify: &HttpIdentify, budget: Duration) -> Result<Found, IdentifyError> {
    let identify = identify.clone();
    let call = tokio::spawn(async move { identify.identify(&probe(), budget).await });
    timeout(budget + ALLOWANCE, call).await.expect("the call ends within its budget").unwrap()
}

/// A name for the outcome: the error's code, or `found`.
pub fn outcome(answer: &Result<Found, IdentifyError>) -> &'static str {
    match answer {
        Ok(answer) => {
            assert_eq!(*answer, found(), "an answer is the backend's or none");
            "found"
        }
        Err(error) => error.code(),
    }
}
