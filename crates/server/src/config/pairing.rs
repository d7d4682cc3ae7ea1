//! Pairing codes.

use std::time::Duration;

/// Length of pairing codes, and how many wrong ones are borne.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairingParams {
    /// Characters of a code.
    pub code_length: usize,
    /// Wrong codes borne within `window`, from all callers together.
    pub failures: usize,
    /// How long a wrong code counts.
    pub window: Duration,
}

impl Default for PairingParams {
    fn default() -> Self {
        Self {
            // 31^8 is 8.5e11: at ten guesses a minute a code that lives an hour falls once in a billion tries.
            code_length: 8,
            failures: 10,
            window: Duration::from_mins(1),
        }
    }
}
