//! Bursts of chips whose grey level says whom they show.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use portico_types::{ModelId, Tick, TrackId};

use super::*;
use crate::align::{CHIP_SIDE, Chip, Chips};
use crate::burst::Bursts;
use crate::fakes::{FakeNet, Stage, preparation};
use crate::params::VisionParams;
use crate::recognise::Recogniser;

const GUEST: TrackId = TrackId(1);

/// Stages whose recogniser makes a unit vector of a chip: its grey level is the angle in degrees. Counts its runs.
fn stages(runs: &Arc<AtomicUsize>) -> Stages {
    let runs = Arc::clone(runs);
    let net = FakeNet::computing([CHIP_SIDE, CHIP_SIDE, 3], move |input| {
        runs.fetch_add(1, Ordering::Relaxed);
        let angle = (input[0] * 128.0 + 127.5).to_radians();
        vec![vec![angle.cos(), angle.sin()]]
    });
    let recogniser = Recogniser::new(net, preparation(CHIP_SIDE, 2), ModelId("fake/1".into())).unwrap();
    Stages::new(crate::Models { recogniser, ..Stage::empty().models() }, VisionParams::default())
}

/// A burst of one frame each 130 ms: (angle in degrees, quality).
fn burst(shots: &[(u8, f32)]) -> Bursts {
    let mut bursts = Bursts::default();
    for (millis, (angle, score)) in (0..).step_by(130).zip(shots) {
        let mut shot = bursts.blank();
        shot.captured_at = Tick::from_millis(millis);
        shot.passed = true;
        shot.quality.score = *score;
        shot.chip = Chips::of(Chip::from_pixels(vec![*angle; CHIP_SIDE * CHIP_SIDE * 3]));
        bursts.keep(GUEST, shot);
    }
    bursts
}

/// The angle that the frames make together, and how many they are.
fn gathered(shots: &[(u8, f32)]) -> (f32, usize) {
    let (mut bursts, mut stages) = (burst(shots), stages(&Arc::default()));
    let evidence = gather(bursts.of(GUEST).unwrap(), &mut stages).unwrap().unwrap();
    let [x, y] = *evidence.embedding.values() else { panic!("two numbers go in, two come out") };
    (y.atan2(x).to_degrees(), evidence.frames)
}

#[test]
fn frames_of_one_person_are_combined_and_the_better_weighs_more() {
    let (even, frames) = gathered(&[(20, 0.8), (40, 0.8)]);
    assert!((even - 30.0).abs() < 0.1 && frames == 2, "{even} of {frames}");
    let (leaning, _) = gathered(&[(20, 0.2), (40, 0.8)]);
    assert!((35.0..39.0).contains(&leaning), "four fifths of the way: {leaning}");
}

#[test]
fn a_frame_that_shows_somebody_else_is_left_out() {
    let (angle, frames) = gathered(&[(120, 0.7), (30, 0.9), (32, 0.9)]);
    assert!((angle - 31.0).abs() < 0.2 && frames == 2, "{angle} of {frames}: somebody stepped in");
}

#[test]
fn no_frame_is_embedded_twice() {
    let runs = Arc::new(AtomicUsize::new(0));
    let (mut bursts, mut stages) = (burst(&[(20, 0.8), (30, 0.8)]), stages(&runs));
    gather(bursts.of(GUEST).unwrap(), &mut stages).unwrap();
    let once = runs.load(Ordering::Relaxed);
    assert!(once > 0, "the vectors must come from the recogniser");
    gather(bursts.of(GUEST).unwrap(), &mut stages).unwrap();
    assert_eq!(runs.load(Ordering::Relaxed), once);
}
