//! The real nets against numbers that ONNX Runtime computed from the same published files (for the recogniser,
//! with the same repair). Skipped, with a line that says so, where the models have not been imported.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "what fails here fails the test; a skipped one says so"
)]

use std::path::{Path, PathBuf};

use portico_inference::models::ModelDir;
use portico_inference::{Model as _, Net};

fn models() -> Option<ModelDir> {
    let beside_build = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/models");
    let directory = std::env::var_os("PORTICO_MODELS").map_or(beside_build, PathBuf::from);
    match ModelDir::open(&directory) {
        Ok(models) => Some(models),
        Err(error) => {
            println!("skipped: {error}");
            None
        }
    }
}

/// A picture by formula: bytes that change from pixel to pixel, normalised.
fn picture(len: usize, subtract: f32, divide: f32) -> Vec<f32> {
    (0..len).map(|index| (((index * 37 + index / 3 * 11) % 256) as f32 - subtract) / divide).collect()
}

/// An output's name and length, and some of its numbers by index.
type Expected<'a> = (&'a str, usize, &'a [(usize, f32)]);

/// Runs the net and compares single numbers of its outputs.
fn check(mut net: Net, normalisation: [f32; 2], expected: &[Expected<'_>]) {
    let input = picture(net.input_shape().iter().product(), normalisation[0], normalisation[1]);
    let names = net.output_names().to_vec();
    assert_eq!(names, expected.iter().map(|(name, ..)| *name).collect::<Vec<_>>());
    let outputs = net.run(&input).unwrap();
    for (output, (name, len, numbers)) in outputs.into_iter().zip(expected) {
        assert_eq!(output.len(), *len, "length of {name}");
        for (index, number) in *numbers {
            let found = output[*index];
            assert!((found - number).abs() <= 1e-3, "{name}[{index}] is {found}, ONNX Runtime says {number}");
        }
    }
}

#[test]
fn the_detector_computes_what_onnx_runtime_does() {
    let Some(models) = models() else { return };
    let boxes: &[_] = &[(0, -2.919_111), (1, -2.870_059_5), (5000, -2.635_429_6), (20_000, -2.476_719_6)];
    let scores: &[_] = &[(0, -6.733_721), (1151, -8.533_136), (2303, -8.643_076)];
    let expected =
        [("reshaped_regressor_face_4", 36_864, boxes), ("reshaped_classifier_face_4", 2304, scores)];
    check(models.load("detector").unwrap(), [127.5, 127.5], &expected);
}

#[test]
fn the_landmarks_net_computes_what_onnx_runtime_does() {
    let Some(models) = models() else { return };
    let contours: &[_] = &[(0, 93.266_45), (133, 78.166_81), (265, 111.384_63)];
    let flag: &[_] = &[(0, 0.000_195_265)];
    let mesh: &[_] = &[(0, 101.890_305), (1, 131.493_99), (703, 78.987_96), (1403, 5.813_95)];
    let expected =
        [("output_contours", 266, contours), ("output_faceflag", 1, flag), ("output_mesh", 1404, mesh)];
    check(models.load("landmarks").unwrap(), [0.0, 255.0], &expected);
}

#[test]
fn the_repaired_recogniser_computes_what_onnx_runtime_does() {
    let Some(models) = models() else { return };
    let numbers: &[_] =
        &[(0, -0.002_005), (1, 0.030_276_1), (64, -0.020_576_8), (100, 0.002_137_1), (191, -0.017_479_7)];
    check(models.load("recogniser").unwrap(), [127.5, 128.0], &[("embeddings", 192, numbers)]);
    assert_eq!(models.model_id("recogniser").unwrap(), "mobilefacenet-repaired-192-mirrored/1");
}

#[test]
fn a_face_vector_has_length_one() {
    let Some(models) = models() else { return };
    let mut net = models.load("recogniser").unwrap();
    let input = picture(112 * 112 * 3, 127.5, 128.0);
    let length: f32 = net.run(&input).unwrap()[0].iter().map(|number| number * number).sum();
    assert!((length - 1.0).abs() < 1e-4, "the net ends with a normalisation: {length}");
}
