//! The face in a ticket: sealed, so that only the event's kiosks can open it, and bound to all that its ticket says.
//!
//! Sealed are 12 bytes of nonce, the encrypted content, and 16 bytes of tag. The content, big-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | the last second in which the guest's consent holds, since 1970 |
//! | 8 | which template it is: the first bytes of SHA-256 over its id |
//! | n | the vector, a signed byte for each number, in steps of a 127th of the largest |
//!
//! ChaCha20-Poly1305 with a key made from the event's; the associated data are the ticket's bytes before the face and the
//! recogniser's name, so that a face opens in its own ticket only, and for its own recogniser. The nonce is a keyed hash
//! of the associated data and the content: sealing again gives the same bytes, and no nonce serves two contents.
//!
//! A byte a number changes a cosine by two thousandths at most (`tests.rs` measures it); a tenfold share of strangers is
//! eighty thousandths away. Whether the ticket is genuine is its signature's business, not the seal's.

use std::fmt;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use data_encoding::HEXLOWER;
use portico_types::{Embedding, ModelId, Template, TemplateId, UtcMillis};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize as _, Zeroizing};

use super::{Ticket, TicketTooLarge, body, mark};

const DOMAIN: &[u8] = b"portico-ticket-face/1\0";
const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 12;
const MARK_BYTES: usize = 8;
/// Longest vector. A longer one would make a code that no camera reads.
const MOST_NUMBERS: usize = 512;
/// Largest step of a number, either way.
const STEPS: f32 = 127.0;

/// The key with which an event's faces are sealed. Secret: it goes to paired kiosks only, and `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FaceKey(Zeroizing<[u8; KEY_BYTES]>);

/// Text that is no key or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it needs exactly {0} hexadecimal digits")]
pub struct NotHexadecimal(usize);

/// A face as its ticket carries it. Opens with [`FaceKey::open`].
#[derive(Clone, PartialEq, Eq)]
pub struct SealedFace(pub(super) Vec<u8>);

/// Names a template without telling anything of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FaceMark([u8; MARK_BYTES]);

/// The face of an opened ticket. Overwritten when it is dropped.
#[derive(Clone, Debug, PartialEq)]
pub struct TicketFace {
    /// The vector, as near to the enrolled one as a byte a number comes.
    pub embedding: Zeroizing<Embedding>,
    /// Which template it was made from.
    pub template: FaceMark,
    /// When it may not be used any more.
    pub expires_at: UtcMillis,
}

impl FaceKey {
    /// The key with these bytes.
    pub fn new(bytes: [u8; KEY_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Seals the vector of `template` for `ticket` of the event with this id.
    pub fn seal(
        &self,
        event_id: &str,
        ticket: &Ticket,
        template: &Template,
    ) -> Result<SealedFace, TicketTooLarge> {
        let bound = bound_to(event_id, ticket, &template.model)?;
        let end = u32::try_from(template.expires_at.0.div_euclid(1_000)).map_err(|_| TicketTooLarge)?;
        let values = template.embedding.values();
        if values.len() > MOST_NUMBERS {
            return Err(TicketTooLarge);
        }
        let mut content = Zeroizing::new(Vec::with_capacity(4 + MARK_BYTES + values.len()));
        content.extend(end.to_be_bytes());
        content.extend(FaceMark::of(&template.id).0);
        let largest = values.iter().fold(f32::MIN_POSITIVE, |largest, value| largest.max(value.abs()));
        content.extend(values.iter().map(|value| (value / largest * STEPS).round() as i8 as u8));
        let nonce = self.nonce(&bound, &content);
        let sealed = self.cipher().encrypt(Nonce::from_slice(&nonce), Payload { msg: &content, aad: &bound });
        Ok(SealedFace([&nonce[..], &sealed.map_err(|_| TicketTooLarge)?].concat()))
    }

    /// The face of `ticket`, a verified one of the event with this id, for the recogniser `model`. `None` if it carries
    /// none, or one that was sealed with another key, for another ticket or for another recogniser.
    pub fn open(&self, event_id: &str, ticket: &Ticket, model: &ModelId) -> Option<TicketFace> {
        let bound = bound_to(event_id, ticket, model).ok()?;
        let (nonce, sealed) = ticket.face.as_ref()?.0.split_at_checked(NONCE_BYTES)?;
        let opened = self.cipher().decrypt(Nonce::from_slice(nonce), Payload { msg: sealed, aad: &bound });
        let content = Zeroizing::new(opened.ok()?);
        let (end, rest) = content.split_first_chunk()?;
        let (template, steps) = rest.split_first_chunk()?;
        let values = steps.iter().map(|step| f32::from(*step as i8)).collect();
        Some(TicketFace {
            embedding: Zeroizing::new(Embedding::normalised(values).ok()?),
            template: FaceMark(*template),
            expires_at: UtcMillis(i64::from(u32::from_be_bytes(*end)) * 1_000),
        })
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        let mut key =
            Sha256::new().chain_update(DOMAIN).chain_update(b"key").chain_update(*self.0).finalize();
        let cipher = ChaCha20Poly1305::new(&key);
        key.zeroize();
        cipher
    }

    fn nonce(&self, bound: &[u8], content: &[u8]) -> [u8; NONCE_BYTES] {
        let hash = Sha256::new().chain_update(DOMAIN).chain_update(b"nonce").chain_update(*self.0);
        let digest = hash.chain_update((bound.len() as u64).to_be_bytes()).chain_update(bound);
        let digest = digest.chain_update(content).finalize();
        std::array::from_fn(|at| digest[at])
    }
}

impl FaceMark {
    /// The mark of the template with this id.
    pub fn of(template: &TemplateId) -> Self {
        let digest = Sha256::digest(template.as_str().as_bytes());
        Self(std::array::from_fn(|at| digest[at]))
    }
}

/// What a face is bound to: all that its ticket says beside it, and the recogniser.
fn bound_to(event_id: &str, ticket: &Ticket, model: &ModelId) -> Result<Vec<u8>, TicketTooLarge> {
    let bare = Ticket { face: None, ..ticket.clone() };
    Ok([DOMAIN, &body(mark(event_id), &bare)?, model.0.as_bytes()].concat())
}

fn hexadecimal<const N: usize>(digits: &str) -> Result<[u8; N], NotHexadecimal> {
    let bytes = HEXLOWER.decode(digits.to_ascii_lowercase().as_bytes()).map_err(|_| NotHexadecimal(2 * N))?;
    bytes.try_into().map_err(|_| NotHexadecimal(2 * N))
}

impl TryFrom<String> for FaceKey {
    type Error = NotHexadecimal;

    fn try_from(digits: String) -> Result<Self, NotHexadecimal> {
        hexadecimal(&Zeroizing::new(digits)).map(Self::new)
    }
}

impl From<FaceKey> for String {
    fn from(key: FaceKey) -> Self {
        HEXLOWER.encode(&*key.0)
    }
}

impl TryFrom<String> for FaceMark {
    type Error = NotHexadecimal;

    fn try_from(digits: String) -> Result<Self, NotHexadecimal> {
        hexadecimal(&digits).map(Self)
    }
}

impl From<FaceMark> for String {
    fn from(mark: FaceMark) -> Self {
        HEXLOWER.encode(&mark.0)
    }
}

impl fmt::Debug for FaceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FaceKey")
    }
}

impl fmt::Debug for SealedFace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedFace({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests;
