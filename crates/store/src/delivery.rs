//! The outbox as `sync` sees it: what to deliver next, and what became of it.

use portico_types::{AttendeeId, CheckIn, CheckInId, FirstEntry, Reason, Resolution, UtcMillis, WalkIn};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::table::{check_ins, conflicts, outbox};
use crate::{Store, StoreError, conflict};

/// Something that the backend has yet to hear.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxEntry {
    /// Made by the kiosk: of the check-in, the undo or the decision. Delivering it twice changes nothing (I3).
    pub id: CheckInId,
    /// Position; entries are delivered in ascending order.
    pub seq: i64,
    /// What happened.
    pub body: OutboxBody,
}

/// What happened at the door.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OutboxBody {
    /// A guest entered.
    CheckIn(CheckIn),
    /// Staff added a guest who was not on the list. Always before that guest's first entry.
    Register(WalkIn),
    /// An entry was taken back.
    Undo {
        /// Which entry.
        check_in: CheckInId,
        /// When.
        at: UtcMillis,
        /// Why.
        reason: String,
    },
    /// Staff decided about a guest who was let in twice.
    Resolve {
        /// Which conflict: the id of its second entry.
        conflict: CheckInId,
        /// What it was.
        resolution: Resolution,
        /// When.
        at: UtcMillis,
        /// Why.
        reason: String,
    },
    /// A guest took their consent to be recognised by face back.
    Withdraw {
        /// Whose consent.
        attendee: AttendeeId,
        /// When: what was agreed to after that stays.
        at: UtcMillis,
        /// Why.
        reason: String,
    },
}

impl OutboxBody {
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::CheckIn(_) => "check_in",
            Self::Register(_) => "register",
            Self::Undo { .. } => "undo",
            Self::Resolve { .. } => "resolve",
            Self::Withdraw { .. } => "withdraw",
        }
    }
}

/// What the backend answered for one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// It is recorded there, now or since an earlier delivery.
    Delivered,
    /// The guest had entered before.
    Duplicate {
        /// That first entry.
        first: FirstEntry,
    },
    /// The backend will never accept it: kept for people to look at.
    Parked {
        /// What the backend said.
        reason: Reason,
    },
}

/// An outbox entry as staff see it.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxLine {
    /// The entry.
    pub entry: OutboxEntry,
    /// Whom it is about.
    pub attendee: AttendeeId,
    /// Their name, unless they left the roster.
    pub name: Option<String>,
    /// How often its delivery was tried in vain.
    pub attempts: u32,
    /// Why it is no longer tried, if it is parked.
    pub parked: Option<Reason>,
    /// When it was last written to a file.
    pub exported_at: Option<UtcMillis>,
}

impl Store {
    /// How many entries wait for delivery.
    pub fn waiting(&self) -> Result<u64, StoreError> {
        outbox::waiting(self.reader())
    }

    /// Up to `limit` waiting entries, oldest first.
    pub fn next_batch(&self, limit: usize) -> Result<Vec<OutboxEntry>, StoreError> {
        outbox::next(self.reader(), limit)
    }

    /// Up to `limit` waiting entries with the guests' names, oldest first.
    pub fn waiting_entries(&self, limit: usize) -> Result<Vec<OutboxLine>, StoreError> {
        outbox::lines(self.reader(), outbox::WAITING, limit as i64)
    }

    /// Every entry that the backend refused, oldest first. They stay for as long as the database does.
    pub fn parked(&self) -> Result<Vec<OutboxLine>, StoreError> {
        outbox::lines(self.reader(), outbox::PARKED, i64::MAX)
    }

    /// Notes that the delivery of these entries failed; they keep waiting.
    pub fn count_attempt(&mut self, ids: &[CheckInId]) -> Result<(), StoreError> {
        self.write(|tx| ids.iter().try_for_each(|id| outbox::count_attempt(tx, *id)))
    }

    /// Notes what the backend answered, all or nothing. An answer that was noted before is passed over.
    pub fn settle(&mut self, answers: &[(CheckInId, Settlement)]) -> Result<(), StoreError> {
        self.write(|tx| answers.iter().try_for_each(|(id, settlement)| settle(tx, *id, settlement)))
    }
}

fn settle(connection: &Connection, id: CheckInId, settlement: &Settlement) -> Result<(), StoreError> {
    match settlement {
        Settlement::Delivered => {
            outbox::remove(connection, id)?;
            // A backend that lost what it knew may judge otherwise when it hears the entry again.
            check_ins::set_live_again(connection, id)
        }
        Settlement::Duplicate { first } => match outbox::remove(connection, id)? {
            // A repeated delivery is answered as the first time, and the entry may have been promoted since.
            Some(_) if conflict::is_promoted(connection, id)? => check_ins::set_live_again(connection, id),
            Some(attendee) => conflict::note_second(connection, &attendee, id, first),
            None => Ok(()),
        },
        Settlement::Parked { reason } => {
            conflicts::reopen(connection, id)?;
            outbox::park(connection, id, reason)
        }
    }
}
