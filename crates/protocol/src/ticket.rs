//! Signed tickets: who may enter, in a form that a kiosk believes without asking anybody.
//!
//! A ticket is text that a QR code holds well: `PT1` and then Base32 (RFC 4648, no padding), so only capital letters and
//! digits. Those are the alphanumeric mode of QR, and what hand scanners type without Shift on any keyboard, which the
//! denser Base45 with its spaces, `$` and `%` is not. Case, spaces and dashes do not matter.
//!
//! The bytes, big-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 8 | the event: the first bytes of SHA-256 over its id |
//! | 1 | bit 0: there is a time; bit 1: the guest's id is a UUID; the others are 0 |
//! | 4 | only with bit 0: the last second in which the ticket is good, since 1970 |
//! | 16, or 1 and its value | the guest's id: the UUID's bytes, or length and text |
//! | 1 and its value | the ticket code, length and text |
//! | 64 | Ed25519 over `portico-ticket/1`, a zero byte, and all bytes before |
//!
//! A ticket that carries its guest's face begins with `PT2`, has the sealed face ([`SealedFace`]) between code and
//! signature, and is signed over `portico-ticket/2`.
//!
//! There is exactly one text for a ticket and key: whatever else decodes is refused.

mod face;

use data_encoding::BASE32_NOPAD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use portico_types::{AttendeeId, TicketRefusal, UtcMillis};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub use face::{FaceKey, FaceMark, NotHexadecimal, SealedFace, TicketFace};

/// Begins every signed ticket of this form. A later form has another digit.
const PREFIX: &str = "PT1";
/// The same with a face.
const FACE_PREFIX: &str = "PT2";
/// Shorter texts are plain codes, whatever they begin with: a signature alone has 103 characters.
const SHORTEST: usize = 100;
/// Stands before what is signed, so that no other signed text can be taken for a ticket.
const DOMAIN: &[u8] = b"portico-ticket/1\0";
/// The same with a face.
const FACE_DOMAIN: &[u8] = b"portico-ticket/2\0";
/// Bytes of an event's mark.
const MARK: usize = 8;
const HAS_END: u8 = 1;
const HAS_UUID: u8 = 2;

/// What a ticket says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Whose it is.
    pub attendee: AttendeeId,
    /// The plain code that is printed beside it. A guest who gets another one has revoked this ticket.
    pub code: String,
    /// When it ends, to the second; `None`: with the event.
    pub not_after: Option<UtcMillis>,
    /// Its guest's face, if it carries one.
    pub face: Option<SealedFace>,
}

/// The public half of the key with which an event's tickets are signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketKey(VerifyingKey);

impl TicketKey {
    /// The key of 64 hexadecimal digits; `None` if they are none.
    pub fn parse(digits: &str) -> Option<Self> {
        let lower = digits.to_ascii_lowercase();
        let bytes = data_encoding::HEXLOWER.decode(lower.as_bytes()).ok()?;
        VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok().map(Self)
    }
}

impl std::fmt::Display for TicketKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(self.0.as_bytes()))
    }
}

/// An id or a code is longer than a ticket holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a ticket holds an id and a code of at most 255 bytes each, and an end before the year 2106")]
pub struct TicketTooLarge;

/// Signs the tickets of one event.
pub struct TicketSigner {
    key: SigningKey,
    mark: [u8; MARK],
}

impl TicketSigner {
    /// Signs with the 32 bytes of `secret` for the event with this id.
    pub fn new(secret: &[u8; 32], event_id: &str) -> Self {
        Self { key: SigningKey::from_bytes(secret), mark: mark(event_id) }
    }

    /// What kiosks check the tickets with.
    pub fn key(&self) -> TicketKey {
        TicketKey(self.key.verifying_key())
    }

    /// The text of `ticket`, as its QR code holds it.
    pub fn sign(&self, ticket: &Ticket) -> Result<String, TicketTooLarge> {
        let (prefix, domain) = form(ticket.face.is_some());
        let mut bytes = body(self.mark, ticket)?;
        bytes.extend(self.key.sign(&signed(domain, &bytes)).to_bytes());
        Ok(prefix.to_owned() + &BASE32_NOPAD.encode(&bytes))
    }
}

/// Whether `text` is meant as a signed ticket. A plain code never is.
pub fn is_signed_ticket(text: &str) -> bool {
    let tidy = tidied(text);
    tidy.len() >= SHORTEST && (tidy.starts_with(PREFIX) || tidy.starts_with(FACE_PREFIX))
}

