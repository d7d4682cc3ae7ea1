//! A camera's life, told frame by frame.

use super::*;
use crate::fakes::frame;

const PERIOD: Duration = Duration::from_millis(40);

fn at(millis: u64) -> Tick {
    Tick::from_millis(millis)
}

fn opened() -> Supervision {
    let mut camera = Supervision::new(CaptureParams::default(), at(0));
    assert_eq!(camera.step(at(0)), Step::Open);
    camera.opened(at(0), PERIOD);
    camera
}

/// Sends a frame each [`PERIOD`] from `from` to `to` (excluded).
fn run(camera: &mut Supervision, from: u64, to: u64) {
    for millis in (from..to).step_by(40) {
        assert_eq!(camera.frame(at(millis), &frame(millis)), Verdict::Keep, "at {millis} ms");
    }
}

fn lost(reason: CameraFault) -> CameraState {
    CameraState::Lost { reason }
}

#[test]
fn a_camera_is_searched_opened_warmed_and_live() {
    let mut camera = Supervision::new(CaptureParams::default(), at(0));
    assert_eq!(camera.state(), CameraState::Searching);
    assert_eq!(camera.step(at(0)), Step::Open);
    assert_eq!(camera.state(), CameraState::Opening);
    camera.opened(at(100), PERIOD);
    assert_eq!(camera.state(), CameraState::Opening, "an open camera without a frame shows nothing yet");
    run(&mut camera, 200, 700);
    assert_eq!(camera.state(), CameraState::Warming);
    run(&mut camera, 700, 760);
    assert_eq!(camera.state(), CameraState::Live);
}

#[test]
fn a_slow_camera_warms_up_by_frames() {
    let mut camera = opened();
    for n in 1..8 {
        camera.frame(at(n * 200), &frame(n));
        assert_eq!(camera.state(), CameraState::Warming, "frame {n}");
    }
    camera.frame(at(1600), &frame(8));
    assert_eq!(camera.state(), CameraState::Live);
}

#[test]
fn a_recording_is_live_with_its_first_frame() {
    let mut camera = Supervision::new(CaptureParams::recording(), at(0));
    camera.step(at(0));
    camera.opened(at(0), PERIOD);
    camera.frame(at(0), &frame(1));
    assert_eq!(camera.state(), CameraState::Live);
}

#[test]
fn the_first_frame_has_four_seconds() {
    let mut camera = opened();
    assert_eq!(camera.nothing(at(3999)), Verdict::Keep);
    assert_eq!(camera.nothing(at(4000)), Verdict::Close(CameraFault::Stalled));
    assert_eq!(camera.state(), CameraState::Stalled);
}

#[test]
fn silence_of_a_second_and_a_half_is_a_stall() {
    let mut camera = opened();
    run(&mut camera, 0, 1001);
    assert_eq!(camera.nothing(at(2499)), Verdict::Keep);
    assert_eq!(camera.nothing(at(2500)), Verdict::Close(CameraFault::Stalled));
    assert_eq!(camera.state(), CameraState::Stalled);
}

#[test]
fn a_camera_of_two_frames_a_second_may_be_silent_for_longer() {
    let mut camera = Supervision::new(CaptureParams::default(), at(0));
    camera.step(at(0));
    camera.opened(at(0), Duration::from_millis(500));
    camera.frame(at(0), &frame(1));
    assert_eq!(camera.nothing(at(4999)), Verdict::Keep);
    assert_eq!(camera.nothing(at(5000)), Verdict::Close(CameraFault::Stalled));
}

#[test]
fn the_thread_looks_around_ten_times_a_second_and_at_the_moment_of_the_stall() {
    let mut camera = opened();
    assert_eq!(camera.step(at(0)), Step::Take { deadline: at(100) });
    assert_eq!(camera.step(at(3950)), Step::Take { deadline: at(4000) });
}

