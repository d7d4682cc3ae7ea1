//! The real nets as ONNX files, run by the portable engine and compared with our executor. Skipped, with a line that
//! says so, where the models have not been imported.

use std::path::{Path, PathBuf};

use portico_inference::Model as _;
use portico_inference::engine::{self, Engine, Layout};
use portico_inference::export;
use portico_inference::models::ModelDir;

/// Numbers between -1 and 1 that look random and are always the same.
fn noise(len: usize) -> Vec<f32> {
    let mut state = 0x9E37_79B9_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..len).map(|_| next()).collect()
}

#[test]
fn exported_nets_compute_the_same_on_another_engine() {
    let beside_build = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/models");
    let directory = std::env::var_os("PORTICO_MODELS").map_or(beside_build, PathBuf::from);
    let models = match ModelDir::open(&directory) {
        Ok(models) => models,
        Err(error) => return println!("skipped: {error}"),
    };
    for name in models.names() {
        let mut ours = models.load(name).unwrap();
        let file = export::onnx(&models.graph(name).unwrap()).unwrap();
        let mut theirs = engine::load(file, ours.input_shape(), Layout::Nhwc, &Engine::Portable).unwrap();
        assert_eq!(theirs.output_names(), ours.output_names());
        let input = noise(ours.input_shape().iter().product());
        for (output, expected) in theirs.run(&input).unwrap().iter().zip(ours.run(&input).unwrap()) {
            let scale = expected.iter().fold(0.0_f32, |scale, number| scale.max(number.abs()));
            assert_eq!(output.len(), expected.len());
            for (found, expected) in output.iter().zip(expected) {
                let off = (found - expected).abs() / scale;
                assert!(off <= 1e-3, "{name}: {found} and {expected} differ by {off} of the largest number");
            }
        }
    }
}
