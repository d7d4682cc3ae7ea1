//! A real event backend on the loopback interface, which kiosks pair with by code.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use fastrand::Rng;
use portico_protocol::{
    Branding, ChallengePolicy, EntryRule, EventRecord, GateRecord, NamePolicy, PairRequest, Paired, Policy,
    SpoofPolicy, TicketPolicy,
};
use portico_server::{
    Agreement, Backend, FaceReader, Outside, PictureError, Reading, Running, Server, ServerConfig,
};
use portico_ticketing::{PorticoBackend, PorticoParams};
use portico_types::{Clock as _, Consent, Embedding, ModelId, Quality, UtcMillis};

use crate::clock::RealClock;
use crate::site::Place;
use crate::{client, crowd, outside};

/// The recogniser of all soaks.
pub const MODEL: &str = "soak/1";
/// Numbers in one of its vectors, as many as the real one has.
const DIMENSION: usize = 192;
/// Milliseconds that a guest's way may wait for the network.
pub const BUDGET_MS: u32 = 800;

/// A backend that can be switched off and on at the same address.
pub struct House {
    config: ServerConfig,
    clock: Arc<RealClock>,
    seed: u64,
    running: Option<Running>,
}

impl House {
    /// Opens a backend for `event` whose database is in `folder`, which must exist.
    pub async fn open(folder: &Path, event: &EventRecord, seed: u64) -> Result<Self> {
        let mut config = ServerConfig::new(Place::new(folder).server(), folder.join("no-models"));
        // Whoever is cut off by a restart comes back.
        config.limits.shutdown_time = Duration::from_secs(1);
        let mut house = Self { config, clock: RealClock::start(), seed, running: None };
        house.start().await?;
        house.backend()?.set_event(event)?;
        Ok(house)
    }

    async fn start(&mut self) -> Result<()> {
        // Another seed each time, or ids would come again.
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let outside = Outside { clock: self.clock.clone(), random: outside::random(self.seed) };
        let config = self.config.clone();
        let open = move || Backend::with_faces(&config, outside, Box::new(Faces::new()));
        let backend = Arc::new(tokio::task::spawn_blocking(open).await??);
        let running = Server::serve(&self.config, backend).await?;
        self.config.listen = running.addr();
        self.running = Some(running);
        Ok(())
    }

    /// Switches it off for `pause`, and on again.
    pub async fn restart(&mut self, pause: Duration) -> Result<()> {
        if let Some(running) = self.running.take() {
            running.shutdown().await?;
        }
        tokio::time::sleep(pause).await;
        self.start().await
    }

    /// Switches it off.
    pub async fn close(mut self) -> Result<()> {
        match self.running.take() {
            Some(running) => Ok(running.shutdown().await?),
            None => Ok(()),
        }
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.config.listen
    }

    /// Its database.
    pub fn database(&self) -> PathBuf {
        self.config.database.clone()
    }

    /// The backend behind the routes.
    pub fn backend(&self) -> Result<&Arc<Backend>> {
        self.running.as_ref().map(Running::backend).ok_or_else(|| anyhow!("the backend is switched off"))
    }

    /// Puts the first `guests` guests of the crowd on the roster.
    pub fn invite(&self, guests: usize) -> Result<()> {
        let report = self.backend()?.import_roster(crowd::sheet(guests).as_bytes())?;
        anyhow::ensure!(report.added == guests, "only {} of {guests} guests were imported", report.added);
        Ok(())
    }

    /// Enrols the first `guests` guests.
    pub fn enrol(&self, guests: usize) -> Result<()> {
        let backend = self.backend()?;
        let now = self.clock.utc();
        let consent =
            Consent { text_version: "1".to_owned(), language: "en".to_owned(), agreed_at: UtcMillis(now.0) };
        let expires_at = UtcMillis(now.0 + 86_400_000);
        let agreement = Agreement { consent, expires_at, device: None };
        for number in 0..guests {
            backend.enrol(&crowd::id(number), &picture(number), &agreement)?;
        }
        Ok(())
    }

    /// Pairs a new device by a code of its own.
    pub async fn pair(&self, name: &str, gate: &str) -> Result<Paired> {
        let code = self.backend()?.new_pairing_code(Duration::from_hours(1))?;
        let request = PairRequest { code, name: name.to_owned(), gate: gate.to_owned() };
        let base = format!("http://{}", self.addr());
        let paired =
            PorticoBackend::pair(client::client()?, &base, &request, &PorticoParams::default()).await;
        paired.context("a fresh code does not pair")
    }
}

/// An event with these gates.
pub fn event(gates: &[String], entry: EntryRule) -> EventRecord {
    let gate = |id: &String| GateRecord { id: id.clone(), name: format!("Door {id}") };
    EventRecord {
        id: "soak".to_owned(),
        name: "Soak".to_owned(),
        time_zone: "UTC".to_owned(),
        gates: gates.iter().map(gate).collect(),
        policy: Policy {
            shown_name: NamePolicy::Full,
            crops_may_leave_device: true,
            network_budget_ms: BUDGET_MS,
            entry,
            challenge: ChallengePolicy::Off,
            spoof_warning: SpoofPolicy::TellStaff,
            face_enrolment: None,
            tickets: TicketPolicy::Any,
        },
        ticket_keys: Vec::new(),
        face_tickets: None,
        branding: Branding { accent: "#1c6e5a".to_owned(), ..Branding::default() },
    }
}

/// A "picture" of guest `number`: the backend's reader makes of it the same vector each time.
pub fn picture(number: usize) -> Vec<u8> {
    (number as u64).to_le_bytes().to_vec()
}

/// Reads the vectors of pictures that are no pictures.
struct Faces(ModelId);

impl Faces {
    fn new() -> Self {
        Self(ModelId(MODEL.to_owned()))
    }
}

impl FaceReader for Faces {
    fn model(&self) -> &ModelId {
        &self.0
    }

    fn read(&mut self, picture: &[u8]) -> Result<Reading, PictureError> {
        let refused = || PictureError::Refused("no picture of this soak".to_owned());
        let number = u64::from_le_bytes(picture.try_into().map_err(|_| refused())?);
        let embedding = embedding(number).ok_or_else(refused)?;
        let quality = Quality {
            score: 0.9,
            yaw_degrees: 0.0,
            pitch_degrees: 0.0,
            roll_degrees: 0.0,
            sharpness: 500.0,
            luma: 120.0,
            contrast: 50.0,
            evenness: 0.9,
            eyes_open: 0.3,
            symmetry: None,
            width_px: 160.0,
        };
        Ok(Reading::Face { embedding, quality })
    }
}

/// A vector of unit length that `number` decides.
pub fn embedding(number: u64) -> Option<Embedding> {
    let mut rng = Rng::with_seed(number ^ 0xface);
    Embedding::normalised((0..DIMENSION).map(|_| rng.f32() - 0.5).collect()).ok()
}
