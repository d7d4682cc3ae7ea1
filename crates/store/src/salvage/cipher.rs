//! Reads single pages of a `SQLCipher` file without `SQLCipher`, which gives a connection up at the first bad page.
//!
//! The form is that of `SQLCipher` 4 with a raw key: AES-256-CBC, then HMAC-SHA-512 over the encrypted bytes, the
//! initial vector and the page number. A page is either whole, to the bit and in its place, or it is not read at all.

use aes::Aes256;
use aes::cipher::{BlockDecryptMut, KeyIvInit, block_padding::NoPadding};
use sha2::{Digest, Sha512};
use zeroize::Zeroizing;

use crate::DatabaseKey;

/// Size of a page in bytes, as `SQLCipher` makes it unless told otherwise.
pub(crate) const PAGE_BYTES: usize = 4096;
/// What is left of a page for `SQLite`.
pub(crate) const USABLE_BYTES: usize = PAGE_BYTES - RESERVED_BYTES;
/// Start of the file: kept in the clear, mixed into the key that seals the pages.
pub(crate) const SALT_BYTES: usize = 16;

const RESERVED_BYTES: usize = 80;
const VECTOR_BYTES: usize = 16;
const SEAL_BYTES: usize = 64;
const BLOCK_BYTES: usize = 128;
const PLAIN_HEADER: &[u8; SALT_BYTES] = b"SQLite format 3\0";

/// HMAC-SHA-512 under one key.
#[derive(Clone)]
pub(crate) struct Seal {
    inner: Sha512,
    outer: Sha512,
}

impl Seal {
    pub(crate) fn new(key: &[u8]) -> Self {
        let pad = |fill: u8| {
            let mut block = Zeroizing::new([fill; BLOCK_BYTES]);
            for (byte, key) in block.iter_mut().zip(key) {
                *byte ^= key;
            }
            Sha512::new_with_prefix(block.as_slice())
        };
        Self { inner: pad(0x36), outer: pad(0x5c) }
    }

    pub(crate) fn over(&self, parts: &[&[u8]]) -> [u8; SEAL_BYTES] {
        let mut inner = self.inner.clone();
        for part in parts {
            inner.update(part);
        }
        self.outer.clone().chain_update(inner.finalize()).finalize().into()
    }
}

/// Key and seal of one database.
pub(crate) struct PageCipher {
    key: Zeroizing<[u8; 32]>,
    seal: Seal,
}

impl PageCipher {
    pub(crate) fn new(key: &DatabaseKey, salt: &[u8; SALT_BYTES]) -> Self {
        // The seal's key is PBKDF2 of the key and the masked salt, in two rounds.
        let masked = salt.map(|byte| byte ^ 0x3a);
        let by_key = Seal::new(key.bytes());
        let first = by_key.over(&[&masked, &1_u32.to_be_bytes()]);
        let second = by_key.over(&[&first]);
        let mut seal_key = Zeroizing::new([0_u8; 32]);
        for (place, byte) in seal_key.iter_mut().enumerate() {
            *byte = first[place] ^ second[place];
        }
        Self { key: Zeroizing::new(*key.bytes()), seal: Seal::new(seal_key.as_slice()) }
    }

    /// Whether these bytes are what was written as page `number`.
    pub(crate) fn is_whole(&self, number: u32, page: &[u8]) -> bool {
        let sealed_until = USABLE_BYTES + VECTOR_BYTES;
        let Some(seal) = page.get(sealed_until..sealed_until + SEAL_BYTES) else { return false };
        let expected = self.seal.over(&[&page[start(number)..sealed_until], &number.to_le_bytes()]);
        seal == expected
    }

    /// The page in the clear, if it is whole.
    pub(crate) fn open(&self, number: u32, page: &[u8]) -> Option<Vec<u8>> {
        if !self.is_whole(number, page) {
            return None;
        }
        let mut open = page[..USABLE_BYTES].to_vec();
        let vector = &page[USABLE_BYTES..USABLE_BYTES + VECTOR_BYTES];
        let cipher = cbc::Decryptor::<Aes256>::new_from_slices(self.key.as_slice(), vector).ok()?;
        cipher.decrypt_padded_mut::<NoPadding>(&mut open[start(number)..]).ok()?;
        if number == 1 {
            open[..SALT_BYTES].copy_from_slice(PLAIN_HEADER);
        }
        Some(open)
    }
}

/// The first page begins with the salt, which is neither encrypted nor sealed.
const fn start(number: u32) -> usize {
    if number == 1 { SALT_BYTES } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seal_is_the_standard_one() {
        let seal = Seal::new(b"Jefe").over(&[b"what do ya want ", b"for nothing?"]);
        assert_eq!(seal[..8], 0x164b_7a7b_fcf8_19e2_u64.to_be_bytes());
        assert_eq!(seal[56..], 0x636e_070a_38bc_e737_u64.to_be_bytes());
    }

    #[test]
    fn what_sqlcipher_wrote_is_read_without_it_and_only_in_its_place() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("any.db");
        let key = DatabaseKey::new([7; 32]);
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.execute_batch(&key.pragma()).unwrap();
        connection
            .execute_batch("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('hello')")
            .unwrap();
        drop(connection);
        let mut bytes = std::fs::read(&path).unwrap();
        let cipher = PageCipher::new(&key, bytes[..SALT_BYTES].try_into().unwrap());
        let second = cipher.open(2, &bytes[PAGE_BYTES..2 * PAGE_BYTES]).unwrap();
        assert!(second.windows(5).any(|window| window == b"hello"));
        assert!(cipher.open(1, &bytes[..PAGE_BYTES]).unwrap().starts_with(PLAIN_HEADER));
        assert!(!cipher.is_whole(3, &bytes[PAGE_BYTES..2 * PAGE_BYTES]), "a page in another's place");
        bytes[PAGE_BYTES + 1_000] ^= 1;
        assert!(!cipher.is_whole(2, &bytes[PAGE_BYTES..2 * PAGE_BYTES]), "one bit");
    }
}
