//! `outbox`: what the backend has yet to hear, in the order in which it happened.

use rusqlite::{Connection, OptionalExtension, Row, params};

use portico_types::{AttendeeId, CheckInId, Reason, UtcMillis};

use crate::codec::{Json, Named, Told};
use crate::migrations::Migration;
use crate::{OutboxBody, OutboxEntry, OutboxLine, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        // AUTOINCREMENT: a number is never used twice, so the order survives the removal of what was delivered.
        sql: "CREATE TABLE outbox (
        seq           INTEGER PRIMARY KEY AUTOINCREMENT,
        id            TEXT NOT NULL UNIQUE,
        kind          TEXT NOT NULL CHECK (kind IN ('check_in', 'undo')),
        attendee      TEXT NOT NULL,
        body          TEXT NOT NULL,
        attempts      INTEGER NOT NULL DEFAULT 0,
        state         TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'parked')),
        parked_reason TEXT,
        CHECK ((state = 'parked') = (parked_reason IS NOT NULL))
    ) STRICT;
    CREATE INDEX outbox_by_state ON outbox (state, seq);",
    },
    Migration {
        version: 2,
        // The last number moves along, also where nothing waits. How many entries there are is asked after every
        // check-in and took 2.4 ms to count where 100,000 wait: triggers keep the sum in the transaction that changes it.
        sql: "CREATE TABLE outbox_2 (
        seq           INTEGER PRIMARY KEY AUTOINCREMENT,
        id            TEXT NOT NULL UNIQUE,
        kind          TEXT NOT NULL CHECK (kind IN ('check_in', 'undo', 'resolve')),
        attendee      TEXT NOT NULL,
        body          TEXT NOT NULL,
        attempts      INTEGER NOT NULL DEFAULT 0,
        state         TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'parked')),
        parked_reason TEXT,
        exported_at   INTEGER,
        CHECK ((state = 'parked') = (parked_reason IS NOT NULL))
    ) STRICT;
    INSERT INTO outbox_2 (seq, id, kind, attendee, body, attempts, state, parked_reason)
        SELECT seq, id, kind, attendee, body, attempts, state, parked_reason FROM outbox ORDER BY seq;
    DELETE FROM sqlite_sequence WHERE name = 'outbox_2';
    INSERT INTO sqlite_sequence (name, seq) SELECT 'outbox_2', seq FROM sqlite_sequence WHERE name = 'outbox';
    DROP TABLE outbox;
    ALTER TABLE outbox_2 RENAME TO outbox;
    CREATE INDEX outbox_by_state ON outbox (state, seq);
    CREATE TABLE outbox_size (
        state   TEXT PRIMARY KEY,
        entries INTEGER NOT NULL CHECK (entries >= 0)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO outbox_size (state, entries)
        SELECT s.column1, (SELECT count(*) FROM outbox o WHERE o.state = s.column1)
        FROM (VALUES ('waiting'), ('parked')) s;
    CREATE TRIGGER outbox_grows AFTER INSERT ON outbox BEGIN
        UPDATE outbox_size SET entries = entries + 1 WHERE state = NEW.state;
    END;
    CREATE TRIGGER outbox_shrinks AFTER DELETE ON outbox BEGIN
        UPDATE outbox_size SET entries = entries - 1 WHERE state = OLD.state;
    END;
    CREATE TRIGGER outbox_changes AFTER UPDATE OF state ON outbox BEGIN
        UPDATE outbox_size SET entries = entries - 1 WHERE state = OLD.state;
        UPDATE outbox_size SET entries = entries + 1 WHERE state = NEW.state;
    END;",
    },
    Migration {
        version: 5,
        // Guests who are added at the door are told as well, and from version 6 on withdrawals: the table is built anew
        // once for both. What keeps the sums goes with the old table and comes back with the new one.
        sql: "CREATE TABLE outbox_3 (
        seq           INTEGER PRIMARY KEY AUTOINCREMENT,
        id            TEXT NOT NULL UNIQUE,
        kind          TEXT NOT NULL CHECK (kind IN ('check_in', 'undo', 'resolve', 'withdraw', 'register')),
        attendee      TEXT NOT NULL,
        body          TEXT NOT NULL,
        attempts      INTEGER NOT NULL DEFAULT 0,
        state         TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'parked')),
        parked_reason TEXT,
        exported_at   INTEGER,
        CHECK ((state = 'parked') = (parked_reason IS NOT NULL))
    ) STRICT;
    INSERT INTO outbox_3 (seq, id, kind, attendee, body, attempts, state, parked_reason, exported_at)
        SELECT seq, id, kind, attendee, body, attempts, state, parked_reason, exported_at FROM outbox ORDER BY seq;
    DELETE FROM sqlite_sequence WHERE name = 'outbox_3';
    INSERT INTO sqlite_sequence (name, seq) SELECT 'outbox_3', seq FROM sqlite_sequence WHERE name = 'outbox';
    DROP TABLE outbox;
    ALTER TABLE outbox_3 RENAME TO outbox;
    CREATE INDEX outbox_by_state ON outbox (state, seq);
    CREATE TRIGGER outbox_grows AFTER INSERT ON outbox BEGIN
        UPDATE outbox_size SET entries = entries + 1 WHERE state = NEW.state;
    END;
    CREATE TRIGGER outbox_shrinks AFTER DELETE ON outbox BEGIN
        UPDATE outbox_size SET entries = entries - 1 WHERE state = OLD.state;
    END;
    CREATE TRIGGER outbox_changes AFTER UPDATE OF state ON outbox BEGIN
        UPDATE outbox_size SET entries = entries - 1 WHERE state = OLD.state;
        UPDATE outbox_size SET entries = entries + 1 WHERE state = NEW.state;
    END;",
    },
];

