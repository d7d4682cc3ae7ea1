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

/// A figure: its key, and the criterion benchmark that it is read from.
const FIGURES: [(&str, &str); 9] = [
    ("detect_ms", "vision/detect"),
    ("landmarks_ms", "vision/landmarks"),
    ("embed_ms", "vision/embed"),
    ("observe_frame_ms", "vision/observe"),
    ("search_10k_ms", "search/10000"),
    ("search_100k_ms", "search/100000"),
    ("search_100k_plain_sum_ms", "search/plain_sum_100000"),
    ("commit_ms", "store/commit_check_in"),
    ("fsync_4kib_ms", "store/bare_fsync_4kib"),
];

/// Ratios of a figure to its yardstick.
const RATIOS: [(&str, &str, &str); 2] = [
    ("search_vs_bandwidth", "search_100k_ms", "search_100k_plain_sum_ms"),
    ("commit_vs_fsync", "commit_ms", "fsync_4kib_ms"),
];

/// Measures and prints.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    setup::prepare(root, Job::Bench)?;
    models::run(root)?;
    for (package, bench) in BENCHES {
        let arguments = ["bench", "--package", package, "--bench", bench];
        command::run(root, &command::cargo(), &arguments)?;
    }
    let figures = figures(&root.join("target/criterion"))?;
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
