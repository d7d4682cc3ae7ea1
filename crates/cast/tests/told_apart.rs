//! The real recogniser tells the whole cast apart at its real thresholds, over pose and light.
//!
//! Needs the imported nets (`PORTICO_MODELS`, or `target/models`); says so and ends at once without them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test's own helpers fail the test"
)]

use std::path::PathBuf;

use portico_cast::{Camera, Guest, Light, Pose, Studio, cast, portrait_jpeg};
use portico_identify::Calibration;
use portico_types::Embedding;
use portico_vision::{Examiner, Finding, Models, VisionParams};

/// What the recogniser's scores mean.
const CALIBRATION: &str = include_str!("../../../assets/models/calibration/mobilefacenet-repaired.toml");

/// Own pictures must stay this close to the portrait: comfortably above the threshold of acceptance.
const OWN: f32 = 0.75;

fn examiner() -> Option<Examiner> {
    let built = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/models");
    let folder = std::env::var_os("PORTICO_MODELS").map_or_else(|| PathBuf::from(built), PathBuf::from);
    if !folder.join("index.toml").is_file() {
        eprintln!("skipped: no imported nets in {}", folder.display());
        return None;
    }
    Some(Examiner::new(Models::load(&folder).unwrap(), VisionParams::default()))
}

fn embedding(examiner: &mut Examiner, jpeg: &[u8], whose: &str) -> Embedding {
    match examiner.examine(jpeg).unwrap() {
        Finding::Face(portrait) => portrait.embedding,
        Finding::NoFace => panic!("no face found on a picture of {whose}"),
    }
}

/// The corners of what a guest does before a kiosk, each in another light.
fn visits() -> [(Pose, Light); 4] {
    let at =
        |yaw: f32, pitch: f32, roll: f32| Pose { yaw, pitch, roll, shoulders: yaw * 0.4, ..Pose::FRONTAL };
    [
        (at(-20.0, 3.0, 2.0), Light::FOYER),
        (at(20.0, -2.0, -3.0), Light::FROM_RIGHT),
        (at(4.0, -10.0, 0.0), Light::EVENING),
        (at(-5.0, 10.0, 0.0), Light::OVERCAST),
    ]
}

fn seen(guest: &Guest, examiner: &mut Examiner) -> Vec<Embedding> {
    let shots = visits().into_iter().map(|(pose, light)| {
        let picture = Studio::new(guest, light, Camera::KIOSK).picture(Some(&pose), 1);
        embedding(examiner, &picture.jpeg(85).unwrap(), guest.slug())
    });
    shots.collect()
}

#[test]
fn every_guest_is_recognised_and_taken_for_nobody_else() {
    let Some(mut examiner) = examiner() else { return };
    let calibration = Calibration::parse(CALIBRATION).unwrap();
    let (alike, different) = (calibration.pair(1e-5), calibration.pair(1e-4));
    let cast = cast();
    let enrolled: Vec<Embedding> = cast
        .iter()
        .map(|guest| embedding(&mut examiner, &portrait_jpeg(guest).unwrap(), guest.slug()))
        .collect();
    let mut wrong = Vec::new();
    for (i, guest) in cast.iter().enumerate() {
        for (visit, face) in seen(guest, &mut examiner).iter().enumerate() {
            for (j, portrait) in enrolled.iter().enumerate() {
                let score = face.cosine(portrait);
                let right = if i == j { score >= OWN.max(alike) } else { score < different };
                if !right {
                    wrong.push(format!(
                        "{} in visit {visit} against {}: {score:.2}",
                        guest.slug(),
                        cast[j].slug()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "own pictures must be accepted, others not even asked about: {wrong:#?}");
}
