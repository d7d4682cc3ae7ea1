//! A kiosk without network and storage: a list in the place of the disk, the real planner and the real outbox in memory.

use std::time::Duration;

use portico_store::{OutboxBody, OutboxEntry, Settlement};
use portico_sync::{Connection, Failure, Noted, Outbox, Plan, Planner, Progress, SyncParams, Task};
use portico_types::{
    AttendeeId, AuditHead, CheckIn, CheckInId, GateId, Method, Resolution, Tick, UtcMillis, WalkIn,
};
use uuid::Uuid;

use crate::backend::{Backend, Fault};

/// Where an entry stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    Delivered,
    Parked(String),
}

/// An entry on disk.
#[derive(Clone, Debug)]
pub struct Line {
    pub entry: OutboxEntry,
    pub state: State,
}

/// The kiosk. What is on disk survives a crash, what is in memory does not.
pub struct Kiosk {
    params: SyncParams,
    now: Tick,
    utc_ms: i64,
    // On disk.
    lines: Vec<Line>,
    /// The database that each of the three feeds was read from.
    cursors: [Option<u32>; 3],
    // In memory.
    planner: Planner,
    outbox: Outbox,
    listening: bool,
    /// Until when the backend has asked to be left alone, altogether and by task.
    asked_all: Tick,
    asked: Vec<(Task, Tick)>,
}

impl Kiosk {
    pub fn new(params: SyncParams) -> Self {
        Self {
            planner: Planner::new(params.clone()),
            params,
            now: Tick::ZERO,
            utc_ms: 1_795_253_400_000,
            lines: Vec::new(),
            cursors: [None; 3],
            outbox: Outbox::default(),
            listening: false,
            asked_all: Tick::ZERO,
            asked: Vec::new(),
        }
    }

    pub fn now(&self) -> Tick {
        self.now
    }

    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The oldest entries that wait.
    pub fn waiting(&self, limit: usize) -> Vec<OutboxEntry> {
        let waiting = self.lines.iter().filter(|line| line.state == State::Waiting);
        waiting.take(limit).map(|line| line.entry.clone()).collect()
    }

    /// Whether it would be refused by another backend in the place of the one that it knows.
    pub fn has_read(&self) -> bool {
        self.cursors.iter().any(Option::is_some)
    }

    /// Whether both sides know the same, as far as the kiosk can see.
    pub fn is_settled(&self, backend: &Backend) -> bool {
        let read = self.cursors.iter().all(|cursor| *cursor == Some(backend.database));
        read && backend.head == self.head() && self.lines.iter().all(|line| line.state != State::Waiting)
    }

    /// A guest enters.
    pub fn enter(&mut self) {
        let id = self.next_id();
        let check_in = CheckIn {
            id,
            attendee: AttendeeId::new("ann"),
            gate: GateId::new("north"),
            method: Method::Face,
            at: UtcMillis(self.utc_ms),
            score: None,
            reason: None,
        };
        self.push(id, OutboxBody::CheckIn(check_in));
    }

    /// Staff take an entry back: that which was made so many entries ago.
    pub fn undo(&mut self, ago: usize) {
        let Some(of) = self.lines.len().checked_sub(ago + 1) else { return };
        let (check_in, at) = (self.lines[of].entry.id, UtcMillis(self.utc_ms));
        self.push(self.next_id(), OutboxBody::Undo { check_in, at, reason: "wrong person".into() });
    }

    /// Staff decide about a guest who was let in twice.
    pub fn resolve(&mut self) {
        let (conflict, at) = (CheckInId(Uuid::from_u128(9_999)), UtcMillis(self.utc_ms));
        let body =
            OutboxBody::Resolve { conflict, resolution: Resolution::Accept, at, reason: "twins".into() };
        self.push(self.next_id(), body);
    }

    /// Staff add a guest.
    pub fn register(&mut self) {
        let walk_in = WalkIn {
            id: AttendeeId::new("joan"),
            name: "Joan Clarke".into(),
            company: None,
            phone_last4: None,
            note: None,
            at: UtcMillis(self.utc_ms),
        };
        self.push(self.next_id(), OutboxBody::Register(walk_in));
    }

    pub fn pass(&mut self, time: Duration) {
        self.now = self.now + time;
        self.utc_ms += time.as_millis() as i64;
    }

    pub fn set_clock(&mut self, by_ms: i64) {
        self.utc_ms += by_ms;
    }

    /// The backend starts anew.
    pub fn stream_ended(&mut self) {
        if std::mem::take(&mut self.listening) {
            self.planner.stream_ended(self.now, 0.0);
        }
    }

    /// What is in memory is lost, also what the backend has asked for.
    pub fn crash(&mut self) {
        self.planner = Planner::new(self.params.clone());
        self.outbox = Outbox::default();
        self.listening = false;
        self.asked_all = Tick::ZERO;
        self.asked.clear();
    }

    /// Does what is planned next, however long that takes to come.
    pub fn exchange(&mut self, backend: &mut Backend, fault: Fault) {
        loop {
            match self.planner.next(self.now) {
                Plan::WaitUntil(until) => {
                    assert!(until > self.now, "waiting must let time pass");
                    self.pass(until.since(self.now));
                }
                Plan::Do(task) => return self.perform(task, backend, fault),
            }
        }
    }

