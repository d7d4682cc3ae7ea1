//! Takes over what waited on a kiosk that had to be wiped before it could deliver.

use std::collections::BTreeMap;

use portico_protocol::queue_file::QueueFile;
use portico_protocol::{CHECK_INS_PER_CALL, CheckInVerdict, EntryKind};
use portico_types::{DeviceId, UtcMillis};
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use super::Backend;
use crate::database::devices::{self, DeviceKind, NewDevice};
use crate::database::{gallery_applied, sequence};
use crate::error::BackendError;
use crate::random::hex;

/// Longest device id and kiosk name taken from a file, in characters.
const LONGEST_NAME: usize = 80;

/// What became of a queue file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueImport {
    /// The device under which its entries are kept.
    pub device: DeviceId,
    /// Whether that device ever had access to this server.
    pub known: bool,
    /// What became of the entries, by what they are.
    pub outcomes: BTreeMap<EntryName, Outcomes>,
    /// Ids of the entries that were refused, each with the reason.
    pub rejected: Vec<(String, String)>,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryName {
    /// A guest entered.
    CheckIn,
    /// A guest was added at the door.
    Register,
    /// An entry was taken back.
    Undo,
    /// Staff decided about a guest who was let in twice.
    Resolve,
    /// A guest took their consent to be recognised by face back.
    Withdraw,
}

/// How many entries came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Written down now.
    pub recorded: usize,
    /// Written down earlier.
    pub already_recorded: usize,
    /// The guest had entered before.
    pub duplicates: usize,
    /// Refused.
    pub rejected: usize,
}

impl Backend {
    /// Writes a file's entries down as if their kiosk had delivered them; doing it again changes nothing (I3). A kiosk
    /// that this server does not know gets a device without access, so that its entries have a name.
    pub fn import_queue(&self, queue: &QueueFile) -> Result<QueueImport, BackendError> {
        let device = device_id(queue);
        let (now, token_hash) = (self.clock.utc(), self.random.bytes::<32>()?);
        let known = self.database.write(|tx| {
            let known = gallery_applied::kiosks(tx)?.iter().any(|kiosk| kiosk.device == device.as_str());
            if !known && !devices::all(tx)?.iter().any(|named| named.id == device) {
                insert_without_access(tx, &device, &queue.kiosk, &token_hash, now)?;
            }
            Ok::<_, BackendError>(known)
        })?;
        let mut import = QueueImport { device, known, outcomes: BTreeMap::new(), rejected: Vec::new() };
        for entries in queue.entries.chunks(CHECK_INS_PER_CALL) {
            let outcomes = self.record_check_ins(&import.device, entries)?;
            for (entry, outcome) in entries.iter().zip(outcomes) {
                import.count(name_of(&entry.kind), outcome.id, outcome.verdict);
            }
        }
        tracing::info!(device = %import.device, entries = queue.entries.len(), "queue file imported");
        Ok(import)
    }
}

impl QueueImport {
    fn count(&mut self, name: EntryName, id: String, verdict: CheckInVerdict) {
        let outcomes = self.outcomes.entry(name).or_default();
        match verdict {
            CheckInVerdict::Recorded => outcomes.recorded += 1,
            CheckInVerdict::AlreadyRecorded => outcomes.already_recorded += 1,
            CheckInVerdict::Duplicate { .. } => outcomes.duplicates += 1,
            CheckInVerdict::Rejected { reason, .. } => {
                outcomes.rejected += 1;
                self.rejected.push((id, reason));
            }
        }
    }
}

const fn name_of(kind: &EntryKind) -> EntryName {
    match kind {
        EntryKind::CheckIn { .. } => EntryName::CheckIn,
        EntryKind::Register { .. } => EntryName::Register,
        EntryKind::Undo { .. } => EntryName::Undo,
        EntryKind::Resolve { .. } => EntryName::Resolve,
        EntryKind::Withdraw { .. } => EntryName::Withdraw,
    }
}

/// The id in the file; without a usable one, an id made from the kiosk's name, the same every time.
fn device_id(queue: &QueueFile) -> DeviceId {
    let usable = |id: &&str| !id.is_empty() && id.chars().count() <= LONGEST_NAME;
    queue.device_id.as_deref().map(str::trim).filter(usable).map_or_else(
        || DeviceId::new(format!("import-{}", hex(&Sha256::digest(queue.kiosk.as_bytes())[..8]))),
        DeviceId::new,
    )
}

/// A device that is revoked from the beginning and whose token nobody has.
fn insert_without_access(
    connection: &Connection,
    device: &DeviceId,
    kiosk: &str,
    token_hash: &[u8; 32],
    now: UtcMillis,
) -> Result<(), BackendError> {
    let name: String = kiosk.trim().chars().take(LONGEST_NAME).collect();
    let name = if name.is_empty() { "unnamed kiosk".to_owned() } else { name };
    let new = NewDevice {
        id: device.as_str(),
        kind: DeviceKind::Paired,
        name: &name,
        gate: "",
        token_hash,
        paired_at: now,
        may_administer: false,
    };
    devices::insert(connection, &new, sequence::next(connection)?)?;
    devices::revoke(connection, device.as_str(), now, sequence::next(connection)?)?;
    Ok(())
}
