//! What the audit is about, and where it stands.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an audit row is about. The stored form is the snake-case name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AuditAction {
    /// A guest was let in.
    CheckIn,
    /// A check-in was taken back.
    Undo,
    /// A check-in was moved from one guest to another.
    Correct,
    /// A guest who was let in twice: staff decided what it was.
    Resolve,
    /// An entry that the backend had refused was sent again as it was.
    Retry,
    /// An entry that the backend had refused was changed and sent again.
    Amend,
    /// What waits was written to an encrypted file.
    Export,
    /// A guest agreed to be recognised by face, and their face was enrolled; or staff led them there.
    Enrol,
    /// A guest took their consent to be recognised by face back.
    Withdraw,
    /// A file of guests or of their pictures was sent to be imported.
    Import,
    /// Face templates were erased.
    Erase,
    /// The kiosk's data was wiped.
    Wipe,
    /// A damaged database was set aside and its readable rows taken over.
    Salvage,
    /// A setting was changed.
    Setting,
    /// A guest who was not on the list was added.
    Register,
    /// Somebody looked after a guest who had needed a person.
    Attend,
    /// Staff mode was opened.
    Unlock,
    /// Somebody tried a wrong PIN.
    UnlockRefused,
    /// Staff mode was left.
    Lock,
    /// Somebody now belongs to the staff.
    StaffAdded,
    /// A member of the staff has another PIN.
    StaffPinSet,
    /// A member of the staff has another name.
    StaffRenamed,
    /// A member of the staff has another role.
    StaffRoleSet,
    /// A member's PIN opens nothing any more.
    StaffDisabled,
    /// A member's PIN opens staff mode again.
    StaffEnabled,
}

/// The newest audit row's place and hash, which stand for every row up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditHead {
    /// Number of the row.
    pub seq: i64,
    /// SHA-256 over the previous hash and the row.
    pub hash: [u8; 32],
}
