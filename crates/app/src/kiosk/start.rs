//! Puts the kiosk together: database, models, threads, sync, and the loop that owns the session.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;

use portico_camera::webcam::Choice;
use portico_camera::{Capture, Want};
use portico_identify::Gallery;
use portico_protocol::EventRecord;
use portico_session::Input;
use portico_store::{FileKey, MetaKey, Store, StoreError};
use portico_types::{Clock, GateId, ModelId};
use portico_vision::{CodeParams, CodeReader, Models, VisionParams, Watcher};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::event::{Event, Mailbox};
use super::glance::Glance;
use super::keeper::Keeper;
use super::moments::Moments;
use super::run::Loop;
use super::screen::Screen;
use super::staff::Staff;
use super::{Kiosk, Running};
use crate::backend::{self, BackendLink};
use crate::camera::Camera;
use crate::clock::Timer;
use crate::code_thread::CodeWatch;
use crate::config::Config;
use crate::contract::{FacesView, StaffLock};
use crate::desk::{Place, StaffDoor};
use crate::faces::Faces;
use crate::http::HttpError;
use crate::log_lines::LogLines;
use crate::pin::PinError;
use crate::preview::Preview;
use crate::random::Random;
use crate::runner::{Equipment, Pictures, Situation};
use crate::server_time::ServerTime;
use crate::settings::Settings;
use crate::stage_times::StageTimes;
use crate::station::{Eye, Station};
use crate::store_thread::StoreHandle;
use crate::tally::Tally;
use crate::vision_thread::{Gate, Look, VisionHandle};

/// What the kiosk takes from outside instead of reaching for it (I6).
pub struct Ports {
    /// Where pictures come from.
    pub camera: Camera,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Waiting for a time.
    pub timer: Arc<dyn Timer>,
    /// Randomness.
    pub random: Random,
    /// The latest lines of the log.
    pub logs: LogLines,
}

/// How to reach the event backend.
#[derive(Clone, Debug)]
pub enum BackendAccess {
    /// The token is known, as for the backend inside this process.
    Paired {
        /// Base address.
        url: String,
        /// This device's token.
        token: String,
    },
    /// Somewhere else; the token is in the database, or is got for the code.
    Remote {
        /// Base address.
        url: String,
        /// One-use code for the first start.
        pairing_code: Option<String>,
    },
}

