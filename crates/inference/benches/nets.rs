//! How long one run of each imported net takes, on one thread. Prints a line and measures nothing where the models
#![expect(clippy::print_stderr, reason = "a bench talks to its terminal")]
//! have not been imported.

use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use portico_inference::Model as _;
use portico_inference::models::{ModelDir, ModelsError};

fn nets(criterion: &mut Criterion) {
    if let Err(error) = measure(criterion) {
        eprintln!("skipped: {error}");
    }
}

fn measure(criterion: &mut Criterion) -> Result<(), ModelsError> {
    let beside_build = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/models");
    let directory = std::env::var_os("PORTICO_MODELS").map_or(beside_build, PathBuf::from);
    let models = ModelDir::open(&directory)?;
    for name in ["detector", "landmarks", "recogniser", "second-recogniser"] {
        let mut net = models.load(name)?;
        let len: usize = net.input_shape().iter().product();
        let input: Vec<f32> = (0..len).map(|index| (index * 37 % 256) as f32 / 127.5 - 1.0).collect();
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| net.run(&input).map(|outputs| outputs[0][0]));
        });
    }
    Ok(())
}

criterion_group!(benches, nets);
criterion_main!(benches);
