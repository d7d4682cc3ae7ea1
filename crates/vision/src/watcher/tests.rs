//! Whole frames through fake models: who is attended to, with which hint, and which picture is given out.

use std::time::Duration;

use portico_types::{Hint, PixelFormat};

use super::*;
use crate::fakes::{Stage, checkered};

/// A face 160 px wide in the middle of a 640 × 480 frame.
const NEAR: (f32, f32, f32) = (96.0, 96.0, 64.0);
/// 50 px wide.
const FAR: (f32, f32, f32) = (96.0, 96.0, 20.0);

struct Scene {
    stage: Stage,
    watcher: Watcher,
    frames: u64,
}

impl Scene {
    fn new() -> Self {
        let stage = Stage::empty();
        let watcher = Watcher::new(stage.models(), VisionParams::default());
        Self { stage, watcher, frames: 0 }
    }

    /// One frame, 66 ms after the one before.
    fn observe(&mut self, faces: &[(f32, f32, f32)]) -> Observation {
        self.stage.show(faces);
        self.frames += 1;
        let pixels = checkered(640, 480).pixels().into();
        let captured_at = Tick::from_millis(self.frames * 66);
        let (width, height, format) = (640, 480, PixelFormat::Rgb8);
        let frame = Frame { sequence: self.frames, captured_at, width, height, format, bytes: pixels };
        self.watcher.observe(&frame).unwrap()
    }
}

#[test]
fn an_empty_frame_is_observed_too() {
    let observation = Scene::new().observe(&[]);
    assert_eq!((observation.faces, observation.subject), (0, None));
    assert_eq!((observation.sequence, observation.frame_width, observation.frame_height), (1, 640, 480));
    assert_eq!(observation.captured_at, Tick::from_millis(66));
}

#[test]
fn a_good_near_face_has_no_hint_and_gives_a_sample() {
    let mut scene = Scene::new();
    let subject = scene.observe(&[NEAR]).subject.unwrap();
    assert_eq!(subject.hint, None, "{subject:?}");
    assert!((subject.bounds.width - 160.0).abs() < 1.0);
    assert_eq!(subject.first_seen_at, Tick::from_millis(66));
    let sample = scene.watcher.sample(subject.track).unwrap().expect("the face stands there");
    let symmetry = sample.quality.symmetry;
    assert_eq!(Some(sample.quality), subject.quality.map(|quality| Quality { symmetry, ..quality }));
    assert!(
        symmetry.is_some_and(|s| s > 0.99),
        "the recogniser has looked, at one pixel twice: {symmetry:?}"
    );
    assert_eq!((sample.embedding.values(), sample.frames), (&[0.6, 0.8][..], 1));
    assert!(sample.crop.width >= 200 && sample.crop.jpeg.starts_with(&[0xFF, 0xD8]));
    assert_eq!(sample.model.0, "fake/1");
}

#[test]
fn a_distant_face_is_asked_closer_and_gives_no_sample() {
    let mut scene = Scene::new();
    let subject = scene.observe(&[FAR]).subject.unwrap();
    assert_eq!((subject.hint, subject.quality), (Some(Hint::ComeCloser), None));
    assert!(scene.watcher.sample(subject.track).unwrap().is_none());
}

#[test]
fn a_walk_up_is_one_track_seen_first_when_it_came_near() {
    let mut scene = Scene::new();
    let widths = [18.0, 21.0, 25.0, 30.0, 36.0, 43.0, 52.0];
    let subjects: Vec<Subject> =
        widths.iter().map(|w| scene.observe(&[(96.0, 96.0, *w)]).subject.unwrap()).collect();
    assert!(subjects.iter().all(|s| s.track == subjects[0].track));
    assert_eq!(subjects[6].first_seen_at, Tick::from_millis(3 * 66), "25 of 192 px are 62 px of the frame");
}

