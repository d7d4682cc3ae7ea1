//! `--kiosks`: many kiosks let the same guests in, each behind a link that comes and goes, while kiosks and backend are
//! switched off and on. When all links are up again, everybody must agree on who is in and on who was let in twice, and
//! a model of the event's rule says what that must be.

mod life;
mod weather;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use fastrand::Rng;
use portico_protocol::EntryRule;
use portico_proxy::Proxy;
use portico_sync::SyncParams;
use portico_ticketing::PorticoParams;
use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::clock::Stopwatch;
use crate::kiosk::{Kiosk, KioskSetup};
use crate::ledger::Ledger;
use crate::memory::Memory;
use crate::oracle;
use crate::report::Report;
use crate::scratch::{Scratch, Setting, bar};
use crate::server::{self, House};
use life::Log;

/// Acts at each door, a second: several gates of a busy event.
const RATE: f64 = 4.0;
/// Guests who arrive at about the same time.
const ARRIVING: usize = 40;
/// Kiosks at one gate.
const KIOSKS_PER_GATE: u64 = 2;
/// From there on memory must not grow any more, as a share of the whole time.
const WARM_UP: f64 = 0.2;
/// Until all agree after the links are up. A stream that was swallowed is noticed after 45 s of silence.
const PATIENCE: Duration = Duration::from_mins(2);

/// How a soak goes, the same for all kiosks.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Acts at each door, a second.
    rate: f64,
    /// How long guests come.
    length: Duration,
    /// Shortens all that lasts seconds where the whole does not last long.
    haste: f64,
    /// Guests on the roster.
    guests: usize,
}

impl Plan {
    fn new(kiosks: u64, minutes: f64) -> Self {
        let seconds = minutes * 60.0;
        // Each guest comes to about two kiosks.
        let guests = (kiosks as f64 * RATE * seconds / 2.0) as usize + ARRIVING;
        Self {
            rate: RATE,
            length: Duration::from_secs_f64(seconds),
            haste: (seconds / 60.0).clamp(0.1, 1.0),
            guests,
        }
    }

    /// A time of about so many seconds, hastened.
    fn about(self, rng: &mut Rng, seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds * self.haste * (0.1 + 1.8 * rng.f64()))
    }

    fn until_next_guest(self, rng: &mut Rng) -> Duration {
        Duration::from_secs_f64(-(1.0 - rng.f64()).ln() / self.rate)
    }

    /// One of the guests who arrive at this time.
    fn guest(self, elapsed: Duration, rng: &mut Rng) -> usize {
        let share = elapsed.as_secs_f64() / self.length.as_secs_f64();
        let first = (self.guests - ARRIVING) as f64 * share.min(1.0);
        first as usize + rng.usize(..ARRIVING)
    }
}

/// The event's rule. Seeds take turns, so that more than one is tried.
fn rule(seed: u64) -> EntryRule {
    if seed.is_multiple_of(2) { EntryRule::Reentry { other_gate_minutes: 1 } } else { EntryRule::Once }
}

/// Runs `kiosks` kiosks for `minutes`.
pub fn run(kiosks: u64, minutes: f64, setting: &Setting) -> Result<Report> {
    super::on_tokio(open_doors(kiosks, minutes, setting))
}

async fn open_doors(kiosks: u64, minutes: f64, setting: &Setting) -> Result<Report> {
    let scratch = setting.scratch()?;
    let (plan, rule) = (Plan::new(kiosks, minutes), rule(setting.seed));
    let mut rng = Rng::with_seed(setting.seed ^ 0x6b1);
    let gates: Vec<String> = (0..kiosks.div_ceil(KIOSKS_PER_GATE)).map(gate).collect();
    let mut house = House::open(&scratch.make("server")?, &server::event(&gates, rule), setting.seed).await?;
    house.invite(plan.guests)?;
    let ledger = Ledger::default();
    let (mut lives, mut weather, over) = (JoinSet::new(), JoinSet::new(), CancellationToken::new());
    let mut links = Vec::new();
    for number in 0..kiosks {
        let link = Arc::new(Proxy::start(house.addr()).await?);
        let kiosk = switch_on(&scratch, &house, &link, number, setting.seed, &ledger).await?;
        lives.spawn(life::live(kiosk, plan, rng.fork()));
        weather.spawn(weather::change(Arc::clone(&link), plan, rng.fork(), over.clone()));
        links.push(link);
    }
    let (restarts, growth, ended) = tokio::join!(
        restart_backend(&mut house, plan, rng.fork(), &over),
        growth_percent(plan),
        all_ended(lives, plan, &over),
    );
    let ((kiosks, log), restarts) = (ended?, restarts?);
    let cuts = weather.join_all().await.into_iter().sum();
    let watch = Stopwatch::start();
    let all: Vec<&Kiosk> = kiosks.iter().collect();
    let (findings, conflicts) = oracle::agreed(&ledger, rule, &house.database(), &all, PATIENCE).await?;
    let agreed_s = watch.elapsed().as_secs_f64();
    findings.tell(20);
    let mut report = findings.report("kiosks", setting.seed);
    report.cases = cuts;
    report.conflicts_expected = Some(conflicts.expected);
    report.conflicts_found = Some(conflicts.found);
    report.rss_growth_percent = growth?;
    report.figure("kiosks", kiosks.len());
    report.figure("rule", serde_json::to_value(rule)?);
    report.figure("backend_restarts", restarts);
    report.measure("agreed_after_s", agreed_s);
    tell_of_doors(&mut report, log);
    for kiosk in kiosks {
        kiosk.close().await?;
    }
    drop(links);
    house.close().await?;
    Ok(report)
}

