//! Entries that the backend refused: tried again, moved to the guest who really came, or taken along in a file.

use rusqlite::Connection;

use portico_types::{
    AttendeeId, AuditAction, CheckIn, CheckInId, EntryWindow, FirstEntry, Method, UtcMillis,
};

use crate::admission::{Door, describe, keeps_out, let_in};
use crate::table::check_ins::{Standing, StoredCheckIn};
use crate::table::{attendees, audit, check_ins, outbox, walk_ins, withdrawals};
use crate::{Actor, AuditNote, OutboxBody, OutboxLine, Store, StoreError};

/// A wish to move a refused check-in to the guest who really came.
#[derive(Clone, Debug, PartialEq)]
pub struct AmendWish {
    /// The refused entry.
    pub id: CheckInId,
    /// Who came.
    pub attendee: AttendeeId,
    /// The id that the guest's check-in gets (`UUIDv7`). A new one, for an id stands for one content only: a delivery of
    /// the old entry that is still under way must not count for another guest (I3). The same id again gives the same
    /// answer and changes nothing.
    pub new_id: CheckInId,
    /// Which earlier entries of this guest count, by the event's rule for the door time of the refused entry (see
    /// [`Store::check_in`]).
    pub window: EntryWindow,
    /// When it is amended. The guest's entry keeps the door time of the refused one.
    pub at: UtcMillis,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub actor: Actor,
}

/// What became of an amendment. Only `Amended` has changed anything.
#[derive(Clone, Debug, PartialEq)]
pub enum AmendOutcome {
    /// This check-in waits in place of the refused one.
    Amended(CheckIn),
    /// The guest was in already by another entry.
    AlreadyIn(FirstEntry),
    /// The guest is not on the roster.
    NotOnRoster,
    /// The refused entry is this guest's already: it can only be tried again.
    SameGuest,
    /// No check-in of this id is parked, or it was taken back here.
    UnknownEntry,
}

impl Store {
    /// Sends parked entries again, unchanged and at their old places, so that a check-in stays before its undo. Says how
    /// many there were; one audit row, `note` with their ids, if there was any.
    pub fn retry_parked(&mut self, ids: &[CheckInId], note: &AuditNote) -> Result<u64, StoreError> {
        self.write(|tx| {
            let mut retried = Vec::new();
            for id in ids {
                if outbox::unpark(tx, *id)? {
                    // Staff mean the present backend, whichever refused it.
                    check_ins::take_along(tx, *id)?;
                    walk_ins::take_along(tx, *id)?;
                    withdrawals::take_along(tx, *id)?;
                    retried.push(*id);
                }
            }
            if !retried.is_empty() {
                let after = serde_json::json!({ "entries": retried });
                audit::append(tx, &AuditNote { after: Some(after), ..note.clone() })?;
            }
            Ok(retried.len() as u64)
        })
    }

    /// Moves a refused check-in to the guest who really came: a new check-in with the same door time takes its place.
    pub fn amend_parked(&mut self, wish: &AmendWish) -> Result<AmendOutcome, StoreError> {
        self.write(|tx| amend(tx, wish))
    }

    /// Everything that the backend has not taken, waiting or parked, oldest first.
    pub fn export_rows(&self) -> Result<Vec<OutboxLine>, StoreError> {
        outbox::all_lines(self.reader())
    }

    /// Notes at `note.at` that these entries are in a file. They wait or stay parked as before. Says how many are still
    /// here; one audit row, `note` with their number.
    pub fn mark_exported(&mut self, ids: &[CheckInId], note: &AuditNote) -> Result<u64, StoreError> {
        self.write(|tx| {
            let mut marked = 0;
            for id in ids {
                marked += u64::from(outbox::set_exported(tx, *id, note.at)?);
            }
            let after = serde_json::json!({ "entries": marked });
            audit::append(tx, &AuditNote { after: Some(after), ..note.clone() })?;
            Ok(marked)
        })
    }
}

fn amend(connection: &Connection, wish: &AmendWish) -> Result<AmendOutcome, StoreError> {
    if let Some(made) = check_ins::find(connection, wish.new_id)? {
        if made.check_in.attendee != wish.attendee {
            return Err(StoreError::IdTaken { id: wish.new_id });
        }
        return Ok(AmendOutcome::Amended(made.check_in));
    }
    let Some(refused) = refused(connection, wish.id)? else { return Ok(AmendOutcome::UnknownEntry) };
    if refused.check_in.attendee == wish.attendee {
        return Ok(AmendOutcome::SameGuest);
    }
    let Some(right) = attendees::find(connection, &wish.attendee)? else {
        return Ok(AmendOutcome::NotOnRoster);
    };
    let door = Door { gate: &refused.check_in.gate, gate_name: &refused.gate_name, window: &wish.window };
    if let Some(first) = keeps_out(connection, &right, &door)? {
        return Ok(AmendOutcome::AlreadyIn(first));
    }
    let amended = CheckIn {
        id: wish.new_id,
        attendee: wish.attendee.clone(),
        method: Method::Staff,
        score: None,
        reason: Some(wish.reason.clone()),
        ..refused.check_in.clone()
    };
    outbox::remove(connection, wish.id)?;
    check_ins::leave(connection, wish.id)?;
    let_in(connection, &amended, &door)?;
    let note = AuditNote {
        action: AuditAction::Amend,
        actor: wish.actor,
        attendee: Some(wish.attendee.clone()),
        before: Some(describe(&refused.check_in)),
        after: Some(describe(&amended)),
        reason: Some(wish.reason.clone()),
        at: wish.at,
    };
    audit::append(connection, &note)?;
    Ok(AmendOutcome::Amended(amended))
}

/// The parked check-in of this id, unless it was taken back here.
fn refused(connection: &Connection, id: CheckInId) -> Result<Option<StoredCheckIn>, StoreError> {
    let parked = outbox::parked(connection, id)?;
    if !parked.is_some_and(|entry| matches!(entry.body, OutboxBody::CheckIn(_))) {
        return Ok(None);
    }
    Ok(check_ins::find(connection, id)?.filter(|stored| stored.standing != Standing::Undone))
}
