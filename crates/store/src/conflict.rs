//! Guests who were let in twice: the backend tells, staff decide, and the entries made here follow.
//!
//! An entry made here that the backend calls the second one does not stand: the guest is in by the first one, which the
//! roster's mark tells. It stands again if the first one is taken back.

use rusqlite::Connection;

use portico_types::{
    AttendeeId, AuditAction, CheckIn, CheckInId, Conflict, ConflictEntry, ConflictState, FirstEntry,
    Resolution, UtcMillis,
};

use crate::table::check_ins::TakenBack;
use crate::table::{attendees, audit, check_ins, conflicts, meta, outbox};
use crate::{Actor, AuditNote, OutboxBody, Store, StoreError};

/// One page of changes to the conflicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictsPage {
    /// New conflicts, and conflicts that changed.
    pub conflicts: Vec<Conflict>,
    /// Where the next page begins.
    pub cursor: String,
}

/// A conflict as staff see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictLine {
    /// The conflict.
    pub conflict: Conflict,
    /// The guest's name, unless they left the roster.
    pub name: Option<String>,
    /// Whether the second entry was made at this kiosk.
    pub mine: bool,
    /// Whether it was decided at this kiosk and the backend has not heard of it yet.
    pub decided_here_waiting: bool,
}

/// A decision about a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolveWish {
    /// Which conflict: the id of its second entry.
    pub conflict: CheckInId,
    /// What it was.
    pub resolution: Resolution,
    /// The id that the decision gets (`UUIDv7`). The same id again gives the same answer and changes nothing.
    pub entry_id: CheckInId,
    /// When it is decided.
    pub at: UtcMillis,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub actor: Actor,
}

/// What became of a decision. Only `Resolved` has changed anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResolveOutcome {
    /// It is decided here, and the backend is told in due course.
    Resolved,
    /// It had been decided before, here or elsewhere.
    AlreadyResolved,
    /// This kiosk knows no such conflict.
    UnknownConflict,
}

impl Store {
    /// Takes a page of changes in, with its cursor. Pages must come in the backend's order.
    pub fn apply_conflicts(&mut self, page: &ConflictsPage) -> Result<(), StoreError> {
        self.write(|tx| {
            page.conflicts.iter().try_for_each(|told| take_in(tx, told))?;
            meta::set(tx, meta::CONFLICTS_CURSOR, &page.cursor)
        })
    }

    /// How many conflicts wait for a decision.
    pub fn open_conflicts(&self) -> Result<u64, StoreError> {
        conflicts::open(self.reader())
    }

    /// Up to `limit` conflicts: open ones first, then newest first.
    pub fn conflicts(&self, limit: usize) -> Result<Vec<ConflictLine>, StoreError> {
        conflicts::lines(self.reader(), limit)
    }

    /// One conflict as it stands here.
    pub fn conflict(&self, id: CheckInId) -> Result<Option<Conflict>, StoreError> {
        Ok(conflicts::find(self.reader(), id)?.map(|known| known.conflict))
    }

    /// Decides about a conflict. The answer is on disk before it is returned, and the backend is told in due course.
    pub fn resolve(&mut self, wish: &ResolveWish) -> Result<ResolveOutcome, StoreError> {
        self.write(|tx| {
            let Some(known) = conflicts::find(tx, wish.conflict)? else {
                return Ok(ResolveOutcome::UnknownConflict);
            };
            if known.decision == Some(wish.entry_id) {
                return Ok(ResolveOutcome::Resolved);
            }
            if known.conflict.state != ConflictState::Open {
                return Ok(ResolveOutcome::AlreadyResolved);
            }
            decide(tx, wish, &known.conflict)?;
            Ok(ResolveOutcome::Resolved)
        })
    }
}

fn decide(connection: &Connection, wish: &ResolveWish, conflict: &Conflict) -> Result<(), StoreError> {
    let body = OutboxBody::Resolve {
        conflict: wish.conflict,
        resolution: wish.resolution,
        at: wish.at,
        reason: wish.reason.clone(),
    };
    let seq = outbox::push(connection, wish.entry_id, &conflict.attendee, &body)?;
    let state = match wish.resolution {
        Resolution::Accept => ConflictState::Accepted,
        Resolution::Undo => {
            let taken_back = TakenBack { by: wish.entry_id, seq, at: wish.at, reason: &wish.reason };
            check_ins::set_undone(connection, wish.conflict, taken_back)?;
            ConflictState::Undone
        }
    };
    conflicts::decide(connection, wish.conflict, state, wish.at, wish.entry_id)?;
    let note = AuditNote {
        action: AuditAction::Resolve,
        actor: wish.actor,
        attendee: Some(conflict.attendee.clone()),
        before: Some(serde_json::json!({
            "conflict": wish.conflict,
            "first": conflict.first,
            "second": conflict.second,
            "state": conflict.state,
        })),
        after: Some(
            serde_json::json!({ "conflict": wish.conflict, "state": state, "decision": wish.entry_id }),
        ),
        reason: Some(wish.reason.clone()),
        at: wish.at,
    };
    audit::append(connection, &note)?;
    Ok(())
}