fn gate(number: u64) -> String {
    format!("gate-{number}")
}

/// A kiosk that knows its event and everybody on the roster.
async fn switch_on(
    scratch: &Scratch,
    house: &House,
    link: &Proxy,
    number: u64,
    seed: u64,
    ledger: &Ledger,
) -> Result<Kiosk> {
    let gate = gate(number / KIOSKS_PER_GATE);
    let paired = house.pair(&format!("Kiosk {number}"), &gate).await?;
    let setup = KioskSetup {
        folder: scratch.make(&format!("kiosk-{number}"))?,
        gate,
        url: format!("http://{}", link.addr()),
        token: paired.token,
        seed: seed.wrapping_mul(1_000_003).wrapping_add(number),
        // As kiosks are delivered.
        pace: SyncParams::default(),
        calls: PorticoParams::default(),
    };
    let mut kiosk = Kiosk::open(setup, ledger.clone()).await?;
    kiosk.connect().await?;
    tokio::time::timeout(PATIENCE, kiosk.ready()).await.context("the first roster does not arrive")??;
    Ok(kiosk)
}

/// Waits for the end of all lives, then ends the bad weather.
async fn all_ended(
    mut lives: JoinSet<Result<(Kiosk, Log)>>,
    plan: Plan,
    over: &CancellationToken,
) -> Result<(Vec<Kiosk>, Log)> {
    let bar = bar("kiosks", lives.len() as u64);
    bar.set_message(format!("{} s", plan.length.as_secs()));
    let (mut kiosks, mut log) = (Vec::new(), Log::default());
    let mut failure = None;
    while let Some(ended) = lives.join_next().await {
        bar.inc(1);
        match ended? {
            Ok((kiosk, seen)) => {
                kiosks.push(kiosk);
                log.add(seen);
            }
            Err(error) => failure = Some(error),
        }
    }
    over.cancel();
    bar.finish_and_clear();
    failure.map_or(Ok((kiosks, log)), Err)
}

/// Switches the backend off and on again and again; says how often.
async fn restart_backend(
    house: &mut House,
    plan: Plan,
    mut rng: Rng,
    over: &CancellationToken,
) -> Result<u64> {
    let mut restarts = 0;
    loop {
        tokio::select! {
            () = over.cancelled() => return Ok(restarts),
            () = sleep(plan.about(&mut rng, 25.0)) => {}
        }
        house.restart(plan.about(&mut rng, 1.0)).await?;
        restarts += 1;
    }
}

/// How much the memory in use grows after the warm-up, in percent.
async fn growth_percent(plan: Plan) -> Result<Option<f64>> {
    sleep(plan.length.mul_f64(WARM_UP)).await;
    let warm = Memory::now()?;
    sleep(plan.length.mul_f64(1.0 - WARM_UP)).await;
    let end = Memory::now()?;
    let growth = |warm: Memory, end: Memory| {
        let share = end.resident_bytes as f64 / warm.resident_bytes.max(1) as f64;
        (share - 1.0) * 100.0
    };
    Ok(warm.zip(end).map(|(warm, end)| (growth(warm, end) * 10.0).round() / 10.0))
}

fn tell_of_doors(report: &mut Report, mut log: Log) {
    report.figure("admitted", log.admitted);
    report.figure("turned_away", log.turned_away);
    report.figure("undone", log.undone);
    report.figure("resolved", log.resolved);
    report.figure("kiosk_restarts", log.restarts_ms.len());
    report.recovery_ms_p99 = Report::percentile(&mut log.restarts_ms, 0.99);
}
