//! Our executor against ONNX Runtime: the same nets, the same numbers in, one thread each.

use std::hint::black_box;
use std::path::Path;

use anyhow::Result;
use portico_inference::models::ModelDir;
use portico_inference::{Model as _, Net, export};

use crate::report::Report;
use crate::stopwatch::milliseconds;
use crate::turns::{self, Contestant};
use crate::yardsticks::Yardsticks;

/// Runs in one turn.
const RUNS: u32 = 4;

/// A net: its key in the report, its name in the models directory, and its yardstick.
const NETS: [(&str, &str, &str); 3] = [
    ("detect", "detector", "ort/detector"),
    ("landmarks", "landmarks", "ort/landmarks"),
    ("embed", "recogniser", "ort/recogniser"),
];

/// Times one run of each net and its ratio to ONNX Runtime's.
pub fn measure(
    models: &Path,
    directory: &Path,
    yardsticks: &Yardsticks,
    turns: usize,
    report: &mut Report,
) -> Result<()> {
    let models = ModelDir::open(models)?;
    for (key, name, yardstick) in NETS {
        let graph = models.graph(name)?;
        let mut net = Net::from_graph(&graph)?;
        let length: usize = net.input_shape().iter().product();
        let input: Vec<f32> = (0..length).map(|index| (index * 37 % 256) as f32 / 127.5 - 1.0).collect();
        std::fs::write(directory.join(format!("{name}.onnx")), export::onnx(&graph)?)?;
        let bytes: Vec<u8> = input.iter().flat_map(|value| value.to_le_bytes()).collect();
        std::fs::write(directory.join(format!("{name}.input")), bytes)?;

        let ours: Contestant<'_> = Box::new(move || {
            milliseconds(RUNS, || {
                black_box(net.run(&input)?);
                Ok(())
            })
        });
        let mut contestants = vec![ours];
        contestants.extend(yardsticks.contestant(yardstick, RUNS));
        let times = turns::take(turns, &mut contestants)?;
        let compared = contestants.len() == 2;
        report.add(&format!("{key}_net_ms"), times.median(0));
        report.add_if_known(&format!("{key}_ort_ms"), compared.then(|| times.median(1)));
        report.add_if_known(&format!("{key}_vs_ort"), compared.then(|| times.ratio(0, 1)));
    }
    Ok(())
}
