//! An outbox in memory, a backend that fails as told, and a clock that follows tokio's paused time.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{FutureExt, StreamExt};
use portico_store::{ConflictsPage, OutboxBody, OutboxEntry, RosterPage, Settlement, TemplatesPage};
use portico_sync::{Storage, SyncDeps, SyncParams, SyncStatus};
use portico_ticketing::{
    Answer, BackendError, Branding, ChallengePolicy, Delivery, EntryRule, EventRecord, EventStream,
    GalleryPage, NamePolicy, Policy, ProblemCode, SpoofPolicy, StreamEvent, TicketPolicy, Ticketing, Verdict,
};
use portico_types::{
    AttendeeId, AuditHead, CheckIn, CheckInId, Clock, FirstEntry, GateId, Method, ModelId, Tick, UtcMillis,
};
use tokio::sync::{Notify, mpsc, watch};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// A clock that follows tokio's time, which the tests have paused.
struct PausedClock(tokio::time::Instant);

impl PausedClock {
    #[expect(clippy::disallowed_methods, reason = "reads tokio's paused time, which only tests move")]
    fn new() -> Self {
        Self(tokio::time::Instant::now())
    }
}

impl Clock for PausedClock {
    fn now(&self) -> Tick {
        Tick::new(self.0.elapsed())
    }

    fn utc(&self) -> UtcMillis {
        UtcMillis(self.0.elapsed().as_millis() as i64)
    }
}

/// What the kiosk has on disk.
#[derive(Default)]
pub struct Disk {
    pub waiting: VecDeque<OutboxEntry>,
    pub delivered: Vec<OutboxEntry>,
    pub settled: Vec<(CheckInId, Settlement)>,
    pub attempts: usize,
    pub audit_head: Option<AuditHead>,
    pub roster_cursor: Option<String>,
    pub conflicts_cursor: Option<String>,
    pub roster_pages: usize,
    /// How many of the roster's pages were the last ones.
    pub rosters: usize,
    pub templates_pages: usize,
    pub conflicts_pages: usize,
    pub restarts: usize,
    pub event: Option<EventRecord>,
}

impl Disk {
    pub fn parked(&self) -> Vec<u128> {
        let parked = self.settled.iter().filter(|(_, what)| matches!(what, Settlement::Parked { .. }));
        parked.map(|(id, _)| id.0.as_u128()).collect()
    }
}

/// What happens to one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Answered,
    /// The backend does it, but the answer does not arrive.
    AnswerLost,
    Timeout,
    Foreign,
    Failing,
    Busy,
    Rubbish,
}

/// What the backend knows, and what it is about to do.
#[derive(Default)]
pub struct Office {
    /// Fates of the coming calls; after them, all are answered.
    pub fates: VecDeque<Fate>,
    /// Calls so far, of whatever kind.
    pub calls: usize,
    /// Calls that carried check-ins.
    pub deliveries: usize,
    /// The audit's heads that came with them.
    pub heads: Vec<AuditHead>,
    /// How often each entry was written down as new, in the order of the first time.
    pub recorded: Vec<u128>,
    /// Entries that the backend refuses, each by its own verdict.
    pub rejects: Vec<u128>,
    /// Entries that the backend cannot read: the whole call is refused.
    pub indigestible: Vec<u128>,
    /// Guests that have entered at another door.
    pub entered_elsewhere: BTreeMap<AttendeeId, FirstEntry>,
    /// Whether the kiosk has no access.
    pub revoked: bool,
    /// Roster pages after the first.
    pub more_pages: usize,
    /// How long each of them takes.
    pub page_takes: Duration,
    /// Whether every cursor is refused, and how often one was.
    pub refuses_cursors: bool,
    pub refused_cursors: usize,
    /// Whether even reading from the start is refused.
    pub refuses_beginnings: bool,
    /// Says things of its own accord.
    pub voice: Option<mpsc::UnboundedSender<StreamEvent>>,
    verdicts: BTreeMap<u128, Verdict>,
}

impl Office {
    fn call(&mut self) -> Result<Fate, BackendError> {
        self.calls += 1;
        if self.revoked {
            return Err(BackendError::Revoked);
        }
        match self.fates.pop_front().unwrap_or(Fate::Answered) {
            fate @ (Fate::Answered | Fate::AnswerLost) => Ok(fate),
            Fate::Timeout => Err(BackendError::Timeout { allowed: Duration::from_secs(1) }),
            Fate::Foreign => Err(BackendError::Foreign { status: 200 }),
            Fate::Failing => Err(BackendError::Server { status: 503, retry_after: None }),
            Fate::Busy => Err(BackendError::TooMany { retry_after: Some(Duration::from_secs(1)) }),
            Fate::Rubbish => Err(BackendError::Malformed("JSON")),
        }
    }

    /// Forgets every entry.
    pub fn lose_everything(&mut self) {
        self.recorded.clear();
        self.verdicts.clear();
    }

