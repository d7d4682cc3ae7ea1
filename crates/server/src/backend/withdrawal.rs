//! Taking a consent back: the face goes at once, and does not come back with what was agreed to before.

use portico_types::{AttendeeId, UtcMillis};
use rusqlite::Connection;

use super::agreement::Agreement;
use crate::database::erasures::ErasureReason;
use crate::database::withdrawals::{self, Withdrawal};
use crate::database::{event, sequence, templates};
use crate::error::BackendError;

/// Which templates go with a withdrawal.
#[derive(Clone, Copy)]
pub(super) enum Erased {
    /// Those that rest on a consent from before it: the guest may have agreed anew by the time it arrives.
    AgreedBefore,
    /// All of them.
    All,
}

/// Erases the templates of a guest who took their consent back at `at`, and notes that they did. Of a guest who is on no
/// roster it is noted too: a restored backup may not know them yet.
pub(super) fn withdraw(
    connection: &Connection,
    attendee: &str,
    at: UtcMillis,
    erased: Erased,
    now: UtcMillis,
) -> rusqlite::Result<()> {
    let agreed_by = match erased {
        Erased::AgreedBefore => at,
        Erased::All => UtcMillis(i64::MAX),
    };
    templates::erase_agreed_by(connection, attendee, agreed_by, ErasureReason::Withdrawn, now)?;
    let change = sequence::next(connection)?;
    withdrawals::note(connection, attendee, at, change)?;
    // Kiosks learn with the event that tickets made before must not be compared any more.
    event::touch(connection, change)
}

/// Refuses an agreement that the guest has taken back since. The organiser's, from registration, counts again only after
/// the guest has agreed anew at a device.
pub(super) fn check(
    connection: &Connection,
    attendee: &AttendeeId,
    agreement: &Agreement,
) -> Result<(), BackendError> {
    let Some(Withdrawal { at, agreed_at }) = withdrawals::of(connection, attendee.as_str())? else {
        return Ok(());
    };
    let own = if agreement.device.is_some() { Some(agreement.consent.agreed_at) } else { agreed_at };
    if own.is_some_and(|own| own > at) && agreement.consent.agreed_at > at {
        return Ok(());
    }
    Err(BackendError::Withdrawn)
}

/// Notes that the guest has agreed anew, if a device took this consent.
pub(super) fn agreed(
    connection: &Connection,
    attendee: &AttendeeId,
    agreement: &Agreement,
) -> rusqlite::Result<()> {
    match agreement.device {
        Some(_) => withdrawals::note_consent(connection, attendee.as_str(), agreement.consent.agreed_at),
        None => Ok(()),
    }
}
