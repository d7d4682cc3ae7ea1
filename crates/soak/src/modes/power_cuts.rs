//! `--power-cuts`: a worker lets guests in while the recorder writes down what it does to the disk; then the power is
//! cut at many moments of that recording, and what the disk may have kept is opened and judged.

pub mod worker;

mod disk;
mod fate;
mod recording;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Context as _, Result, ensure};
use fastrand::Rng;
use indicatif::ProgressBar;

use crate::acks;
use crate::judge::{self, Findings};
use crate::recorder::{self, Role};
use crate::report::Report;
use crate::scratch::{Scratch, Setting, bar};
use crate::site::Place;
use recording::Recording;

/// Cuts per recorded run: enough moments of one run, and runs that differ.
const CUTS_PER_RUN: u64 = 250;
/// Steps of one run: the write-ahead logs are folded into the databases several times.
const STEPS: u64 = 300;
/// The file of promises, below the watched folder, so that its place among the changes is known.
pub(super) const ACKS: &str = "acks";
/// Faults that are described; the rest is counted.
const TOLD: usize = 20;

/// All that the threads that cut share.
struct Run<'a> {
    recording: &'a Recording,
    scratch: &'a Scratch,
    bar: &'a ProgressBar,
    seed: u64,
    findings: Mutex<Findings>,
}

/// Cuts the power `cuts` times.
pub fn run(cuts: u64, negative_control: bool, setting: &Setting) -> Result<Report> {
    let scratch = setting.scratch()?;
    let bar = bar("power cuts", cuts);
    let runs = cuts.div_ceil(CUTS_PER_RUN);
    let mut findings = Findings::default();
    for run in 0..runs {
        let seed = setting.seed.wrapping_mul(1_000_003).wrapping_add(run);
        bar.set_message(format!("run {} of {runs}", run + 1));
        let mut recording = record(&scratch, run, seed)?;
        if negative_control {
            recording.forget_log_syncs();
        }
        let share = cuts / runs + u64::from(run < cuts % runs);
        let state =
            Run { recording: &recording, scratch: &scratch, bar: &bar, seed, findings: Mutex::default() };
        cut_all(&state, share)?;
        findings.add(state.findings.into_inner().unwrap_or_else(PoisonError::into_inner));
    }
    bar.finish_and_clear();
    findings.tell(if negative_control { 3 } else { TOLD });
    let salvaged = findings.salvaged;
    let mut report = findings.report("power_cuts", setting.seed);
    report.cases = cuts;
    report.figure("salvaged", salvaged);
    if negative_control {
        report.negative_control = true;
        report.undetected = Some(u64::from(report.lost == 0));
    }
    Ok(report)
}

/// Lets the worker do its steps under the recorder.
fn record(scratch: &Scratch, run: u64, seed: u64) -> Result<Recording> {
    let folder = scratch.make(&format!("run-{run}"))?;
    let disk = scratch.make(&format!("run-{run}/disk"))?;
    let log = folder.join("log");
    let arguments = worker::Task { folder: disk.clone(), seed, steps: STEPS }.arguments();
    let status = recorder::worker(&disk, Role::Log(&log), &arguments)?.status()?;
    ensure!(status.success(), "the worker failed ({status})");
    let recording = Recording::read(&std::fs::read(&log)?)?;
    ensure!(!recording.changes.is_empty(), "nothing was recorded: the recorder was not loaded");
    scratch.done(&folder, false)?;
    Ok(recording)
}

fn cut_all(run: &Run<'_>, cuts: u64) -> Result<()> {
    let next = AtomicU64::new(0);
    let threads = thread::available_parallelism().map_or(1, usize::from).min(4);
    thread::scope(|scope| {
        let work = || -> Result<()> {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= cuts {
                    return Ok(());
                }
                cut(run, number)?;
                run.bar.inc(1);
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().map_err(|_| anyhow::anyhow!("a thread of the soak has panicked"))?
        })
    })
}

/// Cuts the power once, and judges.
fn cut(run: &Run<'_>, number: u64) -> Result<()> {
    let mut rng = Rng::with_seed(run.seed.wrapping_mul(7_919).wrapping_add(number));
    let moment = run.recording.pick(&mut rng);
    let folder = run.scratch.make(&format!("cut-{}-{number}", run.seed))?;
    let files = disk::after_a_cut(&run.recording.changes[..moment], &mut rng);
    write(&folder, &files).with_context(|| format!("cannot lay out {}", folder.display()))?;
    let promises = acks::read(&run.recording.acks_until(moment))?;
    let place = format!("cut {number} at change {moment} of {}", run.recording.changes.len());
    let mut found = judge::judge(&Place::new(&folder), &promises, run.seed, &place);
    if let Some(kept) = run.scratch.done(&folder, found.is_bad())? {
        found.note(format!("{place}: kept in {}", kept.display()));
    }
    run.findings.lock().unwrap_or_else(PoisonError::into_inner).add(found);
    Ok(())
}

/// Lays the disk's files out. Keys must be their owner's alone, or the kiosk refuses them.
fn write(folder: &Path, files: &disk::Files) -> Result<()> {
    for (name, content) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(&path, content)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
        }
    }
    Ok(())
}
