//! `check_ins`: entries made at this kiosk, and which of them still stand. The database itself keeps a guest from
//! having two that stand in one slot. Entries made elsewhere are known by the roster's mark (`attendees`).

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use portico_types::{AttendeeId, CheckIn, CheckInId, Method, UtcMillis};

use crate::StoreError;
use crate::codec::Named;
use crate::migrations::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        sql: "CREATE TABLE check_ins (
        id        TEXT PRIMARY KEY,
        attendee  TEXT NOT NULL,
        gate      TEXT NOT NULL,
        gate_name TEXT NOT NULL,
        method    TEXT NOT NULL,
        at        INTEGER NOT NULL,
        score     REAL,
        reason    TEXT,
        standing  TEXT NOT NULL CHECK (standing IN ('live', 'undone', 'revoked')),
        undo_id   TEXT,
        undone_at INTEGER,
        CHECK ((standing = 'undone') = (undo_id IS NOT NULL)),
        CHECK ((standing = 'undone') = (undone_at IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX check_ins_one_live ON check_ins (attendee) WHERE standing = 'live';
    CREATE INDEX check_ins_by_attendee ON check_ins (attendee, at);",
    },
    Migration {
        version: 2,
        // What a version 1 kiosk did not keep: why an entry was taken back is known by the audit, and its place in the
        // outbox only while it is there. Whose backend a revoked entry was made for is not known, and as it does not
        // stand, no backend need hear of it again.
        sql: "CREATE TABLE check_ins_2 (
        id          TEXT PRIMARY KEY,
        attendee    TEXT NOT NULL,
        gate        TEXT NOT NULL,
        gate_name   TEXT NOT NULL,
        method      TEXT NOT NULL,
        at          INTEGER NOT NULL,
        score       REAL,
        reason      TEXT,
        slot        TEXT NOT NULL,
        standing    TEXT NOT NULL CHECK (standing IN ('live', 'second', 'undone', 'revoked')),
        undo_id     TEXT,
        undone_at   INTEGER,
        undo_reason TEXT,
        undo_seq    INTEGER,
        told_seq    INTEGER NOT NULL,
        left_behind INTEGER NOT NULL DEFAULT 0 CHECK (left_behind IN (0, 1)),
        CHECK ((standing = 'undone') = (undo_id IS NOT NULL)),
        CHECK ((standing = 'undone') = (undone_at IS NOT NULL)),
        CHECK ((standing = 'undone') = (undo_reason IS NOT NULL)),
        CHECK ((standing = 'undone') = (undo_seq IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    INSERT INTO check_ins_2
        SELECT c.id, c.attendee, c.gate, c.gate_name, c.method, c.at, c.score, c.reason, '', c.standing,
            c.undo_id, c.undone_at, iif(c.standing = 'undone', coalesce(a.reason, ''), NULL),
            iif(c.standing = 'undone', coalesce(u.seq, 0), NULL), coalesce(o.seq, 0), c.standing = 'revoked'
        FROM check_ins c
        LEFT JOIN outbox o ON o.id = c.id
        LEFT JOIN outbox u ON u.id = c.undo_id
        LEFT JOIN (
            SELECT json_extract(before, '$.check_in') AS check_in, max(reason) AS reason
            FROM audit WHERE action IN ('undo', 'correct') GROUP BY 1
        ) a ON a.check_in = c.id;
    DROP TABLE check_ins;
    ALTER TABLE check_ins_2 RENAME TO check_ins;
    CREATE UNIQUE INDEX check_ins_one_live ON check_ins (attendee, slot) WHERE standing = 'live';
    CREATE INDEX check_ins_by_attendee ON check_ins (attendee, at);",
    },
];

/// Whether an entry still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Standing {
    /// The guest is in by it.
    Live,
    /// The backend says that the guest had entered before: they are in by that entry, and this one is in conflict.
    Second,
    /// Taken back here.
    Undone,
    /// Taken back elsewhere, as the backend told, or made for a backend that was left.
    Revoked,
}

/// A check-in with what only this table knows of it.
#[derive(Clone, Debug)]
pub(crate) struct StoredCheckIn {
    pub check_in: CheckIn,
    pub gate_name: String,
    pub standing: Standing,
    pub slot: String,
    pub undo_id: Option<CheckInId>,
}

impl StoredCheckIn {
    /// Whether staff can still take it back here.
    pub fn is_open_to_undo(&self) -> bool {
        matches!(self.standing, Standing::Live | Standing::Second)
    }
}

/// How an entry is taken back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TakenBack<'a> {
    /// The id of the outbox entry that tells it.
    pub by: CheckInId,
    /// That entry's place in the outbox.
    pub seq: i64,
    pub at: UtcMillis,
    pub reason: &'a str,
}

