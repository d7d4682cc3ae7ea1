//! Whose ticket it is, and whether it lets them in. Signed tickets are believed by their signature, without a network;
//! whoever left the list, or got a newer ticket, is not let in by an old one.

use portico_protocol::{TicketPolicy, is_signed_ticket, verify_ticket};
use portico_session::{Input, RequestId};
use portico_store::{Store, StoreError};
use portico_types::{AttendeeId, TicketRefusal, UtcMillis};

use super::{Equipment, Situation};

/// Looks `code` up for the session.
pub(super) async fn look_up(equipment: &Equipment, request: RequestId, code: String) -> Input {
    let (situation, now) = (equipment.situation(), equipment.clock.utc());
    let found = equipment.store.with(move |store| owner(store, &situation, now, &code)).await;
    let attendee = match found {
        Ok(Ok(Ok(attendee))) => attendee,
        Ok(Ok(Err(refusal))) => {
            tracing::info!(?refusal, "a ticket was refused");
            return Input::TicketRefused { request, refusal };
        }
        Ok(Err(error)) => {
            tracing::error!(%error, "the roster cannot be read");
            None
        }
        Err(_) => None,
    };
    Input::TicketFound { request, attendee }
}

/// Whether `code` says anything here: it is signed, or somebody's. For a scan of which there are two readings.
pub(crate) fn is_known(
    store: &Store,
    situation: &Situation,
    now: UtcMillis,
    code: &str,
) -> Result<bool, StoreError> {
    Ok(!matches!(owner(store, situation, now, code)?, Ok(None) | Err(TicketRefusal::Forged)))
}

/// The owner of `code`; `None` if it is no ticket of this event.
fn owner(
    store: &Store,
    situation: &Situation,
    now: UtcMillis,
    code: &str,
) -> Result<Result<Option<AttendeeId>, TicketRefusal>, StoreError> {
    if !is_signed_ticket(code) {
        let owner = store.find_ticket(code)?.map(|guest| guest.id);
        let refused = owner.is_some() && situation.policy.tickets == TicketPolicy::SignedOnly;
        return Ok(if refused { Err(TicketRefusal::Unsigned) } else { Ok(owner) });
    }
    let ticket = match verify_ticket(code, &situation.ticket_keys, &situation.event_id, now) {
        Ok(ticket) => ticket,
        Err(refusal) => return Ok(Err(refusal)),
    };
    // The plain code is the guest's own still: of two guests with one code neither would be found by it, but a signature
    // names its guest.
    let guest = store.attendee(&ticket.attendee)?;
    let current = guest.filter(|guest| portico_store::same_ticket(&guest.ticket_code, &ticket.code));
    Ok(current.map(|guest| Some(guest.id)).ok_or(TicketRefusal::Revoked))
}
