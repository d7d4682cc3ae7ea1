//! The roster: taking in what the backend tells, and finding guests.
//!
//! Rule for merging: the backend's mark of a first entry and the entries made here are kept apart, so a roster row,
//! however old, never takes away a check-in that the backend has not heard of. Three cases remain, see [`merge`].

use rusqlite::Connection;

use portico_types::{Attendee, AttendeeId, CheckInId, FirstEntry, Reason, UtcMillis};

use crate::admission::first_entry;
use crate::table::{
    attendees, blocked_pairs, check_ins, conflicts, meta, outbox, search_terms, templates, walk_ins,
    withdrawals,
};
use crate::{Store, StoreError, erasure, restart, search};

/// One page of changes to the roster.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterPage {
    /// New and changed guests.
    pub attendees: Vec<Attendee>,
    /// Guests who are no longer expected.
    pub removed: Vec<AttendeeId>,
    /// Where the next page begins.
    pub cursor: String,
    /// Whether this is all there is up to now.
    pub complete: bool,
}

/// A guest as a search shows them.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterEntry {
    /// Who.
    pub attendee: Attendee,
    /// Their first entry, wherever it was made.
    pub checked_in: Option<FirstEntry>,
    /// The newest entry made at this kiosk that stands, which can be undone here.
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

/// Guests of one name at most, for whom it counts as a fact: the more there are, the likelier is it that digits which
/// somebody made up are one of theirs.
const MOST_NAMESAKES: usize = 8;
/// Guests with the same four digits at most who are looked at: of 100,000 guests ten have the same.
const MOST_WITH_DIGITS: usize = 2_000;

impl Store {
    /// Takes a page of changes in, with its cursor. Pages must come in the backend's order. The last page of a reading
    /// from the start (see [`Store::restart_feeds`]) removes whoever was not told again. Says whether templates went with
    /// guests who left: whoever holds a copy of the gallery reads it again then.
    pub fn apply_roster(&mut self, page: &RosterPage) -> Result<bool, StoreError> {
        let erased = self.write(|tx| {
            let reading = Reading::now(tx)?;
            for attendee in &page.attendees {
                merge(tx, attendee, reading)?;
            }
            let mut erased = 0;
            for id in &page.removed {
                erased += remove(tx, id)?;
            }
            if page.complete {
                for id in restart::end_of_roster(tx)? {
                    erased += remove(tx, &id)?;
                }
            }
            erasure::note(tx, erased)?;
            meta::set(tx, meta::ROSTER_CURSOR, &page.cursor)?;
            Ok(erased)
        })?;
        if erased > 0 {
            self.empty_log();
        }
        Ok(erased > 0)
    }

    /// Leaves a backend for another one: its people are forgotten, entries that stand here count for nothing there, and
    /// what still waits is parked as meant for `backend` instead of being told to somebody whom it does not concern.
    pub fn leave_backend(&mut self, backend: &str) -> Result<(), StoreError> {
        let erased = self.write(|tx| leave(tx, backend))?;
        if erased > 0 {
            self.empty_log();
        }
        Ok(())
    }

