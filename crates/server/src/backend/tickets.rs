//! Issuing signed tickets, with or without their guests' faces.

use portico_protocol::{FaceKey, SealedFace, Ticket, TicketSigner, TicketTooLarge};
use portico_types::{AttendeeId, UtcMillis};
use zeroize::Zeroizing;

use super::Backend;
use crate::database::attendees::{self, Guest};
use crate::database::{event, face_key, log_due, sequence, templates, ticket_key};
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
    /// Whether it carries the guest's face.
    pub has_face: bool,
}

/// What tickets are made with.
struct Press {
    event_id: String,
    signer: TicketSigner,
    /// Seals the faces, if they are wanted.
    key: Option<FaceKey>,
    not_after: Option<UtcMillis>,
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
        self.print(guests, &Press { event_id: self.event()?.id, signer, key: None, not_after })
    }

    /// The same with the face of every guest who has consented to being recognised, sealed for the event's kiosks; the
    /// others' tickets carry none. A guest's new picture makes a new ticket; the old one opens as long as its consent
    /// holds.
    pub fn issue_face_tickets(
        &self,
        guests: &[AttendeeId],
        not_after: Option<UtcMillis>,
    ) -> Result<Vec<IssuedTicket>, BackendError> {
        let (signer, key) = (self.ticket_signer()?, Some(self.face_key()?));
        self.print(guests, &Press { event_id: self.event()?.id, signer, key, not_after })
    }

    /// Forgets the key to the faces in tickets, so that none of them can be opened any more; whether there was one. Kiosks
    /// learn it with the event.
    pub fn forget_face_key(&self) -> Result<bool, BackendError> {
        let was_there = self.database.write(|tx| {
            let was_there = face_key::remove(tx)?;
            if was_there {
                let change = sequence::next(tx)?;
                event::touch(tx, change)?;
                log_due::ask(tx, change)?;
            }
            Ok::<_, BackendError>(was_there)
        })?;
        self.purge_log()?;
        self.announce_changes()?;
        Ok(was_there)
    }

    /// The public key with which kiosks check this event's tickets, as 64 hexadecimal digits; made when first asked for.
    pub fn ticket_key(&self) -> Result<String, BackendError> {
        Ok(self.ticket_signer()?.key().to_string())
    }

    fn print(&self, guests: &[AttendeeId], press: &Press) -> Result<Vec<IssuedTicket>, BackendError> {
        let now = self.clock.utc();
        self.database.read(|c| {
            let wanted = if guests.is_empty() {
                attendees::all(c)?
            } else {
                let one = |id: &AttendeeId| -> Result<Guest, BackendError> {
                    attendees::get(c, id.as_str())?.ok_or(BackendError::UnknownAttendee)
                };
                guests.iter().map(one).collect::<Result<Vec<_>, BackendError>>()?
            };
            let print = |guest: Guest| {
                let template = press.key.as_ref().map(|_| templates::best(c, &guest.id, now)).transpose()?;
                let id = guest.id.clone();
                let too_large = |error| BackendError::Malformed(format!("guest `{id}`: {error}"));
                press.print(guest, template.flatten().as_ref()).map_err(too_large)
            };
            wanted.into_iter().map(print).collect()
        })
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

    /// The key that seals faces; made when first asked for.
    fn face_key(&self) -> Result<FaceKey, BackendError> {
        if let Some(known) = self.database.read(face_key::get)? {
            return Ok(known);
        }
        let (fresh, now) = (Zeroizing::new(self.random.bytes::<32>()?), self.clock.utc());
        let key = self.database.write(|tx| {
            if face_key::keep(tx, &fresh, now)? {
                let change = sequence::next(tx)?;
                event::touch(tx, change)?;
            }
            // Another process may have made one meanwhile.
            face_key::get(tx)?.ok_or(rusqlite::Error::QueryReturnedNoRows)
        })?;
        self.announce_changes()?;
        Ok(key)
    }
}

impl Press {
    fn print(
        &self,
        guest: Guest,
        template: Option<&portico_types::Template>,
    ) -> Result<IssuedTicket, TicketTooLarge> {
        let (attendee, code) = (AttendeeId::new(&guest.id), guest.ticket_code.clone());
        let bare = Ticket { attendee, code, not_after: self.not_after, face: None };
        let face: Option<SealedFace> = match (&self.key, template) {
            (Some(key), Some(template)) => Some(key.seal(&self.event_id, &bare, template)?),
            _ => None,
        };
        let has_face = face.is_some();
        let text = self.signer.sign(&Ticket { face, ..bare })?;
        let Guest { id: attendee_id, name, ticket_code, .. } = guest;
        Ok(IssuedTicket { attendee_id, name, ticket_code, text, has_face })
    }
}
