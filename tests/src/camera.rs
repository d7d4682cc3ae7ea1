//! A camera into which the test puts one frame after the other, and which it can pull out.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use portico_app::Camera;
use portico_camera::{CameraError, CaptureParams, FrameSource, Negotiated, Want};
use portico_types::{CameraFault, Frame, PixelFormat, Tick};

use crate::clips::Jpeg;

/// Time from one frame to the next.
pub const FRAME: Duration = Duration::from_nanos(1_000_000_000 / 15);

/// How soon the camera thread notices that it was pulled out or is to stop.
const ATTENTION: Duration = Duration::from_millis(5);

/// The test's end of the cable.
pub struct Cable {
    frames: Sender<Frame>,
    plugged_in: Arc<AtomicBool>,
    sequence: u64,
}

struct Fed {
    frames: Receiver<Frame>,
    plugged_in: Arc<AtomicBool>,
}

impl Cable {
    /// A camera, plugged in, and its cable. Frames are numbered on from `sequence`.
    pub fn plugged_in(sequence: u64) -> (Self, Camera) {
        Self::new(sequence, AtomicBool::new(true))
    }

    /// The same, but to be plugged in later.
    pub fn unplugged(sequence: u64) -> (Self, Camera) {
        Self::new(sequence, AtomicBool::new(false))
    }

    fn new(sequence: u64, plugged_in: AtomicBool) -> (Self, Camera) {
        let (frames, inbox) = channel();
        let plugged_in = Arc::new(plugged_in);
        let source = Box::new(Fed { frames: inbox, plugged_in: Arc::clone(&plugged_in) });
        // Journeys jump in time: silence is no fault here.
        let patience = Duration::from_hours(24);
        let params =
            CaptureParams { silence: patience, first_frame_within: patience, ..CaptureParams::recording() };
        (Self { frames, plugged_in, sequence }, Camera { source, params, switch: None })
    }

    /// Puts a picture into the camera and returns its number.
    pub fn show(&mut self, picture: &Jpeg, captured_at: Tick) -> u64 {
        self.sequence += 1;
        let frame = Frame {
            sequence: self.sequence,
            captured_at,
            width: 640,
            height: 480,
            format: PixelFormat::Jpeg,
            bytes: Arc::clone(picture),
        };
        self.frames.send(frame).expect("the kiosk holds on to its camera");
        self.sequence
    }

    /// Number of the last picture.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// Pulls the camera out.
    pub fn pull_out(&self) {
        self.plugged_in.store(false, Ordering::SeqCst);
    }

    /// Plugs it in again.
    pub fn plug_in(&self) {
        self.plugged_in.store(true, Ordering::SeqCst);
    }
}

impl FrameSource for Fed {
    fn open(&mut self, want: &Want) -> Result<Negotiated, CameraError> {
        if !self.plugged_in.load(Ordering::SeqCst) {
            return Err(CameraError::new(CameraFault::NotFound, "pulled out by the test"));
        }
        let (width, height) = (want.width, want.height);
        Ok(Negotiated { name: "the test".into(), width, height, format: PixelFormat::Jpeg, fps: 15 })
    }

    fn next(&mut self, _deadline: Tick) -> Result<Option<Frame>, CameraError> {
        if !self.plugged_in.load(Ordering::SeqCst) {
            return Err(CameraError::new(CameraFault::Unplugged, "pulled out by the test"));
        }
        match self.frames.recv_timeout(ATTENTION) {
            Ok(frame) => Ok(Some(frame)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => {
                Err(CameraError::new(CameraFault::Ended, "the test is over"))
            }
        }
    }

    fn close(&mut self) {}
}
