//! Makes check-ins whole again after a salvage: what one of the three places lost comes back from the others, and what
//! may not have been delivered waits again. Delivering twice changes nothing (I3); delivering never would.

use portico_types::{AttendeeId, CheckIn, Resolution, UtcMillis};
use rusqlite::{Connection, OptionalExtension};

use super::evidence::Evidence;
use crate::codec::Named;
use crate::restart::{begin_anew, tell_again};
use crate::table::check_ins::{self, TakenBack};
use crate::table::{attendees, outbox, search_terms};
use crate::{OutboxBody, StoreError, search};

/// What was mended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mended {
    /// Check-ins written anew.
    pub rebuilt: u64,
    /// Entries put into the outbox again.
    pub requeued: u64,
}

/// Writes the search index anew from the roster.
pub(super) fn index_roster(connection: &Connection) -> Result<(), StoreError> {
    for row in attendees::rows(connection)? {
        if let Some(attendee) = attendees::at_row(connection, row)? {
            search_terms::replace(connection, row, &search::terms(&attendee))?;
        }
    }
    Ok(())
}

/// Brings back lost check-ins and lost undos, then lets everything wait that may not have been delivered.
pub(super) fn mend(connection: &Connection) -> Result<Mended, StoreError> {
    let evidence = Evidence::gather(connection)?;
    let mut mended = Mended::default();
    for entry in evidence.entered.values() {
        if check_ins::find(connection, entry.id)?.is_none() {
            rebuild(connection, entry)?;
            mended.rebuilt += 1;
        }
    }
    for (id, undone) in &evidence.undone {
        let by = undone.id_for(*id);
        let taken_back = TakenBack { by, seq: 0, at: undone.at, reason: &undone.reason };
        check_ins::set_undone(connection, *id, taken_back)?;
    }
    for id in &evidence.amended {
        check_ins::leave(connection, *id)?;
    }
    if mended.rebuilt > 0 {
        // What became of them elsewhere is told by the feeds.
        begin_anew(connection)?;
    }
    mended.requeued = tell_again(connection)? + requeue_undos(connection)? + requeue_decisions(connection)?;
    Ok(mended)
}

/// Writes a check-in anew. In which slot it stood is not known: its own id stands in nobody's way, and that the guest is
/// in is told by its time.
fn rebuild(connection: &Connection, entry: &CheckIn) -> Result<(), StoreError> {
    let gate_name = gate_name(connection, entry)?;
    check_ins::insert_live(connection, entry, &gate_name, &entry.id.to_string(), 0)
}

/// What staff call the gate, by another entry made there; else its id.
fn gate_name(connection: &Connection, entry: &CheckIn) -> Result<String, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT gate_name FROM check_ins WHERE gate = ?1 LIMIT 1")?;
    let known = statement.query_row([Named(&entry.gate)], |row| row.get(0)).optional()?;
    Ok(known.unwrap_or_else(|| entry.gate.as_str().to_owned()))
}

/// Decisions that both entries are one guest's: made here, not confirmed by the backend, and waiting no more. Decisions
/// that take an entry back are told as undos.
fn requeue_decisions(connection: &Connection) -> Result<u64, StoreError> {
    let mut statement = connection.prepare(
        "SELECT k.id, k.attendee, k.decision, k.resolved_at,
             (SELECT max(a.reason) FROM audit a
              WHERE a.action = 'resolve' AND json_extract(a.after, '$.decision') = k.decision)
         FROM conflicts k
         WHERE k.state = 'accepted' AND k.decision IS NOT NULL AND k.resolved_by IS NULL
             AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = k.decision)",
    )?;
    let mut rows = statement.query([])?;
    let mut requeued = 0;
    while let Some(row) = rows.next()? {
        let (Named(conflict), Named::<AttendeeId>(attendee)) = (row.get(0)?, row.get(1)?);
        let at = UtcMillis(row.get::<_, Option<i64>>(3)?.unwrap_or_default());
        let reason = row.get::<_, Option<String>>(4)?.unwrap_or_default();
        let body = OutboxBody::Resolve { conflict, resolution: Resolution::Accept, at, reason };
        outbox::push(connection, row.get::<_, Named<_>>(2)?.0, &attendee, &body)?;
        requeued += 1;
    }
    Ok(requeued)
}

/// Undos whose entry still waits and that do not wait themselves.
fn requeue_undos(connection: &Connection) -> Result<u64, StoreError> {
    let mut statement = connection.prepare(
        "SELECT c.id, c.attendee, c.undo_id, c.undone_at, c.undo_reason FROM check_ins c
         JOIN outbox o ON o.id = c.id
         WHERE c.standing = 'undone' AND NOT EXISTS (SELECT 1 FROM outbox u WHERE u.id = c.undo_id)",
    )?;
    let mut rows = statement.query([])?;
    let mut requeued = 0;
    while let Some(row) = rows.next()? {
        let (Named(check_in), Named::<AttendeeId>(attendee)) = (row.get(0)?, row.get(1)?);
        let body = OutboxBody::Undo { check_in, at: UtcMillis(row.get(3)?), reason: row.get(4)? };
        outbox::push(connection, row.get::<_, Named<_>>(2)?.0, &attendee, &body)?;
        requeued += 1;
    }
    Ok(requeued)
}