/// Still to be delivered.
pub(crate) const WAITING: &str = "waiting";
/// Refused by the backend for good.
pub(crate) const PARKED: &str = "parked";

/// Adds an entry at the end and returns its place.
pub(crate) fn push(
    connection: &Connection,
    id: CheckInId,
    attendee: &AttendeeId,
    body: &OutboxBody,
) -> Result<i64, StoreError> {
    connection
        .prepare_cached("INSERT INTO outbox (id, kind, attendee, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![Named(id), body.kind(), Named(attendee), Json(body)])?;
    Ok(connection.last_insert_rowid())
}

/// Makes `room` free places before everything that is here, and returns the first of them.
pub(crate) fn make_room(connection: &Connection, room: i64) -> Result<i64, StoreError> {
    let last: Option<i64> = connection
        .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let last = last.unwrap_or(0);
    let first: Option<i64> = connection.query_row("SELECT min(seq) FROM outbox", [], |row| row.get(0))?;
    let mut used = last + room;
    if let Some(first) = first {
        // Beyond every number that was ever used, so that no two rows meet on the way.
        let shift = last + room + 1 - first;
        connection.execute("UPDATE outbox SET seq = seq + ?1", [shift])?;
        used = last + shift;
    }
    connection.execute("DELETE FROM sqlite_sequence WHERE name = 'outbox'", [])?;
    connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('outbox', ?1)", [used])?;
    Ok(last + 1)
}

/// Adds an entry at a free place.
pub(crate) fn push_at(
    connection: &Connection,
    seq: i64,
    id: CheckInId,
    attendee: &AttendeeId,
    body: &OutboxBody,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO outbox (seq, id, kind, attendee, body) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![seq, Named(id), body.kind(), Named(attendee), Json(body)])?;
    Ok(())
}

pub(crate) fn waiting(connection: &Connection) -> Result<u64, StoreError> {
    let count: i64 = connection
        .prepare_cached("SELECT entries FROM outbox_size WHERE state = 'waiting'")?
        .query_row([], |row| row.get(0))?;
    Ok(count.cast_unsigned())
}

pub(crate) fn next(connection: &Connection, limit: usize) -> Result<Vec<OutboxEntry>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT seq, id, body FROM outbox WHERE state = 'waiting' ORDER BY seq LIMIT ?1")?;
    let entries = statement.query_map([limit as i64], entry)?;
    Ok(entries.collect::<Result<_, _>>()?)
}

fn entry(row: &Row<'_>) -> rusqlite::Result<OutboxEntry> {
    Ok(OutboxEntry { seq: row.get(0)?, id: row.get::<_, Named<_>>(1)?.0, body: row.get::<_, Json<_>>(2)?.0 })
}

const LINES: &str =
    "SELECT o.seq, o.id, o.body, o.attendee, a.name, o.attempts, o.parked_reason, o.exported_at
    FROM outbox o LEFT JOIN attendees a ON a.id = o.attendee";

fn line(row: &Row<'_>) -> rusqlite::Result<OutboxLine> {
    Ok(OutboxLine {
        entry: entry(row)?,
        attendee: row.get::<_, Named<_>>(3)?.0,
        name: row.get(4)?,
        attempts: row.get(5)?,
        parked: row.get::<_, Option<Told<_>>>(6)?.map(|told| told.0),
        exported_at: row.get::<_, Option<i64>>(7)?.map(UtcMillis),
    })
}

/// Entries for people to read, oldest first. `state` is [`WAITING`] or [`PARKED`].
pub(crate) fn lines(connection: &Connection, state: &str, limit: i64) -> Result<Vec<OutboxLine>, StoreError> {
    let sql = format!("{LINES} WHERE o.state = ?1 ORDER BY o.seq LIMIT ?2");
    let mut statement = connection.prepare_cached(&sql)?;
    let lines = statement.query_map(params![state, limit], line)?;
    Ok(lines.collect::<Result<_, _>>()?)
}

