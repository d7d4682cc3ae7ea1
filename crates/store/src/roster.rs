//! The roster: taking in what the backend tells, and finding guests.
//!
//! Rule for merging: the backend's mark of a first entry and the entries made here are kept apart, so a roster row,
//! however old, never takes away a check-in that the backend has not heard of. Three cases remain, see [`merge`].

use rusqlite::Connection;

use portico_types::{Attendee, AttendeeId, CheckInId, FirstEntry};

use crate::admission::first_entry;
use crate::table::{attendees, blocked_pairs, check_ins, meta, outbox, search_terms, templates};
use crate::{Store, StoreError, search};

/// One page of changes to the roster.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterPage {
    /// New and changed guests.
    pub attendees: Vec<Attendee>,
    /// Guests who are no longer expected.
    pub removed: Vec<AttendeeId>,
    /// Where the next page begins.
    pub cursor: String,
}

/// A guest as a search shows them.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterEntry {
    /// Who.
    pub attendee: Attendee,
    /// Their first entry, wherever it was made.
    pub checked_in: Option<FirstEntry>,
    /// The entry made at this kiosk that stands, which can be undone here.
    pub live_check_in: Option<CheckInId>,
}

/// How full the house is, as far as this kiosk knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RosterCounts {
    /// Guests on the roster.
    pub expected: u64,
    /// Those of them who are in.
    pub entered: u64,
}

impl Store {
    /// Takes a page of changes in, with its cursor. Pages must come in the backend's order.
    pub fn apply_roster(&mut self, page: &RosterPage) -> Result<(), StoreError> {
        self.write(|tx| {
            for attendee in &page.attendees {
                merge(tx, attendee)?;
            }
            for id in &page.removed {
                attendees::remove(tx, id)?;
                // The face of somebody who is not expected has no purpose here any more.
                if templates::remove_of(tx, id)? > 0 {
                    meta::bump_gallery_version(tx)?;
                }
            }
            meta::set(tx, meta::ROSTER_CURSOR, &page.cursor)
        })
    }

    /// Leaves a backend for another one: its people are forgotten, entries that stand here count for nothing there, and
    /// what still waits is parked with `reason` instead of being told to somebody whom it does not concern.
    pub fn leave_backend(&mut self, reason: &str) -> Result<(), StoreError> {
        self.write(|tx| {
            check_ins::revoke_all(tx)?;
            blocked_pairs::remove_all(tx)?;
            outbox::park_all(tx, reason)
        })?;
        self.forget_roster()
    }

    /// Forgets roster, gallery and both cursors, so that all is read anew (another event, another backend).
    /// Check-ins, outbox and audit stay.
    pub fn forget_roster(&mut self) -> Result<(), StoreError> {
        self.write(|tx| {
            attendees::remove_all(tx)?;
            meta::clear(tx, meta::ROSTER_CURSOR)?;
            meta::clear(tx, meta::TEMPLATES_CURSOR)?;
            if templates::remove_all(tx)? > 0 {
                meta::bump_gallery_version(tx)?;
            }
            Ok(())
        })
    }

    /// A guest by id.
    pub fn attendee(&self, id: &AttendeeId) -> Result<Option<Attendee>, StoreError> {
        attendees::find(self.reader(), id)
    }

    /// The owner of a ticket. Case, width, spaces and dashes do not matter. A code that two guests share names nobody.
    pub fn find_ticket(&self, code: &str) -> Result<Option<Attendee>, StoreError> {
        let key = search::ticket_key(code);
        if key.is_empty() {
            return Ok(None);
        }
        let mut found = attendees::with_ticket(self.reader(), &key)?;
        if found.len() > 1 {
            tracing::warn!("a ticket code belongs to several guests and is not accepted");
            return Ok(None);
        }
        Ok(found.pop())
    }

    /// Guests for whom every word of `query` begins a word of their name or company, their ticket code or their phone
    /// digits; nearest in spelling first. Chinese and Japanese names are also found by any later character.
    pub fn search(&self, query: &str, limit: usize) -> Result<Vec<RosterEntry>, StoreError> {
        let words = search::query_words(query);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows = search_terms::matching(self.reader(), &words, limit)?;
        if let Some(last_four) = search::phone_ending(query).filter(|_| rows.is_empty()) {
            rows = search_terms::matching(self.reader(), &[last_four], limit)?;
        }
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            if let Some(attendee) = attendees::at_row(self.reader(), row)? {
                entries.push(entry(self.reader(), attendee)?);
            }
        }
        Ok(entries)
    }

    /// How many are expected and how many are in.
    pub fn roster_counts(&self) -> Result<RosterCounts, StoreError> {
        attendees::counts(self.reader())
    }
}

fn entry(connection: &Connection, attendee: Attendee) -> Result<RosterEntry, StoreError> {
    let checked_in = first_entry(connection, &attendee)?;
    let live_check_in = check_ins::live(connection, &attendee.id)?.map(|stored| stored.check_in.id);
    Ok(RosterEntry { attendee, checked_in, live_check_in })
}

/// Takes one row in.
///
/// 1. A mark with the very time of an entry that was undone here is that entry: the undo stands, the mark is ignored.
/// 2. The backend had a mark and now has none: somebody took the entry back elsewhere. A check-in made here then no
///    longer stands either, if the backend had heard of it.
/// 3. Otherwise the mark is the backend's and the check-in is ours, and either of them means that the guest is in.
fn merge(connection: &Connection, told: &Attendee) -> Result<(), StoreError> {
    let known = attendees::find(connection, &told.id)?;
    let mut attendee = told.clone();
    match told.checked_in_at {
        Some(at) if check_ins::was_undone(connection, &told.id, at)? => {
            (attendee.checked_in_at, attendee.checked_in_gate) = (None, None);
        }
        None if known.as_ref().is_some_and(|known| known.checked_in_at.is_some()) => {
            revoke_delivered(connection, &told.id)?;
        }
        _ => {}
    }
    if known.as_ref() == Some(&attendee) {
        return Ok(());
    }
    let row = attendees::put(connection, &attendee)?;
    let terms = search::terms(&attendee);
    // Most changes are marks of entry: the index is left alone then.
    if known.is_none_or(|known| search::terms(&known) != terms) {
        search_terms::replace(connection, row, &terms)?;
    }
    Ok(())
}

fn revoke_delivered(connection: &Connection, attendee: &AttendeeId) -> Result<(), StoreError> {
    let Some(live) = check_ins::live(connection, attendee)? else { return Ok(()) };
    if outbox::contains(connection, live.check_in.id)? {
        return Ok(());
    }
    check_ins::set_revoked(connection, live.check_in.id)
}
