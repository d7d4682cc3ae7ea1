//! What a delivery says and what its answer settles. Pure: knows neither storage, network nor time.
//!
//! An entry leaves the outbox by a verdict of its own, or because the backend cannot read it although nothing else was
//! sent with it. Whatever else goes wrong settles nothing, and the same entries are sent again with the same ids (I3).

use portico_store::{OutboxBody, OutboxEntry, Settlement};
use portico_ticketing::{BackendError, Delivery, DoorAct, ProblemCode, Verdict};
use portico_types::{AuditHead, CheckInId, Reason};

/// One delivery to the backend.
#[derive(Clone, Debug, PartialEq)]
pub struct Parcel {
    /// The entries, oldest first.
    pub deliveries: Vec<Delivery>,
    /// Where the audit stands, unless the backend knows that already.
    pub audit_head: Option<AuditHead>,
}

/// What an answer to a delivery means.
#[derive(Debug)]
pub enum Noted {
    /// These entries are to be settled, all or nothing.
    Settle {
        /// What became of each.
        answers: Vec<(CheckInId, Settlement)>,
        /// Whether there is something new about guests who were let in twice.
        conflicts_changed: bool,
    },
    /// Nothing is settled: the attempt is to be counted, and the same entries are sent again later.
    Keep {
        /// The entries that were sent.
        attempted: Vec<CheckInId>,
        /// Why.
        error: BackendError,
    },
}

/// What is known of the backend besides the entries themselves. Lost in a crash without harm.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    acknowledged: Option<AuditHead>,
    /// The backend could not read the last delivery. Entries are sent without the head until it can, so that one which
    /// is refused alone is refused for itself.
    unreadable: bool,
}

impl Outbox {
    /// What to send, given the oldest entries and the audit's head: nothing, if the backend knows all of it.
    pub fn pack(&self, entries: &[OutboxEntry], head: Option<AuditHead>) -> Option<Parcel> {
        let apart = self.unreadable && !entries.is_empty();
        let audit_head = head.filter(|head| !apart && self.acknowledged != Some(*head));
        let deliveries: Vec<Delivery> = entries.iter().map(delivery).collect();
        (!deliveries.is_empty() || audit_head.is_some()).then_some(Parcel { deliveries, audit_head })
    }

    /// What the answer to `parcel` means.
    pub fn heard(&mut self, parcel: &Parcel, answer: Result<Vec<Verdict>, BackendError>) -> Noted {
        match answer {
            Ok(verdicts) if verdicts.len() == parcel.deliveries.len() => {
                self.unreadable = false;
                self.acknowledged = parcel.audit_head.or(self.acknowledged);
                settled(parcel, verdicts)
            }
            Ok(_) => keep(parcel, BackendError::Malformed("not one outcome per entry")),
            Err(error) => self.refused(parcel, error),
        }
    }

    /// The backend lost something: what it acknowledged, it may not know any more.
    pub fn restarted(&mut self) {
        self.acknowledged = None;
    }

    fn refused(&mut self, parcel: &Parcel, error: BackendError) -> Noted {
        match (refused_for_good(&error), &parcel.deliveries[..], parcel.audit_head) {
            (Some(reason), [alone], None) => {
                // What waits behind it may well be readable, together with the head.
                self.unreadable = false;
                let answers = vec![(alone.id, Settlement::Parked { reason })];
                Noted::Settle { answers, conflicts_changed: false }
            }
            (reason, ..) => {
                self.unreadable |= reason.is_some();
                keep(parcel, error)
            }
        }
    }
}

fn keep(parcel: &Parcel, error: BackendError) -> Noted {
    Noted::Keep { attempted: parcel.deliveries.iter().map(|delivery| delivery.id).collect(), error }
}

fn settled(parcel: &Parcel, verdicts: Vec<Verdict>) -> Noted {
    let mut conflicts_changed = false;
    let answers = parcel.deliveries.iter().zip(verdicts).map(|(delivery, verdict)| {
        conflicts_changed |= changes_conflicts(delivery, &verdict);
        (delivery.id, settlement(verdict))
    });
    Noted::Settle { answers: answers.collect(), conflicts_changed }
}

/// A second entry opens a conflict; a decision closes one, and so may an undo.
fn changes_conflicts(delivery: &Delivery, verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Duplicate(_) => true,
        Verdict::Recorded => matches!(delivery.act, DoorAct::Undo { .. } | DoorAct::Resolve { .. }),
        Verdict::AlreadyRecorded | Verdict::Rejected { .. } => false,
    }
}

/// An entry as it goes to the backend.
pub fn delivery(entry: &OutboxEntry) -> Delivery {
    let act = match entry.body.clone() {
        OutboxBody::CheckIn(check_in) => DoorAct::CheckIn(check_in),
        OutboxBody::Register(walk_in) => DoorAct::Register(walk_in),
        OutboxBody::Undo { check_in, at, reason } => DoorAct::Undo { check_in, at, reason },
        OutboxBody::Resolve { conflict, resolution, at, reason } => {
            DoorAct::Resolve { conflict, resolution, at, reason }
        }
        OutboxBody::Withdraw { attendee, at, reason } => DoorAct::Withdraw { attendee, at, reason },
    };
    Delivery { id: entry.id, sequence: entry.seq, act }
}

fn settlement(verdict: Verdict) -> Settlement {
    match verdict {
        Verdict::Recorded | Verdict::AlreadyRecorded => Settlement::Delivered,
        Verdict::Duplicate(first) => Settlement::Duplicate { first },
        Verdict::Rejected { reason } => Settlement::Parked { reason },
    }
}

/// Whether the backend cannot read what it was sent. Sending it again will not help, and it must not hold up what
/// waits behind it.
fn refused_for_good(error: &BackendError) -> Option<Reason> {
    match error {
        BackendError::Problem { code: ProblemCode::Malformed | ProblemCode::TooLarge, reason } => {
            // Words about a field of a call: staff read that they can do nothing, and whoever runs the backend the rest.
            Some(Reason::new("unreadable", reason, &[("answer", reason)]))
        }
        _ => None,
    }
}
