//! `cargo xtask bench`: runs the benchmarks and reads their medians, each beside its yardstick of the same run.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::setup::{self, Job};
use crate::{command, models};

/// Options of the benchmarks.
#[derive(clap::Args)]
pub struct Options {
    /// Prints the figures as one JSON object at the end.
    #[arg(long)]
    json: bool,
}

/// Crates with benchmarks, and the benchmark's name in each.
const BENCHES: [(&str, &str); 4] = [
    ("portico-inference", "nets"),
    ("portico-vision", "stages"),
    ("portico-identify", "search"),
    ("portico-store", "commit"),
];

/// A figure: its key, and criterion's folder of the benchmark that it is read from.
const FIGURES: [(&str, &str); 12] = [
    ("decode_jpeg_ms", "jpeg decode 640x480"),
    ("detect_ms", "detect"),
    ("landmarks_ms", "landmarks"),
    ("embed_ms", "embed"),
    ("observe_frame_ms", "observe a frame with a face"),
    ("sample_ms", "sample"),
    ("search_10k_ms", "gallery/search/10000"),
    ("search_100k_ms", "gallery/search/100000"),
    ("plain_sum_100k_ms", "gallery/plain_sum/100000"),
    ("commit_ms", "commit/check-in"),
    ("fsync_4kib_ms", "commit/yardstick_ write and sync 4 KiB"),
    ("find_ticket_100k_ms", "search in 100,000/ticket"),
];

/// Ratios of a figure to its yardstick of the same run.
const RATIOS: [(&str, &str, &str); 2] = [
    ("search_vs_bandwidth", "search_100k_ms", "plain_sum_100k_ms"),
    ("commit_vs_fsync", "commit_ms", "fsync_4kib_ms"),
];

/// Measures and prints.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    setup::prepare(root, Job::Bench)?;
    models::run(root)?;
    for (package, bench) in BENCHES {
        // The profile of the demo and the tests: everything hot is optimised as in a release, and nothing is built twice.
        let arguments = ["bench", "--profile", "dev", "--package", package, "--bench", bench];
        command::run(root, &command::cargo(), &arguments)?;
    }
    let figures = figures(&command::target_dir(root).join("criterion"))?;
    let text =
        if options.json { serde_json::to_string(&figures)? } else { serde_json::to_string_pretty(&figures)? };
    println!("{text}");
    Ok(())
}

fn figures(criterion: &Path) -> Result<BTreeMap<String, f64>> {
    let mut figures = BTreeMap::new();
    for (key, bench) in FIGURES {
        figures.insert(key.to_owned(), rounded(median_ms(criterion, bench)?));
    }
    for (key, figure, yardstick) in RATIOS {
        figures.insert(key.to_owned(), rounded(figures[figure] / figures[yardstick]));
    }
    Ok(figures)
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
