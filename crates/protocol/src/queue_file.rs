//! The encrypted file in which a kiosk's waiting entries reach the server when its network does not.
//!
//! Layout, all numbers little-endian: 8 bytes of magic, 1 byte version, Argon2id's memory in KiB, passes and lanes (4
//! bytes each), 16 bytes of salt, 16 bytes of passphrase check, 24 bytes of nonce, 4 bytes length of the rest; then
//! XChaCha20-Poly1305 over the JSON of a [`QueueFile`], with everything before it as associated data.
//! Knows neither clocks nor randomness nor disks: the caller hands in random bytes and writes the file.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::CheckInEntry;

/// Random bytes that [`seal`] needs: a salt and a nonce.
pub const RANDOM_BYTES: usize = SALT_BYTES + NONCE_BYTES;
/// Fewest characters of a passphrase: the file can be carried off and tried at leisure.
pub const PASSPHRASE_MIN_CHARS: usize = 12;

const MAGIC: [u8; 8] = *b"PORTICOQ";
const VERSION: u8 = 1;
const SALT_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;
const CHECK_BYTES: usize = 16;
const KEY_BYTES: usize = 32;
/// Magic, version, three parameters, salt, check, nonce, length.
const HEADER_BYTES: usize = 8 + 1 + 12 + SALT_BYTES + CHECK_BYTES + NONCE_BYTES + 4;

/// 64 MiB and three passes: what RFC 9106 recommends where memory is scarce, about a quarter of a second on a kiosk.
const COST: Cost = Cost { memory_kib: 64 * 1024, passes: 3, lanes: 1 };
/// What a file may ask for at most, so that a forged header cannot exhaust the machine that opens it.
const DEAREST: Cost = Cost { memory_kib: 512 * 1024, passes: 16, lanes: 16 };

/// What waits on a kiosk.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct QueueFile {
    /// What staff call the kiosk.
    pub kiosk: String,
    /// The kiosk's device id, if it was ever paired.
    pub device_id: Option<String>,
    /// When the file was made, RFC 3339.
    pub exported_at: String,
    /// The entries, in the order in which they were made.
    pub entries: Vec<CheckInEntry>,
}

/// Why a queue file cannot be made or opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueueFileError {
    /// The passphrase is too short to protect the file.
    #[error("the passphrase needs at least {PASSPHRASE_MIN_CHARS} characters")]
    WeakPassphrase,
    /// The file is something else.
    #[error("this is not a queue file of a kiosk")]
    Foreign,
    /// A newer release has written it.
    #[error("the queue file has version {0}, this release reads {VERSION}; use the newer release")]
    Newer(u8),
    /// The end is missing.
    #[error("the queue file is cut short: {found} of {expected} bytes are there; copy it again")]
    Truncated {
        /// Bytes that are there.
        found: usize,
        /// Bytes that should be there.
        expected: usize,
    },
    /// There is more than was written.
    #[error("the queue file has {0} bytes too many; copy it again")]
    TooLong(usize),
    /// The header asks for more work than any kiosk sets.
    #[error("the queue file's header was altered: it asks for more memory or time than any kiosk sets")]
    TooCostly,
    /// The passphrase does not fit. A changed header looks the same.
    #[error("the passphrase is wrong, or the first bytes of the file were altered")]
    WrongPassphrase,
    /// The passphrase fits and the content does not.
    #[error("the passphrase is right, but the queue file was altered; export it again")]
    Altered,
    /// What was written is not as this release knows it.
    #[error("the content of the queue file cannot be read: {0}")]
    Content(String),
    /// The key cannot be derived.
    #[error("the key cannot be derived from the passphrase: {0}")]
    Derivation(String),
}

/// What deriving the key costs.
#[derive(Clone, Copy)]
struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// What stands before the encrypted part.
struct Header {
    cost: Cost,
    salt: [u8; SALT_BYTES],
    check: [u8; CHECK_BYTES],
    nonce: [u8; NONCE_BYTES],
    body_bytes: u32,
}

