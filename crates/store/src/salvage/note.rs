//! What staff are told about a salvage, also after a restart.

use std::collections::BTreeMap;
use std::path::PathBuf;

use portico_types::UtcMillis;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::table::{audit, meta};
use crate::{AuditNote, Store, StoreError};

const NAME: &str = "salvage_note";

/// What became of a damaged database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalvageReport {
    /// When.
    pub at: UtcMillis,
    /// Where the damaged file was put, as it was. It does not stay there for ever: see `Store::forget_expired`.
    pub quarantined: PathBuf,
    /// What was found wrong with it.
    pub cause: String,
    /// Whether any page opened with the key. If not, the new database is empty.
    pub readable: bool,
    /// Rows taken over, by table.
    pub copied: BTreeMap<String, u64>,
    /// Known gaps, by table: pages and rows that did not read. A page holds tens of rows.
    pub lost: BTreeMap<String, u64>,
    /// Whether the write-ahead log was damaged or did not belong to the database.
    pub log_damaged: bool,
    /// Check-ins that were written anew from their outbox entry or their audit row.
    pub rebuilt: u64,
    /// Entries that wait again because it is not known whether the backend has them.
    pub requeued: u64,
}

/// The last salvage of this kiosk's database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalvageNote {
    /// What became of it.
    pub report: SalvageReport,
    /// Whether staff have seen it.
    pub acknowledged: bool,
}

pub(super) fn write(connection: &Connection, note: &SalvageNote) -> Result<(), StoreError> {
    let text = serde_json::to_string(note).map_err(|error| StoreError::Damaged(error.to_string()))?;
    meta::set(connection, NAME, &text)
}

impl Store {
    /// The last salvage, if there ever was one.
    pub fn last_salvage(&self) -> Result<Option<SalvageNote>, StoreError> {
        let Some(text) = meta::get(self.reader(), NAME)? else { return Ok(None) };
        // A note of another version of the program is no reason to fail.
        Ok(serde_json::from_str(&text).ok())
    }

    /// Notes that staff have seen the last salvage, with the audit row `audited`. Says whether there was one that they had
    /// not seen; if not, nothing is written.
    pub fn acknowledge_salvage(&mut self, audited: &AuditNote) -> Result<bool, StoreError> {
        let Some(note) = self.last_salvage()?.filter(|note| !note.acknowledged) else { return Ok(false) };
        let note = SalvageNote { acknowledged: true, ..note };
        self.write(|tx| {
            write(tx, &note)?;
            audit::append(tx, audited)?;
            Ok(true)
        })
    }
}
