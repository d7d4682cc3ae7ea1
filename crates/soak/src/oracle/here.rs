//! What a kiosk has.

use std::collections::BTreeMap;

use anyhow::Result;
use portico_store::{Store, StoreError};
use portico_types::{AttendeeId, CheckInId, UtcMillis};

use super::there::KnownConflict;
use crate::kiosk::Kiosk;

/// More rows than any soak makes.
const ALL: usize = 10_000_000;

/// How an entry stands at the kiosk where it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// It counts.
    Live,
    /// It is the second one of a conflict.
    Second,
    /// Taken back, here or elsewhere.
    Gone,
}

/// A kiosk's side.
#[derive(Clone, Debug)]
pub struct Here {
    /// Which kiosk, in words for notes.
    pub name: String,
    /// Entries that wait for the backend.
    pub waiting: u64,
    /// Entries that the backend refused.
    pub parked: u64,
    /// Entries made here.
    pub made: BTreeMap<CheckInId, Stands>,
    /// When each of the guests asked for came in last, as the roster shows it.
    pub inside: BTreeMap<AttendeeId, UtcMillis>,
    /// Conflicts by their second entries.
    pub conflicts: BTreeMap<CheckInId, KnownConflict>,
}

impl Here {
    /// Reads what the kiosk has, and what it knows of `guests`.
    pub async fn read(name: String, kiosk: &Kiosk, guests: Vec<AttendeeId>) -> Result<Self> {
        Ok(kiosk.store().with(move |store| Self::look(name, store, &guests)).await?)
    }

    fn look(name: String, store: &Store, guests: &[AttendeeId]) -> Result<Self, StoreError> {
        let made = store.recent(ALL)?.into_iter().map(|entry| {
            let stands = match (entry.live, entry.second) {
                (true, _) => Stands::Live,
                (false, true) => Stands::Second,
                (false, false) => Stands::Gone,
            };
            (entry.check_in.id, stands)
        });
        let conflicts = store.conflicts(ALL)?.into_iter().map(|line| {
            let conflict = line.conflict;
            let known = KnownConflict {
                first: conflict.first.check_in,
                state: conflict.state,
                attendee: conflict.attendee.clone(),
            };
            (conflict.id(), known)
        });
        let mut inside = BTreeMap::new();
        for guest in guests {
            if let Some(at) = store.attendee(guest)?.and_then(|known| known.checked_in_at) {
                inside.insert(guest.clone(), at);
            }
        }
        Ok(Self {
            name,
            waiting: store.waiting()?,
            parked: store.parked()?.len() as u64,
            made: made.collect(),
            inside,
            conflicts: conflicts.collect(),
        })
    }
}
