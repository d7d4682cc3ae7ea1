//! The numbers by which a camera is judged.

use std::time::Duration;

/// How long a camera may take for what. Chosen, not measured, where no origin is given.
#[derive(Clone, Debug, PartialEq)]
pub struct CaptureParams {
    /// Exposure and white balance get this long to settle after the first frame.
    pub warm_up: Duration,
    /// Nor before this many frames: slow cameras settle by frames, not by time.
    pub warm_up_frames: u32,
    /// The first frame comes within this time. After a replug up to 2 s were seen (emulated USB camera, Linux);
    /// doubled.
    pub first_frame_within: Duration,
    /// Later frames come within this time, or…
    pub silence: Duration,
    /// …within so many frame periods, whichever is longer: cameras halve their rate in the dark.
    pub silence_periods: u32,
    /// The same bytes for this long are a frozen camera: sensor noise never repeats. `None` for recordings.
    pub frozen_after: Option<Duration>,
    /// So many damaged pictures without a good one are a broken cable and not a hiccup.
    pub torn_limit: u32,
    /// Wait before the first attempt to open again; doubled at each failure.
    pub backoff_first: Duration,
    /// The longest wait: nobody should stand before a repaired camera for longer, and trying costs little.
    pub backoff_longest: Duration,
    /// How long the thread rests at most before it looks around: bounds the time to stop, and lets a clock that
    /// jumps be noticed.
    pub slice: Duration,
    /// How long stopping waits for a driver before the thread is left behind.
    pub stop_within: Duration,
}

impl Default for CaptureParams {
    fn default() -> Self {
        Self {
            warm_up: Duration::from_millis(500),
            warm_up_frames: 8,
            first_frame_within: Duration::from_secs(4),
            silence: Duration::from_millis(1500),
            silence_periods: 10,
            frozen_after: Some(Duration::from_secs(3)),
            torn_limit: 30,
            backoff_first: Duration::from_millis(250),
            backoff_longest: Duration::from_secs(2),
            slice: Duration::from_millis(100),
            stop_within: Duration::from_secs(2),
        }
    }
}

impl CaptureParams {
    /// For recordings: no warm-up, and still pictures are no fault.
    pub fn recording() -> Self {
        Self { warm_up: Duration::ZERO, warm_up_frames: 0, frozen_after: None, ..Self::default() }
    }
}