#[test]
fn two_near_faces_are_asked_for_one() {
    let mut scene = Scene::new();
    let observation = scene.observe(&[(60.0, 96.0, 50.0), (130.0, 96.0, 54.0)]);
    assert_eq!(observation.faces, 2);
    assert_eq!(observation.subject.unwrap().hint, Some(Hint::OnePerson));
    let behind = scene.observe(&[(60.0, 96.0, 25.0), (110.0, 96.0, 54.0)]);
    assert_eq!(behind.subject.unwrap().hint, None, "somebody further back does not matter");
}

#[test]
fn what_the_landmarks_do_not_confirm_is_no_face() {
    let mut scene = Scene::new();
    scene.stage.confirm(0.2);
    let observation = scene.observe(&[NEAR]);
    assert_eq!((observation.faces, observation.subject), (0, None), "a poster or a lamp is nobody");
}

#[test]
fn a_face_that_is_gone_gives_no_sample() {
    let mut scene = Scene::new();
    let track = scene.observe(&[NEAR]).subject.unwrap().track;
    for _ in 0..7 {
        assert_eq!(scene.observe(&[]).subject, None);
    }
    assert!(scene.watcher.sample(track).unwrap().is_none(), "462 ms ago is too long for a fresh decision");
}

#[test]
fn a_blink_of_the_detector_does_not_change_who_it_is() {
    let mut scene = Scene::new();
    let before = scene.observe(&[NEAR]).subject.unwrap();
    scene.observe(&[]);
    let after = scene.observe(&[NEAR]).subject.unwrap();
    assert_eq!((after.track, after.first_seen_at), (before.track, before.first_seen_at));
}

#[test]
fn a_reset_forgets_pictures_and_uses_no_number_again() {
    let mut scene = Scene::new();
    let before = scene.observe(&[NEAR]).subject.unwrap().track;
    scene.watcher.reset();
    assert!(scene.watcher.sample(before).unwrap().is_none());
    assert_ne!(scene.observe(&[NEAR]).subject.unwrap().track, before);
}

#[test]
fn a_torn_frame_changes_nothing() {
    let mut scene = Scene::new();
    let before = scene.observe(&[NEAR]).subject.unwrap().track;
    let bytes = vec![0xFF, 0xD8, 1, 2].into();
    let captured_at = Tick::from_millis(99);
    let format = PixelFormat::Jpeg;
    let torn = Frame { sequence: 9, captured_at, width: 640, height: 480, format, bytes };
    assert!(matches!(scene.watcher.observe(&torn), Err(VisionError::Torn(_))));
    assert!(scene.watcher.sample(before).unwrap().is_some());
    assert_eq!(scene.observe(&[NEAR]).subject.unwrap().track, before);
}

#[test]
fn the_sample_is_no_older_than_the_window() {
    let mut scene = Scene::new();
    let track = scene.observe(&[NEAR]).subject.unwrap().track;
    for step in 0..20_u8 {
        // The face moves away, so every frame is worse than the one before.
        scene.observe(&[(96.0, 96.0, 60.0 - f32::from(step))]);
        let sample = scene.watcher.sample(track).unwrap().unwrap();
        let age = Tick::from_millis(scene.frames * 66).since(sample.captured_at);
        assert!(age <= Duration::from_millis(400), "step {step}: {age:?}");
    }
}

#[test]
fn a_guest_who_stands_there_is_judged_by_three_frames() {
    let mut scene = Scene::new();
    let track = scene.observe(&[NEAR]).subject.unwrap().track;
    for _ in 0..6 {
        scene.observe(&[NEAR]);
    }
    let sample = scene.watcher.sample(track).unwrap().unwrap();
    assert_eq!(sample.frames, 3);
    assert_eq!(sample.captured_at, Tick::from_millis(7 * 66), "of equal frames the newest leads");
    assert!((sample.embedding.cosine(&sample.embedding) - 1.0).abs() < 1e-6, "the mean has unit length");
}

