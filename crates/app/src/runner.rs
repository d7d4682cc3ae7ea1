//! Does what the session asks and reports back. Each effect is one joined task; none of them owns session state.

mod admit;
mod compare;
mod enrol;
mod identify;
mod look_up;
pub(crate) mod ticket;

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use portico_identify::{DecisionPolicy, Gallery, HttpIdentify};
use portico_protocol::{
    ChallengePolicy, EntryRule, EventRecord, FaceTickets, NamePolicy, Policy, SpoofPolicy, TicketKey,
    TicketPolicy,
};
use portico_session::{ChallengeRule, Effect, FaceRule, Input, SpoofRules, WarningRule};
use portico_store::{Store, StoreError};
use portico_sync::Connection;
use portico_ticketing::PorticoBackend;
use portico_types::{
    AttendeeId, Challenge, CheckInId, Clock, EntryWindow, GateId, ModelId, StaffId, Tick, UtcMillis,
};
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;

pub(crate) use admit::{is_enrolled, shown_name, wish, write_down};
pub(crate) use enrol::{Enroller, Pictures, withdraw};

use crate::backend;
use crate::clock::Timer;
use crate::kiosk::event::{Event, Mailbox};
use crate::kiosk::moments::Moments;
use crate::random::Random;
use crate::stage_times::StageTimes;
use crate::store_thread::StoreHandle;
use crate::tally::Tally;
use crate::vision_thread::VisionHandle;

/// What runners share. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Equipment {
    pub(crate) store: StoreHandle,
    pub(crate) vision: VisionHandle,
    pub(crate) gallery: Arc<RwLock<Gallery>>,
    pub(crate) situation: Arc<RwLock<Situation>>,
    pub(crate) decision: Arc<DecisionPolicy>,
    pub(crate) mailbox: Mailbox,
    pub(crate) moments: Moments,
    pub(crate) times: StageTimes,
    pub(crate) tally: Tally,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Random,
    pub(crate) gate: GateId,
    pub(crate) recorded: Arc<Notify>,
    pub(crate) timer: Arc<dyn Timer>,
    pub(crate) pictures: Pictures,
}

/// What changes while the kiosk runs and every runner must heed.
#[derive(Clone)]
pub(crate) struct Situation {
    /// How the backend is reached.
    pub(crate) connection: Connection,
    /// The event's rules.
    pub(crate) policy: Policy,
    /// The event's id; empty before the backend has told it.
    pub(crate) event_id: String,
    /// With what signed tickets are checked.
    pub(crate) ticket_keys: Vec<TicketKey>,
    /// With what the faces in tickets are opened, where they are compared.
    pub(crate) face_tickets: Option<FaceTickets>,
    /// The venue's time zone (IANA), in which days begin.
    pub(crate) time_zone: String,
    /// What the gate is called.
    pub(crate) gate_name: String,
    /// Until when the backend is left alone because a call to it failed: later guests need not wait for the same.
    pub(crate) backend_rests_until: Tick,
    /// The event backend, once this kiosk is paired, for what staff ask of it.
    pub(crate) backend: Option<PorticoBackend>,
    /// The backend's identify endpoint, once this kiosk is paired.
    pub(crate) identifier: Option<HttpIdentify>,
    /// The backend for enrolments, once this kiosk is paired.
    pub(crate) enroller: Option<Enroller>,
    /// Guests of whom staff have said that this was the wrong person.
    pub(crate) doubtful: BTreeSet<AttendeeId>,
    /// Guests who took their consent to be recognised back at this kiosk, of which the backend has not heard: whatever it
    /// still says of their faces does not count.
    pub(crate) withdrawn: BTreeSet<AttendeeId>,
}

impl Situation {
    /// Before the backend has said anything: everything is decided and kept on this device.
    pub(crate) fn at_start(gate: &GateId, doubtful: BTreeSet<AttendeeId>) -> Self {
        Self {
            connection: Connection::Offline,
            policy: Policy {
                shown_name: NamePolicy::FirstWord,
                crops_may_leave_device: false,
                network_budget_ms: 800,
                entry: EntryRule::Once,
                challenge: ChallengePolicy::Off,
                spoof_warning: SpoofPolicy::TellStaff,
                face_enrolment: None,
                tickets: TicketPolicy::Any,
            },
            event_id: String::new(),
            ticket_keys: Vec::new(),
            face_tickets: None,
            time_zone: "UTC".to_owned(),
            gate_name: gate.to_string(),
            backend_rests_until: Tick::ZERO,
            backend: None,
            identifier: None,
            enroller: None,
            doubtful,
            withdrawn: BTreeSet::new(),
        }
    }

