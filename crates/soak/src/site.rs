//! A kiosk's store and a backend in one folder, and what happens between them: the real ones, without a network.
//!
//! The only place that knows how entries travel from one to the other; modes decide what happens when.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use fastrand::Rng;
use portico_protocol::{
    Branding, ChallengePolicy, CheckInOutcome, EntryRule, EventRecord, GateRecord, NamePolicy, Policy,
    SpoofPolicy, TicketPolicy,
};
use portico_server::{Backend, ServerConfig};
use portico_store::{
    Actor, AdmitWish, Admitted, AuditNote, CorrectOutcome, CorrectWish, FileKey, MetaKey, OutboxEntry,
    RosterPage, SalvageReport, Settlement, Store, StoreError, UndoOutcome, UndoWish,
};
use portico_types::{
    Attendee, AttendeeId, AuditAction, CheckInId, Clock as _, DeviceId, EntryWindow, GateId, Method, StaffId,
    UtcMillis,
};

use crate::outside::{self, SteppingClock};

mod delivery;

/// The gate of all that happens here.
pub const GATE: &str = "north";
/// What staff call it.
const GATE_NAME: &str = "North door";

/// Where the files of a site are.
#[derive(Clone, Debug)]
pub struct Place {
    /// The folder of all of them.
    pub folder: PathBuf,
}

impl Place {
    /// The site in `folder`.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The kiosk's database.
    pub fn kiosk(&self) -> PathBuf {
        self.folder.join("kiosk.db")
    }

    /// The key of the kiosk's database.
    pub fn key(&self) -> PathBuf {
        self.folder.join("kiosk.key")
    }

    /// Copies what a power cut would leave to `folder`: all but what is in shared memory.
    pub fn copy_to(&self, folder: &Path) -> Result<()> {
        for file in fs::read_dir(&self.folder)? {
            let file = file?;
            if file.file_type()?.is_file() && !file.file_name().to_string_lossy().ends_with("-shm") {
                fs::copy(file.path(), folder.join(file.file_name()))?;
            }
        }
        Ok(())
    }

    /// The backend's database.
    pub fn server(&self) -> PathBuf {
        self.folder.join("server.db")
    }
}

/// The kiosk's store and the backend, open.
pub struct Site {
    /// The kiosk.
    pub store: Store,
    /// The backend.
    pub backend: Backend,
    clock: Arc<SteppingClock>,
    rng: Rng,
}

impl Site {
    /// Opens both, making what is not there.
    pub fn open(place: &Place, seed: u64) -> Result<Self> {
        let clock = SteppingClock::new();
        let store = open_store(place, seed)?;
        let config = ServerConfig::new(place.server(), place.folder.join("no-models"));
        let backend = Backend::without_faces(&config, clock.clone(), outside::random(seed ^ 0xbac4))
            .context("the backend does not open")?;
        Ok(Self { store, backend, clock, rng: Rng::with_seed(seed ^ 0x1d5) })
    }

    /// Sets the event and a roster of `guests` up and tells the kiosk.
    pub fn set_up(&mut self, guests: usize) -> Result<()> {
        fill_event(&self.backend, guests)?;
        self.read_roster()?;
        Ok(())
    }

    /// A guest of the roster; they count from 0.
    pub fn guest(number: usize) -> AttendeeId {
        AttendeeId::new(format!("guest-{number}"))
    }

    /// Changes one guest's company, so that the roster has something new to tell.
    pub fn change_guest(&mut self, number: usize) -> Result<()> {
        let company = format!("Company {}", self.rng.u32(..));
        let sheet = format!("id,name,company,ticket_code\n{}", guest_line(number, &company));
        self.backend.import_roster(sheet.as_bytes())?;
        Ok(())
    }

    /// Reads the roster to its end; the cursor of each page taken in.
    pub fn read_roster(&mut self) -> Result<Vec<String>> {
        let mut cursors = Vec::new();
        loop {
            let since = self.store.meta(MetaKey::RosterCursor)?;
            let page = self.backend.attendees(since.as_deref())?;
            let attendees: Result<Vec<Attendee>, _> =
                page.attendees.into_iter().map(Attendee::try_from).collect();
            let removed = page.removed.into_iter().map(AttendeeId::new).collect();
            self.store.apply_roster(&RosterPage {
                attendees: attendees?,
                removed,
                cursor: page.cursor.clone(),
                complete: !page.more,
            })?;
            cursors.push(page.cursor);
            if !page.more {
                return Ok(cursors);
            }
        }
    }

    /// A new id, and the time it is made.
    pub fn fresh(&mut self) -> (CheckInId, UtcMillis) {
        let at = self.clock.utc();
        (outside::fresh_id(&mut self.rng, at), at)
    }

    /// Wants to let a guest in.
    pub fn admit(
        &mut self,
        id: CheckInId,
        attendee: &AttendeeId,
        at: UtcMillis,
    ) -> Result<Admitted, StoreError> {
        self.store.admit(&AdmitWish {
            id,
            attendee: attendee.clone(),
            gate: GateId::new(GATE),
            gate_name: GATE_NAME.to_owned(),
            method: Method::Face,
            at,
            score: Some(0.71),
            reason: None,
            actor: Actor::Kiosk,
            window: EntryWindow::whole_event(),
        })
    }

