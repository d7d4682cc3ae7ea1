//! The reference model of a backend: it writes entries down by their ids, and that is all.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use portico_sync::Parcel;
use portico_ticketing::{BackendError, Delivery, DoorAct, ProblemCode, Verdict};
use portico_types::{AuditHead, CheckInId};

/// What becomes of one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is wrong.
    None,
    /// The question does not arrive.
    LostBefore,
    /// The answer does not arrive, or only its beginning.
    LostAfter,
    /// The question arrives twice, and the second answer comes back.
    Duplicated,
    /// The question before this one arrives once more, late.
    Replayed,
    /// The backend fails after so many entries.
    TornApart(usize),
    /// The question arrives as rubbish, and the backend says so.
    Unreadable,
    /// Something on the way lets only so many entries through at once.
    TooLarge(usize),
    /// Too many calls; so many seconds are asked for.
    Busy(Option<u64>),
    /// The backend fails before it does anything; so many seconds are asked for.
    Failing(Option<u64>),
    /// An answer about other entries comes back.
    AboutOthers,
    /// An answer without its last verdict comes back.
    OneTooFew,
    /// The kiosk loses its power after the backend's answer and before it is settled.
    CrashUnsettled,
}

impl Fault {
    /// How long the backend asks to be left alone.
    pub fn asked(self) -> Option<Duration> {
        match self {
            Self::Busy(asked) | Self::Failing(asked) => asked.map(Duration::from_secs),
            _ => None,
        }
    }

    /// What comes back instead of the answer to a question of whatever kind.
    pub fn error(self) -> Option<BackendError> {
        let timeout = BackendError::Timeout { allowed: Duration::from_secs(1) };
        Some(match self {
            Self::LostBefore | Self::LostAfter => timeout,
            Self::TornApart(_) => BackendError::Server { status: 500, retry_after: None },
            Self::Failing(_) => BackendError::Server { status: 503, retry_after: self.asked() },
            Self::Busy(_) => BackendError::TooMany { retry_after: self.asked() },
            Self::AboutOthers => BackendError::Malformed("an outcome of another entry"),
            Self::None
            | Self::Duplicated
            | Self::Replayed
            | Self::Unreadable
            | Self::TooLarge(_)
            | Self::OneTooFew
            | Self::CrashUnsettled => return None,
        })
    }
}

fn refusal(code: ProblemCode) -> BackendError {
    BackendError::Problem { code, reason: "cannot be taken".into() }
}

/// The backend.
pub struct Backend {
    /// Whether the kiosk has access.
    pub admitted: bool,
    /// Its database's name: another one after each restoration.
    pub database: u32,
    /// The audit's head that it heard of last.
    pub head: Option<AuditHead>,
    /// Places of the entries in the order in which they were first taken in, through all restorations.
    pub first_heard: Vec<i64>,
    /// Entries that were refused although nothing else was sent with them.
    pub refused_alone: BTreeSet<CheckInId>,
    /// Undos that came when there was nothing to undo: before the kiosk could know what a restored backend had lost.
    pub orphans: BTreeSet<CheckInId>,
    ever: BTreeSet<CheckInId>,
    recorded: Vec<CheckInId>,
    refused: BTreeMap<CheckInId, Verdict>,
    rejects: BTreeSet<u128>,
    unreadable: BTreeSet<u128>,
    last: Option<Parcel>,
}

impl Backend {
    pub fn new(rejects: BTreeSet<u128>, unreadable: BTreeSet<u128>) -> Self {
        Self {
            admitted: true,
            database: 0,
            head: None,
            first_heard: Vec::new(),
            refused_alone: BTreeSet::new(),
            orphans: BTreeSet::new(),
            ever: BTreeSet::new(),
            recorded: Vec::new(),
            refused: BTreeMap::new(),
            rejects,
            unreadable,
            last: None,
        }
    }

    /// What is written down.
    pub fn recorded(&self) -> &[CheckInId] {
        &self.recorded
    }

    /// A backup without the newest entries takes its place.
    pub fn restore(&mut self, lost: usize) {
        self.recorded.truncate(self.recorded.len().saturating_sub(lost));
        (self.head, self.last) = (None, None);
        self.database += 1;
    }

    /// A delivery, and what comes back.
    pub fn check_ins(&mut self, parcel: &Parcel, fault: Fault) -> Result<Vec<Verdict>, BackendError> {
        if fault == Fault::LostBefore {
            return Err(BackendError::Timeout { allowed: Duration::from_secs(1) });
        }
        if !self.admitted {
            return Err(BackendError::Revoked);
        }
        self.readable(parcel, fault)?;
        match fault {
            Fault::TornApart(after) => {
                parcel.deliveries.iter().take(after).for_each(|delivery| drop(self.take(delivery)));
            }
            Fault::Duplicated => drop(self.take_all(parcel)),
            Fault::Replayed => {
                if let Some(late) = self.last.take() {
                    drop(self.take_all(&Parcel { audit_head: None, ..late }));
                }
            }
            _ => {}
        }
        if let Some(error) = fault.error() {
            if matches!(fault, Fault::LostAfter | Fault::AboutOthers) {
                drop(self.take_all(parcel));
            }
            return Err(error);
        }
        let mut verdicts = self.take_all(parcel);
        self.last = Some(parcel.clone());
        if fault == Fault::OneTooFew && verdicts.pop().is_none() {
            verdicts.push(Verdict::Recorded);
        }
        Ok(verdicts)
    }

    fn readable(&mut self, parcel: &Parcel, fault: Fault) -> Result<(), BackendError> {
        let unreadable = |delivery: &Delivery| self.unreadable.contains(&delivery.id.0.as_u128());
        let code = match fault {
            Fault::Unreadable => ProblemCode::Malformed,
            Fault::TooLarge(most) if parcel.deliveries.len() > most => ProblemCode::TooLarge,
            _ if parcel.deliveries.iter().any(unreadable) => ProblemCode::Malformed,
            _ => return Ok(()),
        };
        if let [alone] = &parcel.deliveries[..] {
            self.refused_alone.insert(alone.id);
        }
        Err(refusal(code))
    }

    fn take_all(&mut self, parcel: &Parcel) -> Vec<Verdict> {
        self.head = parcel.audit_head.or(self.head);
        parcel.deliveries.iter().map(|delivery| self.take(delivery)).collect()
    }

    fn take(&mut self, delivery: &Delivery) -> Verdict {
        let id = delivery.id;
        if self.rejects.contains(&id.0.as_u128()) {
            let verdict = Verdict::Rejected { reason: "unknown guest".into() };
            return self.refused.entry(id).or_insert(verdict).clone();
        }
        if self.recorded.contains(&id) {
            return Verdict::AlreadyRecorded;
        }
        if self.ever.insert(id) {
            self.first_heard.push(delivery.sequence);
        }
        if let DoorAct::Undo { check_in, .. } = &delivery.act
            && !self.recorded.contains(check_in)
        {
            self.orphans.insert(id);
            return Verdict::Rejected { reason: "there is no entry of this id".into() };
        }
        self.recorded.push(id);
        Verdict::Recorded
    }
}
