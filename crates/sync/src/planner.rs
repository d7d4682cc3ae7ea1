//! Decides what to exchange next. Pure: told of results and of the time, it answers with the next task or with how long
//! to wait.
//!
//! The outbox comes before all that is big, because others wait for it. Only the conflicts, a small question, come before
//! it: their cursor tells whether it still is the same backend, and one that was restored from a backup must hear of a
//! check-in again before it hears that it was undone. A backend that cannot be reached is asked one small question at a
//! time until it answers; a task that fails while the backend answers is put off alone and holds up no other.

mod schedule;

use std::time::Duration;

use portico_ticketing::{CHECK_INS_PER_CALL, StreamEvent};
use portico_types::Tick;
use schedule::{Backoff, Schedule};

use crate::{Connection, Failure, SyncParams};

/// One thing to do, within a bounded time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Task {
    /// Deliver the oldest outbox entries, at most [`Planner::batch_limit`] of them.
    Deliver,
    /// Ask for the event. Also the small question that finds out whether the backend can be reached.
    Event,
    /// Open the stream of notices.
    Listen,
    /// Pull one page of the conflicts.
    Conflicts,
    /// Pull one page of the roster.
    Roster,
    /// Pull one page of the gallery.
    Templates,
}

impl Task {
    /// All tasks, the most urgent first. The stream is opened before the big feeds are pulled, so that no change falls
    /// between the two.
    const BY_URGENCY: [Self; 6] =
        [Self::Conflicts, Self::Deliver, Self::Event, Self::Listen, Self::Roster, Self::Templates];

    /// What is read by a cursor.
    const FEEDS: [Self; 3] = [Self::Conflicts, Self::Roster, Self::Templates];
}

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// This, and then ask again.
    Do(Task),
    /// Nothing before this time, which is later than now, unless something is heard before.
    WaitUntil(Tick),
}

/// What a successful task came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The outbox was empty; the backend was not asked.
    Idle,
    /// Done.
    Complete,
    /// Something was exchanged for good, and there is more of it.
    More,
}

/// The plan of the exchange.
#[derive(Clone, Debug)]
pub struct Planner {
    params: SyncParams,
    connection: Connection,
    /// Nothing at all is done before.
    hold_until: Tick,
    /// Failures to reach the backend, or to be let in, since it last answered.
    failures: u32,
    schedules: [Schedule; Task::BY_URGENCY.len()],
    listening_since: Option<Tick>,
    /// When the feeds were last begun anew, and how often this has followed too soon on the time before.
    restarted: Option<(Tick, u32)>,
    batch_limit: usize,
}

impl Planner {
    /// A plan that begins with finding out whether the backend can be reached.
    pub fn new(params: SyncParams) -> Self {
        Self {
            batch_limit: params.batch_limit.clamp(1, CHECK_INS_PER_CALL),
            params,
            connection: Connection::Offline,
            hold_until: Tick::ZERO,
            failures: 0,
            schedules: Default::default(),
            listening_since: None,
            restarted: None,
        }
    }

    /// Whether the backend can be worked with.
    pub fn connection(&self) -> Connection {
        self.connection
    }

    /// How many outbox entries to deliver at once: fewer after a failed delivery, down to a single one, so that a
    /// batch that is too much for the line or holds something indigestible does not fail for ever.
    pub fn batch_limit(&self) -> usize {
        self.batch_limit
    }

    /// What to do at `now`.
    pub fn next(&self, now: Tick) -> Plan {
        if now < self.hold_until {
            return Plan::WaitUntil(self.hold_until);
        }
        if self.connection != Connection::Online {
            return Plan::Do(Task::Event);
        }
        let due = |task: &Task| self.schedules[*task as usize].due;
        match Task::BY_URGENCY.iter().find(|task| due(task) <= now) {
            Some(task) => Plan::Do(*task),
            None => Plan::WaitUntil(Task::BY_URGENCY.iter().map(due).min().unwrap_or(now)),
        }
    }

    /// A task succeeded.
    pub fn succeeded(&mut self, task: Task, progress: Progress, now: Tick) {
        let asked = task != Task::Deliver || progress != Progress::Idle;
        if asked {
            self.reached(now);
            self.failures = 0;
        }
        if asked && task == Task::Deliver {
            self.batch_limit =
                (self.batch_limit * 2).min(self.params.batch_limit.clamp(1, CHECK_INS_PER_CALL));
        }
        if task == Task::Listen {
            self.listening_since = Some(now);
            self.schedule(task).suspend();
            // What was said while nobody listened.
            self.conflicts_changed(now);
            return;
        }
        let pause = if progress == Progress::More { Duration::ZERO } else { self.interval(task) };
        self.schedule(task).done_until(now + pause);
    }