#[test]
fn the_same_picture_for_three_seconds_is_a_stall() {
    let mut camera = opened();
    run(&mut camera, 0, 1000);
    let frozen = frame(0);
    for millis in (1000..4000).step_by(40) {
        assert_eq!(camera.frame(at(millis), &frozen), Verdict::Keep, "at {millis} ms");
    }
    assert_eq!(camera.frame(at(4000), &frozen), Verdict::Close(CameraFault::Stalled));
    assert_eq!(camera.state(), CameraState::Stalled);
}

#[test]
fn a_still_picture_of_a_recording_is_no_stall() {
    let mut camera = Supervision::new(CaptureParams::recording(), at(0));
    camera.step(at(0));
    camera.opened(at(0), PERIOD);
    for millis in (0..60_000).step_by(40) {
        assert_eq!(camera.frame(at(millis), &frame(0)), Verdict::Keep);
    }
}

#[test]
fn attempts_come_after_a_quarter_then_half_a_second_and_then_every_two_for_ever() {
    let mut camera = Supervision::new(CaptureParams::default(), at(0));
    let mut now = at(0);
    for wait in [250, 500, 1000, 2000, 2000, 2000] {
        assert_eq!(camera.step(now), Step::Open);
        camera.refused(now, CameraFault::NotFound);
        let until = now + Duration::from_millis(wait);
        assert_eq!(camera.step(now), Step::Rest { until });
        now = until;
    }
    for _ in 0..100 {
        camera.refused(now, CameraFault::NotFound);
        now = now + Duration::from_secs(2);
        assert_eq!(camera.step(now), Step::Open, "a camera may come back after any time");
    }
}

#[test]
fn a_camera_that_was_live_is_tried_again_quickly() {
    let mut camera = Supervision::new(CaptureParams::default(), at(0));
    for n in 0..5 {
        camera.refused(at(n), CameraFault::Busy);
    }
    camera.opened(at(10_000), PERIOD);
    run(&mut camera, 10_000, 11_000);
    assert_eq!(camera.failed(at(11_000), CameraFault::Unplugged), Verdict::Close(CameraFault::Unplugged));
    assert_eq!(camera.step(at(11_000)), Step::Rest { until: at(11_250) });
}

#[test]
fn the_screen_hears_nothing_of_attempts_that_fail_again() {
    let mut camera = Supervision::new(CaptureParams::default(), at(0));
    camera.step(at(0));
    camera.refused(at(0), CameraFault::NotFound);
    assert_eq!(camera.state(), lost(CameraFault::NotFound));
    assert_eq!(camera.step(at(250)), Step::Open);
    assert_eq!(camera.state(), lost(CameraFault::NotFound), "trying is not news");
    camera.opened(at(300), PERIOD);
    assert_eq!(camera.state(), lost(CameraFault::NotFound), "an open camera without a frame is not back");
    camera.frame(at(400), &frame(1));
    assert_eq!(camera.state(), CameraState::Warming, "it must settle again");
}

#[test]
fn one_damaged_picture_is_passed_over() {
    let mut camera = opened();
    run(&mut camera, 0, 1000);
    assert_eq!(camera.failed(at(1000), CameraFault::Torn), Verdict::Keep);
    assert_eq!(camera.frame(at(1040), &frame(1)), Verdict::Keep);
    assert_eq!(camera.state(), CameraState::Live);
}

#[test]
fn nothing_but_damaged_pictures_is_a_torn_camera() {
    let mut camera = opened();
    run(&mut camera, 0, 1000);
    for n in 0..29 {
        assert_eq!(camera.failed(at(1000 + n), CameraFault::Torn), Verdict::Keep, "damaged picture {n}");
    }
    assert_eq!(camera.failed(at(1030), CameraFault::Torn), Verdict::Close(CameraFault::Torn));
    assert_eq!(camera.state(), lost(CameraFault::Torn));
}

#[test]
fn silence_after_a_damaged_picture_blames_the_damage() {
    let mut camera = opened();
    run(&mut camera, 0, 1001);
    camera.failed(at(1040), CameraFault::Torn);
    assert_eq!(camera.nothing(at(2500)), Verdict::Close(CameraFault::Torn));
}
