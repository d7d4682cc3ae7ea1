//! The real nets against numbers that ONNX Runtime computed from the same published files (for the recogniser,
//! with the same repair). Skipped, with a line that says so, where the models have not been imported.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "what fails here fails the test; a skipped one says so"
)]

use std::path::{Path, PathBuf};

use portico_inference::Model as _;
use portico_inference::models::ModelDir;

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

/// A picture by formula: bytes that change from pixel to pixel, normalised as the manifest says.
fn picture(models: &ModelDir, name: &str, [height, width, _]: [usize; 3]) -> Vec<f32> {
    let normalisation = models.normalisation(name).unwrap();
    let byte = |index: usize| ((index * 37 + index / 3 * 11) % 256) as u8;
    let pixel = |index: usize| [byte(index * 3), byte(index * 3 + 1), byte(index * 3 + 2)];
    (0..height * width).flat_map(|index| normalisation.apply(pixel(index))).collect()
}

/// An output's name and length, and some of its numbers by index.
type Expected<'a> = (&'a str, usize, &'a [(usize, f32)]);

/// Runs a net and compares single numbers of its outputs.
fn check(models: &ModelDir, name: &str, expected: &[Expected<'_>]) {
    let mut net = models.load(name).unwrap();
    let input = picture(models, name, net.input_shape());
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
    check(&models, "detector", &expected);
}

#[test]
fn the_landmarks_net_computes_what_onnx_runtime_does() {
    let Some(models) = models() else { return };
    let contours: &[_] = &[(0, 93.266_45), (133, 78.166_81), (265, 111.384_63)];
    let flag: &[_] = &[(0, 0.000_195_265)];
    let mesh: &[_] = &[(0, 101.890_305), (1, 131.493_99), (703, 78.987_96), (1403, 5.813_95)];
    let expected =
        [("output_contours", 266, contours), ("output_faceflag", 1, flag), ("output_mesh", 1404, mesh)];
    check(&models, "landmarks", &expected);
}

#[test]
fn the_repaired_recogniser_computes_what_onnx_runtime_does() {
    let Some(models) = models() else { return };
    let numbers: &[_] =
        &[(0, -0.002_005), (1, 0.030_276_1), (64, -0.020_576_8), (100, 0.002_137_1), (191, -0.017_479_7)];
    check(&models, "recogniser", &[("embeddings", 192, numbers)]);
    assert_eq!(models.model_id("recogniser").unwrap(), "mobilefacenet-repaired-192-mirrored/1");
}

#[test]
fn the_second_recogniser_computes_what_onnx_runtime_does() {
    let Some(models) = models() else { return };
    let numbers: &[_] = &[(0, -0.060_953_7), (1, 0.132_026_2), (64, 0.254_641_4), (127, 0.009_742_6)];
    check(&models, "second-recogniser", &[("descriptor", 128, numbers)]);
    assert_eq!(models.model_id("second-recogniser").unwrap(), "face-api-128-mirrored/1");
}

#[test]
fn a_face_vector_has_length_one() {
    let Some(models) = models() else { return };
    let mut net = models.load("recogniser").unwrap();
    let input = picture(&models, "recogniser", [112, 112, 3]);
    let length: f32 = net.run(&input).unwrap()[0].iter().map(|number| number * number).sum();
    assert!((length - 1.0).abs() < 1e-4, "the net ends with a normalisation: {length}");
}
