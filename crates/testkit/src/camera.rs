//! A camera that does what a script says, mishaps included.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use portico_camera::{CameraError, FrameSource, Negotiated, Pacer, ParkPacer, Want};
use portico_types::{CameraFault, Clock, Frame, PixelFormat, Tick};

/// Width and height of generated pictures.
const SIZE: (u32, u32) = (64, 48);

/// One line of a script.
#[derive(Clone, Debug)]
pub enum Shot {
    /// So many generated pictures, each different, one per frame period.
    Frames(u32),
    /// This picture; its number and capture time are set when its turn comes.
    Picture(Frame),
    /// Nothing for a while: the driver hangs.
    Silence(Duration),
    /// One such error. All but [`CameraFault::Torn`] are followed by closing and opening.
    Fault(CameraFault),
    /// An attempt to open fails. Its turn comes when the camera is opened; an open camera ends there, unplugged.
    Refusal(CameraFault),
}

/// A [`FrameSource`] that plays a script of [`Shot`]s and has [`CameraFault::Ended`] afterwards.
pub struct ScriptedCamera {
    script: VecDeque<Shot>,
    fps: u32,
    clock: Arc<dyn Clock>,
    pacer: Box<dyn Pacer>,
    due: Tick,
    sequence: u64,
    is_open: bool,
}

impl ScriptedCamera {
    /// Plays `script` by `clock` at 25 frames per second. Whoever holds the clock must turn it.
    pub fn new(script: impl IntoIterator<Item = Shot>, clock: Arc<dyn Clock>) -> Self {
        let pacer = Box::new(ParkPacer::new(Arc::clone(&clock)));
        Self::with_pacer(script, clock, pacer)
    }

    /// As [`new`](Self::new), but waits by `pacer`, such as [`crate::SelfTurning`].
    pub fn with_pacer(
        script: impl IntoIterator<Item = Shot>,
        clock: Arc<dyn Clock>,
        pacer: Box<dyn Pacer>,
    ) -> Self {
        let script = script.into_iter().collect();
        Self { script, fps: 25, clock, pacer, due: Tick::ZERO, sequence: 0, is_open: false }
    }

    fn period(&self) -> Duration {
        Duration::from_secs(1) / self.fps
    }

    /// Waits until `when` or `deadline`. Whether `when` has come.
    fn wait(&mut self, when: Tick, deadline: Tick) -> bool {
        if self.clock.now() < when {
            self.pacer.wait_until(when.min(deadline));
        }
        self.clock.now() >= when
    }

    fn shoot(&mut self, mut frame: Frame) -> Frame {
        self.sequence += 1;
        frame.sequence = self.sequence;
        frame.captured_at = self.due;
        self.due = self.due + self.period();
        frame
    }
}

impl FrameSource for ScriptedCamera {
    fn open(&mut self, _want: &Want) -> Result<Negotiated, CameraError> {
        if let Some(Shot::Refusal(fault)) = self.script.front() {
            let fault = *fault;
            self.script.pop_front();
            return Err(scripted(fault));
        }
        if self.script.is_empty() {
            return Err(scripted(CameraFault::Ended));
        }
        self.is_open = true;
        self.due = self.clock.now();
        let (width, height) = SIZE;
        Ok(Negotiated { name: "scripted".into(), width, height, format: PixelFormat::Rgb8, fps: self.fps })
    }

    fn next(&mut self, deadline: Tick) -> Result<Option<Frame>, CameraError> {
        if !self.is_open {
            return Err(scripted(CameraFault::Driver));
        }
        if !self.wait(self.due, deadline) {
            return Ok(None);
        }
        match self.script.pop_front() {
            Some(Shot::Frames(0)) => Ok(None),
            Some(Shot::Frames(count)) => {
                self.script.push_front(Shot::Frames(count - 1));
                let frame = picture(self.sequence as u8);
                Ok(Some(self.shoot(frame)))
            }
            Some(Shot::Picture(frame)) => Ok(Some(self.shoot(frame))),
            Some(Shot::Silence(lasts)) => {
                self.due = self.due + lasts;
                Ok(None)
            }
            Some(Shot::Fault(fault)) => Err(scripted(fault)),
            Some(refusal @ Shot::Refusal(_)) => {
                self.script.push_front(refusal);
                Err(scripted(CameraFault::Unplugged))
            }
            None => Err(scripted(CameraFault::Ended)),
        }
    }

    fn close(&mut self) {
        self.is_open = false;
    }
}

fn scripted(fault: CameraFault) -> CameraError {
    CameraError::new(fault, "so it is written in the script")
}

/// A small picture of one colour, a different one for each `shade`.
pub fn picture(shade: u8) -> Frame {
    let (width, height) = SIZE;
    let pixels = (width * height) as usize;
    Frame {
        sequence: 0,
        captured_at: Tick::ZERO,
        width,
        height,
        format: PixelFormat::Rgb8,
        bytes: [shade, shade.wrapping_mul(3), !shade].repeat(pixels).into(),
    }
}

#[cfg(test)]
mod tests;
