//! What an operator does with a kiosk's data from the command line, with no kiosk running or beside a running one.

use std::path::{Path, PathBuf};

use portico_store::{AuditVerdict, FileKey, Store, StoreError};
use portico_types::AuditHead;

/// What a look at the whole audit came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditCheck {
    /// Every row is there, unchanged, and every anchor is met.
    Intact {
        /// The newest row, if there is any.
        head: Option<AuditHead>,
    },
    /// Something was changed or taken away.
    Broken {
        /// Number of the first row that is missing or is not what it was.
        seq: i64,
    },
    /// The rows fit together, but not to what the backend was told: the whole chain was replaced.
    Forged {
        /// Number of the first anchored row that differs.
        seq: i64,
    },
}

/// Why the audit cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum MaintenanceError {
    /// There is no database.
    #[error("there is no kiosk database at {}; name the configuration of the kiosk", .0.display())]
    Missing(PathBuf),
    /// The database cannot be opened or read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Recomputes the audit's chain in `data_dir` and compares it with heads that were noted elsewhere. Opens the database as
/// the kiosk does when it starts; no row is changed.
pub fn verify_audit(data_dir: &Path, anchors: &[AuditHead]) -> Result<AuditCheck, MaintenanceError> {
    let path = data_dir.join("kiosk.db");
    if !path.exists() {
        return Err(MaintenanceError::Missing(path));
    }
    let store = Store::open(&path, &FileKey::existing(data_dir.join("kiosk.key")))?;
    let head = match store.verify_audit()? {
        AuditVerdict::Broken { seq } => return Ok(AuditCheck::Broken { seq }),
        AuditVerdict::Intact { head } => head,
    };
    let mut anchors = anchors.to_vec();
    anchors.sort_by_key(|anchor| anchor.seq);
    for anchor in anchors {
        if store.audit_hash(anchor.seq)? != Some(anchor.hash) {
            return Ok(AuditCheck::Forged { seq: anchor.seq });
        }
    }
    Ok(AuditCheck::Intact { head })
}