/// Encrypts `queue` with a key derived from `passphrase`. `random` must never have been used before.
pub fn seal(
    passphrase: &str,
    queue: &QueueFile,
    random: &[u8; RANDOM_BYTES],
) -> Result<Vec<u8>, QueueFileError> {
    if passphrase.chars().count() < PASSPHRASE_MIN_CHARS {
        return Err(QueueFileError::WeakPassphrase);
    }
    let (salt, nonce) = random.split_at(SALT_BYTES);
    let (salt, nonce) = (copied(salt), copied(nonce));
    let content = Zeroizing::new(serde_json::to_vec(queue).map_err(unreadable)?);
    let (key, check) = derive(passphrase, &salt, COST)?;
    // The tag of 16 bytes comes on top of the text.
    let body_bytes = u32::try_from(content.len() + 16)
        .map_err(|_| QueueFileError::Content("there is more than one file can hold".to_owned()))?;
    let mut file = Header { cost: COST, salt, check, nonce, body_bytes }.to_bytes();
    let body = XChaCha20Poly1305::new((&*key).into())
        .encrypt(XNonce::from_slice(&nonce), Payload { msg: &content, aad: &file })
        .map_err(|_| QueueFileError::Content("there is more than one file can hold".to_owned()))?;
    file.extend_from_slice(&body);
    Ok(file)
}

/// Opens what [`seal`] made.
pub fn open(passphrase: &str, file: &[u8]) -> Result<QueueFile, QueueFileError> {
    let header = Header::read(file)?;
    let (key, check) = derive(passphrase, &header.salt, header.cost)?;
    // Compared at leisure: whoever holds the file can try passphrases faster than any timing would tell them.
    if check != header.check {
        return Err(QueueFileError::WrongPassphrase);
    }
    let (head, body) = file.split_at(HEADER_BYTES);
    let content = XChaCha20Poly1305::new((&*key).into())
        .decrypt(XNonce::from_slice(&header.nonce), Payload { msg: body, aad: head })
        .map(Zeroizing::new)
        .map_err(|_| QueueFileError::Altered)?;
    serde_json::from_slice(&content).map_err(unreadable)
}

impl Header {
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER_BYTES + self.body_bytes as usize);
        bytes.extend_from_slice(&MAGIC);
        bytes.push(VERSION);
        for number in [self.cost.memory_kib, self.cost.passes, self.cost.lanes] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes.extend_from_slice(&self.salt);
        bytes.extend_from_slice(&self.check);
        bytes.extend_from_slice(&self.nonce);
        bytes.extend_from_slice(&self.body_bytes.to_le_bytes());
        bytes
    }

    /// Reads the header and checks that the file is whole.
    fn read(file: &[u8]) -> Result<Self, QueueFileError> {
        let known = file.len().min(MAGIC.len());
        if known == 0 || file[..known] != MAGIC[..known] {
            return Err(QueueFileError::Foreign);
        }
        if let Some(version) = file.get(MAGIC.len()).filter(|version| **version != VERSION) {
            return Err(QueueFileError::Newer(*version));
        }
        let short = |expected| QueueFileError::Truncated { found: file.len(), expected };
        let head = file.get(..HEADER_BYTES).ok_or_else(|| short(HEADER_BYTES))?;
        let mut rest = &head[MAGIC.len() + 1..];
        let header = Self {
            cost: Cost {
                memory_kib: u32::from_le_bytes(take(&mut rest)),
                passes: u32::from_le_bytes(take(&mut rest)),
                lanes: u32::from_le_bytes(take(&mut rest)),
            },
            salt: take(&mut rest),
            check: take(&mut rest),
            nonce: take(&mut rest),
            body_bytes: u32::from_le_bytes(take(&mut rest)),
        };
        let expected = HEADER_BYTES + header.body_bytes as usize;
        match file.len() {
            found if found < expected => Err(short(expected)),
            found if found > expected => Err(QueueFileError::TooLong(found - expected)),
            _ => Ok(header),
        }
    }
}

/// The key, and the bytes that tell whether the passphrase was right.
type Derived = (Zeroizing<[u8; KEY_BYTES]>, [u8; CHECK_BYTES]);

fn derive(passphrase: &str, salt: &[u8; SALT_BYTES], cost: Cost) -> Result<Derived, QueueFileError> {
    if cost.memory_kib > DEAREST.memory_kib || cost.passes > DEAREST.passes || cost.lanes > DEAREST.lanes {
        return Err(QueueFileError::TooCostly);
    }
    let mut derived = Zeroizing::new([0; KEY_BYTES + CHECK_BYTES]);
    let failed = |error: argon2::Error| QueueFileError::Derivation(error.to_string());
    let params =
        Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(derived.len())).map_err(failed)?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut *derived)
        .map_err(failed)?;
    let (key, check) = derived.split_at(KEY_BYTES);
    Ok((Zeroizing::new(copied(key)), copied(check)))
}

