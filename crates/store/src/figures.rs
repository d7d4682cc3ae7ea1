//! How the event goes, in numbers: what the roster's marks and this kiosk's entries tell together.

use std::fs;

use portico_types::{Method, UtcMillis};

use crate::table::{attendees, check_ins, templates};
use crate::{DiskState, KeyProtection, RosterCounts, SCHEMA_VERSION, Store, StoreError};

/// How the event goes. Entries of other gates count as far as sync has brought them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoorFigures {
    /// How many are expected and how many are in.
    pub roster: RosterCounts,
    /// Guests who are in, by what the gate of their entry is called; the largest first.
    pub by_gate: Vec<(Option<String>, u64)>,
    /// Entries made at this kiosk that stand, by method; the most frequent first.
    pub by_method: Vec<(Method, u64)>,
    /// Guests who came in by the minute since the time asked for, oldest first; minutes without any are left out.
    pub per_minute: Vec<(UtcMillis, u64)>,
}

/// What the database takes, and how it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StorageFacts {
    /// Size of the database's file.
    pub database_bytes: u64,
    /// Size of its write-ahead log.
    pub log_bytes: u64,
    /// The schema that it has.
    pub schema_version: u32,
    /// How much room there is.
    pub disk: DiskState,
    /// How well the key is kept.
    pub key: KeyProtection,
}

/// What is kept of faces, and for how long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TemplateTerms {
    /// How many templates there are.
    pub templates: u64,
    /// When the first of them goes.
    pub first_ends_at: Option<UtcMillis>,
    /// When the last of them goes.
    pub last_ends_at: Option<UtcMillis>,
}

impl Store {
    /// How the event goes; arrivals by the minute since `since`. Reads the whole roster: for staff, not for guests.
    pub fn door_figures(&self, since: UtcMillis) -> Result<DoorFigures, StoreError> {
        Ok(DoorFigures {
            roster: attendees::counts(self.reader())?,
            by_gate: attendees::by_gate(self.reader())?,
            by_method: check_ins::by_method(self.reader())?,
            per_minute: attendees::per_minute(self.reader(), since)?,
        })
    }

    /// What the database takes, and how it is kept.
    pub fn storage_facts(&self) -> StorageFacts {
        let files = self.files();
        let size = |path: &std::path::Path| fs::metadata(path).map_or(0, |found| found.len());
        StorageFacts {
            database_bytes: size(&files.database),
            log_bytes: size(&files.log()),
            schema_version: SCHEMA_VERSION,
            disk: self.disk(),
            key: self.key_protection(),
        }
    }

    /// What is kept of faces, and for how long.
    pub fn template_terms(&self) -> Result<TemplateTerms, StoreError> {
        templates::terms(self.reader())
    }
}
