//! The newest frame, for any number of readers. Holds one frame and no more.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use portico_types::{Frame, Tick};

/// A place for one frame: publishing replaces what is there. Clones share the place.
#[derive(Clone, Default)]
pub struct FrameSlot(Arc<Shared>);

#[derive(Default)]
struct Shared {
    held: Mutex<Held>,
    changed: Condvar,
}

#[derive(Default)]
struct Held {
    frame: Option<Frame>,
    taken: bool,
    dropped: u64,
    /// When the last frames were taken, for the rate at which they come.
    times: VecDeque<Tick>,
}

/// Frames over which the rate is measured.
const RATED: usize = 30;

impl FrameSlot {
    /// An empty slot.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts `frame` in place of the one before and wakes all who wait.
    pub fn publish(&self, frame: Frame) {
        let mut held = self.lock();
        if held.frame.is_some() && !held.taken {
            held.dropped += 1;
        }
        if held.times.len() == RATED {
            held.times.pop_front();
        }
        held.times.push_back(frame.captured_at);
        held.frame = Some(frame);
        held.taken = false;
        drop(held);
        self.0.changed.notify_all();
    }

    /// Empties the slot, so that nobody takes a picture from before a failure for the present.
    pub fn clear(&self) {
        let mut held = self.lock();
        held.frame = None;
        held.taken = false;
        held.times.clear();
    }

    /// The newest frame. Readers do not take it away from each other.
    pub fn latest(&self) -> Option<Frame> {
        take(&mut self.lock())
    }

    /// The newest frame whose sequence number is above `than`, waiting for it for up to `timeout`. `None` for
    /// `than` accepts any frame.
    pub fn wait_newer(&self, than: Option<u64>, timeout: Duration) -> Option<Frame> {
        let is_old = |held: &mut Held| held.frame.as_ref().is_none_or(|frame| Some(frame.sequence) <= than);
        let waited = self.0.changed.wait_timeout_while(self.lock(), timeout, is_old);
        let (mut held, timed_out) = waited.unwrap_or_else(PoisonError::into_inner);
        if timed_out.timed_out() { None } else { take(&mut held) }
    }

    /// How many frames were replaced before anybody looked at them.
    pub fn dropped(&self) -> u64 {
        self.lock().dropped
    }

    /// Frames per second, by the capture times of the last ones; `None` until two have come since the slot was empty.
    pub fn frames_per_second(&self) -> Option<f32> {
        let held = self.lock();
        let (first, last) = (held.times.front()?, held.times.back()?);
        let seconds = last.since(*first).as_secs_f32();
        (seconds > 0.0).then(|| (held.times.len() - 1) as f32 / seconds)
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.0.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn take(held: &mut Held) -> Option<Frame> {
    held.taken = held.frame.is_some();
    held.frame.clone()
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::fakes::frame;

    #[test]
    fn a_new_frame_replaces_the_old_one() {
        let slot = FrameSlot::new();
        slot.publish(frame(1));
        slot.publish(frame(2));
        assert_eq!(slot.latest().map(|f| f.sequence), Some(2));
        assert_eq!(slot.dropped(), 1, "the first frame was never looked at");
    }

    #[test]
    fn a_frame_that_was_looked_at_does_not_count_as_dropped() {
        let slot = FrameSlot::new();
        slot.publish(frame(1));
        assert!(slot.latest().is_some());
        assert!(slot.latest().is_some(), "two readers see the same frame");
        slot.publish(frame(2));
        assert_eq!(slot.dropped(), 0);
    }

    #[test]
    fn waiting_passes_over_frames_that_are_not_newer() {
        let slot = FrameSlot::new();
        slot.publish(frame(7));
        assert!(slot.wait_newer(Some(7), Duration::ZERO).is_none());
        assert_eq!(slot.wait_newer(Some(6), Duration::ZERO).map(|f| f.sequence), Some(7));
        assert_eq!(slot.wait_newer(None, Duration::ZERO).map(|f| f.sequence), Some(7));
    }

    #[test]
    fn a_waiting_reader_wakes_when_a_frame_comes() {
        let slot = FrameSlot::new();
        let reader = thread::spawn({
            let slot = slot.clone();
            move || slot.wait_newer(None, Duration::from_secs(20))
        });
        slot.publish(frame(3));
        assert_eq!(reader.join().unwrap().map(|f| f.sequence), Some(3));
    }

    #[test]
    fn the_rate_is_that_of_the_capture_times_and_begins_anew_after_a_failure() {
        let slot = FrameSlot::new();
        let publish = |number: u64| {
            slot.publish(Frame { captured_at: Tick::from_millis(number * 50), ..frame(number) });
        };
        publish(1);
        assert_eq!(slot.frames_per_second(), None, "one frame has no rate");
        (2..100).for_each(publish);
        let rate = slot.frames_per_second().unwrap();
        assert!((rate - 20.0).abs() < 0.01, "{rate}");
        slot.clear();
        assert_eq!(slot.frames_per_second(), None);
    }

    #[test]
    fn after_a_failure_the_old_picture_is_gone() {
        let slot = FrameSlot::new();
        slot.publish(frame(1));
        slot.clear();
        assert!(slot.latest().is_none());
        assert!(slot.wait_newer(None, Duration::ZERO).is_none());
    }
}