/// The first `N` bytes of `bytes`, which has at least that many.
fn copied<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut array = [0; N];
    array.copy_from_slice(&bytes[..N]);
    array
}

fn take<const N: usize>(bytes: &mut &[u8]) -> [u8; N] {
    let array = copied(bytes);
    *bytes = &bytes[N..];
    array
}

#[expect(clippy::needless_pass_by_value, reason = "the signature that `map_err` asks for")]
fn unreadable(error: serde_json::Error) -> QueueFileError {
    // The line and column only: the error's own words may repeat what stands in the file.
    QueueFileError::Content(format!("line {}, column {}", error.line(), error.column()))
}

/// Says how much there is and nothing of whom it is about.
impl fmt::Debug for QueueFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QueueFile").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EntryKind;

    const PASSPHRASE: &str = "seven plain geese";
    const RANDOM: [u8; RANDOM_BYTES] = [7; RANDOM_BYTES];

    fn queue() -> QueueFile {
        let kind = EntryKind::CheckIn {
            attendee_id: "ada-lovelace".into(),
            gate: "north".into(),
            method: "ticket".into(),
            score: None,
            reason: Some("forgot the badge".into()),
        };
        let id = "0198f3a0-0000-7000-8000-000000000001".to_owned();
        QueueFile {
            kiosk: "Entrance left".into(),
            device_id: Some("device-1".into()),
            exported_at: "2026-11-21T09:30:00Z".into(),
            entries: vec![CheckInEntry { id, sequence: 1, at: "2026-11-21T09:29:00Z".into(), kind }],
        }
    }

    fn sealed() -> Vec<u8> {
        seal(PASSPHRASE, &queue(), &RANDOM).unwrap()
    }

    #[test]
    fn what_was_sealed_is_opened_with_the_same_passphrase_only() {
        let file = sealed();
        assert_eq!(open(PASSPHRASE, &file), Ok(queue()));
        assert_eq!(open("seven plain goose", &file), Err(QueueFileError::WrongPassphrase));
        assert!(!file.windows(3).any(|w| w == b"ada"), "the file must not be readable as it lies there");
    }

    #[test]
    fn a_file_that_is_cut_short_says_how_much_is_missing() {
        let file = sealed();
        for length in [1, 8, 9, 40, HEADER_BYTES, file.len() - 1] {
            let opened = open(PASSPHRASE, &file[..length]);
            assert!(
                matches!(opened, Err(QueueFileError::Truncated { found, expected }) if found == length && expected > found),
                "{length} bytes: {opened:?}"
            );
        }
        let longer = [file.as_slice(), b"!"].concat();
        assert_eq!(open(PASSPHRASE, &longer), Err(QueueFileError::TooLong(1)));
    }

    #[test]
    fn any_altered_byte_is_noticed() {
        let file = sealed();
        // One byte of every field, and some of the encrypted part: each opening takes its quarter of a second.
        for (at, expected) in [
            (0, QueueFileError::Foreign),
            (8, QueueFileError::Newer(VERSION ^ 0x40)),
            (12, QueueFileError::TooCostly),
            (16, QueueFileError::TooCostly),
            (20, QueueFileError::TooCostly),
            (21, QueueFileError::WrongPassphrase),
            (37, QueueFileError::WrongPassphrase),
            (53, QueueFileError::Altered),
            (HEADER_BYTES, QueueFileError::Altered),
            (file.len() - 1, QueueFileError::Altered),
        ] {
            let mut altered = file.clone();
            altered[at] ^= 0x40;
            assert_eq!(open(PASSPHRASE, &altered), Err(expected), "byte {at}");
        }
    }

    #[test]
    fn another_file_is_not_taken_for_a_queue() {
        for bytes in [&b""[..], b"{}", b"PORTICO database", b"\0\0\0\0\0\0\0\0\0"] {
            assert_eq!(open(PASSPHRASE, bytes), Err(QueueFileError::Foreign));
        }
    }

    #[test]
    fn a_passphrase_that_is_soon_guessed_is_refused() {
        assert_eq!(seal("goose", &queue(), &RANDOM), Err(QueueFileError::WeakPassphrase));
    }

    #[test]
    fn the_debug_form_tells_nothing_about_guests() {
        assert_eq!(format!("{:?}", queue()), "QueueFile { entries: 1, .. }");
    }
}