/// What the signed ticket `text` says, if one of `keys` signed it for the event with this id and `now` is not after its
/// end. Of a ticket with several faults the first of signature, event, end is told.
pub fn verify_ticket(
    text: &str,
    keys: &[TicketKey],
    event_id: &str,
    now: UtcMillis,
) -> Result<Ticket, TicketRefusal> {
    let tidy = tidied(text);
    let has_face = tidy.starts_with(FACE_PREFIX);
    let (prefix, domain) = form(has_face);
    let encoded = tidy.strip_prefix(prefix).ok_or(TicketRefusal::Forged)?;
    let bytes = BASE32_NOPAD.decode(encoded.as_bytes()).map_err(|_| TicketRefusal::Forged)?;
    let (said, signature) = bytes.split_last_chunk().ok_or(TicketRefusal::Forged)?;
    let (message, signature) = (signed(domain, said), Signature::from_bytes(signature));
    if !keys.iter().any(|key| key.0.verify_strict(&message, &signature).is_ok()) {
        return Err(TicketRefusal::Forged);
    }
    let (event, ticket) = read(said, has_face).ok_or(TicketRefusal::Forged)?;
    if event != mark(event_id) {
        return Err(TicketRefusal::OtherEvent);
    }
    // The last second is a whole one.
    if ticket.not_after.is_some_and(|end| now.0 >= end.0 + 1_000) {
        return Err(TicketRefusal::Expired);
    }
    Ok(ticket)
}

/// Capital letters and digits, without what scanners and people put between them.
fn tidied(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-')).map(|c| c.to_ascii_uppercase()).collect()
}

fn mark(event_id: &str) -> [u8; MARK] {
    let digest = Sha256::digest(event_id.as_bytes());
    std::array::from_fn(|at| digest[at])
}

/// How a ticket with or without a face begins, and what stands before what is signed.
fn form(has_face: bool) -> (&'static str, &'static [u8]) {
    if has_face { (FACE_PREFIX, FACE_DOMAIN) } else { (PREFIX, DOMAIN) }
}

fn signed(domain: &[u8], said: &[u8]) -> Vec<u8> {
    [domain, said].concat()
}

/// Everything but the signature.
fn body(mark: [u8; MARK], ticket: &Ticket) -> Result<Vec<u8>, TicketTooLarge> {
    let end = ticket.not_after.map(|end| u32::try_from(end.0.div_euclid(1_000))).transpose();
    let end = end.map_err(|_| TicketTooLarge)?;
    let uuid = uuid_of(ticket.attendee.as_str());
    let flags = u8::from(end.is_some()) * HAS_END + u8::from(uuid.is_some()) * HAS_UUID;
    let mut bytes = mark.to_vec();
    bytes.push(flags);
    bytes.extend(end.into_iter().flat_map(u32::to_be_bytes));
    match uuid {
        Some(uuid) => bytes.extend(uuid.as_bytes()),
        None => put_text(&mut bytes, ticket.attendee.as_str())?,
    }
    put_text(&mut bytes, &ticket.code)?;
    bytes.extend(ticket.face.iter().flat_map(|face| &face.0));
    Ok(bytes)
}

/// The UUID, if `id` is one written in the usual way, so that its bytes give the same text back.
fn uuid_of(id: &str) -> Option<Uuid> {
    Uuid::try_parse(id).ok().filter(|uuid| uuid.to_string() == id)
}

fn put_text(bytes: &mut Vec<u8>, text: &str) -> Result<(), TicketTooLarge> {
    bytes.push(u8::try_from(text.len()).map_err(|_| TicketTooLarge)?);
    bytes.extend(text.as_bytes());
    Ok(())
}

/// Mark and ticket; `None` if the bytes are not exactly those that [`body`] makes of them.
fn read(said: &[u8], has_face: bool) -> Option<([u8; MARK], Ticket)> {
    let (mark, rest) = said.split_first_chunk::<MARK>()?;
    let (flags, rest) = rest.split_first()?;
    let (not_after, rest) = if flags & HAS_END != 0 {
        let (end, rest) = rest.split_first_chunk()?;
        (Some(UtcMillis(i64::from(u32::from_be_bytes(*end)) * 1_000)), rest)
    } else {
        (None, rest)
    };
    let (attendee, rest) = if flags & HAS_UUID != 0 {
        let (uuid, rest) = rest.split_first_chunk()?;
        (Uuid::from_bytes(*uuid).to_string(), rest)
    } else {
        take_text(rest)?
    };
    let (code, rest) = take_text(rest)?;
    let face = has_face.then(|| SealedFace(rest.to_vec()));
    let ticket = Ticket { attendee: AttendeeId::new(attendee), code, not_after, face };
    // Without a face nothing may be left, and this notices it.
    let whole = body(*mark, &ticket).is_ok_and(|again| again == said);
    whole.then_some((*mark, ticket))
}

fn take_text(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (length, rest) = bytes.split_first()?;
    let (text, rest) = rest.split_at_checked(usize::from(*length))?;
    Some((String::from_utf8(text.to_vec()).ok()?, rest))
}

#[cfg(test)]
mod tests;
