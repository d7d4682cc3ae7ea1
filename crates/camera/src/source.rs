//! What every source of frames can do, and what is asked of it. Knows no particular device.

use std::time::Duration;

use portico_types::{CameraFault, Frame, PixelFormat, Tick};

/// The pictures that the kiosk would like to have. Sources come as near to it as they can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Want {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The slowest rate that still feels alive, in frames per second.
    pub min_fps: u32,
}

impl Default for Want {
    /// The size that webcams commonly send uncompressed at a full rate.
    fn default() -> Self {
        Self { width: 640, height: 480, min_fps: 15 }
    }
}

/// What a source has agreed to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Negotiated {
    /// The device's or recording's name, for staff and logs.
    pub name: String,
    /// Width in pixels; single frames of a recording may differ.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Layout of the bytes.
    pub format: PixelFormat,
    /// Frames per second, at least 1.
    pub fps: u32,
}

impl Negotiated {
    /// Time from one frame to the next.
    pub fn period(&self) -> Duration {
        Duration::from_secs(1) / self.fps.max(1)
    }
}

/// Why a source gives no picture: the kind that the kiosk reacts to, and the words for the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault:?}: {detail}")]
pub struct CameraError {
    /// What the kiosk reacts to.
    pub fault: CameraFault,
    /// What the driver or file said; for the log only.
    pub detail: String,
}

impl CameraError {
    /// A fault with its detail.
    pub fn new(fault: CameraFault, detail: impl Into<String>) -> Self {
        Self { fault, detail: detail.into() }
    }
}

/// A device or recording that gives frames. Used by one thread; [`crate::Capture`] is the usual one.
pub trait FrameSource: Send {
    /// Opens the device. Called again after every [`close`](Self::close), any number of times.
    fn open(&mut self, want: &Want) -> Result<Negotiated, CameraError>;

    /// The newest frame that has not been given out, waiting for one until `deadline`. `None` means that there
    /// is nothing yet; it may come before the deadline, and says nothing about the device's health: judging
    /// silence is the caller's part. [`CameraFault::Torn`] means that one picture was lost and the next may be
    /// good; every other error means that the source must be closed and opened again.
    ///
    /// Sequence numbers go on over closing and opening.
    fn next(&mut self, deadline: Tick) -> Result<Option<Frame>, CameraError>;

    /// Releases the device. Does nothing if it is not open.
    fn close(&mut self);
}
