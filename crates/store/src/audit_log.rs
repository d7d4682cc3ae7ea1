//! The audit: who did what to whom, when and why, chained so that a changed or missing row shows.
//!
//! The chain shows tampering with rows; whoever holds the key can forge a whole new chain. Comparing [`AuditHead`]s that
//! were noted elsewhere tells that too.

pub use portico_types::AuditHead;
use portico_types::{AttendeeId, AuditAction, StaffId, UtcMillis};

use crate::table::audit;
use crate::{Store, StoreError};

/// Who decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The kiosk, on what it saw, was shown, or found in its configuration.
    Kiosk,
    /// Somebody at the PIN pad whose PIN is nobody's, or one of the staff from before each of them had a PIN of their own.
    SomeStaff,
    /// This member of the venue's staff.
    Staff(StaffId),
}

/// What an audit row says.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditNote {
    /// What was done.
    pub action: AuditAction,
    /// Who did it.
    pub actor: Actor,
    /// Whom it concerns.
    pub attendee: Option<AttendeeId>,
    /// How things were.
    pub before: Option<serde_json::Value>,
    /// How things are now.
    pub after: Option<serde_json::Value>,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: UtcMillis,
}

/// A row of the audit.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditRow {
    /// Counts from 1 without a gap.
    pub seq: i64,
    /// What it says.
    pub note: AuditNote,
}

/// Whether the audit is as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditVerdict {
    /// Every row is there, unchanged.
    Intact {
        /// The newest row, if there is any.
        head: Option<AuditHead>,
    },
    /// Something was changed or taken away.
    Broken {
        /// Number of the first row that is missing or is not what it was.
        seq: i64,
    },
}

impl Store {
    /// Adds a row.
    pub fn record_audit(&mut self, note: &AuditNote) -> Result<AuditHead, StoreError> {
        self.write(|tx| audit::append(tx, note))
    }

    /// Recomputes the whole chain.
    pub fn verify_audit(&self) -> Result<AuditVerdict, StoreError> {
        Ok(match audit::first_bad(self.reader())? {
            Some(seq) => AuditVerdict::Broken { seq },
            None => AuditVerdict::Intact { head: audit::head(self.reader())? },
        })
    }

    /// The newest row's place and hash.
    pub fn audit_head(&self) -> Result<Option<AuditHead>, StoreError> {
        audit::head(self.reader())
    }

    /// The hash of row `seq`, if there is such a row.
    pub fn audit_hash(&self, seq: i64) -> Result<Option<[u8; 32]>, StoreError> {
        audit::hash(self.reader(), seq)
    }

    /// The newest `limit` rows, newest first.
    pub fn audit_rows(&self, limit: usize) -> Result<Vec<AuditRow>, StoreError> {
        audit::newest(self.reader(), limit)
    }
}
