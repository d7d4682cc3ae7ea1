//! `--first-sync`: a new kiosk reads a large event from the start. How long that takes, how much memory, how long guests
//! wait meanwhile, and where the time goes.

pub mod worker;

use std::convert::Infallible;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use fastrand::Rng;
use portico_protocol::EntryRule;
use portico_proxy::{LinkState, Proxy};
use portico_server::Backend;
use portico_ticketing::{PorticoBackend, PorticoParams, Ticketing as _};
use portico_types::ModelId;
use tokio::process::Command;
use tokio::time::sleep;

use crate::client;
use crate::clock::Stopwatch;
use crate::report::Report;
use crate::scratch::{Setting, bar};
use crate::server::{self, House};
use worker::{Measured, Task};

/// The gate.
const GATE: &str = "north";

/// How large the event is, and what the link does.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Guests on the roster.
    pub guests: usize,
    /// Those of them who are enrolled.
    pub templates: usize,
    /// Whether the link is cut again and again, at random bytes.
    pub cuts: bool,
}

/// Switches one kiosk on.
pub fn run(size: Size, setting: &Setting) -> Result<Report> {
    ensure!(size.templates <= size.guests, "only guests on the roster can be enrolled");
    super::on_tokio(switch_on(size, setting))
}

async fn switch_on(size: Size, setting: &Setting) -> Result<Report> {
    let (memory, disk) = (setting.memory_scratch()?, setting.scratch()?);
    let bar = bar("first sync", 3);
    bar.set_message("the event is made");
    // Enrolling commits once for each guest; that is not what is measured here.
    let event = server::event(&[GATE.to_owned()], EntryRule::Once);
    let house = House::open(&memory.make("server")?, &event, setting.seed).await?;
    house.invite(size.guests)?;
    house.enrol(size.templates)?;
    bar.inc(1);
    bar.set_message("the kiosk syncs");
    let link = Proxy::start(house.addr()).await?;
    let task = Task {
        folder: disk.make("kiosk")?,
        url: format!("http://{}", link.addr()),
        gate: GATE.to_owned(),
        guests: size.guests,
        seed: setting.seed,
    };
    let token = house.pair("Kiosk", GATE).await?.token;
    let measured = tokio::select! {
        measured = synced(&task, &token) => measured?,
        never = cut(&link, setting.seed), if size.cuts => match never {},
    };
    bar.inc(1);
    bar.set_message("the backend alone");
    let backend = Arc::clone(house.backend()?);
    let alone = tokio::task::spawn_blocking(move || alone(&backend)).await??;
    let fetched = fetched(&house.addr().to_string(), &token).await?;
    bar.finish_and_clear();
    let mut report = told(size, setting.seed, &measured, alone, fetched);
    report.cases = link.stats().reset;
    report.measure("bytes_down_mb", link.stats().bytes_down as f64 / 1e6);
    house.close().await?;
    Ok(report)
}

/// The kiosk's process, from start to end.
async fn synced(task: &Task, token: &str) -> Result<Measured> {
    let program = std::env::current_exe().context("this program's own path is not known")?;
    let output = Command::new(program)
        .args(task.arguments())
        .env(worker::TOKEN, token)
        .stderr(Stdio::inherit())
        .kill_on_drop(true)
        .output()
        .await?;
    ensure!(output.status.success(), "the kiosk failed ({})", output.status);
    let text = String::from_utf8(output.stdout)?;
    Ok(serde_json::from_str(text.lines().last().context("the kiosk said nothing")?)?)
}

/// Cuts the link at random bytes, again and again: for as long as it is polled.
async fn cut(link: &Proxy, seed: u64) -> Infallible {
    let mut rng = Rng::with_seed(seed ^ 0xc07);
    // The first cut falls into the first pages, later ones into pages of templates, which are larger.
    let mut most_bytes = 20_000;
    loop {
        link.set(LinkState::CutMidBody { after_bytes: rng.u64(..most_bytes) });
        sleep(Duration::from_millis(rng.u64(50..400))).await;
        link.set(LinkState::Up);
        sleep(Duration::from_millis(rng.u64(200..1_500))).await;
        most_bytes = 400_000;
    }
}

