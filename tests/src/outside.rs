//! Time and chance as the test wants them.

use std::pin::Pin;
use std::time::Duration;

use portico_app::clock::Timer;
use portico_testkit::FakeClock;
use portico_types::{Clock, Tick, UtcMillis};

/// Waits on a clock that the test turns.
pub struct TurnedByHand(pub FakeClock);

impl Timer for TurnedByHand {
    fn wait_until(&self, moment: Tick) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(self.0.reached(moment))
    }
}

/// A clock whose hands are ahead of another one's; time passes alike on both.
pub struct Ahead {
    /// The right clock.
    pub of: FakeClock,
    /// By how much.
    pub by: Duration,
}

impl Clock for Ahead {
    fn now(&self) -> Tick {
        self.of.now()
    }

    fn utc(&self) -> UtcMillis {
        UtcMillis(self.of.utc().0 + self.by.as_millis() as i64)
    }
}

/// Bytes that look random and are the same in every run; each `seed` has its own (`SplitMix64`).
pub fn dice(seed: u64) -> impl FnMut(&mut [u8]) + Send + 'static {
    let mut state = seed.wrapping_mul(0x2545_F491_4F6C_DD1D);
    move |bytes| {
        for chunk in bytes.chunks_mut(8) {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
    }
}

/// The same as the server takes it.
pub fn server_dice(seed: u64) -> portico_server::Random {
    let roll = std::sync::Mutex::new(dice(seed));
    portico_server::Random::new(move |bytes| {
        (roll.lock().unwrap_or_else(std::sync::PoisonError::into_inner))(bytes);
        Ok(())
    })
}
