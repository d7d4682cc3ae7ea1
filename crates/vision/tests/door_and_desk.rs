//! The camera's way and the single picture's way agree on who it is: a generated guest at the door, the crop that is
//! sent to the backend, and the portrait that was enrolled.
//!
//! Needs the imported models, which the repository does not hold; says so and passes without.

#![expect(clippy::expect_used, clippy::panic, reason = "a test stops at what cannot be")]

use std::path::{Path, PathBuf};

use portico_cast::{Camera, Guest, Light, Pose, cast, portrait_jpeg, render};
use portico_types::{Embedding, Frame, PixelFormat, Tick};
use portico_vision::{Examiner, Finding, Models, VisionParams, Watcher};

/// The published operating point of the recogniser: false match rate 1e-5.
const THRESHOLD: f32 = 0.595;

/// `None` if no models were imported. Models that are there must load.
fn models() -> Option<Models> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/models");
    let directory = std::env::var_os("PORTICO_MODELS").map_or(default, PathBuf::from);
    directory.is_dir().then(|| Models::load(&directory).expect("imported models must load"))
}

fn at_the_door(guest: &Guest) -> Frame {
    let picture = render(guest, &Pose::FRONTAL, &Light::FOYER, &Camera::KIOSK);
    let (width, height, format) = (picture.width, picture.height, PixelFormat::Jpeg);
    let bytes = picture.jpeg(85).expect("a rendered picture can be encoded").into();
    Frame { sequence: 1, captured_at: Tick::ZERO, width, height, format, bytes }
}

fn examined(examiner: &mut Examiner, picture: &[u8]) -> Embedding {
    match examiner.examine(picture).expect("our own pictures decode") {
        Finding::Face(portrait) => portrait.embedding,
        Finding::NoFace => panic!("a generated guest has a face"),
    }
}

#[test]
fn a_guest_is_the_same_at_the_door_and_in_the_portrait() {
    let (Some(watching), Some(examining)) = (models(), models()) else {
        println!("skipped: needs imported models (cargo xtask models)");
        return;
    };
    let mut watcher = Watcher::new(watching, VisionParams::default());
    let mut examiner = Examiner::new(examining, VisionParams::default());
    let guests = cast();
    let (guest, stranger) = (&guests[0], &guests[guests.len() / 2]);
    let subject = watcher.observe(&at_the_door(guest)).expect("the frame decodes").subject;
    let subject = subject.expect("somebody stands there");
    assert_eq!(subject.hint, None, "frontal, near and well lit: {subject:?}");
    let sample = watcher.sample(subject.track).expect("models run").expect("the face is there");

    let sent = examined(&mut examiner, &sample.crop.jpeg);
    assert!(sent.cosine(&sample.embedding) > 0.97, "the backend must see in the crop what the kiosk saw");
    let mut enrolled =
        |guest| examined(&mut examiner, &portrait_jpeg(guest).expect("a portrait can be encoded"));
    let (own, other) = (enrolled(guest), enrolled(stranger));
    let (to_own, to_other) = (sample.embedding.cosine(&own), sample.embedding.cosine(&other));
    assert!(to_own >= THRESHOLD, "the guest must be known again: {to_own}");
    assert!(
        to_other < to_own - 0.15,
        "another guest must be clearly less alike: {to_other} against {to_own}"
    );
}

#[test]
fn a_scene_without_people_has_no_subject() {
    let Some(models) = models() else {
        println!("skipped: needs imported models (cargo xtask models)");
        return;
    };
    let picture = portico_cast::Studio::empty(Light::FOYER, Camera::KIOSK).picture(None, 1);
    let (width, height, format) = (picture.width, picture.height, PixelFormat::Rgb8);
    let bytes = picture.rgb.into();
    let frame = Frame { sequence: 1, captured_at: Tick::ZERO, width, height, format, bytes };
    let observation = Watcher::new(models, VisionParams::default()).observe(&frame).expect("models run");
    assert_eq!((observation.faces, observation.subject), (0, None));
}
