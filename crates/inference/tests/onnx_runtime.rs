//! The engine ONNX Runtime, with a real library: the file that `PORTICO_ONNXRUNTIME` names. Skipped, with a line that
//! says so, without one, or where the models have not been imported.
#![cfg(feature = "onnxruntime")]
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "what fails here fails the test; a skipped one says so"
)]

use std::path::{Path, PathBuf};

use portico_inference::Model as _;
use portico_inference::engine::{self, Engine, EngineError, Layout};
use portico_inference::export;
use portico_inference::models::ModelDir;

fn library() -> Option<Engine> {
    let Some(library) = std::env::var_os("PORTICO_ONNXRUNTIME") else {
        println!("skipped: PORTICO_ONNXRUNTIME names no library");
        return None;
    };
    Some(Engine::onnx_runtime(Path::new(&library)).unwrap())
}

#[test]
fn it_computes_what_our_executor_does() {
    let Some(engine) = library() else { return };
    let beside_build = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/models");
    let directory = std::env::var_os("PORTICO_MODELS").map_or(beside_build, PathBuf::from);
    let models = match ModelDir::open(&directory) {
        Ok(models) => models,
        Err(error) => return println!("skipped: {error}"),
    };
    for name in models.names() {
        let mut ours = models.load(name).unwrap();
        let file = export::onnx(&models.graph(name).unwrap()).unwrap();
        let mut theirs = engine::load(file, ours.input_shape(), Layout::Nhwc, &engine).unwrap();
        assert_eq!(theirs.output_names(), ours.output_names());
        let len = ours.input_shape().iter().product();
        let input: Vec<f32> = (0..len).map(|index: usize| (index * 37 % 256) as f32 / 128.0 - 1.0).collect();
        for (output, expected) in theirs.run(&input).unwrap().iter().zip(ours.run(&input).unwrap()) {
            let scale = expected.iter().fold(0.0_f32, |scale, number| scale.max(number.abs()));
            let off = output.iter().zip(expected).fold(0.0_f32, |off, (a, b)| off.max((a - b).abs()));
            assert_eq!(output.len(), expected.len());
            assert!(off <= 1e-3 * scale, "{name}: off by {off} where numbers go up to {scale}");
        }
    }
}

#[test]
fn it_refuses_what_is_no_model() {
    let Some(engine) = library() else { return };
    let refused = engine::load(b"a text".to_vec(), [4, 6, 3], Layout::Nhwc, &engine).err();
    assert!(matches!(refused, Some(EngineError::NotOnnx(_))), "{refused:?}");
}
