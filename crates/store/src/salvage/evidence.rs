//! What the outbox and the audit tell of check-ins. Each check-in is written three times in one transaction, so one
//! page rarely takes all that is known of it.

use std::collections::{BTreeMap, BTreeSet};

use portico_types::{CheckIn, CheckInId, Resolution, UtcMillis};
use rusqlite::Connection;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Builder;

use crate::codec::{Json, Named};
use crate::{OutboxBody, StoreError};

/// How an entry was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Undone {
    /// The undo's own id, if the outbox still has it.
    pub undo: Option<CheckInId>,
    /// When.
    pub at: UtcMillis,
    /// Why.
    pub reason: String,
}

impl Undone {
    /// The undo's id. One that is lost is replaced by one that comes out the same every time, so that it stays one undo.
    pub(super) fn id_for(&self, entry: CheckInId) -> CheckInId {
        self.undo.unwrap_or_else(|| {
            let digest = Sha256::digest([b"undo of ", entry.0.as_bytes().as_slice()].concat());
            let mut bytes = [0; 16];
            bytes.copy_from_slice(&digest[..16]);
            CheckInId(Builder::from_custom_bytes(bytes).into_uuid())
        })
    }
}

/// Everything known of check-ins outside their own table.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Entries by id.
    pub entered: BTreeMap<CheckInId, CheckIn>,
    /// Those taken back, by the entry's id.
    pub undone: BTreeMap<CheckInId, Undone>,
    /// Refused ones in whose place another one stands.
    pub amended: BTreeSet<CheckInId>,
}

impl Evidence {
    /// Reads audit and outbox. What does not read as expected is passed over.
    pub(super) fn gather(connection: &Connection) -> Result<Self, StoreError> {
        let mut evidence = Self::default();
        evidence.hear_audit(connection)?;
        evidence.hear_outbox(connection)?;
        Ok(evidence)
    }

    fn hear_audit(&mut self, connection: &Connection) -> Result<(), StoreError> {
        // What was wiped is not to come back.
        let mut statement = connection.prepare(
            "SELECT action, before, after, reason, at FROM audit
             WHERE action IN ('check_in', 'undo', 'correct', 'amend', 'resolve')
               AND seq > (SELECT coalesce(max(seq), 0) FROM audit WHERE action = 'wipe') ORDER BY seq",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            self.hear_row(&AuditedRow {
                action: row.get(0)?,
                before: row.get::<_, Option<Json<Value>>>(1)?.map(|Json(value)| value),
                after: row.get::<_, Option<Json<Value>>>(2)?.map(|Json(value)| value),
                reason: row.get(3)?,
                at: UtcMillis(row.get(4)?),
            });
        }
        Ok(())
    }

    fn hear_row(&mut self, row: &AuditedRow) {
        let taken_back = |undo| {
            let reason = row.reason.clone().unwrap_or_default();
            Undone { undo: row.named(undo), at: row.at, reason }
        };
        if row.action == "resolve" {
            if row.after.as_ref().is_some_and(|after| after["state"] == "undone")
                && let Some(second) = row.named("conflict")
            {
                self.undone.insert(second, taken_back("decision"));
            }
            return;
        }
        if let Some(earlier) = row.before.as_ref().and_then(|before| check_in(before, None)) {
            if row.action == "amend" {
                self.amended.insert(earlier.id);
            } else {
                self.undone.insert(earlier.id, taken_back("undo"));
            }
            self.entered.entry(earlier.id).or_insert(earlier);
        }
        if row.action != "undo"
            && let Some(entry) = row.after.as_ref().and_then(|after| check_in(after, row.reason.clone()))
        {
            self.entered.insert(entry.id, entry);
        }
    }

    fn hear_outbox(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut statement = connection.prepare("SELECT id, body FROM outbox ORDER BY seq")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let Named(id) = row.get(0)?;
            match row.get::<_, Json<OutboxBody>>(1) {
                Ok(Json(OutboxBody::CheckIn(entry))) => {
                    self.entered.insert(entry.id, entry);
                }
                Ok(Json(OutboxBody::Undo { check_in, at, reason })) => {
                    self.undone.insert(check_in, Undone { undo: Some(id), at, reason });
                }
                Ok(Json(OutboxBody::Resolve { conflict, resolution: Resolution::Undo, at, reason })) => {
                    self.undone.insert(conflict, Undone { undo: Some(id), at, reason });
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// What an audit row tells of a check-in.
struct AuditedRow {
    action: String,
    before: Option<Value>,
    after: Option<Value>,
    reason: Option<String>,
    at: UtcMillis,
}

impl AuditedRow {
    /// An id among what the row says of the time after.
    fn named(&self, field: &str) -> Option<CheckInId> {
        self.after.as_ref()?.get(field).and_then(|id| serde_json::from_value(id.clone()).ok())
    }
}

/// A check-in as the audit keeps it; the reason stands in the row's own column.
fn check_in(described: &Value, reason: Option<String>) -> Option<CheckIn> {
    let mut fields = described.as_object()?.clone();
    let id = fields.remove("check_in")?;
    fields.insert("id".to_owned(), id);
    fields.insert("reason".to_owned(), reason.into());
    serde_json::from_value(Value::Object(fields)).ok()
}