/// What was decided here and still waits is newer than a conflict that the backend calls open.
fn take_in(connection: &Connection, told: &Conflict) -> Result<(), StoreError> {
    let known = conflicts::find(connection, told.id())?;
    if let Some(known) = known.filter(|_| told.state == ConflictState::Open) {
        let waits = match known.decision {
            Some(decision) => outbox::is_waiting(connection, decision)?,
            None => false,
        };
        if waits {
            let Conflict { state, resolved_by, resolved_at, .. } = known.conflict;
            return conflicts::put(connection, &Conflict { state, resolved_by, resolved_at, ..told.clone() });
        }
    }
    conflicts::put(connection, told)?;
    follow(connection, told)
}

/// Entries made here stand or fall as the backend says. One that was taken back here stays taken back: the backend will
/// hear of it.
fn follow(connection: &Connection, conflict: &Conflict) -> Result<(), StoreError> {
    match conflict.state {
        ConflictState::Open | ConflictState::Accepted => {
            if check_ins::set_second(connection, conflict.id())? {
                let own_at = Some(conflict.second.at);
                mark_first(connection, &conflict.attendee, &entry_of(&conflict.first), own_at)?;
            }
            Ok(())
        }
        ConflictState::Undone => check_ins::set_revoked(connection, conflict.id()),
        ConflictState::Promoted => {
            check_ins::set_revoked(connection, conflict.first.check_in)?;
            promote(connection, conflict)
        }
    }
}

/// The second entry stands in the place of the first.
fn promote(connection: &Connection, conflict: &Conflict) -> Result<(), StoreError> {
    check_ins::set_live_again(connection, conflict.id())?;
    let known = attendees::find(connection, &conflict.attendee)?;
    if known.is_some_and(|known| known.checked_in_at == Some(conflict.first.at)) {
        attendees::set_mark(connection, &conflict.attendee, Some(&entry_of(&conflict.second)))?;
    }
    Ok(())
}

/// Whether this second entry stands in the place of the first, as far as this kiosk was told.
pub(crate) fn is_promoted(connection: &Connection, entry: CheckInId) -> Result<bool, StoreError> {
    let known = conflicts::find(connection, entry)?;
    Ok(known.is_some_and(|known| known.conflict.state == ConflictState::Promoted))
}

/// Notes that the guest had entered before this entry, by `first`.
pub(crate) fn note_second(
    connection: &Connection,
    attendee: &AttendeeId,
    entry: CheckInId,
    first: &FirstEntry,
) -> Result<(), StoreError> {
    check_ins::set_second(connection, entry)?;
    let own_at = check_ins::find(connection, entry)?.map(|stored| stored.check_in.at);
    mark_first(connection, attendee, first, own_at)
}

/// Marks the guest with their first entry, unless the backend has told a newer one that stands.
fn mark_first(
    connection: &Connection,
    attendee: &AttendeeId,
    first: &FirstEntry,
    own_at: Option<UtcMillis>,
) -> Result<(), StoreError> {
    let known = attendees::find(connection, attendee)?.and_then(|known| known.checked_in_at);
    if known.is_none_or(|known| known <= first.at || Some(known) == own_at) {
        attendees::set_mark(connection, attendee, Some(first))?;
    }
    Ok(())
}

/// What an undo made here means for the conflicts of the entry, as the backend will see it too: taking the second entry
/// back ends its conflict, and taking the first one back lets the oldest second one stand.
pub(crate) fn after_undo(
    connection: &Connection,
    check_in: &CheckIn,
    undo: CheckInId,
    at: UtcMillis,
) -> Result<(), StoreError> {
    conflicts::decide(connection, check_in.id, ConflictState::Undone, at, undo)?;
    let Some(conflict) = conflicts::behind(connection, check_in.id)? else { return Ok(()) };
    conflicts::decide(connection, conflict.id(), ConflictState::Promoted, at, undo)?;
    check_ins::set_live_again(connection, conflict.id())?;
    let known = attendees::find(connection, &check_in.attendee)?;
    if known.is_some_and(|known| known.checked_in_at.is_none()) {
        attendees::set_mark(connection, &check_in.attendee, Some(&entry_of(&conflict.second)))?;
    }
    Ok(())
}

fn entry_of(entry: &ConflictEntry) -> FirstEntry {
    FirstEntry { at: entry.at, gate: Some(entry.gate.clone()) }
}