    /// A task failed. `jitter` is a random number from 0 to 1.
    pub fn failed(&mut self, task: Task, failure: Failure, now: Tick, jitter: f64) {
        // Neither of the two says anything about what was sent.
        if task == Task::Deliver && !matches!(failure, Failure::Busy { .. } | Failure::Denied) {
            self.batch_limit = (self.batch_limit / 2).max(1);
        }
        let asked = failure.asked().map(|asked| asked.min(self.params.asked_wait_most));
        let backoff = self.backoff(jitter);
        if failure == Failure::Restarted {
            self.reached(now);
            return self.restart(task, now, jitter);
        }
        self.schedule(task).put_off(now, backoff, asked);
        match failure {
            // Something on the way may swallow streams and nothing else: a small question tells.
            Failure::Unreachable if task == Task::Listen => self.schedule(Task::Event).bring_forward(now),
            Failure::Unreachable => {
                let probing = Backoff { most: self.params.probe_most, ..backoff };
                self.hold(Connection::Offline, now, probing, None);
            }
            Failure::Busy { .. } => self.hold(self.connection, now, backoff, asked),
            // A backend that cannot even name its event is as good as gone.
            Failure::Failing { .. } if task == Task::Event => {
                self.hold(Connection::Offline, now, backoff, asked);
            }
            Failure::Denied => self.hold(Connection::Revoked, now, backoff, Some(self.params.denied_every)),
            Failure::Failing { .. } | Failure::Refused | Failure::Restarted => self.reached(now),
        }
    }

    /// A guest was checked in here.
    pub fn check_in_recorded(&mut self, now: Tick) {
        self.schedule(Task::Deliver).bring_forward(now);
    }

    /// A guest was let in twice, or somebody decided about one.
    pub fn conflicts_changed(&mut self, now: Tick) {
        self.schedule(Task::Conflicts).bring_forward(now);
    }

    /// The backend said something of its own accord.
    pub fn said(&mut self, event: &StreamEvent, now: Tick) {
        let soon = now + self.params.burst;
        match event {
            StreamEvent::Roster => self.schedule(Task::Roster).bring_forward(soon),
            StreamEvent::Templates => self.schedule(Task::Templates).bring_forward(soon),
            StreamEvent::Conflicts => self.conflicts_changed(now + self.params.conflicts_burst),
            StreamEvent::Event => self.schedule(Task::Event).bring_forward(soon),
            StreamEvent::Revoked => {
                self.connection = Connection::Revoked;
                self.hold_until = self.hold_until.max(now + self.params.denied_every);
            }
        }
    }

    /// The stream ended or broke. `jitter` is a random number from 0 to 1.
    pub fn stream_ended(&mut self, now: Tick, jitter: f64) {
        let lasted = self.listening_since.take().map_or(Duration::ZERO, |since| now.since(since));
        let backoff = self.backoff(jitter);
        let listen = self.schedule(Task::Listen);
        // Only a stream that lasts has succeeded: one that is closed right after opening is opened ever more slowly.
        if lasted >= backoff.most {
            listen.forgive();
        }
        listen.put_off(now, backoff, None);
        for task in Task::FEEDS {
            let polled = now + self.interval(task);
            self.schedule(task).bring_forward(polled);
        }
        // A backend that is restored from a backup ends its streams.
        self.conflicts_changed(now);
    }

    /// The backend answers: what was missed meanwhile is pulled at once.
    fn reached(&mut self, now: Tick) {
        if self.connection != Connection::Online {
            self.connection = Connection::Online;
            self.everything_due(now);
        }
    }

    /// All that is to be exchanged, except what failed and waits for its time.
    fn everything_due(&mut self, now: Tick) {
        self.schedule(Task::Deliver).bring_forward(now);
        for task in Task::FEEDS {
            self.schedule(task).bring_forward(now);
        }
    }

    /// The backend lost something: it is read, and told everything, from the start. A backend that goes on losing things
    /// is asked ever more slowly for what it refused; that it answers in between does not count.
    fn restart(&mut self, task: Task, now: Tick, jitter: f64) {
        let most = self.params.restart_most;
        let repeated = match self.restarted {
            Some((before, repeated)) if now.since(before) < most * 2 => repeated.saturating_add(1),
            _ => 0,
        };
        self.restarted = Some((now, repeated));
        self.everything_due(now);
        let wait = match repeated {
            0 => Duration::ZERO,
            _ => Backoff { most, ..self.backoff(jitter) }.wait(repeated),
        };
        self.schedule(task).put_off_until(now + wait);
    }

    fn hold(&mut self, connection: Connection, now: Tick, backoff: Backoff, asked: Option<Duration>) {
        self.connection = connection;
        self.failures = self.failures.saturating_add(1);
        let wait = asked.unwrap_or_else(|| backoff.wait(self.failures));
        self.hold_until = self.hold_until.max(now + wait);
    }

    fn interval(&self, task: Task) -> Duration {
        let listening = self.listening_since.is_some();
        match task {
            Task::Deliver => self.params.outbox_every,
            Task::Event => self.params.event_every,
            Task::Conflicts | Task::Roster | Task::Templates if listening => {
                self.params.while_listening_every
            }
            Task::Conflicts => self.params.conflicts_every,
            Task::Roster => self.params.roster_every,
            Task::Templates => self.params.templates_every,
            Task::Listen => self.params.backoff_most,
        }
    }

    fn backoff(&self, jitter: f64) -> Backoff {
        Backoff { first: self.params.backoff_first, most: self.params.backoff_most, jitter }
    }

    fn schedule(&mut self, task: Task) -> &mut Schedule {
        &mut self.schedules[task as usize]
    }
}