/// How long both feeds take from start to end, in seconds.
#[derive(Clone, Copy, Debug)]
struct Feeds {
    roster_s: f64,
    gallery_s: f64,
}

/// The backend without a network: reading the pages and writing them as JSON.
fn alone(backend: &Backend) -> Result<Feeds> {
    let watch = Stopwatch::start();
    let mut since = None;
    loop {
        let page = backend.attendees(since.as_deref())?;
        serde_json::to_vec(&page)?;
        since = Some(page.cursor);
        if !page.more {
            break;
        }
    }
    let roster_s = watch.elapsed().as_secs_f64();
    let watch = Stopwatch::start();
    let mut since = None;
    loop {
        let page = backend.templates(since.as_deref(), Some(server::MODEL))?;
        serde_json::to_vec(&page)?;
        since = Some(page.cursor);
        if !page.more {
            break;
        }
    }
    Ok(Feeds { roster_s, gallery_s: watch.elapsed().as_secs_f64() })
}

/// Backend, network and the kiosk's client, without a store behind it.
async fn fetched(address: &str, token: &str) -> Result<Feeds> {
    let (base, model) = (format!("http://{address}"), ModelId(server::MODEL.to_owned()));
    let backend = PorticoBackend::new(client::client()?, &base, token, PorticoParams::default())?;
    let watch = Stopwatch::start();
    let mut since = None;
    loop {
        let page = backend.attendees(since.as_deref()).await?.value;
        since = Some(page.cursor);
        if !page.more {
            break;
        }
    }
    let roster_s = watch.elapsed().as_secs_f64();
    let watch = Stopwatch::start();
    let mut since = None;
    loop {
        let page = backend.templates(since.as_deref(), &model).await?.value;
        since = Some(page.cursor);
        if !page.more {
            break;
        }
    }
    Ok(Feeds { roster_s, gallery_s: watch.elapsed().as_secs_f64() })
}

fn told(size: Size, seed: u64, measured: &Measured, alone: Feeds, fetched: Feeds) -> Report {
    let missing = |is: u64, must: usize| (must as u64).saturating_sub(is);
    let rows = (size.guests + size.templates) as u64;
    let mut report = Report {
        mode: "first_sync",
        seed,
        events: rows,
        acknowledged: rows,
        lost: missing(measured.roster, size.guests) + missing(measured.templates, size.templates),
        half_written: measured.templates.abs_diff(measured.templates_stored),
        ..Report::default()
    };
    report.figure("guests", size.guests);
    report.figure("templates", size.templates);
    report.measure("seconds", measured.ready_s);
    report.measure("seconds_store_roster", measured.roster_store_s);
    report.measure("seconds_store_gallery", measured.gallery_store_s);
    report.measure("seconds_backend_roster", alone.roster_s);
    report.measure("seconds_backend_gallery", alone.gallery_s);
    report.measure("seconds_fetch_roster", fetched.roster_s);
    report.measure("seconds_fetch_gallery", fetched.gallery_s);
    let known = measured.roster_store_s + measured.gallery_store_s + fetched.roster_s + fetched.gallery_s;
    report.measure("seconds_rest", measured.ready_s - known);
    let growth = measured.memory_growth_bytes.map(|bytes| (bytes as f64 / 1e5).round() / 10.0);
    report.figure("memory_growth_mb", growth);
    report.figure("search_ms_p95", measured.search_ms_p95);
    report.figure("admit_ms_max", measured.admit_ms_max);
    report.figure("admit_ms_p99", measured.admit_ms_p99);
    report.figure("admitted_meanwhile", measured.admitted);
    report
}
