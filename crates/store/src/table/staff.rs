//! `staff`: who may open staff mode at this kiosk.

use rusqlite::{Connection, OptionalExtension, Row, params};

use portico_types::{StaffId, StaffRole, UtcMillis};

use crate::codec::Named;
use crate::migrations::Migration;
use crate::{PinVerifier, StaffMember, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 3,
    // Before, a kiosk had one PIN. Whoever held it could do everything: they are its first supervisor, of whom nobody
    // knows the name ([`StaffId::FIRST`]), nor since when, but not longer than the oldest thing written down.
    sql: "CREATE TABLE staff (
        id          TEXT PRIMARY KEY,
        name        TEXT NOT NULL,
        role        TEXT NOT NULL CHECK (role IN ('volunteer', 'supervisor')),
        pin         TEXT NOT NULL UNIQUE,
        created_at  INTEGER NOT NULL,
        disabled_at INTEGER
    ) STRICT, WITHOUT ROWID;
    INSERT INTO staff (id, name, role, pin, created_at)
        SELECT '00000000-0000-0000-0000-000000000001', '', 'supervisor', value,
            coalesce((SELECT min(at) FROM audit), 0)
        FROM meta WHERE name = 'staff_pin_hash';
    DELETE FROM meta WHERE name = 'staff_pin_hash';",
}];

const COLUMNS: &str = "id, name, role, pin, created_at, disabled_at";

fn read(row: &Row<'_>) -> rusqlite::Result<StaffMember> {
    Ok(StaffMember {
        id: row.get::<_, Named<_>>(0)?.0,
        name: row.get(1)?,
        role: row.get::<_, Named<_>>(2)?.0,
        pin: PinVerifier::new(row.get::<_, String>(3)?),
        created_at: UtcMillis(row.get(4)?),
        disabled_at: row.get::<_, Option<i64>>(5)?.map(UtcMillis),
    })
}

/// Everybody, whoever came first first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<StaffMember>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM staff ORDER BY created_at, id");
    let mut statement = connection.prepare_cached(&sql)?;
    let members = statement.query_map([], read)?;
    Ok(members.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn find(connection: &Connection, id: StaffId) -> Result<Option<StaffMember>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM staff WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([Named(id)], read).optional()?)
}

/// Whether somebody other than `id` has this PIN.
pub(crate) fn is_taken(connection: &Connection, pin: &PinVerifier, id: StaffId) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM staff WHERE pin = ?1 AND id <> ?2")?;
    Ok(statement.exists(params![pin.as_str(), Named(id)])?)
}

/// Whether a supervisor other than `id` can open staff mode.
pub(crate) fn another_supervisor(connection: &Connection, id: StaffId) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM staff WHERE role = 'supervisor' AND disabled_at IS NULL AND id <> ?1",
    )?;
    Ok(statement.exists([Named(id)])?)
}

pub(crate) fn insert(connection: &Connection, member: &StaffMember) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO staff (id, name, role, pin, created_at, disabled_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            Named(member.id),
            member.name,
            Named(member.role),
            member.pin.as_str(),
            member.created_at.0,
            member.disabled_at.map(|at| at.0)
        ])?;
    Ok(())
}

pub(crate) fn set_pin(connection: &Connection, id: StaffId, pin: &PinVerifier) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE staff SET pin = ?2 WHERE id = ?1")?
        .execute(params![Named(id), pin.as_str()])?;
    Ok(())
}

pub(crate) fn set_name_and_role(
    connection: &Connection,
    id: StaffId,
    name: &str,
    role: StaffRole,
) -> Result<(), StoreError> {
    connection.prepare_cached("UPDATE staff SET name = ?2, role = ?3 WHERE id = ?1")?.execute(params![
        Named(id),
        name,
        Named(role)
    ])?;
    Ok(())
}

pub(crate) fn set_disabled(
    connection: &Connection,
    id: StaffId,
    at: Option<UtcMillis>,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE staff SET disabled_at = ?2 WHERE id = ?1")?
        .execute(params![Named(id), at.map(|at| at.0)])?;
    Ok(())
}

pub(crate) fn remove_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM staff", [])?;
    Ok(())
}
