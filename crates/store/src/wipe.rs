//! Emptying a kiosk that is given back or moved on: everything goes but the audit, once nothing can be lost by it.

use portico_types::{AuditAction, UtcMillis};

use crate::table::{
    attendees, audit, blocked_pairs, check_ins, conflicts, meta, needs, outbox, outcomes, staff, templates,
    walk_ins,
};
use crate::{Actor, AuditNote, Store, StoreError, erasure};

/// A wish to empty the kiosk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WipeWish {
    /// When.
    pub at: UtcMillis,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub actor: Actor,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WipeOutcome {
    /// Only the audit is left.
    Wiped,
    /// Nothing was changed: the backend has not taken these entries, and no file has them.
    EntriesWait {
        /// Entries that wait for delivery.
        waiting: u64,
        /// Entries that the backend refused.
        parked: u64,
    },
}

impl Store {
    /// Removes roster, gallery, check-ins, outbox, conflicts, confused pairs, figures of the door, the staff and every single
    /// value (the pairing among them). The audit stays, with a row about this. Refused while an entry is neither delivered nor
    /// in a file (see [`Store::mark_exported`]).
    pub fn wipe(&mut self, wish: &WipeWish) -> Result<WipeOutcome, StoreError> {
        let outcome = self.write(|tx| {
            let waiting = outbox::not_exported(tx, outbox::WAITING)?;
            let parked = outbox::not_exported(tx, outbox::PARKED)?;
            if waiting + parked > 0 {
                return Ok(WipeOutcome::EntriesWait { waiting, parked });
            }
            attendees::remove_all(tx)?;
            let erased = templates::remove_all(tx)?;
            check_ins::remove_all(tx)?;
            outbox::remove_all(tx)?;
            conflicts::remove_all(tx)?;
            blocked_pairs::remove_all(tx)?;
            outcomes::remove_all(tx)?;
            needs::remove_all(tx)?;
            walk_ins::remove_all(tx)?;
            staff::remove_all(tx)?;
            meta::clear_all(tx)?;
            // Whatever was erased, the log must not keep it.
            erasure::note(tx, erased.max(1))?;
            let note = AuditNote {
                action: AuditAction::Wipe,
                actor: wish.actor,
                attendee: None,
                before: None,
                after: None,
                reason: Some(wish.reason.clone()),
                at: wish.at,
            };
            audit::append(tx, &note)?;
            Ok(WipeOutcome::Wiped)
        })?;
        if outcome == WipeOutcome::Wiped {
            self.empty_log();
        }
        Ok(outcome)
    }
}
