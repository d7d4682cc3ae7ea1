//! Issuing signed tickets.

use portico_protocol::{Ticket, TicketSigner};
use portico_types::{AttendeeId, UtcMillis};

use super::Backend;
use crate::database::attendees::{self, Guest};
use crate::database::{event, sequence, ticket_key};
use crate::error::BackendError;

/// A guest's signed ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedTicket {
    /// The guest's id.
    pub attendee_id: String,
    /// The guest's name.
    pub name: String,
    /// The plain code that stands beside the QR code.
    pub ticket_code: String,
    /// What the QR code holds.
    pub text: String,
}

impl Backend {
    /// Signed tickets for the guests with these ids, or for everybody if there are none, in the order of the ids.
    /// Issuing again gives the same tickets, unless a guest's code or the end has changed. Nothing is written but the
    /// key, with the first tickets; the kiosks learn it with the event.
    pub fn issue_tickets(
        &self,
        guests: &[AttendeeId],
        not_after: Option<UtcMillis>,
    ) -> Result<Vec<IssuedTicket>, BackendError> {
        let signer = self.ticket_signer()?;
        let wanted = self.database.read(|c| {
            if guests.is_empty() {
                return Ok(attendees::all(c)?);
            }
            let one = |id: &AttendeeId| -> Result<Guest, BackendError> {
                attendees::get(c, id.as_str())?.ok_or(BackendError::UnknownAttendee)
            };
            guests.iter().map(one).collect::<Result<Vec<_>, BackendError>>()
        })?;
        let issue = |guest: Guest| -> Result<IssuedTicket, BackendError> {
            let (attendee, code) = (AttendeeId::new(&guest.id), guest.ticket_code.clone());
            let text = signer
                .sign(&Ticket { attendee, code, not_after })
                .map_err(|error| BackendError::Malformed(format!("guest `{}`: {error}", guest.id)))?;
            Ok(IssuedTicket { attendee_id: guest.id, name: guest.name, ticket_code: guest.ticket_code, text })
        };
        wanted.into_iter().map(issue).collect()
    }

    /// The public key with which kiosks check this event's tickets, as 64 hexadecimal digits; made when first asked for.
    pub fn ticket_key(&self) -> Result<String, BackendError> {
        Ok(self.ticket_signer()?.key().to_string())
    }

    fn ticket_signer(&self) -> Result<TicketSigner, BackendError> {
        let (event_id, known) = self.database.read(|c| {
            let event_id = event::id(c)?.ok_or(BackendError::UnknownEvent)?;
            Ok::<_, BackendError>((event_id, ticket_key::secret(c)?))
        })?;
        if let Some(secret) = known {
            return Ok(TicketSigner::new(&secret, &event_id));
        }
        let (fresh, now) = (self.random.bytes::<32>()?, self.clock.utc());
        let public = TicketSigner::new(&fresh, &event_id).key().to_string();
        let secret = self.database.write(|tx| {
            if ticket_key::keep(tx, &fresh, &public, now)? {
                let change = sequence::next(tx)?;
                event::touch(tx, change)?;
                return Ok(fresh);
            }
            // Another process has made one meanwhile.
            ticket_key::secret(tx)?.ok_or(rusqlite::Error::QueryReturnedNoRows)
        })?;
        self.announce_changes()?;
        Ok(TicketSigner::new(&secret, &event_id))
    }
}
