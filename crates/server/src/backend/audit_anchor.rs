//! Keeps where each kiosk's audit stood, and says loudly when that cannot be right.

use portico_protocol::AuditHeadRecord;
use portico_types::{AuditHead, DeviceId, UtcMillis};
use rusqlite::Connection;

use super::Backend;
use crate::database::audit_heads::{self, DeviceAudit, Standing};
use crate::error::BackendError;

impl Backend {
    /// The audit of every device that ever told where it stands.
    pub fn audit_heads(&self) -> Result<Vec<DeviceAudit>, BackendError> {
        Ok(self.database.read(audit_heads::by_device)?)
    }
}

/// Reads a head from the wire.
pub(super) fn read(record: Option<&AuditHeadRecord>) -> Result<Option<AuditHead>, BackendError> {
    let Some(record) = record else { return Ok(None) };
    let mut hash = [0; 32];
    hex::decode_to_slice(&record.hash, &mut hash).map_err(|_| {
        BackendError::Malformed("the hash of the audit's head is not 64 hexadecimal digits".to_owned())
    })?;
    if record.seq < 1 {
        return Err(BackendError::Malformed("the rows of an audit are numbered from 1".to_owned()));
    }
    Ok(Some(AuditHead { seq: record.seq, hash }))
}

/// Keeps a head with the delivery that it came with.
pub(super) fn note(
    connection: &Connection,
    device: &DeviceId,
    head: Option<&AuditHead>,
    now: UtcMillis,
) -> rusqlite::Result<()> {
    let Some(head) = head else { return Ok(()) };
    if audit_heads::note(connection, device, head, now)? == Standing::Contradicts {
        tracing::error!(%device, "the kiosk's audit contradicts what it said before; rows were changed or lost there");
    }
    Ok(())
}
