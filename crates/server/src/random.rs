//! Randomness as an argument: tokens, pairing codes, ids and ticket codes are drawn from here.
//!
//! The library never asks the operating system itself, so that tests can repeat what they see.

use std::io;
use std::sync::Arc;

use uuid::Builder;

type Fill = dyn Fn(&mut [u8]) -> io::Result<()> + Send + Sync;

/// Letters and digits that nobody confuses when reading them aloud or typing them.
const READABLE: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";

/// A source of random bytes. Must be fit for secrets.
#[derive(Clone)]
pub struct Random(Arc<Fill>);

impl Random {
    /// Wraps a closure that fills the given bytes.
    pub fn new(fill: impl Fn(&mut [u8]) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self(Arc::new(fill))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        (self.0)(&mut bytes)?;
        Ok(bytes)
    }

    /// A random UUID as text.
    pub fn id(&self) -> io::Result<String> {
        Ok(Builder::from_random_bytes(self.bytes()?).into_uuid().to_string())
    }

    /// `length` characters of the readable alphabet, each equally likely.
    pub fn readable(&self, length: usize) -> io::Result<String> {
        let mut text = String::with_capacity(length);
        while text.len() < length {
            // Five bits at a time; the one value beyond the alphabet is drawn again, so that no letter is favoured.
            for byte in self.bytes::<16>()? {
                match READABLE.get(usize::from(byte & 0b1_1111)) {
                    Some(letter) if text.len() < length => text.push(char::from(*letter)),
                    _ => {}
                }
            }
        }
        Ok(text)
    }
}

impl std::fmt::Debug for Random {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Random")
    }
}

/// `bytes` as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|n| char::from_digit(n.into(), 16))
        .collect()
}

/// Bytes that count, for tests.
#[cfg(test)]
pub(crate) fn counting() -> Random {
    use std::sync::atomic::{AtomicU8, Ordering};

    let next = AtomicU8::new(0);
    Random::new(move |bytes| {
        for byte in bytes {
            *byte = next.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_readable_code_has_its_length_and_no_letters_that_look_alike() {
        let code = counting().readable(200).unwrap();
        assert_eq!(code.len(), 200);
        assert!(!code.contains(['0', 'O', '1', 'I', 'L']), "{code} would be misread at the door");
    }

    #[test]
    fn every_letter_is_equally_likely() {
        let code = counting().readable(31 * 8).unwrap();
        for letter in READABLE {
            let count = code.bytes().filter(|b| b == letter).count();
            assert_eq!(count, 8, "a counter visits every five-bit value equally often");
        }
    }

    #[test]
    fn hexadecimal_digits_come_in_order() {
        assert_eq!(hex(&[0x00, 0x1f, 0xe2]), "001fe2");
    }

    #[test]
    fn a_source_that_fails_is_not_replaced_by_zeros() {
        let broken = Random::new(|_| Err(io::Error::other("no entropy")));
        assert!(broken.readable(6).is_err());
        assert!(broken.id().is_err());
    }
}
