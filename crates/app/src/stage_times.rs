//! How long each step of the running kiosk takes: the latest runs of each, for diagnostics. The clock is the kiosk's.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use portico_types::{Clock, Tick};
use portico_vision::Stage;

use crate::contract::{StageFigure, StageName};

/// Runs that count are no older than this.
const WINDOW: Duration = Duration::from_mins(5);
/// Runs that are kept of each step: of decoding, half a minute's at the full pace.
const KEPT: usize = 512;

/// Collects times. Clones collect together.
#[derive(Clone)]
pub(crate) struct StageTimes {
    clock: Arc<dyn Clock>,
    runs: Arc<Mutex<BTreeMap<StageName, VecDeque<Run>>>>,
}

#[derive(Clone, Copy)]
struct Run {
    ended_at: Tick,
    took: Duration,
}

/// Times steps that follow each other.
pub(crate) struct Watch<'t> {
    times: &'t StageTimes,
    since: Tick,
}

impl StageTimes {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, runs: Arc::default() }
    }

    /// Starts a watch.
    pub(crate) fn watch(&self) -> Watch<'_> {
        Watch { times: self, since: self.clock.now() }
    }

    /// Each step with runs within the last minutes, in the order in which a guest passes them.
    pub(crate) fn figures(&self) -> Vec<StageFigure> {
        let now = self.clock.now();
        let runs = self.lock();
        runs.iter().filter_map(|(stage, runs)| figure(*stage, runs, now)).collect()
    }

    fn note(&self, stage: StageName, run: Run) {
        let mut runs = self.lock();
        let runs = runs.entry(stage).or_default();
        if runs.len() == KEPT {
            runs.pop_front();
        }
        runs.push_back(run);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<StageName, VecDeque<Run>>> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watch<'_> {
    /// Takes note that `stage` has ended just now; the next one begins.
    pub(crate) fn ended(&mut self, stage: StageName) {
        let ended_at = self.times.clock.now();
        self.times.note(stage, Run { ended_at, took: ended_at.since(self.since) });
        self.since = ended_at;
    }
}

fn figure(stage: StageName, runs: &VecDeque<Run>, now: Tick) -> Option<StageFigure> {
    let mut times: Vec<Duration> =
        runs.iter().filter(|run| now.since(run.ended_at) <= WINDOW).map(|run| run.took).collect();
    times.sort_unstable();
    let share = |percent: usize| {
        let place = (times.len() * percent).div_ceil(100).max(1) - 1;
        times.get(place).map(|took| took.as_secs_f32() * 1_000.0)
    };
    Some(StageFigure { stage, p50_ms: share(50)?, p95_ms: share(95)?, runs: times.len() as u32 })
}

impl From<Stage> for StageName {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Decode => Self::Decode,
            Stage::Detect => Self::Detect,
            Stage::Landmarks => Self::Landmarks,
            Stage::Embed => Self::Embed,
        }
    }
}

#[cfg(test)]
mod tests {
    use portico_testkit::FakeClock;

    use super::*;

    fn times() -> (StageTimes, FakeClock) {
        let clock = FakeClock::new();
        (StageTimes::new(Arc::new(clock.clone())), clock)
    }

    fn run(times: &StageTimes, clock: &FakeClock, stage: StageName, ms: u64) {
        let mut watch = times.watch();
        clock.advance(Duration::from_millis(ms));
        watch.ended(stage);
    }

    #[test]
    fn the_middle_and_the_slow_end_of_the_latest_runs_are_told() {
        let (times, clock) = times();
        (1..=100).for_each(|ms| run(&times, &clock, StageName::Detect, ms));
        let figures = times.figures();
        assert_eq!(figures.len(), 1);
        let figure = &figures[0];
        assert_eq!((figure.stage, figure.runs), (StageName::Detect, 100));
        assert!((figure.p50_ms - 50.0).abs() < 0.01 && (figure.p95_ms - 95.0).abs() < 0.01, "{figure:?}");
    }

    #[test]
    fn steps_that_follow_each_other_share_a_watch() {
        let (times, clock) = times();
        let mut watch = times.watch();
        clock.advance(Duration::from_millis(3));
        watch.ended(StageName::Decode);
        clock.advance(Duration::from_millis(20));
        watch.ended(StageName::Detect);
        let took: Vec<_> =
            times.figures().iter().map(|figure| (figure.stage, figure.p50_ms.round())).collect();
        assert_eq!(took, [(StageName::Decode, 3.0), (StageName::Detect, 20.0)]);
    }

    #[test]
    fn what_is_long_ago_does_not_count_and_no_more_is_kept_than_needed() {
        let (times, clock) = times();
        run(&times, &clock, StageName::Commit, 900);
        clock.advance(WINDOW + Duration::from_secs(1));
        assert!(times.figures().is_empty(), "nobody was let in for five minutes");
        (0..2 * KEPT).for_each(|_| run(&times, &clock, StageName::Commit, 1));
        assert_eq!(times.figures()[0].runs as usize, KEPT);
    }
}
