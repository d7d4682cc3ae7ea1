//! Beginning anew with a backend that lost something (restored from a backup, or another database behind the same
//! address): it is read from the start and hears everything of this kiosk again, while the kiosk goes on working with
//! the roster that it has.

use rusqlite::Connection;

use portico_types::{AttendeeId, CheckInId};

use crate::table::check_ins::{Told, ToldUndo};
use crate::table::{attendees, check_ins, conflicts, meta, outbox, templates, walk_ins};
use crate::{OutboxBody, Store, StoreError, walk_in};

/// An entry that is told again.
struct Again {
    /// Its first place in the outbox and its id. Places are not known of what an older version of the program delivered;
    /// the ids of those entries begin with their times.
    order: (i64, CheckInId),
    is_undo: bool,
    id: CheckInId,
    attendee: AttendeeId,
    body: OutboxBody,
}

impl Store {
    /// Reads all feeds from the start, without telling the backend anything again: for a kiosk that lost or forgot
    /// something by itself. Roster and gallery stay until they have been read completely.
    pub fn reread_feeds(&mut self) -> Result<(), StoreError> {
        self.write(|tx| begin_anew(tx))
    }

    /// Begins all feeds anew and puts every entry made here for this backend that the outbox does not hold any more back
    /// into it, in the old order and before what waits, so that a check-in always comes before its undo. Undos and
    /// decisions that this backend refused wait again as well: it may have refused them because it had lost what they are
    /// about. Says how many all those are. Delivering them to a backend that knows them changes nothing (I3).
    ///
    /// Roster and gallery stay until they have been read completely. A page that was asked for earlier must not be
    /// applied after this.
    pub fn restart_feeds(&mut self) -> Result<u64, StoreError> {
        self.write(|tx| {
            begin_anew(tx)?;
            let told_again = outbox::unpark_answers(tx)? + tell_again(tx)?;
            // The backend names its conflicts anew, perhaps by other entries. What an act of this kiosk ended that is to
            // be told (again) stays ended.
            conflicts::remove_told(tx)?;
            Ok(told_again)
        })
    }
}

/// All feeds are read from the start; what is not told again by the end of the reading goes.
pub(crate) fn begin_anew(connection: &Connection) -> Result<(), StoreError> {
    for name in [meta::ROSTER_CURSOR, meta::TEMPLATES_CURSOR, meta::CONFLICTS_CURSOR] {
        meta::clear(connection, name)?;
    }
    let newest = attendees::newest_generation(connection)?.max(templates::newest_generation(connection)?);
    meta::begin_generation_after(connection, newest)?;
    meta::set(connection, meta::ROSTER_REREAD, "1")?;
    meta::set(connection, meta::TEMPLATES_REREAD, "1")
}

/// Puts back into the outbox what the backend was told before; how many entries that are.
pub(crate) fn tell_again(connection: &Connection) -> Result<u64, StoreError> {
    let mut entries = Vec::new();
    for Told { check_in, seq, undo } in check_ins::told(connection)? {
        let (id, attendee) = (check_in.id, check_in.attendee.clone());
        if let Some(undo) = undo
            && !outbox::contains(connection, undo.id)?
        {
            entries.push(again(undo, &check_in.id, seq, attendee.clone()));
        }
        let body = OutboxBody::CheckIn(check_in);
        entries.push(Again { order: (seq, id), is_undo: false, id, attendee, body });
    }
    for (id, seq, walk_in) in walk_ins::told(connection)? {
        let (attendee, body) = (walk_in.id.clone(), OutboxBody::Register(walk_in));
        entries.push(Again { order: (seq, id), is_undo: false, id, attendee, body });
    }
    entries.sort_by_key(|entry| (entry.order, entry.is_undo));
    let first = outbox::make_room(connection, entries.len() as i64)?;
    for (seq, entry) in (first..).zip(&entries) {
        outbox::push_at(connection, seq, entry.id, &entry.attendee, &entry.body)?;
    }
    Ok(entries.len() as u64)
}

/// An undo never comes before its check-in, whatever a clock that was set back says.
fn again(undo: ToldUndo, check_in: &CheckInId, seq: i64, attendee: AttendeeId) -> Again {
    let ToldUndo { id, seq: undo_seq, at, reason } = undo;
    let order = (undo_seq, id).max((seq, *check_in));
    let body = OutboxBody::Undo { check_in: *check_in, at, reason };
    Again { order, is_undo: true, id, attendee, body }
}

/// Ends a reading of the roster from the start, and names the guests whom it did not bring.
pub(crate) fn end_of_roster(connection: &Connection) -> Result<Vec<AttendeeId>, StoreError> {
    if meta::get(connection, meta::ROSTER_REREAD)?.is_none() {
        return Ok(Vec::new());
    }
    meta::clear(connection, meta::ROSTER_REREAD)?;
    let mut gone = attendees::before(connection, meta::generation(connection)?)?;
    // The backend cannot tell of guests of whom it has not heard.
    let kept = walk_in::keeps(connection)?;
    gone.retain(|id| !kept.contains(id));
    Ok(gone)
}

/// Ends a reading of the gallery from the start, and removes the templates that it did not bring. Says how many.
pub(crate) fn sweep_templates(connection: &Connection) -> Result<usize, StoreError> {
    if meta::get(connection, meta::TEMPLATES_REREAD)?.is_none() {
        return Ok(0);
    }
    meta::clear(connection, meta::TEMPLATES_REREAD)?;
    templates::remove_before(connection, meta::generation(connection)?)
}
