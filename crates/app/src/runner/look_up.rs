//! The second fact, compared with the roster's.

use portico_types::AttendeeId;
use subtle::ConstantTimeEq as _;

use super::Equipment;

/// Whether `fact` is the last four digits of the guest's phone. A guest without a known phone has no right answer.
pub(super) async fn fact_is_right(equipment: &Equipment, attendee: AttendeeId, fact: &str) -> bool {
    let found = equipment.store.with(move |store| store.attendee(&attendee)).await;
    match found {
        Ok(Ok(Some(guest))) => {
            guest.phone_last4.is_some_and(|known| bool::from(known.as_bytes().ct_eq(fact.trim().as_bytes())))
        }
        Ok(Err(error)) => {
            tracing::error!(%error, "the roster cannot be read");
            false
        }
        Ok(Ok(None)) | Err(_) => false,
    }
}

/// The one guest of this name whose phone ends in `digits`. How long this takes depends on the roster; the session tells
/// its outcome at a moment that does not. An error means that the roster cannot be read, which is told as such.
pub(super) async fn named(
    equipment: &Equipment,
    name: String,
    digits: String,
) -> Result<Option<AttendeeId>, Unreadable> {
    match equipment.store.with(move |store| store.find_named(&name, &digits)).await {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(error)) => {
            tracing::error!(%error, "the roster cannot be read");
            Err(Unreadable)
        }
        Err(_) => Err(Unreadable),
    }
}

/// The roster cannot be read; the log says why.
pub(super) struct Unreadable;