    /// Takes an entry back.
    pub fn undo(&mut self, check_in: CheckInId) -> Result<(CheckInId, UndoOutcome), StoreError> {
        let (undo_id, at) = self.fresh();
        let reason = "left again".to_owned();
        let outcome = self.store.undo(&UndoWish {
            check_in,
            undo_id,
            at,
            reason,
            actor: Actor::Staff(StaffId::FIRST),
        })?;
        Ok((undo_id, outcome))
    }

    /// Moves an entry to another guest; the undo's id.
    pub fn correct(
        &mut self,
        wrong: CheckInId,
        right: &AttendeeId,
    ) -> Result<(CheckInId, CorrectOutcome), StoreError> {
        let ((new_id, _), (undo_id, at)) = (self.fresh(), self.fresh());
        let outcome = self.store.correct(&CorrectWish {
            wrong,
            right: right.clone(),
            new_id,
            undo_id,
            at,
            reason: "another guest".to_owned(),
            actor: Actor::Staff(StaffId::FIRST),
            window: EntryWindow::whole_event(),
        })?;
        Ok((undo_id, outcome))
    }

    /// Notes in the audit that staff opened their sheet.
    pub fn unlock(&mut self) -> Result<(), StoreError> {
        let at = self.clock.utc();
        let (action, actor) = (AuditAction::Unlock, Actor::Staff(StaffId::FIRST));
        self.store.record_audit(&AuditNote {
            action,
            actor,
            attendee: None,
            before: None,
            after: None,
            reason: None,
            at,
        })?;
        Ok(())
    }

    /// Up to `limit` entries that wait.
    pub fn waiting(&self, limit: usize) -> Result<Vec<OutboxEntry>, StoreError> {
        self.store.next_batch(limit)
    }

    /// Hands entries to the backend, as this kiosk's device.
    pub fn deliver(&mut self, entries: &[OutboxEntry]) -> Result<Vec<CheckInOutcome>> {
        let device = self.device()?;
        let wire: Vec<_> = entries.iter().map(delivery::entry).collect();
        Ok(self.backend.record_check_ins(&device, &wire)?)
    }

    /// Notes what the backend answered.
    pub fn settle(&mut self, entries: &[OutboxEntry], outcomes: Vec<CheckInOutcome>) -> Result<()> {
        let settlements: Result<Vec<(CheckInId, Settlement)>> = entries
            .iter()
            .zip(outcomes)
            .map(|(entry, outcome)| Ok((entry.id, delivery::settlement(outcome.verdict)?)))
            .collect();
        Ok(self.store.settle(&settlements?)?)
    }

    /// Ids of the entries that stand at the kiosk.
    pub fn live(&self) -> Result<Vec<CheckInId>, StoreError> {
        let entries = self.store.recent(usize::MAX >> 1)?;
        Ok(entries.into_iter().filter(|entry| entry.live).map(|entry| entry.check_in.id).collect())
    }

    fn device(&self) -> Result<DeviceId> {
        match self.backend.devices()?.into_iter().find(|device| !device.revoked) {
            Some(device) => Ok(device.id),
            None => Ok(self.backend.ensure_local_device("Soak", GATE)?.0),
        }
    }
}

/// Sets the event and a roster of `guests` up.
pub fn fill_event(backend: &Backend, guests: usize) -> Result<()> {
    backend.set_event(&event())?;
    let mut sheet = String::from("id,name,company,ticket_code\n");
    for number in 0..guests {
        sheet.push_str(&guest_line(number, "Harbour Works"));
    }
    backend.import_roster(sheet.as_bytes())?;
    Ok(())
}

/// Opens the kiosk's database, which must be sound.
pub fn open_store(place: &Place, seed: u64) -> Result<Store> {
    let key = FileKey::new(place.key(), outside::fill(seed ^ 0x6b65));
    Store::open(&place.kiosk(), &key).context("the kiosk's database does not open")
}

/// Opens the kiosk's database as the kiosk does: what is damaged is mended, and told.
pub fn open_or_salvage(place: &Place, seed: u64) -> Result<(Store, Option<SalvageReport>)> {
    let key = FileKey::new(place.key(), outside::fill(seed ^ 0x6b65));
    let now = SteppingClock::new().utc();
    Store::open_or_salvage(&place.kiosk(), &key, now).context("the kiosk's database does not open")
}

/// One line of a roster file.
fn guest_line(number: usize, company: &str) -> String {
    format!("{},Guest Number {number},{company},T{number:05}\n", Site::guest(number))
}

fn event() -> EventRecord {
    EventRecord {
        id: "soak".to_owned(),
        name: "Soak".to_owned(),
        time_zone: "UTC".to_owned(),
        gates: vec![GateRecord { id: GATE.to_owned(), name: GATE_NAME.to_owned() }],
        policy: Policy {
            shown_name: NamePolicy::Full,
            crops_may_leave_device: false,
            network_budget_ms: 800,
            entry: EntryRule::Once,
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
