//! How soon somebody who steps up is noticed: against a watcher that looks at every frame, on generated visits that begin
//! at any time of the idle kiosk's rest.
//!
//! Needs the imported models, which the repository does not hold; says so and passes without.

#![expect(clippy::expect_used, reason = "a test stops at what cannot be")]

use std::path::{Path, PathBuf};

use portico_cast::{ClipParams, cast, empty_scene_clip, render_clip};
use portico_types::{Frame, PixelFormat, Tick};
use portico_vision::{Models, PaceParams, VisionParams, Watcher};

/// Time between two frames.
const FRAME_MS: u64 = 66;
/// Frames of the empty room before a visit: longer than the longest rest.
const EMPTY: usize = 12;

/// `None` if no models were imported. Models that are there must load.
fn models() -> Option<Models> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/models");
    let directory = std::env::var_os("PORTICO_MODELS").map_or(default, PathBuf::from);
    directory.is_dir().then(|| Models::load(&directory).expect("imported models must load"))
}

fn frame(number: usize, jpeg: &[u8]) -> Frame {
    let (sequence, captured_at) = (number as u64, Tick::from_millis(number as u64 * FRAME_MS));
    Frame { sequence, captured_at, width: 640, height: 480, format: PixelFormat::Jpeg, bytes: jpeg.into() }
}

/// Number of the first frame in which somebody is noticed, and how many frames before it were looked at.
fn noticed(watcher: &mut Watcher, clip: &[Vec<u8>]) -> (usize, usize) {
    let mut looks = 0;
    for (number, jpeg) in clip.iter().enumerate() {
        let frame = frame(number, jpeg);
        if !watcher.is_due(&frame) {
            continue;
        }
        if watcher.observe(&frame).expect("our own pictures decode").subject.is_some() {
            return (number, looks);
        }
        looks += 1;
    }
    (clip.len(), looks)
}

#[test]
fn whoever_steps_up_is_noticed_in_the_first_frame_that_shows_their_face() {
    let (Some(_), Some(eager)) = (models(), models()) else {
        println!("skipped: needs imported models (cargo xtask models)");
        return;
    };
    let every_frame = PaceParams {
        idle: std::time::Duration::ZERO,
        attentive: std::time::Duration::ZERO,
        ..PaceParams::default()
    };
    let mut eager = Watcher::new(eager, VisionParams { pace: every_frame, ..VisionParams::default() });
    let mut paced = Watcher::new(models().expect("they were there"), VisionParams::default());
    let params = ClipParams { stay_s: 0.2, leave_s: 0.0, empty_s: 0.0, ..ClipParams::default() };
    let room = empty_scene_clip(&params, EMPTY, &|_, _| {}).expect("frames can be encoded");
    let mut late = Vec::new();
    for guest in cast().iter().take(3) {
        let visit = render_clip(guest, &params, &|_, _| {}).expect("frames can be encoded");
        for rest in (0..8).step_by(2) {
            let clip = [&room[..EMPTY - rest], &visit].concat();
            let (first, _) = noticed(&mut eager, &clip);
            assert!(first >= EMPTY - rest && first < clip.len(), "nobody stands in the empty room");
            let (seen, looks) = noticed(&mut paced, &clip);
            assert!(looks < first, "an idle kiosk rests between its looks");
            late.push(seen.saturating_sub(first) as u64 * FRAME_MS);
            eager.reset();
            paced.reset();
        }
    }
    late.sort_unstable();
    println!("noticed later than by a watcher that looks at every frame, in milliseconds: {late:?}");
    let p95 = late[late.len() * 95 / 100];
    assert!(p95 <= FRAME_MS, "feedback within 100 ms leaves no room for more than a frame: {late:?}");
}