    /// Whether the backend is likely to hear of something only later: sync cannot reach it, or a guest's own call did
    /// not, which is often known sooner.
    pub(crate) fn is_offline(&self, now: Tick) -> bool {
        self.connection != Connection::Online || now < self.backend_rests_until
    }

    /// The event's rules against held-up pictures, in the session's words.
    pub(crate) fn spoof_rules(policy: &Policy) -> SpoofRules {
        SpoofRules {
            challenge: match policy.challenge {
                ChallengePolicy::Off => ChallengeRule::Off,
                ChallengePolicy::OnWarning => ChallengeRule::OnWarning,
                ChallengePolicy::Always => ChallengeRule::Always,
            },
            warning: match policy.spoof_warning {
                SpoofPolicy::Ignore => WarningRule::Ignore,
                SpoofPolicy::TellStaff => WarningRule::TellStaff,
                SpoofPolicy::AskSecondFact => WarningRule::AskSecondFact,
            },
        }
    }

    /// What faces are used for, in the session's words.
    pub(crate) fn face_rule(policy: &Policy) -> FaceRule {
        match policy.tickets {
            TicketPolicy::WithFace => FaceRule::WithTicket,
            TicketPolicy::Any | TicketPolicy::SignedOnly => FaceRule::Search,
        }
    }

    /// Which earlier entries keep a guest from entering with entry `id` at time `at`.
    pub(crate) fn window(&self, at: UtcMillis, id: CheckInId) -> EntryWindow {
        self.policy.entry.window(at, &self.time_zone, &id.to_string())
    }

    /// The longest that a guest waits for the network (I4). Whatever the backend says, below the
    /// session's own patience of two seconds, so that the local gallery still decides.
    pub(crate) fn network_budget(&self) -> Duration {
        Duration::from_millis(u64::from(self.policy.network_budget_ms.clamp(100, 1_500)))
    }
}

impl Equipment {
    /// A copy of the situation as it is now.
    pub(crate) fn situation(&self) -> Situation {
        self.situation.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes the situation.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Situation)) {
        change(&mut self.situation.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// The recogniser whose templates the gallery holds.
    pub(crate) fn gallery_model(&self) -> ModelId {
        self.gallery.read().unwrap_or_else(PoisonError::into_inner).model().clone()
    }

    /// The recogniser whose vectors can be compared here, if any can.
    pub(crate) fn comparer(&self) -> Option<ModelId> {
        Some(self.gallery_model()).filter(|model| self.decision.knows(model))
    }

    /// Reads again of whom staff have said that this was the wrong person.
    pub(crate) async fn reload_doubtful(&self) {
        match self.store.with(|store| store.blocked_pairs()).await {
            Ok(Ok(pairs)) => {
                let doubtful = pairs.into_iter().map(|pair| pair.attendee).collect();
                self.change(|situation| situation.doubtful = doubtful);
            }
            Ok(Err(error)) => tracing::error!(%error, "corrected guests cannot be read"),
            Err(error) => tracing::error!(%error, "corrected guests cannot be read"),
        }
    }

    /// Reads again who took their consent back without the backend knowing.
    pub(crate) async fn reload_withdrawn(&self) {
        let situation = Arc::clone(&self.situation);
        match self.store.with(move |store| mind_withdrawn(store, &situation)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "withdrawals cannot be read"),
            Err(error) => tracing::error!(%error, "withdrawals cannot be read"),
        }
    }

    /// Tells the screen how many entries wait to be sent, and sync that there are some.
    pub(crate) async fn announce_queue(&self) {
        let mailbox = self.mailbox.clone();
        match self.store.with(move |store| announce_waiting(store, &mailbox)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "the queue cannot be counted"),
            Err(error) => tracing::error!(%error, "the queue cannot be counted"),
        }
        self.recorded.notify_one();
    }
}

/// Keeps in mind who took their consent back without the backend knowing. On the store thread, so that what is kept in mind
/// is what was true last.
pub(crate) fn mind_withdrawn(store: &Store, situation: &RwLock<Situation>) -> Result<(), StoreError> {
    let withdrawn = store.untold_withdrawals()?;
    situation.write().unwrap_or_else(PoisonError::into_inner).withdrawn = withdrawn;
    Ok(())
}

/// Tells the loop how many entries and conflicts wait. On the store thread, so that counts arrive in the order in which they were true.
pub(crate) fn announce_waiting(store: &Store, mailbox: &Mailbox) -> Result<(), StoreError> {
    mailbox.send_blocking(Event::Waiting(store.waiting()?));
    mailbox.send_blocking(Event::Conflicts(store.open_conflicts()?));
    Ok(())
}

