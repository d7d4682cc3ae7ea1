//! Staff's overrides: taking an entry back, and moving it to the guest who really stood there.

use rusqlite::Connection;

use portico_types::{
    Admission, Attendee, AttendeeId, AuditAction, CheckIn, CheckInId, EntryWindow, Method, UtcMillis,
};

use crate::admission::{Door, describe, keeps_out, let_in};
use crate::table::check_ins::{StoredCheckIn, TakenBack};
use crate::table::{attendees, audit, blocked_pairs, check_ins, outbox};
use crate::{Actor, Admitted, AuditNote, OutboxBody, Store, StoreError, conflict};

/// A wish to take an entry back.
#[derive(Clone, Debug, PartialEq)]
pub struct UndoWish {
    /// The entry in question.
    pub check_in: CheckInId,
    /// The id that the undo gets (`UUIDv7`). The same id again gives the same answer and changes nothing.
    pub undo_id: CheckInId,
    /// When it is taken back.
    pub at: UtcMillis,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub actor: Actor,
}

/// What became of an undo.
#[derive(Clone, Debug, PartialEq)]
pub enum UndoOutcome {
    /// This entry no longer counts.
    Undone(CheckIn),
    /// It had been taken back before, here or elsewhere.
    AlreadyUndone,
    /// No such entry was made at this kiosk.
    UnknownCheckIn,
}

/// A wish to move an entry to another guest: "this was not A but B".
#[derive(Clone, Debug, PartialEq)]
pub struct CorrectWish {
    /// The entry of the guest who was not there.
    pub wrong: CheckInId,
    /// The guest who was.
    pub right: AttendeeId,
    /// The id that the right guest's check-in gets.
    pub new_id: CheckInId,
    /// Which earlier entries of the right guest count, by the event's rule for the door time of the wrong entry (see
    /// [`Store::check_in`]).
    pub window: EntryWindow,
    /// The id that the undo gets.
    pub undo_id: CheckInId,
    /// When it is corrected. The right guest's entry keeps the door time of the wrong one: that is when they came.
    pub at: UtcMillis,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub actor: Actor,
}

/// What became of a correction. Only `Corrected` has changed anything.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "made once for each correction by staff, and never stored")]
pub enum CorrectOutcome {
    /// The wrong entry is undone. The right guest is recorded, or was in already.
    Corrected(Admitted),
    /// The wrong entry had been taken back before.
    AlreadyUndone,
    /// No such entry was made at this kiosk.
    UnknownCheckIn,
    /// The right guest is not on the roster.
    NotOnRoster,
    /// The entry is this guest's already.
    SameGuest,
}

/// Two guests whom the camera confused: a face taken for `attendee` needs a second fact from now on, for it may be
/// `confused_with`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockedPair {
    /// Whom the camera believed to see.
    pub attendee: AttendeeId,
    /// Who it was.
    pub confused_with: AttendeeId,
}

impl Store {
    /// Takes an entry back: the guest may enter again, and the backend is told in due course.
    pub fn undo(&mut self, wish: &UndoWish) -> Result<UndoOutcome, StoreError> {
        self.write(|tx| {
            let Some(stored) = check_ins::find(tx, wish.check_in)? else {
                return Ok(UndoOutcome::UnknownCheckIn);
            };
            if stored.undo_id == Some(wish.undo_id) {
                return Ok(UndoOutcome::Undone(stored.check_in));
            }
            if !stored.is_open_to_undo() {
                return Ok(UndoOutcome::AlreadyUndone);
            }
            take_back(tx, &stored.check_in, wish)?;
            let note = AuditNote {
                action: AuditAction::Undo,
                actor: wish.actor,
                attendee: Some(stored.check_in.attendee.clone()),
                before: Some(describe(&stored.check_in)),
                after: Some(undo_note(wish.undo_id)),
                reason: Some(wish.reason.clone()),
                at: wish.at,
            };
            audit::append(tx, &note)?;
            Ok(UndoOutcome::Undone(stored.check_in))
        })
    }

    /// Moves an entry to the guest who really came, and remembers that the camera confuses the two.
    pub fn correct(&mut self, wish: &CorrectWish) -> Result<CorrectOutcome, StoreError> {
        self.write(|tx| correct(tx, wish))
    }

    /// Every pair of guests whom the camera has confused.
    pub fn blocked_pairs(&self) -> Result<Vec<BlockedPair>, StoreError> {
        blocked_pairs::all(self.reader())
    }
}