    fn perform(&mut self, task: Task, backend: &mut Backend, fault: Fault) {
        match task {
            Task::Deliver => self.deliver(backend, fault),
            Task::Conflicts => self.read(task, 0, backend, fault),
            Task::Roster => self.read(task, 1, backend, fault),
            Task::Templates => self.read(task, 2, backend, fault),
            Task::Event | Task::Listen => {
                let result = self.ask(task, backend, fault);
                self.listening |= result.is_ok() && task == Task::Listen;
                self.note(task, result, fault);
            }
        }
    }

    fn deliver(&mut self, backend: &mut Backend, fault: Fault) {
        let limit = self.planner.batch_limit();
        let entries = self.waiting(limit);
        let Some(parcel) = self.outbox.pack(&entries, self.head()) else {
            return self.planner.succeeded(Task::Deliver, Progress::Idle, self.now);
        };
        self.assert_allowed(Task::Deliver);
        let answer = backend.check_ins(&parcel, fault);
        if fault == Fault::CrashUnsettled {
            return self.crash();
        }
        match self.outbox.heard(&parcel, answer) {
            Noted::Settle { answers, .. } => {
                for (id, settlement) in answers {
                    self.settle(id, settlement);
                }
                let progress = if entries.len() == limit { Progress::More } else { Progress::Complete };
                self.note(Task::Deliver, Ok(progress), fault);
            }
            Noted::Keep { error, .. } => self.note(Task::Deliver, Err(Failure::from(&error)), fault),
        }
    }

    fn read(&mut self, task: Task, feed: usize, backend: &mut Backend, fault: Fault) {
        let mut result = self.ask(task, backend, fault);
        if result.is_ok() && self.cursors[feed].is_some_and(|cursor| cursor != backend.database) {
            self.restart_feeds();
            result = Err(Failure::Restarted);
        } else if result.is_ok() {
            self.cursors[feed] = Some(backend.database);
        }
        self.note(task, result, fault);
    }

    fn restart_feeds(&mut self) {
        self.cursors = [None; 3];
        self.outbox.restarted();
        for line in &mut self.lines {
            if line.state == State::Delivered {
                line.state = State::Waiting;
            }
        }
    }

    fn ask(&self, task: Task, backend: &Backend, fault: Fault) -> Result<Progress, Failure> {
        self.assert_allowed(task);
        match fault.error() {
            Some(error) => Err(Failure::from(&error)),
            None if !backend.admitted => Err(Failure::Denied),
            None => Ok(Progress::Complete),
        }
    }

    /// Tells the planner, and remembers what the backend has asked for if this came of it.
    fn note(&mut self, task: Task, result: Result<Progress, Failure>, fault: Fault) {
        let Err(failure) = result else {
            return self.planner.succeeded(task, result.unwrap(), self.now);
        };
        let until = self.now + fault.asked().unwrap_or_default().min(self.params.asked_wait_most);
        match failure {
            Failure::Busy { .. } => self.asked_all = self.asked_all.max(until),
            // Without its event nothing else is asked of it either.
            Failure::Failing { .. } if task == Task::Event => self.asked_all = self.asked_all.max(until),
            Failure::Failing { .. } => self.asked.push((task, until)),
            _ => {}
        }
        self.planner.failed(task, failure, self.now, 0.0);
        if failure == Failure::Unreachable {
            self.stream_ended();
        }
        if failure == Failure::Denied {
            assert_eq!(self.planner.connection(), Connection::Revoked, "it says so at once");
        }
    }

    fn assert_allowed(&self, task: Task) {
        assert!(
            self.now >= self.asked_all,
            "{task:?} at {:?}, asked to wait until {:?}",
            self.now,
            self.asked_all
        );
        for (_, until) in self.asked.iter().filter(|(asked, _)| *asked == task) {
            assert!(self.now >= *until, "{task:?} at {:?}, asked to wait until {until:?}", self.now);
        }
    }

    fn settle(&mut self, id: CheckInId, settlement: Settlement) {
        let line = self.lines.iter_mut().find(|line| line.entry.id == id).unwrap();
        assert_eq!(line.state, State::Waiting, "each is settled once");
        line.state = match settlement {
            Settlement::Delivered | Settlement::Duplicate { .. } => State::Delivered,
            Settlement::Parked { reason } => State::Parked(reason.text),
        };
    }

    fn push(&mut self, id: CheckInId, body: OutboxBody) {
        let seq = self.lines.len() as i64;
        self.lines.push(Line { entry: OutboxEntry { id, seq, body }, state: State::Waiting });
        self.planner.check_in_recorded(self.now);
    }

    fn next_id(&self) -> CheckInId {
        CheckInId(Uuid::from_u128(self.lines.len() as u128))
    }

    /// Every entry leaves its row in the audit.
    fn head(&self) -> Option<AuditHead> {
        let rows = self.lines.len();
        (rows > 0).then_some(AuditHead { seq: rows as i64, hash: [rows as u8; 32] })
    }
}
