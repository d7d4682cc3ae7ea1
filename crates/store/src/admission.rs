//! Letting a guest in: the check-in, the outbox entry and the audit row in one transaction.

use rusqlite::Connection;

use portico_types::{
    Admission, Attendee, AttendeeId, AuditAction, CheckIn, CheckInId, EntryWindow, FirstEntry, GateId,
    Method, UtcMillis,
};

use crate::table::check_ins::StoredCheckIn;
use crate::table::{attendees, audit, check_ins, outbox};
use crate::{Actor, AuditNote, OutboxBody, Store, StoreError};

/// A wish to let somebody in.
#[derive(Clone, Debug, PartialEq)]
pub struct AdmitWish {
    /// The id that the check-in gets (`UUIDv7`). The same id again gives the same answer and changes nothing.
    pub id: CheckInId,
    /// Who wants to enter.
    pub attendee: AttendeeId,
    /// Where.
    pub gate: GateId,
    /// What staff call the gate.
    pub gate_name: String,
    /// How they were recognised.
    pub method: Method,
    /// Time at the door.
    pub at: UtcMillis,
    /// Which earlier entries keep the guest out, by the event's rule for this entry.
    pub window: EntryWindow,
    /// The recognition score, if a face was compared.
    pub score: Option<f32>,
    /// Why, if staff did it, or what the kiosk noticed.
    pub reason: Option<String>,
    /// Who decided.
    pub actor: Actor,
}

/// What became of the wish, and whom it was about.
#[derive(Clone, Debug, PartialEq)]
pub struct Admitted {
    /// Recorded, already in, or not on the roster.
    pub admission: Admission,
    /// The guest as the roster has them, unless they are not on it.
    pub attendee: Option<Attendee>,
}

impl Store {
    /// Lets a guest in, unless they are in already or not expected. The answer is on disk before it is returned.
    pub fn admit(&mut self, wish: &AdmitWish) -> Result<Admitted, StoreError> {
        self.write(|tx| {
            let attendee = attendees::find(tx, &wish.attendee)?;
            let admission = admit(tx, wish, attendee.as_ref())?;
            Ok(Admitted { admission, attendee })
        })
    }

    /// The guest's newest entry at this kiosk that stands, which is the one that an undo would take back.
    pub fn latest_check_in(&self, attendee: &AttendeeId) -> Result<Option<CheckIn>, StoreError> {
        let newest = check_ins::live(self.reader(), attendee)?.into_iter().next();
        Ok(newest.map(|stored| stored.check_in))
    }

    /// An entry made at this kiosk, whatever became of it.
    pub fn check_in(&self, id: CheckInId) -> Result<Option<CheckIn>, StoreError> {
        Ok(check_ins::find(self.reader(), id)?.map(|stored| stored.check_in))
    }
}

pub(crate) fn admit(
    connection: &Connection,
    wish: &AdmitWish,
    attendee: Option<&Attendee>,
) -> Result<Admission, StoreError> {
    // A repeat is answered as the first time, even if the roster has changed since.
    if let Some(stored) = check_ins::find(connection, wish.id)? {
        if stored.check_in.attendee != wish.attendee {
            return Err(StoreError::IdTaken { id: wish.id });
        }
        return Ok(Admission::Recorded(stored.check_in));
    }
    let Some(attendee) = attendee else { return Ok(Admission::NotOnRoster) };
    let door = Door { gate: &wish.gate, gate_name: &wish.gate_name, window: &wish.window };
    if let Some(first) = keeps_out(connection, attendee, &door)? {
        return Ok(Admission::AlreadyIn(first));
    }
    let check_in = CheckIn {
        id: wish.id,
        attendee: wish.attendee.clone(),
        gate: wish.gate.clone(),
        method: wish.method,
        at: wish.at,
        score: wish.score,
        reason: wish.reason.clone(),
    };
    let_in(connection, &check_in, &door)?;
    let note = AuditNote {
        action: AuditAction::CheckIn,
        actor: wish.actor,
        attendee: Some(wish.attendee.clone()),
        before: None,
        after: Some(describe(&check_in)),
        reason: wish.reason.clone(),
        at: wish.at,
    };
    audit::append(connection, &note)?;
    Ok(Admission::Recorded(check_in))
}

/// Where somebody wants to enter, and what keeps them out there at that moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Door<'a> {
    pub gate: &'a GateId,
    pub gate_name: &'a str,
    pub window: &'a EntryWindow,
}

/// Writes the entry down and tells the outbox.
pub(crate) fn let_in(connection: &Connection, check_in: &CheckIn, door: &Door<'_>) -> Result<(), StoreError> {
    let body = OutboxBody::CheckIn(check_in.clone());
    let seq = outbox::push(connection, check_in.id, &check_in.attendee, &body)?;
    check_ins::insert_live(connection, check_in, door.gate_name, &door.window.slot, seq)
}

/// The earlier entry that keeps this guest out by the event's rule: the backend's mark if it counts, for it knows every
/// gate, else the newest entry made here that counts.
pub(crate) fn keeps_out(
    connection: &Connection,
    attendee: &Attendee,
    door: &Door<'_>,
) -> Result<Option<FirstEntry>, StoreError> {
    if let Some(at) = attendee.checked_in_at {
        let mark = FirstEntry { at, gate: attendee.checked_in_gate.clone() };
        if door.window.counts(at, is_elsewhere(connection, attendee, &mark, door)?) {
            return Ok(Some(mark));
        }
    }
    let live = check_ins::live(connection, &attendee.id)?;
    let counts = live.into_iter().find(|stored| {
        let elsewhere = stored.check_in.gate != *door.gate;
        // The slot is asked too, for the database does: a rule that changed since may see the times differently.
        door.window.counts(stored.check_in.at, elsewhere) || stored.slot == door.window.slot
    });
    Ok(counts.map(first_of))
}

/// Whether a mark is of another gate. That of an entry made here is known by its id; of others the backend tells the
/// name only, and none at all is taken for this one.
fn is_elsewhere(
    connection: &Connection,
    attendee: &Attendee,
    mark: &FirstEntry,
    door: &Door<'_>,
) -> Result<bool, StoreError> {
    if let Some(own) = check_ins::made_at(connection, &attendee.id, mark.at)? {
        return Ok(own.check_in.gate != *door.gate);
    }
    Ok(mark.gate.as_deref().is_some_and(|name| name != door.gate_name))
}

/// How this guest came in, if they are in: the backend's mark if it has one, else the newest entry made here.
pub(crate) fn first_entry(
    connection: &Connection,
    attendee: &Attendee,
) -> Result<Option<FirstEntry>, StoreError> {
    if let Some(at) = attendee.checked_in_at {
        return Ok(Some(FirstEntry { at, gate: attendee.checked_in_gate.clone() }));
    }
    Ok(check_ins::live(connection, &attendee.id)?.into_iter().next().map(first_of))
}

fn first_of(stored: StoredCheckIn) -> FirstEntry {
    FirstEntry { at: stored.check_in.at, gate: Some(stored.gate_name) }
}

/// A check-in as the audit keeps it.
pub(crate) fn describe(check_in: &CheckIn) -> serde_json::Value {
    serde_json::json!({
        "check_in": check_in.id,
        "attendee": check_in.attendee,
        "gate": check_in.gate,
        "method": check_in.method,
        "at": check_in.at,
        "score": check_in.score,
    })
}
