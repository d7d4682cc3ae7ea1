//! The camera thread: runs one source for ever and reports how it is doing. A thin shell around
//! [`machine::Supervision`], which takes every decision.

mod machine;
mod params;

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use portico_types::{CameraFault, CameraState, Clock, Tick};

use crate::{CameraError, FrameSlot, FrameSource, Negotiated, Pacer, ParkPacer, Want};
use machine::{Step, Supervision, Verdict};
pub use params::CaptureParams;

/// What the camera has agreed to send, while it is open. Clones are the same camera's.
#[derive(Clone, Debug, Default)]
pub struct OpenDevice(Arc<Mutex<Option<Negotiated>>>);

impl OpenDevice {
    /// The open camera; `None` while there is none.
    pub fn get(&self) -> Option<Negotiated> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, device: Option<Negotiated>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = device;
    }
}

/// A running camera. Dropping it stops the thread and releases the device.
pub struct Capture {
    slot: FrameSlot,
    device: OpenDevice,
    stopping: Arc<AtomicBool>,
    finished: Receiver<()>,
    thread: Option<JoinHandle<()>>,
    params: CaptureParams,
}

impl Capture {
    /// Starts a thread that keeps `source` open and fills the slot. `on_state` is called on that thread with the
    /// first state and then with each change.
    ///
    /// Frames are published while the state is [`CameraState::Warming`], for the preview; exposure has not
    /// settled yet, so nobody is identified before [`CameraState::Live`]. When the state turns to `Stalled` or
    /// `Lost`, the slot is empty already.
    pub fn spawn(
        source: Box<dyn FrameSource>,
        want: Want,
        params: CaptureParams,
        clock: Arc<dyn Clock>,
        on_state: impl Fn(CameraState) + Send + 'static,
    ) -> io::Result<Self> {
        let (slot, device) = (FrameSlot::new(), OpenDevice::default());
        let stopping = Arc::new(AtomicBool::new(false));
        let (alive, finished) = mpsc::channel();
        let shell = Shell {
            source,
            want,
            slice: params.slice,
            machine: Supervision::new(params.clone(), clock.now()),
            pacer: ParkPacer::new(Arc::clone(&clock)),
            clock,
            slot: slot.clone(),
            device: device.clone(),
            on_state: Box::new(on_state),
            reported: None,
            logged: None,
            stopping: Arc::clone(&stopping),
            _alive: alive,
        };
        let thread = thread::Builder::new().name("camera".into()).spawn(move || shell.run())?;
        Ok(Self { slot, device, stopping, finished, thread: Some(thread), params })
    }

    /// Where the frames are.
    pub fn slot(&self) -> FrameSlot {
        self.slot.clone()
    }

    /// The device, as long as it is open.
    pub fn device(&self) -> OpenDevice {
        self.device.clone()
    }

    /// Stops the thread and waits for it, but not for ever: a thread that a driver holds is left behind.
    pub fn stop(mut self) {
        self.halt();
    }

    fn halt(&mut self) {
        let Some(thread) = self.thread.take() else { return };
        self.stopping.store(true, Ordering::SeqCst);
        thread.thread().unpark();
        // The thread never sends: the channel closes when it ends, for whatever reason.
        if self.finished.recv_timeout(self.params.stop_within) == Err(mpsc::RecvTimeoutError::Timeout) {
            tracing::warn!("the camera thread hangs in a driver and is left behind");
        } else if thread.join().is_err() {
            tracing::error!("the camera thread panicked");
        }
        self.slot.clear();
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        self.halt();
    }
}

/// What the camera thread owns.
struct Shell {
    source: Box<dyn FrameSource>,
    want: Want,
    slice: std::time::Duration,
    machine: Supervision,
    pacer: ParkPacer,
    clock: Arc<dyn Clock>,
    slot: FrameSlot,
    device: OpenDevice,
    on_state: Box<dyn Fn(CameraState) + Send>,
    reported: Option<CameraState>,
    logged: Option<CameraFault>,
    stopping: Arc<AtomicBool>,
    _alive: Sender<()>,
}

impl Shell {
    fn run(mut self) {
        self.report();
        while !self.stopping.load(Ordering::SeqCst) {
            let now = self.clock.now();
            match self.machine.step(now) {
                Step::Open => self.open(),
                Step::Take { deadline } => self.take(deadline),
                Step::Rest { until } => self.pacer.wait_until(until.min(now + self.slice)),
            }
            self.report();
        }
        self.source.close();
    }

    fn open(&mut self) {
        self.report();
        let opened = self.source.open(&self.want);
        let now = self.clock.now();
        match opened {
            Ok(got) => {
                self.logged = None;
                tracing::info!(
                    width = got.width, height = got.height, fps = got.fps, format = ?got.format,
                    "the camera {} is open", got.name
                );
                self.machine.opened(now, got.period());
                self.device.set(Some(got));
            }
            Err(error) => {
                self.log(&error);
                self.source.close();
                self.machine.refused(now, error.fault);
            }
        }
    }

    fn take(&mut self, deadline: Tick) {
        let taken = self.source.next(deadline);
        let now = self.clock.now();
        let verdict = match taken {
            Ok(Some(frame)) => {
                let verdict = self.machine.frame(now, &frame);
                if verdict == Verdict::Keep {
                    self.slot.publish(frame);
                }
                verdict
            }
            Ok(None) => self.machine.nothing(now),
            Err(error) => {
                self.log(&error);
                self.machine.failed(now, error.fault)
            }
        };
        if let Verdict::Close(fault) = verdict {
            self.log(&CameraError::new(fault, "the camera is closed and will be opened again"));
            self.source.close();
            self.slot.clear();
            self.device.set(None);
        }
    }

    /// Says a fault once, and not at each of the attempts that follow it.
    fn log(&mut self, error: &CameraError) {
        if self.logged == Some(error.fault) {
            tracing::debug!(%error, "camera");
        } else {
            tracing::warn!(%error, "camera");
        }
        self.logged = Some(error.fault);
    }

    fn report(&mut self) {
        let state = self.machine.state();
        if self.reported != Some(state) {
            self.reported = Some(state);
            (self.on_state)(state);
        }
    }
}

#[cfg(test)]
mod tests;
