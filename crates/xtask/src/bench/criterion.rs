//! The benchmarks of single crates: runs them and reads their medians.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Map, Value};

use crate::command;

/// Crates with benchmarks, and the benchmark's name in each.
const BENCHES: [(&str, &str); 4] = [
    ("portico-inference", "nets"),
    ("portico-vision", "stages"),
    ("portico-identify", "search"),
    ("portico-store", "commit"),
];

/// A figure: its key, and criterion's folder of the benchmark that it is read from.
const FIGURES: [(&str, &str); 6] = [
    ("decode_jpeg_ms", "jpeg decode 640x480"),
    ("observe_frame_ms", "observe a frame with a face"),
    ("sample_ms", "sample"),
    ("commit_ms", "commit/check-in"),
    ("fsync_4kib_ms", "commit/yardstick_ write and sync 4 KiB"),
    ("find_ticket_100k_ms", "search in 100,000/ticket"),
];

/// Ratios of a figure to its yardstick of the same run.
const RATIOS: [(&str, &str, &str); 1] = [("commit_vs_fsync", "commit_ms", "fsync_4kib_ms")];

/// Runs the benchmarks and reads the figures.
pub fn figures(root: &Path) -> Result<Map<String, Value>> {
    for (package, bench) in BENCHES {
        // The profile of the demo and the tests: everything hot is optimised as in a release, and nothing is built twice.
        let arguments = ["bench", "--profile", "dev", "--package", package, "--bench", bench];
        command::run(root, &command::cargo(), &arguments)?;
    }
    let criterion = command::target_dir(root).join("criterion");
    let mut medians = Vec::new();
    for (key, bench) in FIGURES {
        medians.push((key, median_ms(&criterion, bench)?));
    }
    let of =
        |key: &str| medians.iter().find(|(name, _)| *name == key).map_or(f64::NAN, |(_, median)| *median);
    let ratios = RATIOS.map(|(key, figure, yardstick)| (key, of(figure) / of(yardstick)));
    let all = medians.iter().copied().chain(ratios);
    Ok(all.map(|(key, figure)| (key.to_owned(), rounded(figure).into())).collect())
}

/// The median of criterion's newest run of `bench`, in milliseconds.
fn median_ms(criterion: &Path, bench: &str) -> Result<f64> {
    let path = criterion.join(bench).join("new/estimates.json");
    let text = std::fs::read_to_string(&path).with_context(|| format!("no figure at {}", path.display()))?;
    let estimates: Value = serde_json::from_str(&text)?;
    let nanoseconds = estimates["median"]["point_estimate"].as_f64();
    Ok(nanoseconds.with_context(|| format!("no median in {}", path.display()))? / 1e6)
}

fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}
