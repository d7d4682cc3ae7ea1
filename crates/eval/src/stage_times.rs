//! How long the stages of the pipeline take. The clock is read here, at the edge; vision only says when a stage ends.

use std::collections::BTreeMap;
use std::time::Instant;

use portico_vision::Stage;
use serde::Serialize;

/// Milliseconds of every run of each stage.
#[derive(Clone, Debug, Default)]
pub struct StageTimes(BTreeMap<&'static str, Vec<f64>>);

/// Medians, as the report shows them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MedianTimes(pub BTreeMap<&'static str, f64>);

/// Writes down the stages of one picture.
pub struct StopWatch<'t> {
    times: &'t mut StageTimes,
    since: Instant,
}

impl StageTimes {
    /// Starts with a picture.
    pub fn watch(&mut self) -> StopWatch<'_> {
        StopWatch { times: self, since: Instant::now() }
    }

    /// Takes over the times of another thread.
    pub fn append(&mut self, other: Self) {
        for (stage, mut times) in other.0 {
            self.0.entry(stage).or_default().append(&mut times);
        }
    }

    /// The median of each stage in milliseconds.
    pub fn medians(&self) -> MedianTimes {
        let median = |times: &Vec<f64>| {
            let mut sorted = times.clone();
            sorted.sort_by(f64::total_cmp);
            sorted[sorted.len() / 2]
        };
        MedianTimes(self.0.iter().map(|(stage, times)| (*stage, median(times))).collect())
    }
}

impl StopWatch<'_> {
    /// Takes note that `stage` has ended just now.
    pub fn ended(&mut self, stage: Stage) {
        let now = Instant::now();
        let milliseconds = now.duration_since(self.since).as_secs_f64() * 1e3;
        self.times.0.entry(stage.name()).or_default().push(milliseconds);
        self.since = now;
    }
}