/// Starts and joins the tasks.
pub(crate) struct Runners {
    equipment: Equipment,
    tasks: TaskTracker,
}

impl Runners {
    pub(crate) fn new(equipment: Equipment) -> Self {
        Self { equipment, tasks: TaskTracker::new() }
    }

    /// Does `effect` and feeds its answer back to the session.
    pub(crate) fn start(&self, effect: Effect) {
        let equipment = self.equipment.clone();
        // In the loop's order: a picture that is still being taken when the others are dropped is not kept either.
        if matches!(effect, Effect::DropPictures | Effect::TakePicture { first: true, .. }) {
            equipment.pictures.drop_all();
        }
        let round = equipment.pictures.round();
        self.tasks.spawn(async move {
            if let Some(input) = perform(&equipment, effect, round).await {
                equipment.mailbox.send(Event::Session(input)).await;
            }
        });
    }

    pub(crate) fn set_connection(&self, connection: Connection) {
        self.equipment.change(|situation| situation.connection = connection);
    }

    /// Everything that came from the backend is forgotten, the ways to it among them.
    pub(crate) fn forget_backend(&self) {
        let gate = &self.equipment.gate;
        self.equipment.change(|situation| *situation = Situation::at_start(gate, BTreeSet::new()));
    }

    pub(crate) fn set_event(&self, record: &EventRecord, gate_name: String) {
        self.equipment.change(|situation| {
            situation.policy = record.policy.clone();
            situation.event_id.clone_from(&record.id);
            // A key that cannot be read checks nothing: its tickets count as forged, and staff hear of each.
            situation.ticket_keys =
                record.ticket_keys.iter().filter_map(|key| TicketKey::parse(key)).collect();
            situation.face_tickets.clone_from(&record.face_tickets);
            situation.time_zone.clone_from(&record.time_zone);
            situation.gate_name = gate_name;
        });
    }

    /// A new database took the place of a damaged one.
    pub(crate) fn database_replaced(&self) {
        let equipment = self.equipment.clone();
        self.tasks.spawn(async move {
            if backend::reload_gallery(&equipment).await.is_err() {
                tracing::error!("the gallery in memory is that of the damaged database; please restart");
            }
            equipment.reload_doubtful().await;
            equipment.reload_withdrawn().await;
            equipment.announce_queue().await;
        });
    }

    /// Staff mode closed by itself behind `member`: that belongs into the audit.
    pub(crate) fn staff_mode_closed(&self, member: StaffId) {
        let equipment = self.equipment.clone();
        self.tasks.spawn(async move { crate::desk::audit_lock(&equipment, member).await });
    }

    /// Waits for everything that was started.
    pub(crate) async fn finish(self) {
        self.tasks.close();
        self.tasks.wait().await;
    }
}

async fn perform(equipment: &Equipment, effect: Effect, round: enrol::Round) -> Option<Input> {
    Some(match effect {
        Effect::Identify { request, track } => {
            Input::Identified { request, outcome: identify::identify(equipment, track).await }
        }
        Effect::CompareFace { request, track, attendee, ticket } => {
            let outcome = compare::compare(equipment, track, attendee, ticket).await;
            Input::Identified { request, outcome }
        }
        Effect::DrawChallenge { request } => {
            let challenge = equipment.random.one_of(&Challenge::ALL);
            Input::ChallengeDrawn { request, challenge }
        }
        Effect::CheckFact { request, attendee, fact } => {
            Input::FactChecked { request, correct: look_up::fact_is_right(equipment, attendee, &fact).await }
        }
        Effect::LookUpTicket { request, code } => ticket::look_up(equipment, request, code).await,
        Effect::FindNamed { request, name, digits } => {
            let attendee = look_up::named(equipment, name, digits).await.ok()?;
            Input::GuestFound { request, attendee }
        }
        Effect::Admit { request, attendee, method, evidence } => {
            let outcome = admit::admit(equipment, attendee, method, evidence).await;
            Input::Admitted { request, outcome }
        }
        Effect::TakePicture { request, track, attendee, first: _ } => {
            let outcome = enrol::take_picture(equipment, track, &attendee, round).await;
            Input::PictureTaken { request, outcome }
        }
        Effect::Enrol { request, attendee, consent } => {
            Input::Enrolled { request, outcome: enrol::enrol(equipment, attendee, consent).await }
        }
        Effect::Withdraw { request, attendee } => {
            Input::Withdrawn { request, done: enrol::withdraw_by_guest(equipment, attendee).await }
        }
        // Done when it was started.
        Effect::DropPictures | Effect::NotifyStaff(_) => return None,
    })
}
