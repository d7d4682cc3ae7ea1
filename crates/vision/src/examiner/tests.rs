//! Single pictures through fake models.

use super::*;
use crate::encode::encode;
use crate::fakes::{Stage, checkered};

fn examine(stage: &Stage, width: u32, height: u32) -> Finding {
    let picture = encode(&checkered(width, height), 90).unwrap();
    Examiner::new(stage.models(), VisionParams::default()).examine(&picture).unwrap()
}

#[test]
fn the_face_in_the_middle_is_portrayed_though_a_bystander_is_nearer() {
    let stage = Stage::empty();
    stage.show(&[(96.0, 96.0, 60.0), (20.0, 96.0, 70.0)]);
    let Finding::Face(portrait) = examine(&stage, 480, 480) else { panic!("there are two faces") };
    assert!((portrait.bounds.width - 150.0).abs() < 1.0, "{:?}", portrait.bounds);
}

#[test]
fn the_largest_face_is_portrayed() {
    let stage = Stage::empty();
    stage.show(&[(40.0, 96.0, 30.0), (120.0, 96.0, 60.0)]);
    let Finding::Face(portrait) = examine(&stage, 480, 480) else { panic!("there are two faces") };
    assert!((portrait.bounds.width - 150.0).abs() < 1.0, "{:?}", portrait.bounds);
    assert_eq!(portrait.embedding.values(), [0.6, 0.8]);
    assert!(portrait.score > 0.9 && portrait.quality.score > 0.0);
}

#[test]
fn places_are_those_of_the_picture_that_came_in() {
    let stage = Stage::empty();
    stage.show(&[(96.0, 96.0, 60.0)]);
    let Finding::Face(portrait) = examine(&stage, 2560, 2560) else { panic!("there is a face") };
    let middle = portrait.bounds.centre();
    assert!(middle.distance(Point::new(1280.0, 1280.0)) < 4.0, "{middle:?}");
    assert!((portrait.bounds.width - 800.0).abs() < 4.0);
    assert!(portrait.landmarks[0].x < portrait.landmarks[1].x);
}

#[test]
fn no_face_is_a_finding_and_not_an_error() {
    let stage = Stage::empty();
    assert_eq!(examine(&stage, 320, 240), Finding::NoFace);
    stage.show(&[(96.0, 96.0, 60.0)]);
    stage.confirm(0.1);
    assert_eq!(examine(&stage, 320, 240), Finding::NoFace, "the landmarks must confirm it");
}

#[test]
fn a_picture_that_is_none_is_an_error() {
    let mut examiner = Examiner::new(Stage::empty().models(), VisionParams::default());
    assert!(matches!(examiner.examine(b"hello"), Err(VisionError::Format)));
}
