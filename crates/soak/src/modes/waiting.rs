//! `--waiting`: so many entries wait for a backend that could not be reached for long. Letting one more guest in costs
//! what it always costs, staff find people as quickly, and when the backend is there again it gets everything.

mod filling;
pub mod latency;

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};
use fastrand::Rng;
use portico_protocol::EntryRule;
use portico_sync::SyncParams;
use portico_ticketing::PorticoParams;
use tokio::time::sleep;

use crate::clock::Stopwatch;
use crate::kiosk::{Kiosk, KioskSetup};
use crate::ledger::{Act, Ledger};
use crate::oracle;
use crate::report::Report;
use crate::scratch::{Scratch, Setting, bar};
use crate::server::{self, House};
use crate::site::{self, Place};
use filling::GATE;

/// Guests whose commits are measured: the worst of a hundred are then some.
const MEASURED: usize = 2_000;
/// Searches that are measured.
const SEARCHES: usize = 1_000;
/// Without any progress for so long, nothing more is delivered.
const STALLED: Duration = Duration::from_mins(1);
/// How often the outbox is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// Lets `entries` guests of a roster of `guests` in without a backend; the roster is longer where that is too few.
pub fn run(entries: u64, guests: usize, setting: &Setting) -> Result<Report> {
    let entries = usize::try_from(entries)?;
    let (scratch, ledger) = (setting.scratch()?, Ledger::default());
    let guests = guests.max(entries + MEASURED);
    let (empty, waiting) = (scratch.make("empty")?, scratch.make("waiting")?);
    let seed = setting.seed;
    fill(setting, (&empty, &waiting), entries, guests, &ledger)?;
    let mut report = Report { mode: "waiting", seed, cases: entries as u64, ..Report::default() };
    {
        let mut without = site::open_store(&Place::new(&empty), seed)?;
        let mut with = site::open_store(&Place::new(&waiting), seed)?;
        let measured = entries..entries + MEASURED;
        latency::commits(&mut without, &mut with, &scratch.make("yardstick")?, measured.clone())?
            .tell(&mut report);
        for wish in measured.map(filling::wish) {
            ledger.note(wish.id, Act::CheckIn { attendee: wish.attendee, gate: wish.gate, at: wish.at });
        }
        let mut rng = Rng::with_seed(seed);
        let mut searches_ms = latency::searches(&with, guests, SEARCHES, &mut rng)?;
        report.figure("roster", guests);
        report.figure("search_ms_p50", Report::percentile(&mut searches_ms, 0.5));
        report.figure("search_ms_p95", Report::percentile(&mut searches_ms, 0.95));
    }
    super::on_tokio(drain(&scratch, waiting.as_path(), guests, seed, &ledger, report))
}

/// Fills two stores in memory, where it does not take a commit to disk for each guest, and moves them to the disk.
fn fill(
    setting: &Setting,
    (empty, waiting): (&Path, &Path),
    entries: usize,
    guests: usize,
    ledger: &Ledger,
) -> Result<()> {
    let bar = bar("waiting", entries as u64);
    let memory = setting.memory_scratch()?;
    let folder = memory.make("kiosk")?;
    let mut store = filling::with_roster(&folder, guests, setting.seed)?;
    store.checkpoint()?;
    move_copy(&folder, empty)?;
    filling::let_in(&mut store, entries, ledger, &bar)?;
    store.checkpoint()?;
    move_copy(&folder, waiting)?;
    bar.finish_and_clear();
    Ok(())
}

/// Copies the database and its key. The log is empty.
fn move_copy(from: &Path, to: &Path) -> Result<()> {
    let (from, to) = (Place::new(from), Place::new(to));
    fs::copy(from.kiosk(), to.kiosk())?;
    fs::copy(from.key(), to.key())?;
    fs::File::open(to.kiosk())?.sync_all()?;
    Ok(())
}

/// Delivers everything to a real backend, and compares.
async fn drain(
    scratch: &Scratch,
    folder: &Path,
    guests: usize,
    seed: u64,
    ledger: &Ledger,
    measured: Report,
) -> Result<Report> {
    let rule = EntryRule::Once;
    let house = House::open(&scratch.make("server")?, &server::event(&[GATE.to_owned()], rule), seed).await?;
    house.invite(guests)?;
    let setup = KioskSetup {
        folder: folder.to_owned(),
        gate: GATE.to_owned(),
        url: format!("http://{}", house.addr()),
        token: house.pair("Kiosk", GATE).await?.token,
        seed,
        pace: SyncParams::default(),
        calls: PorticoParams::default(),
    };
    let mut kiosk = Kiosk::open(setup, ledger.clone()).await?;
    // No backend ever gave this cursor.
    kiosk.store().with(|store| store.clear_meta(portico_store::MetaKey::RosterCursor)).await?;
    let watch = Stopwatch::start();
    kiosk.connect().await?;
    let all = ledger.len();
    let delivered = until_empty(&kiosk, all).await?;
    let seconds = watch.elapsed().as_secs_f64();
    tokio::time::timeout(STALLED, kiosk.ready()).await.context("the roster does not arrive")??;
    let (findings, conflicts) = oracle::agreed(ledger, rule, &house.database(), &[&kiosk], STALLED).await?;
    findings.tell(20);
    let found = findings.report(measured.mode, seed);
    let mut report = Report { cases: measured.cases, figures: measured.figures, ..found };
    report.conflicts_expected = Some(conflicts.expected);
    report.conflicts_found = Some(conflicts.found);
    report.measure("drained_seconds", seconds);
    report.measure("drained_per_second", delivered as f64 / seconds);
    kiosk.close().await?;
    house.close().await?;
    Ok(report)
}

/// Waits until nothing waits or nothing moves; how many of `all` were delivered.
async fn until_empty(kiosk: &Kiosk, all: u64) -> Result<u64> {
    let bar = bar("delivery", all);
    let (mut least, mut moved) = (u64::MAX, Stopwatch::start());
    loop {
        let waiting = kiosk.waiting().await?;
        bar.set_position(all.saturating_sub(waiting));
        if waiting < least {
            (least, moved) = (waiting, Stopwatch::start());
        }
        if waiting == 0 || moved.elapsed() > STALLED {
            bar.finish_and_clear();
            return Ok(all.saturating_sub(waiting));
        }
        sleep(LOOK).await;
    }
}
