//! What becomes of check-ins: each stands, or one that stands keeps it out and a conflict is opened. Taking one back lets
//! those in that it kept out.
//!
//! Everything here happens within the transaction of the delivery. No rule is asked before writing: the table of
//! check-ins refuses, and what it refused is looked at afterwards.

use portico_protocol::{CheckInVerdict, ResolutionRecord, rfc3339};
use rusqlite::Connection;
use uuid::Uuid;

use super::entry_fault::EntryFault;
use super::slots::{self, Bounds};
use crate::database::attendees;
use crate::database::check_ins::{self, NewCheckIn, Standing};
use crate::database::conflicts::{self, Act, Ending, Second};
use crate::database::entries::{self, First};
use crate::database::event::Terms;
use crate::error::BackendError;

/// Lets a guest in, or opens a conflict.
pub(super) fn admit(
    connection: &Connection,
    check_in: &NewCheckIn<'_>,
) -> Result<CheckInVerdict, BackendError> {
    if !attendees::exists(connection, check_in.attendee)? {
        return Ok(EntryFault::NotOnRoster.into());
    }
    if check_ins::insert(connection, check_in)? {
        attendees::touch(connection, check_in.attendee)?;
        return Ok(CheckInVerdict::Recorded);
    }
    let Standing { id, first } = standing(connection, check_in)?;
    entries::mark_duplicate(connection, check_in.id, &first)?;
    conflicts::open(connection, check_in, &id)?;
    Ok(duplicate(first))
}

/// Takes the entry `taken` back by the entry `by`: a check-in that stands, or the second entry of a conflict.
pub(super) fn take_back(
    connection: &Connection,
    terms: &Terms,
    by: &str,
    taken: &str,
    act: &Act<'_>,
) -> Result<CheckInVerdict, BackendError> {
    let Some(taken) = uuid_text(taken) else {
        return Ok(EntryFault::TakenId.into());
    };
    let guest = check_ins::undo(connection, &taken, by, act.reason)?;
    if guest.is_none() && entries::settled(connection, &taken)?.is_none() {
        return Ok(EntryFault::UnknownEntry.into());
    }
    // For a check-in that stands this finds the conflict by which it was promoted, if it was.
    conflicts::end(connection, &taken, Ending::Undone, act)?;
    if let Some(guest) = guest {
        attendees::touch(connection, &guest)?;
        slots::assign(connection, terms, &guest)?;
        promote(connection, terms, &taken, act)?;
    }
    // Also where nothing was left to take back, since staff at another gate were quicker.
    Ok(CheckInVerdict::Recorded)
}

/// Notes what staff decided about a conflict.
pub(super) fn resolve(
    connection: &Connection,
    terms: &Terms,
    by: &str,
    (conflict, resolution): (&str, ResolutionRecord),
    act: &Act<'_>,
) -> Result<CheckInVerdict, BackendError> {
    if resolution == ResolutionRecord::Undo {
        // Whichever of the two entries came first by now: this one was not the guest.
        return take_back(connection, terms, by, conflict, act);
    }
    let Some(conflict) = uuid_text(conflict) else {
        return Ok(EntryFault::ConflictId.into());
    };
    if !conflicts::exists(connection, &conflict)? {
        return Ok(EntryFault::UnknownConflict.into());
    }
    conflicts::end(connection, &conflict, Ending::Accepted, act)?;
    Ok(CheckInVerdict::Recorded)
}

/// Lets those in, oldest first, whom only the check-in `gone` kept out; the others are kept out by one of these or by
/// another one from now on.
fn promote(connection: &Connection, terms: &Terms, gone: &str, act: &Act<'_>) -> Result<(), BackendError> {
    for second in conflicts::open_with(connection, gone)? {
        let check_in = again(&second, Bounds::of(terms, second.at, &second.id));
        if check_ins::insert(connection, &check_in)? {
            conflicts::end(connection, &second.id, Ending::Promoted, act)?;
        } else {
            conflicts::refer(connection, &second.id, &standing(connection, &check_in)?.id)?;
        }
    }
    Ok(())
}

fn again(second: &Second, bounds: Bounds) -> NewCheckIn<'_> {
    NewCheckIn {
        id: &second.id,
        event: &second.event,
        attendee: &second.attendee,
        gate: &second.gate,
        method: &second.method,
        at: second.at,
        score: second.score,
        reason: second.reason.as_deref(),
        slot: bounds.slot,
        apart_ms: bounds.apart_ms,
    }
}

/// What kept a check-in out in this transaction.
fn standing(connection: &Connection, out: &NewCheckIn<'_>) -> Result<Standing, BackendError> {
    Ok(check_ins::standing(connection, out)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?)
}

/// What is answered about an entry that was kept out.
pub(super) fn duplicate(first: First) -> CheckInVerdict {
    CheckInVerdict::Duplicate {
        first_at: rfc3339(first.at),
        first_gate: first.gate,
        first_method: first.method,
    }
}

/// The one form in which ids are kept.
pub(super) fn uuid_text(id: &str) -> Option<String> {
    Uuid::parse_str(id).ok().map(|uuid| uuid.to_string())
}