#[test]
fn the_detector_looks_at_every_third_frame_of_a_guest_alone() {
    let mut scene = Scene::new();
    scene.observe(&[NEAR]);
    let before = scene.stage.detector_runs();
    let subjects: Vec<_> = (0..9).map(|_| scene.observe(&[NEAR]).subject.unwrap()).collect();
    assert_eq!(scene.stage.detector_runs() - before, 3);
    assert!(subjects.iter().all(|s| s.track == subjects[0].track && s.hint.is_none() && s.quality.is_some()));
}

#[test]
fn whoever_joins_a_guest_is_noticed_within_a_fifth_of_a_second() {
    let mut scene = Scene::new();
    scene.observe(&[NEAR]);
    let both = [(60.0, 96.0, 50.0), (130.0, 96.0, 54.0)];
    let noticed = (1..10).find(|_| scene.observe(&both).subject.unwrap().hint == Some(Hint::OnePerson));
    assert_eq!(noticed, Some(3), "198 ms after the frame that showed one alone");
    let before = scene.stage.detector_runs();
    scene.observe(&both);
    assert_eq!(scene.stage.detector_runs(), before + 1, "of several faces none is followed blindly");
}

#[test]
fn a_face_that_is_lost_is_looked_for_at_once() {
    let mut scene = Scene::new();
    scene.observe(&[NEAR]);
    let before = scene.stage.detector_runs();
    assert_eq!(scene.observe(&[]).faces, 0);
    assert_eq!(scene.stage.detector_runs(), before + 1);
}

/// After how many milliseconds the next frame is looked at if nothing moves.
fn rest_of(scene: &mut Scene) -> u64 {
    let last = scene.frames * 66;
    scene.watcher.movement.reset();
    (1..1_000).find(|wait| scene.watcher.is_due(&still(last + wait))).unwrap()
}

/// The picture that every frame of a scene shows.
fn still(millis: u64) -> Frame {
    let captured_at = Tick::from_millis(millis);
    let bytes = checkered(640, 480).pixels().into();
    Frame { sequence: millis, captured_at, width: 640, height: 480, format: PixelFormat::Rgb8, bytes }
}

#[test]
fn few_frames_are_looked_at_while_nobody_is_near_and_nothing_moves() {
    let mut scene = Scene::new();
    assert!(scene.watcher.is_due(&still(0)), "the first frame is always looked at");
    scene.observe(&[]);
    assert_eq!(rest_of(&mut scene), 520);
    scene.observe(&[FAR]);
    assert_eq!(rest_of(&mut scene), 520, "passers-by are nobody");
    scene.observe(&[NEAR]);
    assert_eq!(rest_of(&mut scene), 60, "every frame at 15 per second");
    scene.observe(&[]);
    assert_eq!(rest_of(&mut scene), 60, "a blink of the detector is looked after at once");
    for _ in 0..8 {
        scene.observe(&[]);
    }
    assert_eq!(rest_of(&mut scene), 520);
}

#[test]
fn whoever_comes_is_looked_at_at_once_and_for_a_while() {
    let mut scene = Scene::new();
    scene.observe(&[]);
    let room = still(0);
    let at = |millis: u64| Frame { captured_at: Tick::from_millis(66 + millis), ..room.clone() };
    assert!(!scene.watcher.is_due(&at(66)) && !scene.watcher.is_due(&at(132)));
    let mut somebody = room.bytes.to_vec();
    somebody[640 * 200 * 3..640 * 280 * 3].fill(20);
    let comes = |millis| Frame { bytes: somebody.as_slice().into(), ..at(millis) };
    assert!(scene.watcher.is_due(&comes(198)), "within the very frame");
    scene.watcher.observe(&comes(198)).unwrap();
    assert!(!scene.watcher.is_due(&comes(231)), "at 30 frames per second every second one is enough");
    assert!(scene.watcher.is_due(&comes(264)), "who moved a moment ago may be near in the next frame");
}

#[test]
fn after_a_reset_the_next_frame_is_looked_at() {
    let mut scene = Scene::new();
    scene.observe(&[]);
    scene.watcher.reset();
    assert!(scene.watcher.is_due(&still(67)), "a new camera must not wait for the old one's rest");
}
