//! Where pictures come from: webcams, recordings, and the slot that holds the newest frame.
//!
//! A [`FrameSource`] opens a device or a recording and gives frames one by one. [`Capture`] runs a source on a
//! thread of its own, reopens it for as long as it fails, tells how it is doing, and puts each frame into a
//! [`FrameSlot`], where the next one replaces it: nothing is ever queued (I5). Nothing here decodes pixels,
//! knows faces, reads clocks by itself (I6) or decides what the screen says.

mod jpeg;
mod pacer;
pub mod replay;
mod slot;
mod source;
mod supervisor;
pub mod webcam;

#[cfg(test)]
mod fakes;

pub use pacer::{Pacer, ParkPacer};
pub use replay::Replay;
pub use slot::FrameSlot;
pub use source::{CameraError, FrameSource, Negotiated, Want};
pub use supervisor::{Capture, CaptureParams, OpenDevice};
pub use webcam::Webcam;