/// Everything that is here, oldest first.
pub(crate) fn all_lines(connection: &Connection) -> Result<Vec<OutboxLine>, StoreError> {
    let sql = format!("{LINES} ORDER BY o.seq");
    let mut statement = connection.prepare_cached(&sql)?;
    let lines = statement.query_map([], line)?;
    Ok(lines.collect::<Result<_, _>>()?)
}

/// The entry of this id, if it is parked.
pub(crate) fn parked(connection: &Connection, id: CheckInId) -> Result<Option<OutboxEntry>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT seq, id, body FROM outbox WHERE id = ?1 AND state = 'parked'")?;
    Ok(statement.query_row([Named(id)], entry).optional()?)
}

/// A parked entry waits again, at its old place. Says whether there was one.
pub(crate) fn unpark(connection: &Connection, id: CheckInId) -> Result<bool, StoreError> {
    let changed = connection
        .prepare_cached(
            "UPDATE outbox SET state = 'waiting', parked_reason = NULL WHERE id = ?1 AND state = 'parked'",
        )?
        .execute([Named(id)])?;
    Ok(changed > 0)
}

/// Undos and decisions that the present backend refused wait again at their old places, unless the check-in that they
/// take back is refused itself. Says how many. What was made for a backend that was left is known by no check-in and no
/// conflict of the present one.
pub(crate) fn unpark_answers(connection: &Connection) -> Result<u64, StoreError> {
    let changed = connection.execute(
        "UPDATE outbox SET state = 'waiting', parked_reason = NULL
         WHERE state = 'parked' AND kind IN ('undo', 'resolve') AND (
             EXISTS (SELECT 1 FROM check_ins c WHERE c.undo_id = outbox.id AND c.left_behind = 0
                 AND NOT EXISTS (SELECT 1 FROM outbox entered WHERE entered.id = c.id AND entered.state = 'parked'))
             OR EXISTS (SELECT 1 FROM conflicts k WHERE k.decision = outbox.id))",
        [],
    )?;
    Ok(changed as u64)
}

/// Notes that an entry was written to a file. Says whether it is here.
pub(crate) fn set_exported(
    connection: &Connection,
    id: CheckInId,
    at: UtcMillis,
) -> Result<bool, StoreError> {
    let changed = connection
        .prepare_cached("UPDATE outbox SET exported_at = ?2 WHERE id = ?1")?
        .execute(params![Named(id), at.0])?;
    Ok(changed > 0)
}

/// How many entries of `state` no file has.
pub(crate) fn not_exported(connection: &Connection, state: &str) -> Result<u64, StoreError> {
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM outbox WHERE state = ?1 AND exported_at IS NULL")?
        .query_row([state], |row| row.get(0))?;
    Ok(count.cast_unsigned())
}

pub(crate) fn remove_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM outbox", [])?;
    Ok(())
}

/// Whether an entry is still here, waiting or parked.
pub(crate) fn contains(connection: &Connection, id: CheckInId) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached("SELECT 1 FROM outbox WHERE id = ?1")?.exists([Named(id)])?)
}

/// Whether an entry is here and not parked.
pub(crate) fn is_waiting(connection: &Connection, id: CheckInId) -> Result<bool, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM outbox WHERE id = ?1 AND state = 'waiting'")?;
    Ok(statement.exists([Named(id)])?)
}

/// Takes an entry out and tells whose it was; nothing if it is gone already.
pub(crate) fn remove(connection: &Connection, id: CheckInId) -> Result<Option<AttendeeId>, StoreError> {
    let mut statement = connection.prepare_cached("DELETE FROM outbox WHERE id = ?1 RETURNING attendee")?;
    let mut rows = statement.query([Named(id)])?;
    let mut attendee = None;
    while let Some(row) = rows.next()? {
        attendee = Some(row.get::<_, Named<AttendeeId>>(0)?.0);
    }
    Ok(attendee)
}

pub(crate) fn park(connection: &Connection, id: CheckInId, reason: &Reason) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE outbox SET state = 'parked', parked_reason = ?2 WHERE id = ?1")?
        .execute(params![Named(id), Told(reason)])?;
    Ok(())
}

/// Parks everything that waits.
pub(crate) fn park_all(connection: &Connection, reason: &Reason) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE outbox SET state = 'parked', parked_reason = ?1 WHERE state = 'waiting'")?
        .execute([Told(reason)])?;
    Ok(())
}

pub(crate) fn count_attempt(connection: &Connection, id: CheckInId) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE outbox SET attempts = attempts + 1 WHERE id = ?1")?
        .execute([Named(id)])?;
    Ok(())
}