/// Why the kiosk cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be made.
    #[error("the data folder {} cannot be used: {source}", path.display())]
    DataFolder {
        /// The folder.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The database cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The first PIN cannot be set.
    #[error(transparent)]
    Pin(#[from] PinError),
    /// There is no HTTP client.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// A thread cannot be started.
    #[error("a thread cannot be started: {0}")]
    Thread(#[from] std::io::Error),
}

impl Kiosk {
    /// Starts the kiosk. Must be called within a tokio runtime.
    pub async fn start(
        config: &Config,
        models: &Path,
        access: BackendAccess,
        ports: Ports,
    ) -> Result<Self, StartError> {
        let client = crate::http::client()?;
        let Known { store, staff, event, faces, gallery, situation, settings } =
            Known::read(config, models, &ports)?;
        let screen = screen(config, &settings, faces.view, staff.lock);
        let (mailbox, inbox) = Mailbox::new();
        let time = ServerTime::new(ports.clock);
        let clock: Arc<dyn Clock> = Arc::new(time.clone());
        let gate = Gate::default();
        let (capture, eye) = start_camera(ports.camera, settings.camera(config), &clock, &mailbox)?;
        let times = StageTimes::new(Arc::clone(&clock));
        let vision = match faces.models {
            Some(models) => start_vision(models, &capture, &gate, &times, &mailbox)?,
            None => VisionHandle::blind(),
        };
        let codes = watch_codes(&capture, &mailbox)?;
        let cancel = CancellationToken::new();
        let link = BackendLink::new(&cancel);
        let equipment = Equipment {
            store: keep(store, &clock, &mailbox)?,
            vision,
            gallery: Arc::new(RwLock::new(gallery)),
            situation: Arc::new(RwLock::new(situation)),
            decision: Arc::new(faces.decision),
            mailbox: mailbox.clone(),
            moments: Moments::new(Arc::clone(&clock)),
            times,
            tally: Tally::new(Arc::clone(&clock)),
            clock,
            random: ports.random,
            gate: GateId::new(&config.gate),
            recorded: link.recorded(),
            timer: ports.timer,
            pictures: Pictures::default(),
        };
        let (the_loop, shown) = Loop::new(screen, Glance::new(time.device()), equipment.clone(), gate, codes);
        let door = staff.door;
        let mut tasks = keep_in_order(&door, &equipment, &cancel);
        tasks.spawn(the_loop.run(inbox, cancel.clone()));
        let sync_status = link.status();
        let identity = backend::Identity { name: config.name.clone(), gate: config.gate.clone() };
        let place = Place::new(config, &access, link.exchange());
        tasks.spawn(backend::run(link, access, identity, client, equipment.clone(), time));
        if let Some(event) = event {
            mailbox.send(Event::Renewed(Box::new(event))).await;
        }
        equipment.announce_queue().await;

        let preview = Preview::new(capture.slot(), &shown, &equipment);
        let station = Station::new(config, settings, eye, ports.logs, equipment.clock.now());
        let running = Running { cancel, tasks: Mutex::new(tasks), capture: Mutex::new(Some(capture)) };
        let running = Arc::new(running);
        Ok(Self { equipment, door, place, station, shown, sync_status, preview, running })
    }
}

/// Starts what keeps the kiosk in order, whatever goes on in front of it.
fn keep_in_order(door: &StaffDoor, equipment: &Equipment, cancel: &CancellationToken) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(crate::retention::run(equipment.clone(), cancel.clone()));
    tasks.spawn(crate::tally::run(equipment.clone(), cancel.clone()));
    tasks.spawn(door.clone().keep_guesses(equipment.clone(), cancel.clone()));
    tasks
}

/// What is known before anything runs.
struct Known {
    store: Store,
    staff: Staff,
    event: Option<EventRecord>,
    faces: Faces,
    gallery: Gallery,
    situation: Situation,
    settings: Settings,
}

impl Known {
    fn read(config: &Config, models: &Path, ports: &Ports) -> Result<Self, StartError> {
        let mut store = open_store(&config.data_dir, ports)?;
        let staff = Staff::read(&mut store, &config.staff, ports)?;
        let event = known_event(&store)?;
        let faces = Faces::load(models, &config.recognition);
        let model = faces.models.as_ref().map(|models| models.model_id().clone());
        let gallery = load_gallery(&mut store, model, ports.clock.as_ref())?;
        let mut situation = Situation::at_start(&GateId::new(&config.gate), doubtful(&store)?);
        situation.withdrawn = store.untold_withdrawals()?;
        if let Some(event) = &event {
            // The rest of it comes with the first turn of the loop; sync must not be earlier with this.
            situation.policy = event.policy.clone();
        }
        let settings = Settings::known(&store)?;
        Ok(Self { store, staff, event, faces, gallery, situation, settings })
    }
}

fn screen(config: &Config, settings: &Settings, faces: FacesView, pin: StaffLock) -> Screen {
    let auto_lock = Duration::from_secs(u64::from(config.staff.auto_lock_seconds));
    let (languages, sounds) = (settings.languages(config), settings.sounds());
    Screen::new(config.gate.clone(), languages, config.screens, faces, pin, auto_lock, sounds)
}

/// Opens the database; a damaged one is replaced by what could be read of it.
fn open_store(data_dir: &Path, ports: &Ports) -> Result<Store, StartError> {
    std::fs::create_dir_all(data_dir)
        .map_err(|source| StartError::DataFolder { path: data_dir.to_owned(), source })?;
    let random = ports.random.clone();
    let key = FileKey::new(data_dir.join("kiosk.key"), move |bytes| {
        random.fill(bytes);
        Ok(())
    });
    let (store, salvaged) = Store::open_or_salvage(&data_dir.join("kiosk.db"), &key, ports.clock.utc())?;
    if let Some(report) = salvaged {
        tracing::error!(kept = %report.quarantined.display(), "the database was damaged; a new one took its place");
    }
    Ok(store)
}

/// Gives the database to its thread, where a keeper looks after it.
fn keep(store: Store, clock: &Arc<dyn Clock>, mailbox: &Mailbox) -> std::io::Result<StoreHandle> {
    let mut keeper = Keeper::new(Arc::clone(clock), mailbox.clone());
    StoreHandle::spawn(store, move |store| keeper.look_after(store))
}

/// The event as the backend described it before this start.
fn known_event(store: &Store) -> Result<Option<EventRecord>, StoreError> {
    let stored = store.meta(MetaKey::Event)?;
    Ok(stored.and_then(|json| {
        serde_json::from_str(&json)
            .inspect_err(|error| tracing::warn!(%error, "the stored event is not readable; asking again"))
            .ok()
    }))
}

/// The templates that `model` can compare. Without a model they are kept as they are, for the day when it is back.
fn load_gallery(store: &mut Store, model: Option<ModelId>, clock: &dyn Clock) -> Result<Gallery, StoreError> {
    if let Err(error) = store.forget_expired(clock.utc()) {
        // They are not loaded, and retention tries again: no reason to keep the door closed.
        tracing::error!(%error, "templates whose time is over could not be erased yet");
    }
    let templates = store.templates(clock.utc())?;
    let kept = templates.first().map(|template| template.model.clone());
    let usable = model.is_some();
    let model = model.or(kept).unwrap_or_else(|| ModelId("none".to_owned()));
    let mut gallery = Gallery::new(model.clone());
    let refused = gallery.rebuild(model, templates);
    if refused > 0 && usable {
        // They are of another recogniser; those of this one are to be pulled from the start.
        store.reread_feeds()?;
    }
    tracing::info!(templates = gallery.len(), refused, "gallery loaded");
    Ok(gallery)
}

fn doubtful(store: &Store) -> Result<std::collections::BTreeSet<portico_types::AttendeeId>, StoreError> {
    Ok(store.blocked_pairs()?.into_iter().map(|pair| pair.attendee).collect())
}

/// Starts the camera that is wanted, where there is one to choose.
fn start_camera(
    camera: Camera,
    wanted: Choice,
    clock: &Arc<dyn Clock>,
    mailbox: &Mailbox,
) -> std::io::Result<(Capture, Eye)> {
    let (mailbox, switch) = (mailbox.clone(), camera.switch);
    if let Some(switch) = &switch {
        switch.choose(wanted);
    }
    let capture =
        Capture::spawn(camera.source, Want::default(), camera.params, Arc::clone(clock), move |state| {
            tracing::info!(?state, "camera");
            mailbox.send_blocking(Event::Camera(state));
        })?;
    let eye = Eye::of(&capture, switch);
    Ok((capture, eye))
}

fn start_vision(
    models: Models,
    capture: &Capture,
    gate: &Gate,
    times: &StageTimes,
    mailbox: &Mailbox,
) -> std::io::Result<VisionHandle> {
    let watcher = Watcher::new(models, VisionParams::default());
    let mailbox = mailbox.clone();
    VisionHandle::spawn(watcher, capture.slot(), gate.clone(), times.clone(), move |look| {
        mailbox.offer(match look {
            Look::Seen(observation) => Event::Session(Input::Observed(observation)),
            Look::PassedOver(sequence) => Event::PassedOver(sequence),
        });
    })
}

fn watch_codes(capture: &Capture, mailbox: &Mailbox) -> std::io::Result<CodeWatch> {
    let mailbox = mailbox.clone();
    CodeWatch::spawn(CodeReader::new(CodeParams::default()), capture.slot(), move |text, frame| {
        mailbox.offer(Event::Code { text, sequence: frame.sequence, captured_at: frame.captured_at });
    })
}
