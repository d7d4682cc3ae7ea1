//! What is there, read from both databases. The backend's is also read past the backend, so that its own rules cannot
//! hide anything; the kiosk's is checked page by page.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, ensure};
use portico_store::{AuditVerdict, MetaKey, OutboxBody, OutboxEntry, Store};
use portico_types::{AttendeeId, AuditAction, CheckInId};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use crate::site::{Place, Site};

/// More rows than any soak makes.
const ALL: usize = 1_000_000;

/// An entry at the kiosk.
#[derive(Clone, Debug)]
pub struct KioskEntry {
    /// The entry.
    pub id: CheckInId,
    /// Who.
    pub attendee: AttendeeId,
    /// Whether it stands.
    pub is_live: bool,
}

/// The kiosk's side.
#[derive(Debug)]
pub struct Kiosk {
    /// Entries made there.
    pub entries: Vec<KioskEntry>,
    /// What waits for the backend or was refused by it.
    pub outbox: Vec<OutboxEntry>,
    /// Entries whose making is in the audit.
    pub audited_in: BTreeSet<CheckInId>,
    /// Entries whose undoing is in the audit.
    pub audited_out: BTreeSet<CheckInId>,
    /// Whether the audit's chain holds.
    pub audit: AuditVerdict,
    /// How far the roster was read.
    pub cursor: Option<String>,
}

/// An entry at the backend.
#[derive(Clone, Debug)]
pub struct ServerEntry {
    /// Who.
    pub attendee: String,
    /// Whether it stands.
    pub is_live: bool,
}

/// The backend's side.
#[derive(Debug, Default)]
pub struct Server {
    /// Ids of all that was ever settled, with repetitions if there are any.
    pub settled: Vec<String>,
    /// Entries.
    pub entries: BTreeMap<String, ServerEntry>,
}

/// Both sides.
#[derive(Debug)]
pub struct Found {
    /// The kiosk's.
    pub kiosk: Kiosk,
    /// The backend's.
    pub server: Server,
}

impl Found {
    /// Reads both.
    pub fn read(place: &Place, site: &Site) -> Result<Self> {
        check_pages(place)?;
        Ok(Self { kiosk: Kiosk::read(&site.store)?, server: Server::read(place)? })
    }
}

impl Kiosk {
    fn read(store: &Store) -> Result<Self> {
        let recent = store.recent(ALL)?.into_iter();
        let entries = recent.map(|entry| KioskEntry {
            id: entry.check_in.id,
            attendee: entry.check_in.attendee,
            is_live: entry.live,
        });
        let mut outbox = store.next_batch(ALL)?;
        outbox.extend(store.parked()?.into_iter().map(|line| line.entry));
        let (mut audited_in, mut audited_out) = (BTreeSet::new(), BTreeSet::new());
        for row in store.audit_rows(ALL)? {
            let id_in = |value: Option<&Value>| -> Option<CheckInId> {
                value.and_then(|value| serde_json::from_value(value["check_in"].clone()).ok())
            };
            let (before, after) = (row.note.before.as_ref(), row.note.after.as_ref());
            match row.note.action {
                AuditAction::CheckIn => audited_in.extend(id_in(after)),
                AuditAction::Undo => audited_out.extend(id_in(before)),
                AuditAction::Correct => {
                    audited_in.extend(id_in(after));
                    audited_out.extend(id_in(before));
                }
                _ => {}
            }
        }
        Ok(Self {
            entries: entries.collect(),
            outbox,
            audited_in,
            audited_out,
            audit: store.verify_audit()?,
            cursor: store.meta(MetaKey::RosterCursor)?,
        })
    }

    /// Entries and undos.
    pub fn events(&self) -> u64 {
        (self.entries.len() + self.entries.iter().filter(|entry| !entry.is_live).count()) as u64
    }

    /// Whether something with this id waits.
    pub fn waits(&self, id: CheckInId) -> bool {
        self.outbox.iter().any(|entry| entry.id == id)
    }

    /// Whether an undo of this entry waits.
    pub fn undo_waits(&self, id: CheckInId) -> bool {
        self.outbox
            .iter()
            .any(|entry| matches!(entry.body, OutboxBody::Undo { check_in, .. } if check_in == id))
    }
}

impl Server {
    /// Reads the backend's database without the backend.
    pub fn read(place: &Place) -> Result<Self> {
        let connection = Connection::open_with_flags(place.server(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        sound(&connection, "PRAGMA integrity_check").context("the backend's database")?;
        let settled = connection
            .prepare("SELECT id FROM entries NOT INDEXED")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let entries = connection
            .prepare("SELECT id, attendee_id, undone_by IS NULL FROM check_ins NOT INDEXED")?
            .query_map([], |row| {
                Ok((row.get(0)?, ServerEntry { attendee: row.get(1)?, is_live: row.get(2)? }))
            })?
            .collect::<Result<_, _>>()?;
        Ok(Self { settled, entries })
    }

    /// Whether the backend has settled this id.
    pub fn has(&self, id: CheckInId) -> bool {
        let id = id.to_string();
        self.settled.contains(&id)
    }
}

/// Checks every page of the kiosk's database: what the cipher says of it, and what the tables do.
fn check_pages(place: &Place) -> Result<()> {
    let connection = Connection::open_with_flags(place.kiosk(), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let key = hex::encode(std::fs::read(place.key())?);
    connection.execute_batch(&format!("PRAGMA cipher_log_level = NONE; PRAGMA key = \"x'{key}'\";"))?;
    sound(&connection, "PRAGMA cipher_integrity_check").context("the kiosk's database, sealed")?;
    sound(&connection, "PRAGMA integrity_check").context("the kiosk's database")
}

/// Runs a check whose complaints are rows other than `ok`.
fn sound(connection: &Connection, check: &str) -> Result<()> {
    let mut statement = connection.prepare(check)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let complaint: String = row.get(0)?;
        ensure!(complaint == "ok", "{check}: {complaint}");
    }
    Ok(())
}
