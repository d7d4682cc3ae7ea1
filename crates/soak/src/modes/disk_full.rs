//! `--disk-full`: a worker lets guests in on a disk that the recorder keeps small. When nobody gets in any more, what is
//! on the disk is copied and judged; then there is room again, and the worker has to go on as if nothing had happened.

pub mod worker;

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::acks::{self, Ack};
use crate::judge::{self, Findings};
use crate::recorder::{self, Role};
use crate::report::Report;
use crate::scratch::{Scratch, Setting, bar};
use crate::site::Place;

/// Room that is left when the guests come, in bytes, for one worker each: the write-ahead log ends in the middle of the
/// first check-ins, or while it grows, or while it is folded into the database.
const ROOM_BYTES: [u64; 3] = [48 << 10, 400 << 10, 1_000 << 10];
/// How often each worker's disk fills up.
const FILLINGS: u64 = 2;
/// A disk that is not small.
const PLENTY_BYTES: u64 = 1 << 40;

/// The worker, and the disk that it believes in.
struct Victim {
    folder: PathBuf,
    process: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// Fills disks.
pub fn run(setting: &Setting) -> Result<Report> {
    let scratch = setting.scratch()?;
    let cases = ROOM_BYTES.len() as u64 * FILLINGS;
    let bar = bar("disk full", cases);
    let (mut findings, mut refused, mut on_ballast) = (Findings::default(), 0, 0);
    for (number, room_bytes) in (0_u64..).zip(ROOM_BYTES) {
        bar.set_message(format!("{} KiB left", room_bytes >> 10));
        let folder = scratch.make(&format!("worker-{number}"))?;
        let seed = setting.seed.wrapping_add(number << 32);
        let mut victim = Victim::start(&folder, seed)?;
        let mut found = Findings::default();
        if let Err(error) = live_through(&mut victim, &scratch, (room_bytes, seed), &mut found) {
            found.halve(format!("the kiosk did not go on: {error:#}"));
        }
        bar.inc(FILLINGS);
        let promises = victim.stop()?;
        let count = |is_meant: fn(&&Ack) -> bool| promises.iter().filter(is_meant).count() as u64;
        refused += count(|ack| matches!(ack, Ack::Refused { .. }));
        on_ballast += count(|ack| matches!(ack, Ack::OnBallast));
        found.add(judge::judge(&Place::new(folder.join("disk")), &promises, seed, "in the end"));
        if let Some(kept) = scratch.done(&folder, found.is_bad())? {
            found.note(format!("kept in {}", kept.display()));
        }
        findings.add(found);
    }
    bar.finish_and_clear();
    findings.tell(20);
    let salvaged = findings.salvaged;
    let mut report = findings.report("disk_full", setting.seed);
    report.cases = cases;
    report.figure("salvaged", salvaged);
    report.figure("admitted_on_ballast", on_ballast);
    report.refused = Some(refused);
    Ok(report)
}

/// Fills the disk some times, judges a copy of it each time, makes room and lets the worker go on.
fn live_through(
    victim: &mut Victim,
    scratch: &Scratch,
    (room_bytes, seed): (u64, u64),
    findings: &mut Findings,
) -> Result<()> {
    for filling in 0..FILLINGS {
        victim.resize(used_bytes(&victim.disk())? + room_bytes)?;
        victim.order(worker::FILL, worker::FULL)?;
        let copy = scratch.make(&format!("copy-{seed}-{filling}"))?;
        Place::new(victim.disk()).copy_to(&copy)?;
        let promises = victim.promises()?;
        let mut found = judge::judge(&Place::new(&copy), &promises, seed, "while the disk was full");
        if let Some(kept) = scratch.done(&copy, found.is_bad())? {
            found.note(format!("kept in {}", kept.display()));
        }
        findings.add(found);
        victim.resize(PLENTY_BYTES)?;
        victim.order(worker::GO_ON, worker::WENT_ON)?;
    }
    Ok(())
}

impl Victim {
    fn start(folder: &Path, seed: u64) -> Result<Self> {
        let disk = folder.join("disk");
        fs::create_dir_all(&disk)?;
        let task = worker::Task { folder: disk.clone(), acks: folder.join("acks"), seed };
        resize(folder, PLENTY_BYTES)?;
        let mut command = recorder::worker(&disk, Role::Disk(&capacity(folder)), &task.arguments())?;
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let orders = process.stdin.take();
        let answers = BufReader::new(process.stdout.take().context("the worker has no output")?);
        let mut victim = Self { folder: folder.to_owned(), process, orders, answers };
        victim.expect(worker::READY)?;
        Ok(victim)
    }

    fn disk(&self) -> PathBuf {
        self.folder.join("disk")
    }

    fn resize(&self, bytes: u64) -> Result<()> {
        resize(&self.folder, bytes)
    }

    fn promises(&self) -> Result<Vec<Ack>> {
        acks::read(&fs::read(self.folder.join("acks"))?)
    }

    fn order(&mut self, order: &str, answer: &str) -> Result<()> {
        let orders = self.orders.as_mut().context("the worker is gone")?;
        writeln!(orders, "{order}")?;
        self.expect(answer)
    }

    fn expect(&mut self, answer: &str) -> Result<()> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        if line.trim_end() != answer {
            bail!("the worker said `{}` instead of `{answer}`", line.trim_end());
        }
        Ok(())
    }

    /// Lets the worker end, and returns all that it promised.
    fn stop(mut self) -> Result<Vec<Ack>> {
        self.orders = None;
        self.process.wait()?;
        self.promises()
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        // After a failure nobody waits for it any more; one that has ended already is not there to be killed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn capacity(folder: &Path) -> PathBuf {
    folder.join("capacity")
}

/// Changes the disk's size at one moment: the worker never reads half a number.
fn resize(folder: &Path, bytes: u64) -> Result<()> {
    let draft = folder.join("capacity.new");
    fs::write(&draft, bytes.to_string())?;
    Ok(fs::rename(draft, capacity(folder))?)
}

fn used_bytes(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for file in fs::read_dir(folder)? {
        bytes += file?.metadata()?.len();
    }
    Ok(bytes)
}
