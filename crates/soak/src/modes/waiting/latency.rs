//! What a check-in costs with and without a long queue behind it, and how quickly staff find somebody.
//!
//! The disk is not always equally fast: the three things that are compared take turns in the same folder.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use anyhow::{Result, ensure};
use fastrand::Rng;
use portico_store::{Settlement, Store};
use portico_types::Admission;

use super::filling::wish;
use crate::clock::Stopwatch;
use crate::crowd;
use crate::report::Report;

/// Results that a search shows.
const SHOWN: usize = 20;
/// Characters of the longest prefix that staff type before they look.
const LONGEST_PREFIX: usize = 6;

/// Times in milliseconds, of each commit.
#[derive(Clone, Debug, Default)]
pub struct Commits {
    /// With nothing waiting.
    pub empty: Vec<f64>,
    /// With everything waiting.
    pub waiting: Vec<f64>,
    /// Writing and syncing 4 KiB.
    pub yardstick: Vec<f64>,
}

/// Lets each of `guests` in at both stores, in turn with the yardstick in `folder`.
pub fn commits(
    empty: &mut Store,
    waiting: &mut Store,
    folder: &Path,
    guests: std::ops::Range<usize>,
) -> Result<Commits> {
    let mut yardstick = OpenOptions::new().create(true).append(true).open(folder.join("yardstick"))?;
    let mut commits = Commits::default();
    for number in guests {
        commits.empty.push(admit(empty, number)?);
        commits.waiting.push(admit(waiting, number)?);
        commits.yardstick.push(write_and_sync(&mut yardstick)?);
        // The queue of the one stays empty.
        let next = empty.next_batch(1)?;
        let answers: Vec<_> = next.into_iter().map(|entry| (entry.id, Settlement::Delivered)).collect();
        empty.settle(&answers)?;
    }
    Ok(commits)
}

fn admit(store: &mut Store, number: usize) -> Result<f64> {
    let wish = wish(number);
    let watch = Stopwatch::start();
    let admitted = store.admit(&wish)?;
    let ms = watch.ms();
    ensure!(matches!(admitted.admission, Admission::Recorded(_)), "guest {number} should get in");
    Ok(ms)
}

fn write_and_sync(file: &mut File) -> Result<f64> {
    let watch = Stopwatch::start();
    file.write_all(&[0x5a; 4096])?;
    file.sync_data()?;
    Ok(watch.ms())
}

/// Searches for prefixes of names on a roster of `guests`; each time in milliseconds.
pub fn searches(store: &Store, guests: usize, times: usize, rng: &mut Rng) -> Result<Vec<f64>> {
    let mut searches_ms = Vec::with_capacity(times);
    for _ in 0..times {
        let name = crowd::attendee(rng.usize(..guests)).name;
        let prefix: String = name.chars().take(rng.usize(1..=LONGEST_PREFIX)).collect();
        let watch = Stopwatch::start();
        let found = store.search(&prefix, SHOWN)?;
        searches_ms.push(watch.ms());
        ensure!(!found.is_empty(), "nobody was found although somebody's name begins so");
    }
    Ok(searches_ms)
}

impl Commits {
    /// Tells of them.
    pub fn tell(mut self, report: &mut Report) {
        let waiting_p99 = Report::percentile(&mut self.waiting, 0.99);
        let yardstick_p99 = Report::percentile(&mut self.yardstick, 0.99);
        let empty_p99 = Report::percentile(&mut self.empty, 0.99);
        report.figure("commit_ms_p50_empty", Report::percentile(&mut self.empty, 0.5));
        report.figure("commit_ms_p99_empty", empty_p99);
        report.figure("commit_ms_p50_waiting", Report::percentile(&mut self.waiting, 0.5));
        report.figure("commit_ms_p99_waiting", waiting_p99);
        report.figure("fsync_ms_p50", Report::percentile(&mut self.yardstick, 0.5));
        report.figure("fsync_ms_p99", yardstick_p99);
        let mut ratio = |name, of: Option<f64>, to: Option<f64>| {
            if let (Some(of), Some(to)) = (of, to.filter(|to| *to > 0.0)) {
                report.measure(name, of / to);
            }
        };
        ratio("commit_p99_vs_fsync", waiting_p99, yardstick_p99);
        ratio("commit_p99_vs_empty", waiting_p99, empty_p99);
    }
}
