//! `conflicts`: guests who were let in twice, as the backend last told it, and what was decided about them here.

use rusqlite::{Connection, OptionalExtension, Row, params};

use portico_types::{CheckInId, Conflict, ConflictEntry, ConflictState, UtcMillis};

use crate::codec::{Json, Named};
use crate::migrations::Migration;
use crate::{ConflictLine, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 2,
    // `decision` is the outbox entry by which this kiosk ended the conflict.
    sql: "CREATE TABLE conflicts (
        id          TEXT PRIMARY KEY,
        attendee    TEXT NOT NULL,
        first_id    TEXT NOT NULL,
        first       TEXT NOT NULL,
        second      TEXT NOT NULL,
        second_at   INTEGER NOT NULL,
        state       TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'undone', 'promoted')),
        resolved_by TEXT,
        resolved_at INTEGER,
        decision    TEXT
    ) STRICT;
    CREATE INDEX conflicts_by_state ON conflicts (state, second_at);
    CREATE INDEX conflicts_by_decision ON conflicts (decision) WHERE decision IS NOT NULL;",
}];

/// A conflict with the decision that this kiosk made.
pub(crate) struct StoredConflict {
    pub conflict: Conflict,
    pub decision: Option<CheckInId>,
}

const COLUMNS: &str = "k.attendee, k.first, k.second, k.state, k.resolved_by, k.resolved_at, k.decision";

fn read(row: &Row<'_>) -> rusqlite::Result<StoredConflict> {
    let conflict = Conflict {
        attendee: row.get::<_, Named<_>>(0)?.0,
        first: row.get::<_, Json<_>>(1)?.0,
        second: row.get::<_, Json<_>>(2)?.0,
        state: row.get::<_, Named<_>>(3)?.0,
        resolved_by: row.get(4)?,
        resolved_at: row.get::<_, Option<i64>>(5)?.map(UtcMillis),
    };
    Ok(StoredConflict { conflict, decision: row.get::<_, Option<Named<_>>>(6)?.map(|Named(id)| id) })
}

/// Writes a conflict over what was known; the decision made here is kept.
pub(crate) fn put(connection: &Connection, conflict: &Conflict) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO conflicts
                 (id, attendee, first_id, first, second, second_at, state, resolved_by, resolved_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (id) DO UPDATE SET
                 attendee = excluded.attendee, first_id = excluded.first_id, first = excluded.first,
                 second = excluded.second, second_at = excluded.second_at, state = excluded.state,
                 resolved_by = excluded.resolved_by, resolved_at = excluded.resolved_at",
        )?
        .execute(params![
            Named(conflict.id()),
            Named(&conflict.attendee),
            Named(conflict.first.check_in),
            Json::<&ConflictEntry>(&conflict.first),
            Json::<&ConflictEntry>(&conflict.second),
            conflict.second.at.0,
            Named(conflict.state),
            conflict.resolved_by,
            conflict.resolved_at.map(|at| at.0),
        ])?;
    Ok(())
}

pub(crate) fn find(connection: &Connection, id: CheckInId) -> Result<Option<StoredConflict>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM conflicts k WHERE k.id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([Named(id)], read).optional()?)
}

/// The open conflict of the oldest entry that only `first` keeps from standing.
pub(crate) fn behind(connection: &Connection, first: CheckInId) -> Result<Option<Conflict>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM conflicts k WHERE k.first_id = ?1 AND k.state = 'open'
         ORDER BY k.second_at, k.id LIMIT 1"
    );
    let found = connection.prepare_cached(&sql)?.query_row([Named(first)], read).optional()?;
    Ok(found.map(|stored| stored.conflict))
}

/// Ends a conflict by an act of this kiosk; a promoted one can still be undone. Changes nothing otherwise.
pub(crate) fn decide(
    connection: &Connection,
    id: CheckInId,
    state: ConflictState,
    at: UtcMillis,
    decision: CheckInId,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE conflicts SET state = ?2, resolved_by = NULL, resolved_at = ?3, decision = ?4
             WHERE id = ?1 AND (state = 'open' OR (state = 'promoted' AND ?2 = 'undone'))",
        )?
        .execute(params![Named(id), Named(state), at.0, Named(decision)])?;
    Ok(())
}

/// The backend did not take this decision: the conflict is as open as before.
pub(crate) fn reopen(connection: &Connection, decision: CheckInId) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE conflicts SET state = 'open', resolved_by = NULL, resolved_at = NULL WHERE decision = ?1",
        )?
        .execute([Named(decision)])?;
    Ok(())
}

pub(crate) fn open(connection: &Connection) -> Result<u64, StoreError> {
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM conflicts WHERE state = 'open'")?
        .query_row([], |row| row.get(0))?;
    Ok(count.cast_unsigned())
}

/// Conflicts for people to read: open ones first, then newest first.
pub(crate) fn lines(connection: &Connection, limit: usize) -> Result<Vec<ConflictLine>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, a.name, EXISTS (SELECT 1 FROM check_ins c WHERE c.id = k.id),
             EXISTS (SELECT 1 FROM outbox o WHERE o.id = k.decision AND o.state = 'waiting')
         FROM conflicts k LEFT JOIN attendees a ON a.id = k.attendee
         ORDER BY k.state = 'open' DESC, k.second_at DESC, k.id DESC LIMIT ?1"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let lines = statement.query_map([limit as i64], |row| {
        Ok(ConflictLine {
            conflict: read(row)?.conflict,
            name: row.get(7)?,
            mine: row.get(8)?,
            decided_here_waiting: row.get(9)?,
        })
    })?;
    Ok(lines.collect::<Result<_, _>>()?)
}

pub(crate) fn remove_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM conflicts", [])?;
    Ok(())
}

/// Removes those about which nothing decided here waits to be told.
pub(crate) fn remove_told(connection: &Connection) -> Result<(), StoreError> {
    connection.execute(
        "DELETE FROM conflicts WHERE NOT EXISTS
             (SELECT 1 FROM outbox o WHERE o.id = conflicts.decision AND o.state = 'waiting')",
        [],
    )?;
    Ok(())
}