fn take_back(connection: &Connection, check_in: &CheckIn, wish: &UndoWish) -> Result<(), StoreError> {
    let body = OutboxBody::Undo { check_in: check_in.id, at: wish.at, reason: wish.reason.clone() };
    let seq = outbox::push(connection, wish.undo_id, &check_in.attendee, &body)?;
    let taken_back = TakenBack { by: wish.undo_id, seq, at: wish.at, reason: &wish.reason };
    check_ins::set_undone(connection, check_in.id, taken_back)?;
    let attendee = attendees::find(connection, &check_in.attendee)?;
    // Only this entry's mark goes: an earlier entry at another gate stands.
    if attendee.is_some_and(|attendee| attendee.checked_in_at == Some(check_in.at)) {
        attendees::set_mark(connection, &check_in.attendee, None)?;
    }
    conflict::after_undo(connection, check_in, wish.undo_id, wish.at)
}

/// The undo's id, in case that a salvage finds it nowhere else.
fn undo_note(undo: CheckInId) -> serde_json::Value {
    serde_json::json!({ "undo": undo })
}

fn correct(connection: &Connection, wish: &CorrectWish) -> Result<CorrectOutcome, StoreError> {
    let Some(wrong) = check_ins::find(connection, wish.wrong)? else {
        return Ok(CorrectOutcome::UnknownCheckIn);
    };
    let repeated = wrong.undo_id == Some(wish.undo_id);
    if !wrong.is_open_to_undo() && !repeated {
        return Ok(CorrectOutcome::AlreadyUndone);
    }
    if wrong.check_in.attendee == wish.right {
        return Ok(CorrectOutcome::SameGuest);
    }
    let Some(right) = attendees::find(connection, &wish.right)? else {
        return Ok(CorrectOutcome::NotOnRoster);
    };
    let admission = if repeated {
        answer_again(connection, wish, &wrong, &right)?
    } else {
        move_entry(connection, wish, &wrong, &right)?
    };
    Ok(CorrectOutcome::Corrected(Admitted { admission, attendee: Some(right) }))
}

fn answer_again(
    connection: &Connection,
    wish: &CorrectWish,
    wrong: &StoredCheckIn,
    right: &Attendee,
) -> Result<Admission, StoreError> {
    if let Some(stored) = check_ins::find(connection, wish.new_id)? {
        return Ok(Admission::Recorded(stored.check_in));
    }
    Ok(keeps_out(connection, right, &door(wish, wrong))?.map_or(Admission::NotOnRoster, Admission::AlreadyIn))
}

fn move_entry(
    connection: &Connection,
    wish: &CorrectWish,
    wrong: &StoredCheckIn,
    right: &Attendee,
) -> Result<Admission, StoreError> {
    let undo = UndoWish {
        check_in: wish.wrong,
        undo_id: wish.undo_id,
        at: wish.at,
        reason: wish.reason.clone(),
        actor: wish.actor,
    };
    take_back(connection, &wrong.check_in, &undo)?;
    blocked_pairs::insert(connection, &wrong.check_in.attendee, &right.id)?;
    let admission = admit_right(connection, wish, wrong, right)?;
    let mut after = match &admission {
        Admission::Recorded(check_in) => describe(check_in),
        _ => serde_json::json!({ "attendee": right.id }),
    };
    after["undo"] = serde_json::json!(wish.undo_id);
    let note = AuditNote {
        action: AuditAction::Correct,
        actor: wish.actor,
        attendee: Some(right.id.clone()),
        before: Some(describe(&wrong.check_in)),
        after: Some(after),
        reason: Some(wish.reason.clone()),
        at: wish.at,
    };
    audit::append(connection, &note)?;
    Ok(admission)
}

fn door<'a>(wish: &'a CorrectWish, wrong: &'a StoredCheckIn) -> Door<'a> {
    Door { gate: &wrong.check_in.gate, gate_name: &wrong.gate_name, window: &wish.window }
}

/// Lets the right guest in with the door time and gate of the wrong entry, unless they are in already.
fn admit_right(
    connection: &Connection,
    wish: &CorrectWish,
    wrong: &StoredCheckIn,
    right: &Attendee,
) -> Result<Admission, StoreError> {
    let door = door(wish, wrong);
    if let Some(first) = keeps_out(connection, right, &door)? {
        return Ok(Admission::AlreadyIn(first));
    }
    let check_in = CheckIn {
        id: wish.new_id,
        attendee: right.id.clone(),
        method: Method::Staff,
        score: None,
        reason: Some(wish.reason.clone()),
        ..wrong.check_in.clone()
    };
    let_in(connection, &check_in, &door)?;
    Ok(Admission::Recorded(check_in))
}
