//! Whose ticket it is, and whether it lets them in. Signed tickets are believed by their signature, without a network;
//! whoever left the list, or got a newer ticket, is not let in by an old one. Of a ticket that carries a face, what it
//! carries is looked at here only to see whether it can be compared: `compare` does that, later.

use portico_protocol::{FaceTickets, Ticket, TicketFace, TicketPolicy, is_signed_ticket, verify_ticket};
use portico_session::{Input, RequestId};
use portico_store::{Store, StoreError};
use portico_sync::Connection;
use portico_types::{AttendeeId, FaceTicket, ModelId, TicketRefusal, UtcMillis};

use super::{Equipment, Situation};

/// A good ticket.
struct Good {
    attendee: AttendeeId,
    /// What a signed one says.
    signed: Option<Ticket>,
}

/// What the face in a ticket is good for.
pub(super) enum CarriedFace {
    /// It carries none, or one that must not be used any more: the ticket alone lets its guest in.
    None,
    /// It is to be compared.
    Opened(TicketFace),
    /// It cannot be compared at this kiosk.
    Unusable,
}

/// Looks `code` up for the session.
pub(super) async fn look_up(equipment: &Equipment, request: RequestId, code: String) -> Input {
    let (situation, now) = (equipment.situation(), equipment.clock.utc());
    let held = situation.clone();
    let looked_up = equipment.store.with(move |store| Ok((good(store, &held, now, &code)?, code))).await;
    let (found, code) = match looked_up {
        Ok(Ok(found)) => found,
        Ok(Err(error)) => {
            let error: StoreError = error;
            tracing::error!(%error, "the roster cannot be read");
            return Input::TicketFound { request, attendee: None };
        }
        Err(_) => return Input::TicketFound { request, attendee: None },
    };
    let refused = |refusal| {
        tracing::info!(?refusal, "a ticket was refused");
        Input::TicketRefused { request, refusal }
    };
    let good = match found {
        Ok(Some(good)) => good,
        Ok(None) => return Input::TicketFound { request, attendee: None },
        Err(refusal) => return refused(refusal),
    };
    let attendee = good.attendee;
    match carried(&situation, equipment.comparer().as_ref(), now, good.signed.as_ref()) {
        CarriedFace::None => Input::TicketFound { request, attendee: Some(attendee) },
        CarriedFace::Opened(_) => Input::TicketWithFace { request, attendee, ticket: FaceTicket::new(code) },
        CarriedFace::Unusable => refused(TicketRefusal::FaceUnusable),
    }
}

/// The face of `ticket`, which was good a moment ago.
pub(super) fn face_of(
    situation: &Situation,
    model: &ModelId,
    now: UtcMillis,
    ticket: &FaceTicket,
) -> CarriedFace {
    match verify_ticket(ticket.text(), &situation.ticket_keys, &situation.event_id, now) {
        Ok(ticket) => carried(situation, Some(model), now, Some(&ticket)),
        Err(_) => CarriedFace::Unusable,
    }
}

/// Whether `code` says anything here: it is signed, or somebody's. For a scan of which there are two readings.
pub(crate) fn is_known(
    store: &Store,
    situation: &Situation,
    now: UtcMillis,
    code: &str,
) -> Result<bool, StoreError> {
    Ok(!matches!(good(store, situation, now, code)?, Ok(None) | Err(TicketRefusal::Forged)))
}

/// The owner of `code`; `None` if it is no ticket of this event.
fn good(
    store: &Store,
    situation: &Situation,
    now: UtcMillis,
    code: &str,
) -> Result<Result<Option<Good>, TicketRefusal>, StoreError> {
    if !is_signed_ticket(code) {
        let owner = store.find_ticket(code)?.map(|guest| Good { attendee: guest.id, signed: None });
        let refused = owner.is_some() && situation.policy.tickets != TicketPolicy::Any;
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
    let good = current.map(|guest| Some(Good { attendee: guest.id, signed: Some(ticket) }));
    Ok(good.ok_or(TicketRefusal::Revoked))
}

/// What the face in `ticket` is good for. A consent that is over or was withdrawn beats the ticket: its face is not
/// compared any more, and its guest is let in like those who never gave one.
fn carried(
    situation: &Situation,
    model: Option<&ModelId>,
    now: UtcMillis,
    ticket: Option<&Ticket>,
) -> CarriedFace {
    let compares = situation.policy.tickets == TicketPolicy::WithFace;
    let is_compared = |ticket: &&Ticket| {
        compares && ticket.face.is_some() && !situation.withdrawn.contains(&ticket.attendee)
    };
    let Some(ticket) = ticket.filter(is_compared) else {
        return CarriedFace::None;
    };
    // A kiosk whose access was withdrawn has no business with faces any more.
    let (Some(FaceTickets { key, withdrawn }), Some(model), true) =
        (&situation.face_tickets, model, situation.connection != Connection::Revoked)
    else {
        return CarriedFace::Unusable;
    };
    let Some(face) = key.open(&situation.event_id, ticket, model) else {
        tracing::warn!("the face in a ticket cannot be opened: another key, or another recogniser");
        return CarriedFace::Unusable;
    };
    let is_over = now.0 >= face.expires_at.0 + 1_000 || withdrawn.contains(&face.template);
    if is_over { CarriedFace::None } else { CarriedFace::Opened(face) }
}
