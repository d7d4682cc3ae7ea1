//! What happened at the door besides entries: outcomes of recognition by the minute, and guests who needed a person.

use portico_types::{AuditAction, Outcome, StaffNotice, UtcMillis};

use crate::table::{audit, needs, outcomes};
use crate::{Actor, AuditNote, Store, StoreError};

/// A guest needed a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Counts up; never used twice.
    pub id: i64,
    /// Why.
    pub kind: StaffNotice,
    /// When.
    pub at: UtcMillis,
}

/// What is to be noted of the door. Gathered in memory and written together, so that no guest waits for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoorNotes {
    /// How often an outcome came about, and when.
    pub outcomes: Vec<(UtcMillis, Outcome, u64)>,
    /// What guests needed a person for, oldest first.
    pub needs: Vec<(StaffNotice, UtcMillis)>,
}

/// Staff have looked after a guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttendWish {
    /// Which need.
    pub need: i64,
    /// When.
    pub at: UtcMillis,
    /// Who did.
    pub actor: Actor,
}

impl Store {
    /// Adds `notes` to what is known.
    pub fn note_door(&mut self, notes: &DoorNotes) -> Result<(), StoreError> {
        self.write(|tx| {
            for (at, outcome, count) in &notes.outcomes {
                outcomes::add(tx, *at, *outcome, *count)?;
            }
            for (kind, at) in &notes.needs {
                needs::insert(tx, *kind, *at)?;
            }
            Ok(())
        })
    }

    /// How often each outcome came about in each minute since `since`, oldest first; minutes by their beginning.
    pub fn outcomes_since(&self, since: UtcMillis) -> Result<Vec<(UtcMillis, Outcome, u64)>, StoreError> {
        outcomes::since(self.reader(), since)
    }

    /// How often each outcome came about within the last week.
    pub fn outcome_totals(&self) -> Result<Vec<(Outcome, u64)>, StoreError> {
        outcomes::totals(self.reader())
    }

    /// Up to `limit` needs that nobody has ticked off, newest first, and how many there are.
    pub fn open_needs(&self, limit: usize) -> Result<(Vec<Need>, u64), StoreError> {
        Ok((needs::open(self.reader(), limit)?, needs::count_open(self.reader())?))
    }

    /// Ticks a need off, with an audit row. Says whether there was one to tick off.
    pub fn attend(&mut self, wish: &AttendWish) -> Result<bool, StoreError> {
        self.write(|tx| {
            let Some(kind) = needs::set_done(tx, wish.need, wish.at)? else { return Ok(false) };
            let note = AuditNote {
                action: AuditAction::Attend,
                actor: wish.actor,
                attendee: None,
                before: Some(serde_json::json!({ "need": wish.need, "kind": kind })),
                after: None,
                reason: None,
                at: wish.at,
            };
            audit::append(tx, &note)?;
            Ok(true)
        })
    }
}