    fn read(&mut self, since: Option<&str>) -> Result<Fate, BackendError> {
        let fate = self.call()?;
        if self.refuses_beginnings || (self.refuses_cursors && since.is_some()) {
            self.refused_cursors += 1;
            return Err(BackendError::CursorRefused);
        }
        Ok(fate)
    }

    /// Idempotent: an entry that was answered before gets the same answer.
    fn take(&mut self, delivery: &Delivery) -> Verdict {
        let id = delivery.id.0.as_u128();
        if let Some(verdict) = self.verdicts.get(&id) {
            return if *verdict == Verdict::Recorded { Verdict::AlreadyRecorded } else { verdict.clone() };
        }
        let first = match &delivery.act {
            portico_ticketing::DoorAct::CheckIn(check_in) => self.entered_elsewhere.get(&check_in.attendee),
            _ => None,
        };
        let verdict = match first {
            _ if self.rejects.contains(&id) => Verdict::Rejected { reason: "unknown guest".into() },
            Some(first) => Verdict::Duplicate(first.clone()),
            None => {
                self.recorded.push(id);
                Verdict::Recorded
            }
        };
        self.verdicts.insert(id, verdict.clone());
        verdict
    }
}

/// Both sides, shared between a test and the runner.
#[derive(Clone, Default)]
pub struct World {
    pub disk: Arc<Mutex<Disk>>,
    pub office: Arc<Mutex<Office>>,
    pub recorded: Arc<Notify>,
}

impl World {
    /// Records a check-in of guest `guest`, without telling the runner.
    pub fn check_in(&self, id: u128, guest: &str) {
        let mut disk = self.disk.lock().unwrap();
        let check_in = CheckIn {
            id: CheckInId(Uuid::from_u128(id)),
            attendee: AttendeeId::new(guest),
            gate: GateId::new("north"),
            method: Method::Face,
            at: UtcMillis(id as i64),
            score: None,
            reason: None,
        };
        let entry = OutboxEntry { id: check_in.id, seq: id as i64, body: OutboxBody::CheckIn(check_in) };
        disk.waiting.push_back(entry);
    }

    /// Starts the runner; it ends when the token is cancelled or dropped with the runtime.
    pub fn start(&self, params: SyncParams) -> (watch::Receiver<SyncStatus>, CancellationToken) {
        let (status, told) = watch::channel(SyncStatus::default());
        let clock = Arc::new(PausedClock::new());
        let waits = Arc::clone(&clock);
        let deps = SyncDeps {
            storage: self.clone(),
            backend: self.clone(),
            model: ModelId("m/1".into()),
            clock,
            wait_until: Box::new(move |until| tokio::time::sleep(until.since(waits.now())).boxed()),
            random: Box::new(|| 0.5),
            recorded: Arc::clone(&self.recorded),
            status,
        };
        let cancel = CancellationToken::new();
        tokio::spawn(portico_sync::run(deps, params, cancel.clone()));
        (told, cancel)
    }
}

impl Storage for World {
    type Error = Infallible;

    async fn next_batch(&self, limit: usize) -> Result<Vec<OutboxEntry>, Infallible> {
        Ok(self.disk.lock().unwrap().waiting.iter().take(limit).cloned().collect())
    }

    async fn settle(&self, answers: Vec<(CheckInId, Settlement)>) -> Result<(), Infallible> {
        let mut disk = self.disk.lock().unwrap();
        let answered =
            |entry: &OutboxEntry| answers.iter().find(|(id, _)| *id == entry.id).map(|(_, what)| what);
        let (settled, waiting): (VecDeque<_>, VecDeque<_>) =
            disk.waiting.drain(..).partition(|entry| answered(entry).is_some());
        let parked = |entry: &OutboxEntry| matches!(answered(entry), Some(Settlement::Parked { .. }));
        disk.delivered.extend(settled.into_iter().filter(|entry| !parked(entry)));
        disk.waiting = waiting;
        disk.settled.extend(answers);
        Ok(())
    }

    async fn count_attempt(&self, ids: Vec<CheckInId>) -> Result<(), Infallible> {
        self.disk.lock().unwrap().attempts += ids.len();
        Ok(())
    }

    async fn audit_head(&self) -> Result<Option<AuditHead>, Infallible> {
        Ok(self.disk.lock().unwrap().audit_head)
    }

    async fn conflicts_cursor(&self) -> Result<Option<String>, Infallible> {
        Ok(self.disk.lock().unwrap().conflicts_cursor.clone())
    }

    async fn apply_conflicts(&self, _since: Option<String>, page: ConflictsPage) -> Result<(), Infallible> {
        let mut disk = self.disk.lock().unwrap();
        disk.conflicts_pages += 1;
        disk.conflicts_cursor = Some(page.cursor);
        Ok(())
    }

