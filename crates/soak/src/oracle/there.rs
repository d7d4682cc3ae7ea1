//! What the backend has, read from its database past the backend, so that its own rules cannot hide anything.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use portico_types::{AttendeeId, CheckInId, ConflictState};
use rusqlite::{Connection, OpenFlags, Row};
use uuid::Uuid;

/// A conflict as one side has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownConflict {
    /// Who.
    pub attendee: AttendeeId,
    /// The first entry.
    pub first: CheckInId,
    /// What became of it.
    pub state: ConflictState,
}

/// The backend's side.
#[derive(Clone, Debug, Default)]
pub struct There {
    /// Every entry that was settled, in the order in which they arrived.
    pub received: Vec<CheckInId>,
    /// Whose check-in, and whether it stands.
    pub check_ins: BTreeMap<CheckInId, (AttendeeId, bool)>,
    /// Conflicts by their second entries.
    pub conflicts: BTreeMap<CheckInId, KnownConflict>,
}

impl There {
    /// Reads one consistent state of the database.
    pub fn read(database: &Path) -> Result<Self> {
        let mut connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        let connection = connection.transaction()?;
        let received = connection
            .prepare("SELECT id FROM entries NOT INDEXED ORDER BY rowid")?
            .query_map([], |row| id(row, 0))?
            .collect::<Result<_, _>>()?;
        let check_ins = connection
            .prepare("SELECT id, attendee_id, undone_by IS NULL FROM check_ins NOT INDEXED")?
            .query_map([], |row| Ok((id(row, 0)?, (attendee(row, 1)?, row.get(2)?))))?
            .collect::<Result<_, _>>()?;
        let mut conflicts = BTreeMap::new();
        let mut statement =
            connection.prepare("SELECT id, attendee_id, first_id, state FROM conflicts NOT INDEXED")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let text: String = row.get(3)?;
            let state = serde_json::from_value(text.into()).context("an unknown state of a conflict")?;
            let known = KnownConflict { attendee: attendee(row, 1)?, first: id(row, 2)?, state };
            conflicts.insert(id(row, 0)?, known);
        }
        Ok(Self { received, check_ins, conflicts })
    }
}

fn attendee(row: &Row<'_>, column: usize) -> rusqlite::Result<AttendeeId> {
    Ok(AttendeeId::new(row.get::<_, String>(column)?))
}

fn id(row: &Row<'_>, column: usize) -> rusqlite::Result<CheckInId> {
    let text: String = row.get(column)?;
    Uuid::parse_str(&text).map(CheckInId).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}