    /// Forgets roster, gallery, conflicts and all cursors, so that all is read anew (another event, another backend).
    /// Check-ins, outbox and audit stay.
    pub fn forget_roster(&mut self) -> Result<(), StoreError> {
        let erased = self.write(|tx| forget(tx))?;
        if erased > 0 {
            self.empty_log();
        }
        Ok(())
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

    /// The one guest with this whole name and a phone that ends in these digits (four, or a whole number). Chinese names
    /// may be typed as pinyin, and letters such as ü may be written out, in what is typed and on the roster. If several guests fit both, or too many have that name, this names nobody.
    ///
    /// Takes longer the more guests have such digits: whoever answers a stranger must not let them see how long.
    pub fn find_named(&self, name: &str, phone: &str) -> Result<Option<AttendeeId>, StoreError> {
        let Some(last_four) = search::last_four(phone) else { return Ok(None) };
        let rows = search_terms::sharing(self.reader(), &[vec![last_four.clone()]], MOST_WITH_DIGITS)?;
        let mut fitting = None;
        for row in rows {
            let Some(guest) = attendees::at_row(self.reader(), row)? else { continue };
            if guest.phone_last4.as_ref() != Some(&last_four) {
                continue;
            }
            if let Some(terms) = search::terms_in_common(name, &guest.name)
                && fitting.replace((guest.id, terms)).is_some()
            {
                return Ok(None);
            }
        }
        let Some((id, terms)) = fitting else { return Ok(None) };
        let namesakes = search_terms::sharing(self.reader(), &terms, MOST_NAMESAKES + 1)?.len();
        Ok((namesakes <= MOST_NAMESAKES).then_some(id))
    }

    /// Guests for whom every word of `query` begins a word of their name or company, their ticket code or their phone
    /// digits; nearest in spelling first. Chinese and Japanese names are also found by any later character, and Chinese
    /// ones by their pinyin in every reading: in full, together or apart, and by initials. German and Nordic letters may be
    /// left without their dots or written out, in what is typed and on the roster.
    pub fn search(&self, query: &str, limit: usize) -> Result<Vec<RosterEntry>, StoreError> {
        let words = search::query_words(query);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows = search_terms::matching(self.reader(), &words, limit)?;
        if let Some(last_four) = search::phone_ending(query).filter(|_| rows.is_empty()) {
            rows = search_terms::matching(self.reader(), &[vec![last_four]], limit)?;
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

/// Gives guests of whom `concerns` is true the terms that earlier versions did not have.
pub(crate) fn index_again(
    connection: &Connection,
    concerns: impl Fn(&Attendee) -> bool,
) -> Result<(), StoreError> {
    for row in attendees::rows(connection)? {
        if let Some(attendee) = attendees::at_row(connection, row)?.filter(&concerns) {
            search_terms::replace(connection, row, &search::terms(&attendee))?;
        }
    }
    Ok(())
}

fn entry(connection: &Connection, attendee: Attendee) -> Result<RosterEntry, StoreError> {
    let checked_in = first_entry(connection, &attendee)?;
    let newest = check_ins::live(connection, &attendee.id)?.into_iter().next();
    let live_check_in = newest.map(|stored| stored.check_in.id);
    Ok(RosterEntry { attendee, checked_in, live_check_in })
}

/// Which reading of the feed a row comes from.
#[derive(Clone, Copy)]
struct Reading {
    generation: i64,
    /// Whether rows that say nothing new must be remembered as told again.
    from_the_start: bool,
}

impl Reading {
    fn now(connection: &Connection) -> Result<Self, StoreError> {
        let from_the_start = meta::get(connection, meta::ROSTER_REREAD)?.is_some();
        Ok(Self { generation: meta::generation(connection)?, from_the_start })
    }
}

/// Takes a guest off the roster and says how many templates went along: the face of somebody who is not expected has
/// no purpose here any more.
fn remove(connection: &Connection, id: &AttendeeId) -> Result<usize, StoreError> {
    attendees::remove(connection, id)?;
    Ok(templates::remove_of(connection, id)?.len())
}

/// Leaves `backend`, and says how many templates went along.
pub(crate) fn leave(connection: &Connection, backend: &str) -> Result<usize, StoreError> {
    check_ins::leave_all(connection)?;
    walk_ins::leave_all(connection)?;
    withdrawals::leave_all(connection)?;
    blocked_pairs::remove_all(connection)?;
    let text = format!("made for {backend}");
    outbox::park_all(connection, &Reason::new("other_backend", &text, &[("backend", &backend)]))?;
    forget(connection)
}

pub(crate) fn forget(connection: &Connection) -> Result<usize, StoreError> {
    attendees::remove_all(connection)?;
    conflicts::remove_all(connection)?;
    for name in [
        meta::ROSTER_CURSOR,
        meta::TEMPLATES_CURSOR,
        meta::CONFLICTS_CURSOR,
        meta::ROSTER_REREAD,
        meta::TEMPLATES_REREAD,
    ] {
        meta::clear(connection, name)?;
    }
    let erased = templates::remove_all(connection)?;
    erasure::note(connection, erased)?;
    Ok(erased)
}

/// Takes one row in.
///
/// 1. A mark with the very time of an entry that was undone here is that entry: the undo stands, the mark is ignored.
/// 2. The mark is the newest entry that stands, at any gate. If it is gone or went back to an earlier one, what lay
///    between was taken back elsewhere: check-ins made here in that time no longer stand either, if the backend had
///    heard of them.
/// 3. Otherwise the mark is the backend's and the check-in is ours, and either of them means that the guest is in.
fn merge(connection: &Connection, told: &Attendee, reading: Reading) -> Result<(), StoreError> {
    let known = attendees::find(connection, &told.id)?;
    let mut attendee = told.clone();
    let before = known.as_ref().and_then(|known| known.checked_in_at);
    match (before, told.checked_in_at) {
        (_, Some(at)) if check_ins::was_undone(connection, &told.id, at)? => {
            (attendee.checked_in_at, attendee.checked_in_gate) = (None, None);
        }
        (Some(_), None) => revoke_delivered(connection, &told.id, |_| true)?,
        (Some(before), Some(now)) if now < before => {
            revoke_delivered(connection, &told.id, |at| now < at && at <= before)?;
        }
        _ => {}
    }
    if known.as_ref() == Some(&attendee) {
        if reading.from_the_start {
            attendees::touch(connection, &attendee.id, reading.generation)?;
        }
        return Ok(());
    }
    let row = attendees::put(connection, &attendee, reading.generation)?;
    let terms = search::terms(&attendee);
    // Most changes are marks of entry: the index is left alone then.
    if known.is_none_or(|known| search::terms(&known) != terms) {
        search_terms::replace(connection, row, &terms)?;
    }
    Ok(())
}

/// Entries of which the backend had heard, made at the times that `concerns` names, do not stand any longer.
fn revoke_delivered(
    connection: &Connection,
    attendee: &AttendeeId,
    concerns: impl Fn(UtcMillis) -> bool,
) -> Result<(), StoreError> {
    for live in check_ins::live(connection, attendee)? {
        if concerns(live.check_in.at) && !outbox::contains(connection, live.check_in.id)? {
            check_ins::set_revoked(connection, live.check_in.id)?;
        }
    }
    Ok(())
}
