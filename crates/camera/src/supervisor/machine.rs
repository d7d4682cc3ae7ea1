//! What to do next with a source, and how it is doing: a pure state machine. Knows neither threads nor clocks.

use std::sync::Arc;
use std::time::Duration;

use portico_types::{CameraFault, CameraState, Frame, Tick};

use super::CaptureParams;

/// What the thread is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Open the source.
    Open,
    /// Take a frame, waiting no longer than this.
    Take {
        /// When to look around again.
        deadline: Tick,
    },
    /// Do nothing until then.
    Rest {
        /// When the next attempt is due.
        until: Tick,
    },
}

/// What becomes of an open source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It goes on.
    Keep,
    /// It must be closed, for this reason.
    Close(CameraFault),
}

/// One source over its life.
pub(super) struct Supervision {
    params: CaptureParams,
    state: CameraState,
    phase: Phase,
    failures: u32,
}

enum Phase {
    Closed { retry_at: Tick },
    Open(Stream),
}

/// An open source: what has come of it so far.
struct Stream {
    /// The first frame's time.
    started: Option<Tick>,
    frames: u32,
    /// Damaged pictures since the last good one.
    torn: u32,
    /// When silence turns into a fault.
    silent_at: Tick,
    silence: Duration,
    last: Option<Seen>,
}

/// The last picture, and since when the source has been sending this very picture.
struct Seen {
    bytes: Arc<[u8]>,
    since: Tick,
}

impl Supervision {
    /// A source that is opened at once.
    pub fn new(params: CaptureParams, now: Tick) -> Self {
        Self { params, state: CameraState::Searching, phase: Phase::Closed { retry_at: now }, failures: 0 }
    }

    /// How the camera is doing. After a failure this stays `Stalled` or `Lost` until frames arrive again, so
    /// that the screen does not flicker with each attempt.
    pub fn state(&self) -> CameraState {
        self.state
    }

    /// What is to be done now.
    pub fn step(&mut self, now: Tick) -> Step {
        match &self.phase {
            Phase::Open(stream) => Step::Take { deadline: stream.silent_at.min(now + self.params.slice) },
            Phase::Closed { retry_at } if now < *retry_at => Step::Rest { until: *retry_at },
            Phase::Closed { .. } => {
                if self.state == CameraState::Searching {
                    self.state = CameraState::Opening;
                }
                Step::Open
            }
        }
    }

    /// The source is open and sends a frame each `period`.
    pub fn opened(&mut self, now: Tick, period: Duration) {
        self.phase = Phase::Open(Stream {
            started: None,
            frames: 0,
            torn: 0,
            silent_at: now + self.params.first_frame_within,
            silence: self.params.silence.max(period * self.params.silence_periods),
            last: None,
        });
    }

    /// The source could not be opened.
    pub fn refused(&mut self, now: Tick, fault: CameraFault) {
        self.close(now);
        self.state = CameraState::Lost { reason: fault };
    }

    /// A frame has come.
    pub fn frame(&mut self, now: Tick, frame: &Frame) -> Verdict {
        let Phase::Open(stream) = &mut self.phase else { return Verdict::Keep };
        let same_since = stream.take(now, frame);
        if self.params.frozen_after.is_some_and(|limit| now.since(same_since) >= limit) {
            return self.lose(now, CameraFault::Stalled);
        }
        if stream.is_warm(now, &self.params) {
            self.state = CameraState::Live;
            self.failures = 0;
        } else {
            self.state = CameraState::Warming;
        }
        Verdict::Keep
    }

    /// No frame has come so far.
    pub fn nothing(&mut self, now: Tick) -> Verdict {
        match &self.phase {
            Phase::Open(stream) if now >= stream.silent_at => {
                let fault = if stream.torn > 0 { CameraFault::Torn } else { CameraFault::Stalled };
                self.lose(now, fault)
            }
            _ => Verdict::Keep,
        }
    }

    /// The source has reported a fault. Single damaged pictures are passed over.
    pub fn failed(&mut self, now: Tick, fault: CameraFault) -> Verdict {
        if let (CameraFault::Torn, Phase::Open(stream)) = (fault, &mut self.phase) {
            stream.torn += 1;
            if stream.torn < self.params.torn_limit {
                return self.nothing(now);
            }
        }
        self.lose(now, fault)
    }

    fn lose(&mut self, now: Tick, fault: CameraFault) -> Verdict {
        self.close(now);
        self.state = match fault {
            CameraFault::Stalled => CameraState::Stalled,
            reason => CameraState::Lost { reason },
        };
        Verdict::Close(fault)
    }

    fn close(&mut self, now: Tick) {
        let doubled = self.params.backoff_first.saturating_mul(1 << self.failures.min(16));
        self.failures = self.failures.saturating_add(1);
        self.phase = Phase::Closed { retry_at: now + doubled.min(self.params.backoff_longest) };
    }
}

impl Stream {
    /// Notes a good frame. Returns since when the picture has been the same.
    fn take(&mut self, now: Tick, frame: &Frame) -> Tick {
        self.started.get_or_insert(now);
        self.frames = self.frames.saturating_add(1);
        self.torn = 0;
        self.silent_at = now + self.silence;
        let since = match &self.last {
            Some(seen) if seen.bytes == frame.bytes => seen.since,
            _ => now,
        };
        self.last = Some(Seen { bytes: Arc::clone(&frame.bytes), since });
        since
    }

    fn is_warm(&self, now: Tick, params: &CaptureParams) -> bool {
        let open_for = self.started.map_or(Duration::ZERO, |started| now.since(started));
        open_for >= params.warm_up && self.frames >= params.warm_up_frames
    }
}

#[cfg(test)]
mod tests;
