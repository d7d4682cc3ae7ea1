//! What kiosks have acknowledged, in memory: for modes in which the process itself goes on.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use portico_types::{AttendeeId, CheckInId, GateId, Resolution, UtcMillis};

/// Something that a kiosk said it had done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// A guest was let in.
    CheckIn {
        /// Who.
        attendee: AttendeeId,
        /// Where.
        gate: GateId,
        /// When.
        at: UtcMillis,
    },
    /// An entry was taken back.
    Undo {
        /// Which.
        check_in: CheckInId,
    },
    /// Staff decided about a guest who was let in twice.
    Resolve {
        /// The second entry.
        conflict: CheckInId,
        /// What it was.
        resolution: Resolution,
    },
}

/// All acts, by the ids that the kiosks gave them. Cheap to clone; all clones are one.
#[derive(Clone, Debug, Default)]
pub struct Ledger(Arc<Mutex<BTreeMap<CheckInId, Act>>>);

impl Ledger {
    /// Notes what a kiosk has acknowledged.
    pub fn note(&self, id: CheckInId, act: Act) {
        self.acts().insert(id, act);
    }

    /// How many acts there are.
    pub fn len(&self) -> u64 {
        self.acts().len() as u64
    }

    /// All of them.
    pub fn acts(&self) -> MutexGuard<'_, BTreeMap<CheckInId, Act>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
