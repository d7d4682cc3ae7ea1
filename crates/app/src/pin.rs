//! Staff PINs: hashed with argon2id, and guessing slowed down.

use std::time::Duration;

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use portico_types::Tick;

use crate::random::Random;

/// Why a PIN was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// Not four to twelve digits.
    #[error("a PIN is four to twelve digits")]
    Shape,
    /// The hash could not be made or read.
    #[error("the PIN's hash cannot be made or read")]
    Hash,
}

/// 19 MiB, two passes, one lane: the least that OWASP's password storage advice names for argon2id. A tablet takes
/// about 50 ms for it.
fn argon2() -> Result<Argon2<'static>, PinError> {
    let params = Params::new(19_456, 2, 1, None).map_err(|_| PinError::Hash)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Checks a PIN's shape.
pub fn check_shape(pin: &str) -> Result<(), PinError> {
    let digits = pin.bytes().all(|b| b.is_ascii_digit());
    if digits && (4..=12).contains(&pin.len()) { Ok(()) } else { Err(PinError::Shape) }
}

/// The PHC string to store for `pin`. Takes tens of milliseconds: not for an async thread.
pub fn hash(pin: &str, random: &Random) -> Result<String, PinError> {
    check_shape(pin)?;
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    let salt = SaltString::encode_b64(&bytes).map_err(|_| PinError::Hash)?;
    let hash = argon2()?.hash_password(pin.as_bytes(), &salt).map_err(|_| PinError::Hash)?;
    Ok(hash.to_string())
}

/// Whether `pin` is the one behind `stored`. Takes tens of milliseconds: not for an async thread.
pub fn verify(pin: &str, stored: &str) -> Result<bool, PinError> {
    let hash = PasswordHash::new(stored).map_err(|_| PinError::Hash)?;
    Ok(argon2()?.verify_password(pin.as_bytes(), &hash).is_ok())
}

/// Slows guessing down: after five wrong PINs a wait of 30 s, doubled with each further one up to 15 minutes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lockout {
    failures: u32,
    refused_until: Tick,
}

impl Lockout {
    const FREE_GUESSES: u32 = 5;
    const FIRST_WAIT: Duration = Duration::from_secs(30);
    const LONGEST_WAIT: Duration = Duration::from_mins(15);

    /// How long PINs are refused from `now` on, if they are.
    pub fn wait(&self, now: Tick) -> Option<Duration> {
        let wait = self.refused_until.since(now);
        (!wait.is_zero()).then_some(wait)
    }

    /// A wrong PIN was typed.
    pub fn failed(&mut self, now: Tick) {
        self.failures += 1;
        if let Some(beyond) = self.failures.checked_sub(Self::FREE_GUESSES) {
            let wait = Self::FIRST_WAIT.saturating_mul(1 << beyond.min(16)).min(Self::LONGEST_WAIT);
            self.refused_until = now + wait;
        }
    }

    /// The right PIN was typed.
    pub fn succeeded(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_pin_opens_and_the_hash_hides_it() {
        let stored = hash("2468", &Random::system()).unwrap();
        assert!(stored.starts_with("$argon2id$"));
        assert!(!stored.contains("2468"));
        assert_eq!(verify("2468", &stored), Ok(true));
        assert_eq!(verify("2469", &stored), Ok(false));
    }

    #[test]
    fn a_pin_is_four_to_twelve_digits() {
        for bad in ["", "123", "12a4", "1234567890123", "１２３４"] {
            assert_eq!(check_shape(bad), Err(PinError::Shape), "{bad} must be refused");
        }
        assert_eq!(check_shape("0000"), Ok(()));
    }

    #[test]
    fn guessing_gets_slower_and_the_right_pin_forgives() {
        let mut lockout = Lockout::default();
        let now = Tick::from_millis(1_000);
        for _ in 0..4 {
            lockout.failed(now);
        }
        assert_eq!(lockout.wait(now), None, "typing errors are human");
        lockout.failed(now);
        assert_eq!(lockout.wait(now), Some(Duration::from_secs(30)));
        lockout.failed(now);
        assert_eq!(lockout.wait(now), Some(Duration::from_mins(1)));
        for _ in 0..40 {
            lockout.failed(now);
        }
        assert_eq!(lockout.wait(now), Some(Duration::from_mins(15)), "waits end");
        lockout.succeeded();
        assert_eq!(lockout.wait(now), None);
    }
}
