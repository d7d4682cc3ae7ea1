//! A webcam, by way of nokhwa.
//!
//! nokhwa may block without a limit, may panic, and wants all its calls on one thread. So one thread for life
//! ([`driver`]) makes them, and leaves each frame in a [`mailbox`], where this side looks for it with a deadline.
//! No picture is decoded here.

mod choice;
mod device;
mod driver;
mod fault;
mod formats;
mod mailbox;
mod nodes;
mod switch;

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

use portico_types::{CameraFault, Clock, Frame, Tick};

use crate::{CameraError, FrameSource, Negotiated, Want};
pub use choice::Choice;
use driver::OpenRequest;
use mailbox::Mailbox;
pub use switch::CameraSwitch;

/// How long a driver may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebcamParams {
    /// Finding the camera, trying its formats and starting the stream. Chosen generously: giving up on a driver
    /// that is merely slow means waiting for it again from the start.
    pub open_within: Duration,
}

impl Default for WebcamParams {
    fn default() -> Self {
        Self { open_within: Duration::from_secs(8) }
    }
}

/// A webcam as a source of frames.
pub struct Webcam {
    switch: CameraSwitch,
    /// The choice that the open camera came from.
    turn: u64,
    params: WebcamParams,
    clock: Arc<dyn Clock>,
    driver: Option<Sender<OpenRequest>>,
    stream: Option<Arc<Mailbox>>,
}

impl Webcam {
    /// The camera that `choice` names. Nothing is opened yet.
    pub fn new(choice: Choice, params: WebcamParams, clock: Arc<dyn Clock>) -> Self {
        Self { switch: CameraSwitch::new(choice), turn: 0, params, clock, driver: None, stream: None }
    }

    /// What changes the camera while this is in use.
    pub fn switch(&self) -> CameraSwitch {
        self.switch.clone()
    }

    /// The driver thread, started when it is needed first.
    fn driver(&mut self) -> io::Result<&Sender<OpenRequest>> {
        let driver = match self.driver.take() {
            Some(driver) => driver,
            None => driver::start(Arc::clone(&self.clock))?,
        };
        Ok(self.driver.insert(driver))
    }
}

impl FrameSource for Webcam {
    fn open(&mut self, want: &Want) -> Result<Negotiated, CameraError> {
        self.close();
        let stream = Arc::new(Mailbox::default());
        let (reply, answer) = mpsc::sync_channel(1);
        let (choice, turn) = self.switch.wanted();
        self.turn = turn;
        let (switch, stream_end) = (self.switch.clone(), Arc::clone(&stream));
        let request = OpenRequest { choice, switch, want: *want, stream: stream_end, reply };
        let driver = self.driver().map_err(|error| driver_fault(error.to_string()))?;
        if driver.send(request).is_err() {
            self.driver = None;
            return Err(driver_fault("the driver thread has ended"));
        }
        match answer.recv_timeout(self.params.open_within) {
            Ok(Ok(negotiated)) => {
                self.stream = Some(stream);
                Ok(negotiated)
            }
            Ok(Err(error)) => Err(error),
            // Dropping `answer` tells the driver thread that nobody waits for the camera any more.
            Err(RecvTimeoutError::Timeout) => {
                Err(CameraError::new(CameraFault::Stalled, "the driver does not answer"))
            }
            Err(RecvTimeoutError::Disconnected) => {
                self.driver = None;
                Err(driver_fault("the driver thread has ended"))
            }
        }
    }

    fn next(&mut self, deadline: Tick) -> Result<Option<Frame>, CameraError> {
        let Some(stream) = &self.stream else { return Err(driver_fault("the camera is not open")) };
        if self.switch.has_moved_since(self.turn) {
            return Err(CameraError::new(CameraFault::Unplugged, "staff have chosen a camera"));
        }
        stream.take(deadline.since(self.clock.now())).transpose()
    }

    fn close(&mut self) {
        if let Some(stream) = self.stream.take() {
            stream.close();
        }
    }
}

impl Drop for Webcam {
    fn drop(&mut self) {
        self.close();
    }
}

fn driver_fault(detail: impl Into<String>) -> CameraError {
    CameraError::new(CameraFault::Driver, detail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes::ManualClock;

    fn webcam(choice: Choice) -> Webcam {
        Webcam::new(choice, WebcamParams::default(), Arc::new(ManualClock::default()))
    }

    #[test]
    fn a_machine_without_a_camera_says_so() {
        let devices = std::fs::read_dir("/dev").into_iter().flatten().flatten();
        if cfg!(not(target_os = "linux"))
            || devices.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with("video"))
        {
            println!("skipped: this machine may have a camera");
            return;
        }
        for choice in [Choice::First, Choice::Index(0), Choice::Name("Integrated".into())] {
            let mut webcam = webcam(choice.clone());
            for attempt in 1..=2 {
                let error = webcam.open(&Want::default()).unwrap_err();
                assert_eq!(error.fault, CameraFault::NotFound, "{choice:?}, attempt {attempt}: {error}");
            }
        }
    }

    #[test]
    fn a_closed_camera_gives_an_error_and_no_frame() {
        let mut webcam = webcam(Choice::First);
        assert_eq!(webcam.next(Tick::ZERO).unwrap_err().fault, CameraFault::Driver);
        webcam.close();
    }
}
