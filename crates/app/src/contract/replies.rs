//! What calls answer.

use portico_types::{
    AttendeeId, CheckInId, ConflictEntry, ConflictState, FirstEntry, Method, Reason, Resolution, StaffId,
    StaffRole, UtcMillis,
};
use serde::Serialize;
use ts_rs::TS;

use super::view::ConnectionView;

/// The call was taken; what it changed shows in the view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct Handled {}

/// The event's pictures, as data URLs of PNG or JPEG.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct EventPictures {
    /// Its logo.
    pub logo: Option<String>,
    /// What lies behind results.
    pub background: Option<String>,
}

/// A guest in staff's search. Only ever sent while staff mode is open.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct RosterRow {
    /// Who.
    pub attendee: AttendeeId,
    /// Full name.
    pub name: String,
    /// Company or group.
    pub company: Option<String>,
    /// The code on the ticket.
    pub ticket_code: String,
    /// The event's note.
    pub note: Option<String>,
    /// When and where the guest entered, if they did.
    pub checked_in: Option<FirstEntry>,
    /// The check-in that whoever asks could take back at this kiosk.
    pub check_in: Option<CheckInId>,
}

/// What a check-in by hand came to.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StaffAdmission {
    /// Entered now.
    Recorded {
        /// The new check-in.
        check_in: CheckInId,
    },
    /// Had entered before.
    AlreadyIn {
        /// When and where.
        first: FirstEntry,
    },
    /// Not on the roster any more.
    NotOnRoster,
}

/// One of this kiosk's last check-ins.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct RecentCheckIn {
    /// Which.
    pub check_in: CheckInId,
    /// Who.
    pub attendee: AttendeeId,
    /// Full name.
    pub name: String,
    /// How they were recognised.
    pub method: Method,
    /// When.
    pub at: UtcMillis,
    /// Whether it was taken back.
    pub undone: bool,
    /// Whether the backend has it.
    pub sent: bool,
    /// Whether whoever asks may take it back or correct it.
    pub may_change: bool,
}

/// What waits to be sent.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct QueueReport {
    /// How many entries wait.
    #[ts(type = "number")]
    pub waiting: u64,
    /// The first of them, in order.
    pub entries: Vec<QueuedEntry>,
    /// Entries that the backend refused for good.
    pub parked: Vec<QueuedEntry>,
    /// How the backend is reached.
    pub connection: ConnectionView,
    /// When it last answered.
    pub last_success_at: Option<UtcMillis>,
}

/// One outgoing entry.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct QueuedEntry {
    /// The entry's id.
    pub id: CheckInId,
    /// The guest's name, if still on the roster.
    pub name: Option<String>,
    /// Time at the door.
    pub at: UtcMillis,
    /// What it tells the backend.
    pub kind: QueuedKind,
    /// Why the backend refused it.
    pub refused: Option<Reason>,
    /// Whether whoever asks may move it to another guest.
    pub may_change: bool,
}

/// What an outgoing entry tells the backend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QueuedKind {
    /// A guest entered.
    CheckIn,
    /// A guest was added at the door.
    Register,
    /// An entry was taken back.
    Undo,
    /// Staff decided about a guest whom two gates let in.
    Resolve,
    /// A guest took their consent to be recognised by face back.
    Withdraw,
}

/// An encrypted file with everything that the backend has not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct QueueExport {
    /// Where it is on this kiosk.
    pub file: String,
    /// How many entries it holds.
    #[ts(type = "number")]
    pub entries: u64,
}

/// A guest whom two gates let in. Only ever sent while staff mode is open.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ConflictRow {
    /// Which.
    pub conflict: CheckInId,
    /// Full name, unless the guest left the roster.
    pub name: Option<String>,
    /// The entry that stood when the second one arrived.
    pub first: ConflictEntry,
    /// The entry that the event's rule does not allow.
    pub second: ConflictEntry,
    /// Whether the second entry was made at this kiosk.
    pub made_here: bool,
    /// Where it stands.
    pub state: ConflictState,
    /// What staff decided here that the backend has not heard yet.
    pub decided: Option<Resolution>,
    /// The kiosk at which it was resolved.
    pub resolved_by: Option<String>,
    /// Whether whoever asks may take the second entry back.
    pub may_undo: bool,
}

/// Somebody who belongs to the staff. Only ever sent to supervisors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MemberRow {
    /// Who.
    pub member: StaffId,
    /// What the others call them; empty for a first supervisor who was never asked.
    pub name: String,
    /// What they may do.
    pub role: StaffRole,
    /// Since when.
    pub created_at: UtcMillis,
    /// Whether their PIN opens staff mode.
    pub enabled: bool,
}

/// The text that a guest is asked to agree to before their face is enrolled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ConsentSheet {
    /// Its version, to be named with the agreement.
    pub version: String,
    /// The language that it is in.
    pub language: String,
    /// The heading.
    pub title: String,
    /// What is read.
    pub paragraphs: Vec<String>,
    /// What is agreed to.
    pub statement: String,
    /// Whether the statement is ticked before agreeing, as an act of its own.
    pub separate: bool,
}
