//! The promises, summed up: how everything must stand at least.

use std::collections::{BTreeMap, BTreeSet};

use portico_types::{AttendeeId, CheckInId};

use crate::acks::Ack;

/// An entry that was promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromisedEntry {
    /// Who.
    pub attendee: AttendeeId,
    /// The undo, if it was taken back.
    pub undo: Option<CheckInId>,
}

/// All that was promised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Promised {
    /// Whether event and roster are in place.
    pub is_ready: bool,
    /// Entries.
    pub entries: BTreeMap<CheckInId, PromisedEntry>,
    /// Entries that were refused.
    pub refused: BTreeSet<CheckInId>,
    /// What the backend said that it has.
    pub recorded: BTreeSet<CheckInId>,
    /// What the kiosk took out of its outbox.
    pub settled: BTreeSet<CheckInId>,
    /// Roster cursors, oldest first.
    pub cursors: Vec<String>,
    /// The audit's newest row: its number and hash.
    pub audit: Option<(i64, String)>,
    undos: u64,
}

impl Promised {
    /// Sums promises up.
    pub fn read(acks: &[Ack]) -> Self {
        let mut promised = Self::default();
        for ack in acks {
            promised.take(ack);
        }
        promised
    }

    /// Entries and undos.
    pub fn count(&self) -> u64 {
        self.entries.len() as u64 + self.undos
    }

    fn take(&mut self, ack: &Ack) {
        match ack {
            Ack::Ready => self.is_ready = true,
            Ack::OnBallast => {}
            Ack::Admitted { id, attendee } => self.enter(*id, attendee),
            Ack::Refused { id } => {
                self.refused.insert(*id);
            }
            Ack::Undone { check_in, undo } => self.take_back(*check_in, *undo),
            Ack::Corrected { wrong, undo, right } => {
                self.take_back(*wrong, *undo);
                if let Some((id, attendee)) = right {
                    self.enter(*id, attendee);
                }
            }
            Ack::Recorded { ids } => self.recorded.extend(ids),
            Ack::Settled { ids } => self.settled.extend(ids),
            Ack::Roster { cursor } => self.cursors.push(cursor.clone()),
            Ack::Audit { seq, hash } => self.audit = Some((*seq, hash.clone())),
        }
    }

    fn enter(&mut self, id: CheckInId, attendee: &AttendeeId) {
        self.entries.insert(id, PromisedEntry { attendee: attendee.clone(), undo: None });
    }

    fn take_back(&mut self, check_in: CheckInId, undo: CheckInId) {
        self.undos += 1;
        if let Some(entry) = self.entries.get_mut(&check_in) {
            entry.undo = Some(undo);
        }
    }
}