const COLUMNS: &str = "id, attendee, gate, method, at, score, reason, gate_name, standing, slot, undo_id";

fn read_check_in(row: &Row<'_>) -> rusqlite::Result<CheckIn> {
    Ok(CheckIn {
        id: row.get::<_, Named<_>>(0)?.0,
        attendee: row.get::<_, Named<_>>(1)?.0,
        gate: row.get::<_, Named<_>>(2)?.0,
        method: row.get::<_, Named<_>>(3)?.0,
        at: UtcMillis(row.get(4)?),
        score: row.get(5)?,
        reason: row.get(6)?,
    })
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredCheckIn> {
    let check_in = read_check_in(row)?;
    let undo_id = row.get::<_, Option<Named<_>>>(10)?.map(|Named(id)| id);
    Ok(StoredCheckIn {
        check_in,
        gate_name: row.get(7)?,
        standing: row.get::<_, Named<_>>(8)?.0,
        slot: row.get(9)?,
        undo_id,
    })
}

/// Writes an entry that stands. `told_seq` is its place in the outbox, which keeps the order for ever.
pub(crate) fn insert_live(
    connection: &Connection,
    entry: &CheckIn,
    gate_name: &str,
    slot: &str,
    told_seq: i64,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO check_ins (id, attendee, gate, gate_name, method, at, score, reason, slot, told_seq, standing)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'live')",
        )?
        .execute(params![
            Named(entry.id),
            Named(&entry.attendee),
            Named(&entry.gate),
            gate_name,
            Named(entry.method),
            entry.at.0,
            entry.score,
            entry.reason,
            slot,
            told_seq,
        ])?;
    Ok(())
}

pub(crate) fn find(connection: &Connection, id: CheckInId) -> Result<Option<StoredCheckIn>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM check_ins WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([Named(id)], read).optional()?)
}

/// The entries of this guest that stand, newest first.
pub(crate) fn live(connection: &Connection, attendee: &AttendeeId) -> Result<Vec<StoredCheckIn>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM check_ins WHERE attendee = ?1 AND standing = 'live'
         ORDER BY at DESC, told_seq DESC, id DESC"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([Named(attendee)], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Any entry of this guest with this very door time, whatever became of it.
pub(crate) fn made_at(
    connection: &Connection,
    attendee: &AttendeeId,
    at: UtcMillis,
) -> Result<Option<StoredCheckIn>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM check_ins WHERE attendee = ?1 AND at = ?2 LIMIT 1");
    Ok(connection.prepare_cached(&sql)?.query_row(params![Named(attendee), at.0], read).optional()?)
}

/// The newest entries, newest first: their ids begin with the time.
pub(crate) fn newest(connection: &Connection, limit: usize) -> Result<Vec<StoredCheckIn>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM check_ins ORDER BY id DESC LIMIT ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([limit as i64], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn set_undone(
    connection: &Connection,
    id: CheckInId,
    taken_back: TakenBack<'_>,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE check_ins
             SET standing = 'undone', undo_id = ?2, undone_at = ?3, undo_reason = ?4, undo_seq = ?5
             WHERE id = ?1 AND standing IN ('live', 'second')",
        )?
        .execute(params![
            Named(id),
            Named(taken_back.by),
            taken_back.at.0,
            taken_back.reason,
            taken_back.seq
        ])?;
    Ok(())
}

