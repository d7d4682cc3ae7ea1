//! Camera frames as they come from the device, and how the camera is doing.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Tick;

/// How the bytes of a [`Frame`] are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PixelFormat {
    /// A JPEG picture.
    Jpeg,
    /// 4:2:2 packed, `Y0 U Y1 V`, two bytes a pixel.
    Yuyv,
    /// 4:2:0, a plane of Y, then interleaved U and V at half size.
    Nv12,
    /// `R G B`, three bytes a pixel.
    Rgb8,
}

/// One picture from a camera, not yet decoded. Cheap to clone. Never queued, never written to disk (I5).
#[derive(Clone)]
pub struct Frame {
    /// Counts up by at least one from each frame of a source to the next.
    pub sequence: u64,
    /// When the picture was taken, as near as the device tells.
    pub captured_at: Tick,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Layout of `bytes`.
    pub format: PixelFormat,
    /// The picture.
    pub bytes: Arc<[u8]>,
}

impl std::fmt::Debug for Frame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Frame(#{} {}x{} {:?}, {} bytes)",
            self.sequence,
            self.width,
            self.height,
            self.format,
            self.bytes.len()
        )
    }
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CameraFault {
    /// No camera is connected, or not the configured one.
    NotFound,
    /// Another program holds it.
    Busy,
    /// The operating system forbids it.
    Permission,
    /// It was pulled out.
    Unplugged,
    /// It is open but sends nothing, or the same picture for ever.
    Stalled,
    /// It offers no picture format that we can use.
    Format,
    /// Its pictures arrive damaged.
    Torn,
    /// The recording has ended, or cannot be read.
    Ended,
    /// The driver reports something else.
    Driver,
}

/// The camera's condition as the screens show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum CameraState {
    /// Looking for the device.
    Searching,
    /// Negotiating a format.
    Opening,
    /// Frames arrive, exposure still settles; nothing is identified yet.
    Warming,
    /// Frames arrive.
    Live,
    /// Frames have stopped; reopening.
    Stalled,
    /// Gone; tried again for ever with backoff.
    Lost {
        /// Why.
        reason: CameraFault,
    },
}
