//! The thread itself. What it decides is tested with the machine, its whole life in `portico-testkit`.

use std::sync::Mutex;
use std::time::Duration;

use portico_types::{Frame, PixelFormat};

use super::*;
use crate::Negotiated;
use crate::fakes::{ManualClock, frame};

/// Bounds a test that hangs; never waited for otherwise.
const PATIENCE: Duration = Duration::from_secs(30);

/// A source that gives the frames it is sent, waiting for them without a limit, as a hanging driver does.
struct Piped {
    frames: Receiver<Frame>,
    closed: Sender<()>,
}

impl FrameSource for Piped {
    fn open(&mut self, _want: &Want) -> Result<Negotiated, CameraError> {
        Ok(Negotiated { name: "piped".into(), width: 1, height: 1, format: PixelFormat::Rgb8, fps: 30 })
    }

    fn next(&mut self, _deadline: Tick) -> Result<Option<Frame>, CameraError> {
        self.frames.recv().map(Some).map_err(|_| CameraError::new(CameraFault::Unplugged, "the pipe is cut"))
    }

    fn close(&mut self) {
        let _ = self.closed.send(());
    }
}

struct Bench {
    capture: Capture,
    pipe: Sender<Frame>,
    closed: Receiver<()>,
    states: Arc<Mutex<Vec<CameraState>>>,
}

fn bench(params: CaptureParams) -> Bench {
    let (pipe, frames) = mpsc::channel();
    let (closing, closed) = mpsc::channel();
    let states = Arc::<Mutex<Vec<CameraState>>>::default();
    let heard = Arc::clone(&states);
    let capture = Capture::spawn(
        Box::new(Piped { frames, closed: closing }),
        Want::default(),
        params,
        Arc::new(ManualClock::default()),
        move |state| heard.lock().unwrap().push(state),
    )
    .unwrap();
    Bench { capture, pipe, closed, states }
}

#[test]
fn frames_are_for_the_preview_while_the_camera_warms_up() {
    let bench = bench(CaptureParams::default());
    bench.pipe.send(frame(1)).unwrap();
    assert!(bench.capture.slot().wait_newer(None, PATIENCE).is_some());
    drop(bench.pipe);
    bench.capture.stop();
    let states = bench.states.lock().unwrap();
    assert!(states.contains(&CameraState::Warming), "{states:?}");
    assert!(!states.contains(&CameraState::Live), "no time has passed on this clock: {states:?}");
}

#[test]
fn a_broken_stream_is_closed_and_its_picture_taken_away() {
    let bench = bench(CaptureParams::recording());
    let slot = bench.capture.slot();
    bench.pipe.send(frame(1)).unwrap();
    assert!(slot.wait_newer(None, PATIENCE).is_some());
    drop(bench.pipe);
    bench.closed.recv_timeout(PATIENCE).unwrap();
    bench.capture.stop();
    assert!(slot.latest().is_none());
    let last = bench.states.lock().unwrap().last().copied();
    assert_eq!(last, Some(CameraState::Lost { reason: CameraFault::Unplugged }));
}

#[test]
fn a_driver_that_hangs_does_not_keep_the_app_from_stopping() {
    let bench = bench(CaptureParams { stop_within: Duration::ZERO, ..CaptureParams::default() });
    bench.capture.stop();
    assert!(bench.closed.try_recv().is_err(), "the thread still hangs, and yet stopping came back");
    drop(bench.pipe);
    bench.closed.recv_timeout(PATIENCE).expect("set free, the thread releases the device and ends");
}
