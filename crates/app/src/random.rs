//! Randomness, injected so that tests can replay it (I6), and the ids made from it.

use std::sync::{Arc, Mutex, PoisonError};

use portico_types::{CheckInId, UtcMillis};
use uuid::{Builder, Uuid};

type Fill = dyn FnMut(&mut [u8]) + Send;

/// A source of random bytes.
#[derive(Clone)]
pub struct Random(Arc<Mutex<Box<Fill>>>);

impl Random {
    /// Bytes from the operating system.
    ///
    /// # Panics
    /// When the operating system gives none.
    pub fn system() -> Self {
        Self::new(|bytes| {
            // Without randomness neither keys nor ids can be made: nothing that follows would be safe.
            #[expect(
                clippy::expect_used,
                reason = "an operating system without randomness cannot run a kiosk"
            )]
            getrandom::fill(bytes).expect("the operating system gives random bytes");
        })
    }

    /// Bytes from `fill`.
    pub fn new(fill: impl FnMut(&mut [u8]) + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(Box::new(fill))))
    }

    /// Fills `bytes`.
    pub fn fill(&self, bytes: &mut [u8]) {
        (self.0.lock().unwrap_or_else(PoisonError::into_inner))(bytes);
    }

    /// One of `choices`, each as likely as another if there are few of them. There must be at least one.
    pub fn one_of<T: Copy>(&self, choices: &[T]) -> T {
        let mut bytes = [0; 4];
        self.fill(&mut bytes);
        choices[u32::from_le_bytes(bytes) as usize % choices.len()]
    }

    /// A new `UUIDv7` for the time `at`.
    pub fn uuid(&self, at: UtcMillis) -> Uuid {
        let mut bytes = [0; 10];
        self.fill(&mut bytes);
        Builder::from_unix_timestamp_millis(u64::try_from(at.0).unwrap_or(0), &bytes).into_uuid()
    }

    /// A new check-in id for the time `at`.
    pub fn check_in_id(&self, at: UtcMillis) -> CheckInId {
        CheckInId(self.uuid(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_drawn_sooner_or_later() {
        let random = Random::system();
        let drawn: std::collections::BTreeSet<u8> = (0..200).map(|_| random.one_of(&[1, 2, 3])).collect();
        assert_eq!(drawn.len(), 3, "whoever knows what is asked next can bring the film of it");
    }

    #[test]
    fn ids_made_later_sort_later() {
        let random = Random::system();
        let (early, late) = (random.check_in_id(UtcMillis(1_000)), random.check_in_id(UtcMillis(2_000)));
        assert!(early < late, "UUIDv7 starts with the time");
        assert_eq!(early.0.get_version_num(), 7);
    }
}
