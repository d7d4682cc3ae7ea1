//! A guest takes their consent to be recognised by face back: their templates go at once, whether or not the backend can
//! be reached, and it is told in due course.

use std::collections::BTreeSet;

use portico_types::{AttendeeId, AuditAction, CheckInId, TemplateId, UtcMillis};

use crate::table::withdrawals::{self, Withdrawal};
use crate::table::{audit, outbox, templates};
use crate::{Actor, AuditNote, OutboxBody, Store, StoreError, erasure};

/// A wish to take a consent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithdrawWish {
    /// The id of the entry by which the backend is told (`UUIDv7`). The same id again changes nothing.
    pub id: CheckInId,
    /// Whose consent.
    pub attendee: AttendeeId,
    /// When, by the kiosk's clock. What the guest agrees to after that is another consent. A clock that is slow does not
    /// make a consent that is erased here a later one: then the time of that counts.
    pub at: UtcMillis,
    /// Why: that the guest asked, and whom.
    pub reason: String,
    /// Who did it.
    pub actor: Actor,
}

impl Store {
    /// Erases every template of the guest, also from the write-ahead log, and names them. Done also where there is none
    /// here: the backend, or a kiosk that hears of it there, may have one.
    pub fn withdraw(&mut self, wish: &WithdrawWish) -> Result<Vec<TemplateId>, StoreError> {
        let gone = self.write(|tx| {
            if withdrawals::contains(tx, wish.id)? {
                return Ok(Vec::new());
            }
            let WithdrawWish { id, attendee, at, reason, actor } = wish.clone();
            let at = templates::newest_consent(tx, &attendee)?.map_or(at, |agreed_at| agreed_at.max(at));
            let gone = templates::remove_of(tx, &attendee)?;
            erasure::note(tx, gone.len())?;
            let body = OutboxBody::Withdraw { attendee: attendee.clone(), at, reason: reason.clone() };
            let seq = outbox::push(tx, id, &attendee, &body)?;
            let note = AuditNote {
                action: AuditAction::Withdraw,
                actor,
                attendee: Some(attendee.clone()),
                before: None,
                after: Some(serde_json::json!({ "templates": gone.len() })),
                reason: Some(reason.clone()),
                at,
            };
            withdrawals::insert(tx, &Withdrawal { id, attendee, at, reason, seq })?;
            audit::append(tx, &note)?;
            Ok(gone)
        })?;
        if !gone.is_empty() {
            self.empty_log();
        }
        Ok(gone)
    }

    /// Guests who took their consent back here and of whom the present backend may still have templates, because it has not
    /// heard of it. Without those who have agreed again since.
    pub fn untold_withdrawals(&self) -> Result<BTreeSet<AttendeeId>, StoreError> {
        withdrawals::untold(self.reader())
    }

    /// Whether this guest has a template here that may be used at `now`.
    pub fn is_enrolled(&self, attendee: &AttendeeId, now: UtcMillis) -> Result<bool, StoreError> {
        templates::has(self.reader(), attendee, now)
    }
}
