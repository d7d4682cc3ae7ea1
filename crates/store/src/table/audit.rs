//! `audit`: rows that are only ever added, each sealed with a hash over itself and the one before.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use portico_types::{StaffId, UtcMillis};

use crate::codec::{Json, Named};
use crate::migrations::Migration;
use crate::{Actor, AuditHead, AuditNote, AuditRow, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        // AUTOINCREMENT remembers the last number, which gives away rows cut off at the end.
        sql: "CREATE TABLE audit (
            seq      INTEGER PRIMARY KEY AUTOINCREMENT,
            at       INTEGER NOT NULL,
            actor    TEXT NOT NULL CHECK (actor IN ('kiosk', 'staff')),
            action   TEXT NOT NULL,
            attendee TEXT,
            before   TEXT,
            after    TEXT,
            reason   TEXT,
            hash     BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;
        CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'audit rows never change'); END;
        CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'audit rows are never removed'); END;",
    },
    Migration {
        version: 3,
        // Rows from before name nobody and keep the seal that they have: see `seal`.
        sql: "ALTER TABLE audit ADD COLUMN member TEXT;",
    },
];

/// What the first row is chained to.
const GENESIS: [u8; 32] = [0; 32];

const COLUMNS: &str = "seq, at, actor, action, attendee, before, after, reason, hash, member";

/// A row in the form in which it is hashed: columns as text.
struct Columns {
    seq: i64,
    at: i64,
    texts: [Option<String>; 6],
    member: Option<String>,
    hash: [u8; 32],
}

fn read(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok(Columns {
        seq: row.get(0)?,
        at: row.get(1)?,
        texts: [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?],
        hash: row.get(8)?,
        member: row.get(9)?,
    })
}

/// The hash over the row before and this row. Every field has its length in front, so that no two rows read alike. A
/// member of the staff comes last and only where there is one: rows from before members were known keep their hash, and a
/// name that is added or taken away later shows.
fn seal(previous: &[u8; 32], row: &Columns) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"portico audit row 1");
    hash.update(previous);
    hash.update(row.seq.to_be_bytes());
    hash.update(row.at.to_be_bytes());
    for text in &row.texts {
        match text {
            None => hash.update([0]),
            Some(text) => {
                hash.update([1]);
                hash.update((text.len() as u64).to_be_bytes());
                hash.update(text.as_bytes());
            }
        }
    }
    if let Some(member) = &row.member {
        hash.update([2]);
        hash.update((member.len() as u64).to_be_bytes());
        hash.update(member.as_bytes());
    }
    hash.finalize().into()
}

/// The actor's two columns.
fn actor_columns(actor: Actor) -> (&'static str, Option<String>) {
    match actor {
        Actor::Kiosk => ("kiosk", None),
        Actor::SomeStaff => ("staff", None),
        Actor::Staff(member) => ("staff", Some(member.to_string())),
    }
}

fn actor_of(actor: &str, member: Option<StaffId>) -> Actor {
    match (actor, member) {
        ("kiosk", _) => Actor::Kiosk,
        (_, None) => Actor::SomeStaff,
        (_, Some(member)) => Actor::Staff(member),
    }
}

pub(crate) fn head(connection: &Connection) -> Result<Option<AuditHead>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")?;
    let head = statement.query_row([], |row| Ok(AuditHead { seq: row.get(0)?, hash: row.get(1)? }));
    Ok(head.optional()?)
}

/// The hash of one row.
pub(crate) fn hash(connection: &Connection, seq: i64) -> Result<Option<[u8; 32]>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT hash FROM audit WHERE seq = ?1")?;
    Ok(statement.query_row([seq], |row| row.get(0)).optional()?)
}

fn name<T: serde::Serialize>(value: T) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        _ => Err(StoreError::Damaged("an audit name is no plain text".to_owned())),
    }
}

pub(crate) fn append(connection: &Connection, note: &AuditNote) -> Result<AuditHead, StoreError> {
    let previous = head(connection)?;
    // Past the last number given out, even if that row is gone: a gap stays a gap.
    let seq = last_number(connection)?.max(previous.as_ref().map_or(0, |head| head.seq)) + 1;
    let (actor, member) = actor_columns(note.actor);
    let texts = [
        Some(actor.to_owned()),
        Some(name(note.action)?),
        note.attendee.as_ref().map(|id| id.as_str().to_owned()),
        note.before.as_ref().map(ToString::to_string),
        note.after.as_ref().map(ToString::to_string),
        note.reason.clone(),
    ];
    let row = Columns { seq, at: note.at.0, texts, member, hash: GENESIS };
    let hash = seal(previous.as_ref().map_or(&GENESIS, |head| &head.hash), &row);
    let Columns { texts: [actor, action, attendee, before, after, reason], member, .. } = row;
    connection
        .prepare_cached(
            "INSERT INTO audit (seq, at, actor, action, attendee, before, after, reason, hash, member)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![seq, note.at.0, actor, action, attendee, before, after, reason, hash, member])?;
    Ok(AuditHead { seq, hash })
}

/// Number of the first row that is missing or is not what it was; `None` if every row is as written.
pub(crate) fn first_bad(connection: &Connection) -> Result<Option<i64>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM audit ORDER BY seq");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let (mut previous, mut expected) = (GENESIS, 1);
    while let Some(row) = rows.next()? {
        let row = read(row)?;
        if row.seq != expected || row.hash != seal(&previous, &row) {
            return Ok(Some(expected));
        }
        previous = row.hash;
        expected += 1;
    }
    Ok((last_number(connection)? >= expected).then_some(expected))
}

/// The last number given out; 0 if none was.
fn last_number(connection: &Connection) -> Result<i64, StoreError> {
    let mut statement = connection.prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// The newest rows, newest first.
pub(crate) fn newest(connection: &Connection, limit: usize) -> Result<Vec<AuditRow>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, at, actor, action, attendee, before, after, reason, member FROM audit ORDER BY seq DESC LIMIT ?1",
    )?;
    let rows = statement.query_map([limit as i64], |row| {
        let note = AuditNote {
            at: UtcMillis(row.get(1)?),
            actor: actor_of(
                &row.get::<_, String>(2)?,
                row.get::<_, Option<Named<_>>>(8)?.map(|Named(id)| id),
            ),
            action: row.get::<_, Named<_>>(3)?.0,
            attendee: row.get::<_, Option<Named<_>>>(4)?.map(|Named(id)| id),
            before: row.get::<_, Option<Json<_>>>(5)?.map(|value| value.0),
            after: row.get::<_, Option<Json<_>>>(6)?.map(|value| value.0),
            reason: row.get(7)?,
        };
        Ok(AuditRow { seq: row.get(0)?, note })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
