//! Table `erasures`: which template was erased when and why. Written with the erasure itself, in one transaction.

use portico_types::UtcMillis;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, Row, params};

pub const CREATE: &str = "
CREATE TABLE erasures (
    template_id TEXT NOT NULL PRIMARY KEY REFERENCES templates (id),
    attendee_id TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('expired', 'withdrawn', 'removed', 'replaced')),
    due_at INTEGER,
    erased_at INTEGER NOT NULL,
    purged_at INTEGER,
    change INTEGER NOT NULL UNIQUE
) STRICT;
CREATE INDEX erasures_in_log ON erasures (change) WHERE purged_at IS NULL;";

/// Why a template was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErasureReason {
    /// The term of the consent was over.
    Expired,
    /// The guest, or staff for them, took the consent back.
    Withdrawn,
    /// The guest was taken off the roster.
    Removed,
    /// The guest was enrolled anew.
    Replaced,
}

/// An erased template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// The template's id.
    pub template: String,
    /// Whose it was.
    pub attendee: String,
    /// Why it went.
    pub reason: ErasureReason,
    /// When the consent's term was over, if it was over when the template went.
    pub due_at: Option<UtcMillis>,
    /// When it was erased.
    pub erased_at: UtcMillis,
    /// When the write-ahead log, too, was known to be free of it.
    pub purged_at: Option<UtcMillis>,
    /// The number under which kiosks learn of it.
    pub change: i64,
}

impl ErasureReason {
    /// The name in the table and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
            Self::Removed => "removed",
            Self::Replaced => "replaced",
        }
    }
}

impl FromSql for ErasureReason {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        [Self::Expired, Self::Withdrawn, Self::Removed, Self::Replaced]
            .into_iter()
            .find(|reason| reason.name() == name)
            .ok_or(FromSqlError::InvalidType)
    }
}

/// Writes an erasure down.
pub fn insert(connection: &Connection, erasure: &Erasure) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO erasures (template_id, attendee_id, reason, due_at, erased_at, purged_at, change)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            erasure.template,
            erasure.attendee,
            erasure.reason.name(),
            erasure.due_at.map(|at| at.0),
            erasure.erased_at.0,
            erasure.purged_at.map(|at| at.0),
            erasure.change,
        ])?;
    Ok(())
}

/// Number of the last erasure that may still stand in the write-ahead log, if there is one.
pub fn in_log(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT max(change) FROM erasures WHERE purged_at IS NULL")?
        .query_row([], |row| row.get(0))
}

/// Notes that the log is free of all erasures up to number `change`.
pub fn mark_purged(connection: &Connection, change: i64, now: UtcMillis) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE erasures SET purged_at = ?2 WHERE change <= ?1 AND purged_at IS NULL")?
        .execute(params![change, now.0])?;
    Ok(())
}

/// All erasures since a time, in the order in which they were done.
pub fn since(connection: &Connection, since: UtcMillis) -> rusqlite::Result<Vec<Erasure>> {
    connection
        .prepare_cached(
            "SELECT template_id, attendee_id, reason, due_at, erased_at, purged_at, change FROM erasures
             WHERE erased_at >= ?1 ORDER BY change",
        )?
        .query_map([since.0], read)?
        .collect()
}

/// Ids of the templates that no ticket may be compared with any more, in the order in which they went: those that their
/// guests have withdrawn, those that had been replaced before their guests withdrew, and those of guests who were taken off
/// the list. Told by the order in which things were written down and not by clocks, since a withdrawal may come late: at
/// worst a face that was agreed to since is not compared, and its guest needs a new ticket.
pub fn withdrawn(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached(
            "SELECT template_id FROM erasures LEFT JOIN withdrawals USING (attendee_id)
             WHERE reason IN ('withdrawn', 'removed')
                 OR (reason = 'replaced' AND erasures.change < withdrawals.change)
             ORDER BY erasures.change",
        )?
        .query_map([], |row| row.get(0))?
        .collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Erasure> {
    Ok(Erasure {
        template: row.get(0)?,
        attendee: row.get(1)?,
        reason: row.get(2)?,
        due_at: row.get::<_, Option<i64>>(3)?.map(UtcMillis),
        erased_at: UtcMillis(row.get(4)?),
        purged_at: row.get::<_, Option<i64>>(5)?.map(UtcMillis),
        change: row.get(6)?,
    })
}
