//! The venue's staff at this kiosk: who may open staff mode, and how many PINs may still be guessed.

use portico_types::{AuditAction, StaffId, StaffRole, UtcMillis};
use rusqlite::Connection;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::table::{audit, meta, staff};
use crate::{Actor, AuditNote, Store, StoreError};

/// What a typed PIN is compared with; whoever reads it does not know the PIN. The form is `app`'s.
#[derive(Clone, PartialEq, Eq)]
pub struct PinVerifier(String);

impl PinVerifier {
    /// Takes the text over.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PinVerifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PinVerifier(hidden)")
    }
}

/// Somebody who may open staff mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    /// Who.
    pub id: StaffId,
    /// What the others call them; empty for a first supervisor whom nobody has asked.
    pub name: String,
    /// What they may do.
    pub role: StaffRole,
    /// What their PIN is compared with. No two members have the same.
    pub pin: PinVerifier,
    /// Since when.
    pub created_at: UtcMillis,
    /// Since when their PIN opens nothing any more.
    pub disabled_at: Option<UtcMillis>,
}

impl StaffMember {
    /// Whether their PIN opens staff mode.
    pub fn is_enabled(&self) -> bool {
        self.disabled_at.is_none()
    }

    /// Whether they can put everything right.
    pub fn is_acting_supervisor(&self) -> bool {
        self.is_enabled() && self.role == StaffRole::Supervisor
    }

    fn described(&self) -> Value {
        json!({ "member": self.id, "name": self.name, "role": self.role, "enabled": self.is_enabled() })
    }
}

/// What became of a change to the staff. Only `Done` has changed anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffOutcome {
    /// It is as was asked, and in the audit.
    Done,
    /// Nobody of this id belongs to the staff.
    UnknownMember,
    /// Somebody else has this PIN.
    PinTaken,
    /// Nobody would be left who can put everything right.
    LastSupervisor,
}

/// PINs that may be guessed after a salvage that cannot tell how many were left: one typing error is one too many then.
const GUESSES_AFTER_LOSS: u32 = 1;

impl Store {
    /// Everybody who ever belonged to the staff, whoever came first first.
    pub fn staff(&self) -> Result<Vec<StaffMember>, StoreError> {
        staff::all(self.reader())
    }

    /// Adds somebody.
    pub fn add_staff(&mut self, member: &StaffMember, by: Actor) -> Result<StaffOutcome, StoreError> {
        self.write(|tx| {
            if staff::is_taken(tx, &member.pin, member.id)? {
                return Ok(StaffOutcome::PinTaken);
            }
            staff::insert(tx, member)?;
            let told = Told { action: AuditAction::StaffAdded, by, at: member.created_at };
            note(tx, told, None, Some(member.described()))
        })
    }

    /// Gives a member another PIN.
    pub fn set_staff_pin(
        &mut self,
        id: StaffId,
        pin: &PinVerifier,
        by: Actor,
        at: UtcMillis,
    ) -> Result<StaffOutcome, StoreError> {
        self.write(|tx| {
            let Some(member) = staff::find(tx, id)? else { return Ok(StaffOutcome::UnknownMember) };
            if staff::is_taken(tx, pin, id)? {
                return Ok(StaffOutcome::PinTaken);
            }
            staff::set_pin(tx, id, pin)?;
            note(tx, Told { action: AuditAction::StaffPinSet, by, at }, None, Some(member.described()))
        })
    }

    /// Keeps the same PIN in another form, which is nobody's act: the audit says nothing of it.
    pub fn renew_staff_pin(&mut self, id: StaffId, pin: &PinVerifier) -> Result<(), StoreError> {
        self.write(|tx| staff::set_pin(tx, id, pin))
    }

    /// Gives a member this name and this role. What stays as it was is not written down; of a name, the audit says whose was
    /// changed and no more.
    pub fn change_staff(
        &mut self,
        id: StaffId,
        name: &str,
        role: StaffRole,
        by: Actor,
        at: UtcMillis,
    ) -> Result<StaffOutcome, StoreError> {
        self.write(|tx| {
            let Some(before) = staff::find(tx, id)? else { return Ok(StaffOutcome::UnknownMember) };
            let is_demoted = before.is_acting_supervisor() && role != StaffRole::Supervisor;
            if is_demoted && !staff::another_supervisor(tx, id)? {
                return Ok(StaffOutcome::LastSupervisor);
            }
            staff::set_name_and_role(tx, id, name, role)?;
            if before.name != name {
                let told = Told { action: AuditAction::StaffRenamed, by, at };
                note(tx, told, None, Some(json!({ "member": id })))?;
            }
            if before.role != role {
                let told = Told { action: AuditAction::StaffRoleSet, by, at };
                let of = |role: StaffRole| Some(json!({ "member": id, "role": role }));
                note(tx, told, of(before.role), of(role))?;
            }
            Ok(StaffOutcome::Done)
        })
    }

    /// Lets a member's PIN open staff mode, or not any more. Doing it again changes nothing and writes nothing down.
    pub fn set_staff_enabled(
        &mut self,
        id: StaffId,
        enabled: bool,
        by: Actor,
        at: UtcMillis,
    ) -> Result<StaffOutcome, StoreError> {
        self.write(|tx| {
            let Some(before) = staff::find(tx, id)? else { return Ok(StaffOutcome::UnknownMember) };
            if before.is_enabled() == enabled {
                return Ok(StaffOutcome::Done);
            }
            if before.is_acting_supervisor() && !staff::another_supervisor(tx, id)? {
                return Ok(StaffOutcome::LastSupervisor);
            }
            let after = StaffMember { disabled_at: (!enabled).then_some(at), ..before.clone() };
            staff::set_disabled(tx, id, after.disabled_at)?;
            let action = if enabled { AuditAction::StaffEnabled } else { AuditAction::StaffDisabled };
            note(tx, Told { action, by, at }, Some(before.described()), Some(after.described()))
        })
    }

    /// How many PINs may be guessed before a wait, as last kept; nothing if none was ever typed.
    pub fn guesses_left(&self) -> Result<Option<u32>, StoreError> {
        meta::guesses(self.reader())
    }

    /// Keeps how many PINs may be guessed before a wait.
    pub fn set_guesses_left(&mut self, left: u32) -> Result<(), StoreError> {
        self.write(|tx| meta::set_guesses(tx, left))
    }

    /// The secret that goes into every [`PinVerifier`] of this kiosk. It comes from the key and lies nowhere else, so that
    /// what the database says of a PIN is of no use without the key's file.
    pub fn pin_pepper(&self) -> Zeroizing<[u8; 32]> {
        self.key().secret_for("portico staff pins 1")
    }
}

/// After a salvage that may have lost how many guesses were spent: damage must not be a way to guess on.
pub(crate) fn forfeit_guesses(connection: &Connection) -> Result<(), StoreError> {
    let left = meta::guesses(connection)?.unwrap_or(GUESSES_AFTER_LOSS);
    meta::set_guesses(connection, left.min(GUESSES_AFTER_LOSS))
}

/// What was done, by whom and when.
#[derive(Clone, Copy)]
struct Told {
    action: AuditAction,
    by: Actor,
    at: UtcMillis,
}

fn note(
    connection: &Connection,
    told: Told,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<StaffOutcome, StoreError> {
    let Told { action, by, at } = told;
    let row = AuditNote { action, actor: by, attendee: None, before, after, reason: None, at };
    audit::append(connection, &row)?;
    Ok(StaffOutcome::Done)
}