    async fn restart_feeds(&self) -> Result<(), Infallible> {
        let mut disk = self.disk.lock().unwrap();
        disk.restarts += 1;
        (disk.roster_cursor, disk.conflicts_cursor) = (None, None);
        let again = std::mem::take(&mut disk.delivered);
        disk.waiting = again.into_iter().chain(disk.waiting.clone()).collect();
        Ok(())
    }

    async fn roster_cursor(&self) -> Result<Option<String>, Infallible> {
        Ok(self.disk.lock().unwrap().roster_cursor.clone())
    }

    async fn templates_cursor(&self) -> Result<Option<String>, Infallible> {
        Ok(None)
    }

    async fn apply_roster(&self, _since: Option<String>, page: RosterPage) -> Result<(), Infallible> {
        let mut disk = self.disk.lock().unwrap();
        disk.roster_pages += 1;
        disk.rosters += usize::from(page.complete);
        disk.roster_cursor = Some(page.cursor);
        Ok(())
    }

    async fn apply_templates(&self, _: Option<String>, _: TemplatesPage) -> Result<(), Infallible> {
        self.disk.lock().unwrap().templates_pages += 1;
        Ok(())
    }

    async fn set_event(&self, event: EventRecord) -> Result<(), Infallible> {
        self.disk.lock().unwrap().event = Some(event);
        Ok(())
    }
}

fn answer<V>(fate: Fate, value: V) -> Result<Answer<V>, BackendError> {
    match fate {
        Fate::AnswerLost => Err(BackendError::Timeout { allowed: Duration::from_secs(1) }),
        _ => Ok(Answer { value, server_time: Some(UtcMillis(1_000_000)) }),
    }
}

impl Ticketing for World {
    async fn event(&self) -> Result<Answer<EventRecord>, BackendError> {
        let fate = self.office.lock().unwrap().call()?;
        let policy = Policy {
            shown_name: NamePolicy::Full,
            crops_may_leave_device: true,
            network_budget_ms: 800,
            entry: EntryRule::Once,
            challenge: ChallengePolicy::Off,
            spoof_warning: SpoofPolicy::TellStaff,
            face_enrolment: None,
            tickets: TicketPolicy::Any,
        };
        let event = EventRecord {
            id: "e".into(),
            name: "Gala".into(),
            time_zone: "Asia/Shanghai".into(),
            gates: Vec::new(),
            policy,
            ticket_keys: Vec::new(),
            face_tickets: None,
            branding: Branding { accent: "#000000".into(), ..Branding::default() },
        };
        answer(fate, event)
    }

    async fn attendees(
        &self,
        since: Option<&str>,
    ) -> Result<Answer<portico_ticketing::RosterPage>, BackendError> {
        let takes = self.office.lock().unwrap().page_takes;
        tokio::time::sleep(takes).await;
        let mut office = self.office.lock().unwrap();
        let fate = office.read(since)?;
        let page = since.map_or(0, |cursor| cursor.parse::<usize>().unwrap());
        let (cursor, more) = ((page + 1).to_string(), page < office.more_pages);
        answer(fate, portico_ticketing::RosterPage { attendees: vec![], removed: vec![], cursor, more })
    }

    async fn templates(&self, _: Option<&str>, _: &ModelId) -> Result<Answer<GalleryPage>, BackendError> {
        let fate = self.office.lock().unwrap().call()?;
        answer(fate, GalleryPage { templates: vec![], removed: vec![], cursor: "c".into(), more: false })
    }

    async fn conflicts(
        &self,
        since: Option<&str>,
    ) -> Result<Answer<portico_ticketing::ConflictsPage>, BackendError> {
        let fate = self.office.lock().unwrap().read(since)?;
        answer(fate, portico_ticketing::ConflictsPage { conflicts: vec![], cursor: "c".into(), more: false })
    }

    async fn check_ins(
        &self,
        deliveries: &[Delivery],
        audit_head: Option<AuditHead>,
    ) -> Result<Answer<Vec<Verdict>>, BackendError> {
        let mut office = self.office.lock().unwrap();
        office.deliveries += 1;
        office.heads.extend(audit_head);
        let fate = office.call()?;
        let unreadable = |delivery: &Delivery| office.indigestible.contains(&delivery.id.0.as_u128());
        if deliveries.iter().any(unreadable) {
            return Err(BackendError::Problem {
                code: ProblemCode::Malformed,
                reason: "what is this?".into(),
            });
        }
        let verdicts = deliveries.iter().map(|delivery| office.take(delivery)).collect();
        answer(fate, verdicts)
    }

    async fn stream(&self) -> Result<EventStream, BackendError> {
        let mut office = self.office.lock().unwrap();
        office.call()?;
        let (voice, heard) = mpsc::unbounded_channel();
        office.voice = Some(voice);
        let events = futures_util::stream::unfold(heard, |mut heard| async move {
            let event = heard.recv().await?;
            Some((Ok(event), heard))
        });
        Ok(events.boxed())
    }
}
