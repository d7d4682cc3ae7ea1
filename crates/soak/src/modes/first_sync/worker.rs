//! The kiosk that is switched on for the first time: a process of its own, so that its memory is its own.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args;
use fastrand::Rng;
use portico_sync::SyncParams;
use portico_ticketing::PorticoParams;
use portico_types::Admission;
use serde::{Deserialize, Serialize};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::clock::Stopwatch;
use crate::crowd;
use crate::kiosk::{Kiosk, KioskSetup};
use crate::ledger::Ledger;
use crate::memory::Memory;
use crate::modes::waiting::latency;
use crate::report::Report;

/// Between two guests who come while the roster is still on its way.
const NEXT_GUEST: Duration = Duration::from_millis(25);
/// Searches that are measured.
const SEARCHES: usize = 1_000;
/// The longest first sync that is waited for.
const PATIENCE: Duration = Duration::from_mins(20);

/// What the kiosk is to do.
#[derive(Clone, Debug, Args)]
pub struct Task {
    /// Where its database is to be.
    #[arg(long)]
    pub folder: PathBuf,
    /// The backend.
    #[arg(long)]
    pub url: String,
    /// Its gate.
    #[arg(long)]
    pub gate: String,
    /// Guests on the roster.
    #[arg(long)]
    pub guests: usize,
    /// Decides its key and whom staff search.
    #[arg(long)]
    pub seed: u64,
}

/// The environment variable by which the kiosk is told its token: command lines are seen by everybody.
pub const TOKEN: &str = "PORTICO_SOAK_TOKEN";

/// What the kiosk measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Until event, roster and gallery were there.
    pub ready_s: f64,
    /// Of that, the store with pages of the roster.
    pub roster_store_s: f64,
    /// Of that, gallery and store with pages of templates.
    pub gallery_store_s: f64,
    /// Most memory in use, beyond what was in use before.
    pub memory_growth_bytes: Option<u64>,
    /// The longest time that a guest waited to be let in or not, meanwhile.
    pub admit_ms_max: Option<f64>,
    /// All but the worst of a hundred.
    pub admit_ms_p99: Option<f64>,
    /// Guests who were let in meanwhile.
    pub admitted: u64,
    /// The same for prefix searches afterwards: all but five of a hundred.
    pub search_ms_p95: Option<f64>,
    /// Guests on the roster in the end.
    pub roster: u64,
    /// Templates in memory in the end.
    pub templates: u64,
    /// Templates that the store has in the end.
    pub templates_stored: u64,
}

impl Task {
    /// The command line that asks for this task.
    pub fn arguments(&self) -> Vec<String> {
        let (folder, guests, seed) =
            (self.folder.to_string_lossy(), self.guests.to_string(), self.seed.to_string());
        [
            "first-sync",
            "--folder",
            &folder,
            "--url",
            &self.url,
            "--gate",
            &self.gate,
            "--guests",
            &guests,
            "--seed",
            &seed,
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

/// Syncs for the first time, and says what was measured.
pub fn work(task: &Task) -> Result<()> {
    let measured = crate::modes::on_tokio(sync(task))?;
    println!("{}", serde_json::to_string(&measured)?);
    Ok(())
}

async fn sync(task: &Task) -> Result<Measured> {
    let setup = KioskSetup {
        folder: task.folder.clone(),
        gate: task.gate.clone(),
        url: task.url.clone(),
        token: std::env::var(TOKEN).context("no token")?,
        seed: task.seed,
        // As kiosks are delivered.
        pace: SyncParams::default(),
        calls: PorticoParams::default(),
    };
    let ledger = Ledger::default();
    let mut kiosk = Kiosk::open(setup, ledger.clone()).await?;
    let before = Memory::now()?;
    let (watch, ready) = (Stopwatch::start(), CancellationToken::new());
    kiosk.connect().await?;
    let synced = async {
        let synced = tokio::time::timeout(PATIENCE, kiosk.ready()).await;
        ready.cancel();
        synced.context("the first sync does not end")?.map(|()| watch.elapsed().as_secs_f64())
    };
    let (ready_s, waits_ms) = tokio::join!(synced, guests_come(&kiosk, &ready));
    let (ready_s, mut waits_ms) = (ready_s?, waits_ms?);
    let after = Memory::now()?;
    let growth = |(before, after): (Memory, Memory)| after.peak_bytes.saturating_sub(before.resident_bytes);
    let heard = kiosk.heard().borrow().clone();
    let mut measured = Measured {
        ready_s,
        roster_store_s: heard.roster_store_ms / 1e3,
        gallery_store_s: heard.gallery_store_ms / 1e3,
        memory_growth_bytes: before.zip(after).map(growth),
        admit_ms_max: Report::percentile(&mut waits_ms, 1.0),
        admit_ms_p99: Report::percentile(&mut waits_ms, 0.99),
        admitted: ledger.len(),
        templates: kiosk.gallery().read().map_or(0, |gallery| gallery.len() as u64),
        ..Measured::default()
    };
    look_around(&kiosk, task, &mut measured).await?;
    kiosk.close().await?;
    Ok(measured)
}

/// Guests show their tickets while the roster is on its way; each wait in milliseconds, whether they are known yet or
/// not.
async fn guests_come(kiosk: &Kiosk, ready: &CancellationToken) -> Result<Vec<f64>> {
    let (mut waits_ms, mut next) = (Vec::new(), 0);
    while !ready.is_cancelled() {
        if kiosk.heard().borrow().event.is_some() {
            let watch = Stopwatch::start();
            let admission = kiosk.admit(&crowd::ticket(next)).await?;
            waits_ms.push(watch.ms());
            next += usize::from(matches!(admission, Some(Admission::Recorded(_))));
        }
        sleep(NEXT_GUEST).await;
    }
    Ok(waits_ms)
}

/// Staff look for people, and everything is counted.
async fn look_around(kiosk: &Kiosk, task: &Task, measured: &mut Measured) -> Result<()> {
    let guests = task.guests;
    let mut rng = Rng::with_seed(task.seed);
    let store = kiosk.store();
    let now = portico_types::UtcMillis(0);
    let (counts, stored) =
        store.with(move |store| Ok((store.roster_counts()?, store.templates(now)?.len()))).await?;
    (measured.roster, measured.templates_stored) = (counts.expected, stored as u64);
    let searched = store.with(move |store| Ok(latency::searches(store, guests, SEARCHES, &mut rng))).await?;
    measured.search_ms_p95 = Report::percentile(&mut searched?, 0.95);
    Ok(())
}
