//! A server without a socket: a database in a folder of its own, a clock that stands, and a reader of make-believe
//! pictures.

mod answer;
mod door;
mod fakes;
mod files;
mod forms;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use axum::response::Response;
use portico_protocol::{
    Branding, ChallengePolicy, EntryRule, EventRecord, GateRecord, NamePolicy, Policy, SpoofPolicy,
    TicketPolicy,
};
use portico_server::{Agreement, Backend, FaceReader, Limits, Outside, ServerConfig};
use portico_types::{AttendeeId, Consent, DeviceId, UtcMillis};
use serde_json::Value;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

pub use answer::Answer;
pub use door::{check_in, entry_id, resolve, undo, withdraw};
pub use fakes::{FakeClock, FakeReader, seeded_random};
pub use files::{xlsx_of, zip_of};
pub use forms::{enrol_form, enrolment, identify_form, multipart};

/// The clock's time when a world begins: 2026-11-21T09:30:00Z.
pub const MORNING: UtcMillis = UtcMillis(1_795_253_400_000);
pub const HOUR_MS: i64 = 60 * 60 * 1_000;

/// Two guests, two gates and one paired device.
pub struct World {
    pub clock: Arc<FakeClock>,
    pub backend: Arc<Backend>,
    pub device: DeviceId,
    pub token: String,
    pub database: PathBuf,
    pub folder: TempDir,
    router: Router,
}

impl World {
    pub fn new() -> Self {
        let world = Self::without_event();
        world.fill();
        world
    }

    fn fill(&self) {
        self.backend.set_event(&event()).unwrap();
        let roster = "id,name,company,ticket_code,phone\n\
            ada,Ada Lovelace,Analytical,ADA234,+44 20 0958\n\
            bo,Bo Li,,BOB234,\n";
        assert_eq!(self.backend.import_roster(roster.as_bytes()).unwrap().added, 2);
    }

    pub fn without_event() -> Self {
        Self::with_limits(Limits::default())
    }

    pub fn with_limits(limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("server.db");
        Self::build(folder, &database, limits, "Entrance left")
    }

    /// Another process, as it were, on the database of this world.
    pub fn another(&self) -> Self {
        Self::build(tempfile::tempdir().unwrap(), &self.database, Limits::default(), "Entrance right")
    }

    /// A world whose pictures are read by `reader`.
    pub fn with_reader(reader: Box<dyn FaceReader>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("server.db");
        let world = Self::assemble(folder, &database, Limits::default(), "Entrance left", reader);
        world.fill();
        world
    }

    fn build(folder: TempDir, database: &Path, limits: Limits, device: &str) -> Self {
        Self::assemble(folder, database, limits, device, Box::<FakeReader>::default())
    }

    fn assemble(
        folder: TempDir,
        database: &Path,
        limits: Limits,
        device: &str,
        reader: Box<dyn FaceReader>,
    ) -> Self {
        let clock = Arc::new(FakeClock::at(MORNING));
        let config = ServerConfig::new(database, "");
        let outside = Outside { clock: clock.clone(), random: seeded_random(device.len() as u64) };
        let backend = Arc::new(Backend::with_faces(&config, outside, reader).unwrap());
        let (device, token) = backend.ensure_local_device(device, "north").unwrap();
        let router = portico_server::router(Arc::clone(&backend), limits, CancellationToken::new());
        Self { clock, backend, device, token, database: database.to_owned(), folder, router }
    }

    /// Enrols a make-believe picture until an hour from now.
    pub fn enrol(&self, attendee: &str, picture: &str) -> String {
        let agreement = agreement(UtcMillis(self.backend.utc().0 + HOUR_MS));
        self.backend.enrol(&AttendeeId::new(attendee), picture.as_bytes(), &agreement).unwrap().template_id
    }

    /// Enrols a picture of a guest who has just agreed to it at the world's kiosk.
    pub fn enrol_anew(&self, attendee: &str, picture: &str) -> String {
        let mut agreement = agreement(UtcMillis(self.backend.utc().0 + HOUR_MS));
        agreement.consent.agreed_at = self.backend.utc();
        agreement.device = Some(self.device.clone());
        self.backend.enrol(&AttendeeId::new(attendee), picture.as_bytes(), &agreement).unwrap().template_id
    }

    /// Whether these bytes stand in the database's file or in its log.
    pub fn files_contain(&self, bytes: &[u8]) -> bool {
        std::fs::read_dir(self.folder.path()).unwrap().any(|file| {
            let content = std::fs::read(file.unwrap().path()).unwrap();
            content.windows(bytes.len()).any(|window| window == bytes)
        })
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_text(path, body.to_string()).await
    }

    pub async fn post_text(&self, path: &str, body: impl Into<Body>) -> Answer {
        let request = self.request("POST", path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(body.into()).unwrap()).await
    }

    pub async fn send_form(&self, method: &str, path: &str, form: (String, Vec<u8>)) -> Answer {
        let request = self.request(method, path).header(header::CONTENT_TYPE, form.0);
        self.send(request.body(Body::from(form.1)).unwrap()).await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        Answer::read(self.open(request).await).await
    }

    /// Sends a request and leaves the body of the answer unread.
    pub async fn open(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// A request of the paired device.
    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
    }
}

/// A roster file of `count` rows.
pub fn roster_file(header: &str, count: usize, row: impl Fn(usize) -> String) -> String {
    let mut lines = vec![header.to_owned()];
    lines.extend((0..count).map(row));
    lines.join("\n")
}

pub fn agreement(expires_at: UtcMillis) -> Agreement {
    Agreement {
        consent: Consent { text_version: "2026-1".into(), language: "en".into(), agreed_at: MORNING },
        expires_at,
        device: None,
    }
}

pub fn event() -> EventRecord {
    let gate = |id: &str, name: &str| GateRecord { id: id.into(), name: name.into() };
    EventRecord {
        id: "rust-day".into(),
        name: "Rust Day".into(),
        time_zone: "UTC".into(),
        gates: vec![gate("north", "North entrance"), gate("south", "South entrance")],
        policy: Policy {
            shown_name: NamePolicy::FirstWord,
            crops_may_leave_device: true,
            network_budget_ms: 800,
            entry: EntryRule::Once,
            challenge: ChallengePolicy::Off,
            spoof_warning: SpoofPolicy::TellStaff,
            face_enrolment: None,
            tickets: TicketPolicy::Any,
        },
        ticket_keys: Vec::new(),
        face_tickets: None,
        branding: Branding { accent: "#1c6e5a".into(), ..Branding::default() },
    }
}
