//! A clock that stands still until a test turns it.

use std::sync::Arc;
use std::time::Duration;

use portico_camera::Pacer;
use portico_types::{Clock, Tick, UtcMillis};
use tokio::sync::watch;

/// 12 September 2026, 18:00 UTC: doors open.
const DOORS_OPEN: UtcMillis = UtcMillis(1_789_236_000_000);

/// A clock that tests turn. Clones show the same time.
#[derive(Clone)]
pub struct FakeClock(Arc<watch::Sender<Faces>>);

#[derive(Clone, Copy)]
struct Faces {
    tick: Tick,
    utc: UtcMillis,
}

impl FakeClock {
    /// A clock at [`Tick::ZERO`], on an evening in September 2026.
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(Faces { tick: Tick::ZERO, utc: DOORS_OPEN })))
    }

    /// Lets time pass, on both faces.
    pub fn advance(&self, by: Duration) {
        self.0.send_modify(|faces| {
            faces.tick = faces.tick + by;
            faces.utc.0 += by.as_millis() as i64;
        });
    }

    /// Lets time pass until `tick`, if that is to come.
    pub fn advance_to(&self, tick: Tick) {
        let rest = tick.since(self.now());
        self.advance(rest);
    }

    /// Sets the wall clock, as a user or NTP would. Monotonic time knows nothing of it.
    pub fn set_utc(&self, utc: UtcMillis) {
        self.0.send_modify(|faces| faces.utc = utc);
    }

    /// Ends when the clock has been turned to `moment` or beyond.
    pub fn reached(&self, moment: Tick) -> impl Future<Output = ()> + Send + use<> {
        let mut faces = self.0.subscribe();
        async move {
            // An error means that the clock is gone: then nothing will ever be due.
            if faces.wait_for(|faces| faces.tick >= moment).await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    /// A pacer that turns this clock instead of waiting: what plays by it plays as fast as it can.
    pub fn self_turning(&self) -> SelfTurning {
        SelfTurning(self.clone())
    }

    fn faces(&self) -> Faces {
        *self.0.borrow()
    }
}

impl Default for FakeClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Tick {
        self.faces().tick
    }

    fn utc(&self) -> UtcMillis {
        self.faces().utc
    }
}

/// Turns a [`FakeClock`] to the moment that is waited for.
pub struct SelfTurning(FakeClock);

impl Pacer for SelfTurning {
    fn wait_until(&mut self, when: Tick) {
        self.0.advance_to(when);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_faces_go_forward_together_and_setting_one_leaves_the_other() {
        let clock = FakeClock::new();
        clock.clone().advance(Duration::from_millis(1500));
        assert_eq!(clock.now(), Tick::from_millis(1500));
        assert_eq!(clock.utc(), UtcMillis(DOORS_OPEN.0 + 1500));
        clock.set_utc(UtcMillis(7));
        assert_eq!((clock.now(), clock.utc()), (Tick::from_millis(1500), UtcMillis(7)));
    }

    #[test]
    fn waiting_turns_the_clock_but_never_back() {
        let clock = FakeClock::new();
        let mut pacer = clock.self_turning();
        pacer.wait_until(Tick::from_millis(40));
        pacer.wait_until(Tick::from_millis(20));
        assert_eq!(clock.now(), Tick::from_millis(40));
    }
}