/// The entry does not stand: the guest had entered before. Says whether that is news.
pub(crate) fn set_second(connection: &Connection, id: CheckInId) -> Result<bool, StoreError> {
    let changed = connection
        .prepare_cached("UPDATE check_ins SET standing = 'second' WHERE id = ?1 AND standing = 'live'")?
        .execute([Named(id)])?;
    Ok(changed > 0)
}

/// A second entry stands after all, unless another one has its slot by now.
pub(crate) fn set_live_again(connection: &Connection, id: CheckInId) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE OR IGNORE check_ins SET standing = 'live' WHERE id = ?1 AND standing = 'second'",
        )?
        .execute([Named(id)])?;
    Ok(())
}

pub(crate) fn set_revoked(connection: &Connection, id: CheckInId) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE check_ins SET standing = 'revoked' WHERE id = ?1 AND standing IN ('live', 'second')",
        )?
        .execute([Named(id)])?;
    Ok(())
}

/// This entry was another guest's: it does not stand, and no backend is to hear of it again.
pub(crate) fn leave(connection: &Connection, id: CheckInId) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE check_ins SET standing = 'revoked', left_behind = 1 WHERE id = ?1")?
        .execute([Named(id)])?;
    Ok(())
}

/// Every entry was made for a backend that is left: none stands any longer, and no other backend is to hear of them.
pub(crate) fn leave_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE check_ins SET left_behind = 1,
             standing = iif(standing IN ('live', 'second'), 'revoked', standing)",
        [],
    )?;
    Ok(())
}

/// The present backend is to hear of this entry like of any other.
pub(crate) fn take_along(connection: &Connection, id: CheckInId) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE check_ins SET left_behind = 0 WHERE id = ?1 AND left_behind = 1")?
        .execute([Named(id)])?;
    Ok(())
}

pub(crate) fn remove_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM check_ins", [])?;
    Ok(())
}

/// A check-in that the outbox does not hold any more, with its undo if it was taken back.
pub(crate) struct Told {
    pub check_in: CheckIn,
    pub seq: i64,
    pub undo: Option<ToldUndo>,
}

/// The undo of a check-in, as it was told.
pub(crate) struct ToldUndo {
    pub id: CheckInId,
    pub seq: i64,
    pub at: UtcMillis,
    pub reason: String,
}

/// Everything that the present backend was told of and that is not in the outbox.
pub(crate) fn told(connection: &Connection) -> Result<Vec<Told>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, attendee, gate, method, at, score, reason, told_seq, undo_id, undo_seq, undone_at, undo_reason
         FROM check_ins c
         WHERE left_behind = 0 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = c.id)",
    )?;
    let rows = statement.query_map([], |row| {
        let undo = match row.get::<_, Option<Named<_>>>(8)? {
            None => None,
            Some(Named(id)) => {
                Some(ToldUndo { id, seq: row.get(9)?, at: UtcMillis(row.get(10)?), reason: row.get(11)? })
            }
        };
        Ok(Told { check_in: read_check_in(row)?, seq: row.get(7)?, undo })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether an entry of this guest at this very time was taken back here.
pub(crate) fn was_undone(
    connection: &Connection,
    attendee: &AttendeeId,
    at: UtcMillis,
) -> Result<bool, StoreError> {
    let mut statement = connection
        .prepare_cached(
        "SELECT 1 FROM check_ins WHERE attendee = ?1 AND at = ?2 AND standing = 'undone' AND NOT EXISTS
         (SELECT 1 FROM check_ins AS moved WHERE moved.attendee = ?1 AND moved.at = ?2 AND moved.standing = 'live')",
    )?;
    Ok(statement.exists(params![Named(attendee), at.0])?)
}

/// Entries that stand, by method; the most frequent first.
pub(crate) fn by_method(connection: &Connection) -> Result<Vec<(Method, u64)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT method, count(*) FROM check_ins WHERE standing = 'live' GROUP BY method ORDER BY 2 DESC, 1",
    )?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, Named<_>>(0)?.0, row.get::<_, i64>(1)?.cast_unsigned())))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
