//! Letting a guest in: the check-in, the outbox entry and the audit row in one transaction.

use rusqlite::Connection;

use portico_types::{
    Admission, Attendee, AttendeeId, AuditAction, CheckIn, CheckInId, FirstEntry, GateId, Method, UtcMillis,
};

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
    /// The recognition score, if a face was compared.
    pub score: Option<f32>,
    /// Why, if staff did it.
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

    /// The guest's entry at this kiosk that stands, which is the one that an undo would take back.
    pub fn latest_check_in(&self, attendee: &AttendeeId) -> Result<Option<CheckIn>, StoreError> {
        Ok(check_ins::live(self.reader(), attendee)?.map(|stored| stored.check_in))
    }
}

fn admit(
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
    if let Some(first) = first_entry(connection, attendee)? {
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
    let_in(connection, &check_in, &wish.gate_name)?;
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

/// Writes the entry down and tells the outbox.
pub(crate) fn let_in(connection: &Connection, check_in: &CheckIn, gate_name: &str) -> Result<(), StoreError> {
    check_ins::insert_live(connection, check_in, gate_name)?;
    outbox::push(connection, check_in.id, &check_in.attendee, &OutboxBody::CheckIn(check_in.clone()))
}

/// How this guest came in, if they are in: the backend's mark if it has one, for it knows every gate, else the
/// entry made here.
pub(crate) fn first_entry(
    connection: &Connection,
    attendee: &Attendee,
) -> Result<Option<FirstEntry>, StoreError> {
    if let Some(at) = attendee.checked_in_at {
        return Ok(Some(FirstEntry { at, gate: attendee.checked_in_gate.clone() }));
    }
    let live = check_ins::live(connection, &attendee.id)?;
    Ok(live.map(|stored| FirstEntry { at: stored.check_in.at, gate: Some(stored.gate_name) }))
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
