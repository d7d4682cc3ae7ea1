//! The script by itself, and the script under the camera thread.

use std::sync::mpsc::{self, Receiver};

use portico_camera::{Capture, CaptureParams};
use portico_types::CameraState::{self, Live, Opening, Searching, Stalled, Warming};

use super::*;
use crate::FakeClock;

/// Bounds a test that hangs; never waited for otherwise.
const PATIENCE: Duration = Duration::from_secs(30);

fn camera(script: Vec<Shot>, clock: &FakeClock) -> ScriptedCamera {
    ScriptedCamera::with_pacer(script, Arc::new(clock.clone()), Box::new(clock.self_turning()))
}

/// Runs `script` under a camera thread. Each change for the worse turns the clock past the backoff, so that
/// nothing waits; two refusals for the same reason are no change, and would.
fn run(script: Vec<Shot>, params: CaptureParams) -> (Capture, Receiver<CameraState>) {
    let clock = FakeClock::new();
    let source = Box::new(camera(script, &clock));
    let (states, heard) = mpsc::channel();
    let turning = clock.clone();
    let on_state = move |state| {
        if matches!(state, CameraState::Lost { .. } | Stalled) {
            turning.advance(Duration::from_secs(2));
        }
        let _ = states.send(state);
    };
    let capture = Capture::spawn(source, Want::default(), params, Arc::new(clock), on_state).unwrap();
    (capture, heard)
}

/// The states up to and including the end of the script.
fn states(heard: &Receiver<CameraState>) -> Vec<CameraState> {
    let ended = CameraState::Lost { reason: CameraFault::Ended };
    let mut states = Vec::new();
    while states.last() != Some(&ended) {
        states.push(heard.recv_timeout(PATIENCE).expect("the script comes to its end"));
    }
    states
}

#[test]
fn frames_come_at_their_rate_and_differ() {
    let clock = FakeClock::new();
    let mut camera = camera(vec![Shot::Frames(3)], &clock);
    camera.open(&Want::default()).unwrap();
    let later = Tick::from_millis(10_000);
    let frames: Vec<Frame> =
        std::iter::from_fn(|| camera.next(later).transpose()).take(3).collect::<Result<_, _>>().unwrap();
    let times: Vec<u128> = frames.iter().map(|f| f.captured_at.since_start().as_millis()).collect();
    assert_eq!(times, [0, 40, 80]);
    assert_ne!(frames[0].bytes, frames[1].bytes, "a frozen camera is another script");
}

#[test]
fn silence_lasts_as_long_as_written() {
    let clock = FakeClock::new();
    let mut camera = camera(vec![Shot::Silence(Duration::from_secs(1)), Shot::Frames(1)], &clock);
    camera.open(&Want::default()).unwrap();
    assert!(camera.next(Tick::ZERO).unwrap().is_none(), "the silence begins");
    assert!(camera.next(Tick::from_millis(999)).unwrap().is_none());
    assert!(camera.next(Tick::from_millis(1000)).unwrap().is_some());
}

#[test]
fn a_capture_goes_through_all_states_of_a_bad_day() {
    let script = vec![
        Shot::Refusal(CameraFault::NotFound),
        Shot::Frames(30),
        Shot::Fault(CameraFault::Torn),
        Shot::Frames(30),
        Shot::Fault(CameraFault::Unplugged),
        Shot::Refusal(CameraFault::Busy),
        Shot::Frames(30),
        Shot::Silence(Duration::from_secs(2)),
        Shot::Frames(30),
    ];
    let (capture, heard) = run(script, CaptureParams::default());
    let lost = |reason| CameraState::Lost { reason };
    assert_eq!(
        states(&heard),
        [
            Searching,
            Opening,
            lost(CameraFault::NotFound),
            Warming,
            Live,
            lost(CameraFault::Unplugged),
            lost(CameraFault::Busy),
            Warming,
            Live,
            Stalled,
            Warming,
            Live,
            lost(CameraFault::Ended),
        ]
    );
    assert!(capture.slot().latest().is_none(), "no old picture stands for a camera that is gone");
    capture.stop();
}

#[test]
fn the_same_picture_for_ever_is_a_stall_for_a_camera_but_not_for_a_recording() {
    let frozen: Vec<Shot> = (0..100).map(|_| Shot::Picture(picture(1))).collect();
    let (_camera, heard) = run(frozen.clone(), CaptureParams::default());
    assert!(states(&heard).contains(&Stalled));
    let (_recording, heard) = run(frozen, CaptureParams::recording());
    assert!(!states(&heard).contains(&Stalled));
}

#[test]
fn a_reader_gets_the_newest_frame_and_stopping_empties_the_slot() {
    let clock = FakeClock::new();
    let source = Box::new(ScriptedCamera::new([Shot::Frames(1000)], Arc::new(clock.clone())));
    let capture =
        Capture::spawn(source, Want::default(), CaptureParams::recording(), Arc::new(clock.clone()), |_| {})
            .unwrap();
    let slot = capture.slot();
    let first = slot.wait_newer(None, PATIENCE).expect("the first frame is due at once");
    clock.advance(Duration::from_millis(40));
    let second = slot.wait_newer(Some(first.sequence), PATIENCE).expect("the second is due after a period");
    assert_eq!(second.sequence, first.sequence + 1);
    capture.stop();
    assert!(slot.latest().is_none());
}
