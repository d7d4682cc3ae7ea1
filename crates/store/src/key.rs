//! The key of the database, and where it comes from.

use std::io;
use std::path::PathBuf;

use zeroize::Zeroizing;

use crate::salvage::Seal;

mod file;

pub use file::FileKey;

/// Raw key of 256 bits. Wiped from memory when dropped; never shown.
pub struct DatabaseKey(Zeroizing<[u8; 32]>);

impl DatabaseKey {
    /// Takes the raw key over.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The same key once more, for whoever reopens the database.
    pub(crate) fn duplicate(&self) -> Self {
        Self::new(*self.0)
    }

    /// The raw key.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Another secret of 256 bits, made from this one for `purpose`. It gives nothing away of the key, nor of what is made
    /// for other purposes.
    pub(crate) fn secret_for(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        let whole = Zeroizing::new(Seal::new(&*self.0).over(&[purpose.as_bytes()]));
        let mut secret = Zeroizing::new([0; 32]);
        secret.copy_from_slice(&whole[..32]);
        secret
    }

    /// The statement that tells `SQLCipher` the raw key, so that it derives nothing from it.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        // Sized beforehand: a growing string would leave copies of the key behind.
        let mut sql = Zeroizing::new(String::with_capacity(96));
        sql.push_str("PRAGMA key = \"x'");
        for byte in *self.0 {
            sql.push(char::from(DIGITS[usize::from(byte >> 4)]));
            sql.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        sql.push_str("'\";");
        sql
    }
}

impl std::fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DatabaseKey(hidden)")
    }
}

/// How well the key is kept from whoever takes the machine away. The diagnostics page shows the level in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyProtection {
    /// Bound to a chip of this machine.
    Hardware,
    /// Kept by the operating system for the signed-in user.
    OperatingSystem,
    /// In a file that only the kiosk's user may read: who takes the whole disk, takes the key.
    File,
}

/// A place that keeps the key.
pub trait KeyProvider {
    /// The key of the database that exists. Never makes one: a new key would lock the old data away for ever.
    fn key(&self) -> Result<DatabaseKey, KeyError>;

    /// The key for a database that is about to be created; made now if there is none yet.
    fn key_for_new_database(&self) -> Result<DatabaseKey, KeyError> {
        self.key()
    }

    /// How well it is kept.
    fn protection(&self) -> KeyProtection;
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The place is empty.
    #[error("the key file {path} is missing. Put it back; without it the existing database cannot be read")]
    Missing {
        /// Where the key was expected.
        path: PathBuf,
    },
    /// Others than the kiosk's user may read the key.
    #[error(
        "the key file {path} is open to other users (mode {mode:o}). Restrict it to its owner (mode 600)"
    )]
    Exposed {
        /// The key file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The key is torn, or another kind of file.
    #[error("the key file {path} holds {length} bytes instead of 32. Put the right file back")]
    WrongLength {
        /// The key file.
        path: PathBuf,
        /// Its size in bytes.
        length: u64,
    },
    /// The random source gave nothing usable.
    #[error("no random bytes for a new key: {0}")]
    Random(#[source] io::Error),
    /// The operating system refused.
    #[error("the key file {path} cannot be used: {source}")]
    Io {
        /// The key file.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_told_to_the_cipher_as_raw_bytes() {
        let sql = DatabaseKey::new([0xa5; 32]).pragma();
        assert_eq!(*sql, format!("PRAGMA key = \"x'{}'\";", "a5".repeat(32)));
    }

    #[test]
    fn a_secret_belongs_to_one_key_and_one_purpose() {
        let (key, other) = (DatabaseKey::new([7; 32]), DatabaseKey::new([8; 32]));
        assert_eq!(key.secret_for("pins"), key.secret_for("pins"));
        assert_ne!(key.secret_for("pins"), key.secret_for("else"));
        assert_ne!(key.secret_for("pins"), other.secret_for("pins"));
        assert_ne!(&*key.secret_for("pins"), key.bytes());
    }

    #[test]
    fn a_log_line_never_shows_the_key() {
        assert_eq!(format!("{:?}", DatabaseKey::new([7; 32])), "DatabaseKey(hidden)");
    }
}
