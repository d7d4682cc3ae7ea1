//! The modes. Each has a file with `run(…, &Setting) -> Result<Report>`; those that need a victim have its work in
//! `worker.rs` beneath.

mod bit_flips;
mod disk_full;
mod first_sync;
mod hostile_link;
mod kills;
mod kiosks;
mod power_cuts;
mod waiting;

use std::path::PathBuf;

use anyhow::{Result, bail, ensure};
use clap::{ArgGroup, Args, Subcommand};

use crate::report::Report;
use crate::scratch::Setting;

/// Which mode is asked for.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[group(skip)]
#[command(group(ArgGroup::new("mode").required(true).args(["kills", "power_cuts", "disk_full", "bit_flips", "hostile_link", "kiosks", "waiting", "first_sync"])))]
pub struct Modes {
    /// Kills the real program so many times while guests are let in, and starts it again.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..), requires = "models")]
    kills: Option<u64>,
    /// Folder of the imported nets, with --kills.
    #[arg(long, value_name = "DIR", env = "PORTICO_MODELS")]
    models: Option<PathBuf>,
    /// Cuts the power so many times, each time at another moment of a recorded run, and opens what the disk has kept.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..))]
    power_cuts: Option<u64>,
    /// With --power-cuts: takes the disk for one that forgets the syncs of the databases' logs. Losses must be found
    /// then, or the check itself is broken.
    #[arg(long, requires = "power_cuts")]
    negative_control: bool,
    /// Fills the disk while guests are let in, makes room again, and goes on.
    #[arg(long)]
    disk_full: bool,
    /// Turns so many bits in the files of a busy kiosk, each in a fresh copy. Now and then a whole page is garbled or a
    /// file cut off as well, which is counted on its own.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..))]
    bit_flips: Option<u64>,
    /// Delivers so many entries and undos over a link on which more than half of all exchanges go wrong.
    #[arg(long, value_name = "EVENTS", value_parser = clap::value_parser!(u64).range(1..))]
    hostile_link: Option<u64>,
    /// Lets the same guests in at so many kiosks behind bad links, with --minutes. Odd and even seeds try different
    /// rules of entry.
    #[arg(long, value_name = "KIOSKS", value_parser = clap::value_parser!(u64).range(2..), requires = "minutes")]
    kiosks: Option<u64>,
    /// How long guests come, with --kiosks.
    #[arg(long, value_name = "MINUTES", requires = "kiosks")]
    minutes: Option<f64>,
    /// Lets so many guests in without a backend, measures what one more costs, and delivers everything.
    #[arg(long, value_name = "ENTRIES", value_parser = clap::value_parser!(u64).range(1..))]
    waiting: Option<u64>,
    /// Lets a new kiosk read a large event from the start.
    #[arg(long)]
    first_sync: bool,
    /// Guests on the roster, with --waiting and --first-sync.
    #[arg(long, default_value_t = 100_000)]
    guests: usize,
    /// Guests of them who are enrolled, with --first-sync.
    #[arg(long, default_value_t = 50_000, requires = "first_sync")]
    templates: usize,
    /// With --first-sync: the link is cut again and again, at random bytes.
    #[arg(long, requires = "first_sync")]
    cuts: bool,
}

impl Modes {
    /// Runs the mode that is asked for.
    pub fn run(&self, setting: &Setting) -> Result<Report> {
        if let (Some(kills), Some(models)) = (self.kills, &self.models) {
            return kills::run(kills, models, setting);
        }
        if let Some(cuts) = self.power_cuts {
            return power_cuts::run(cuts, self.negative_control, setting);
        }
        if self.disk_full {
            return disk_full::run(setting);
        }
        if let Some(flips) = self.bit_flips {
            return bit_flips::run(flips, setting);
        }
        if let Some(events) = self.hostile_link {
            return hostile_link::run(events, setting);
        }
        if let (Some(kiosks), Some(minutes)) = (self.kiosks, self.minutes) {
            ensure!(minutes.is_finite() && minutes > 0.0, "--minutes must be more than nothing");
            return kiosks::run(kiosks, minutes, setting);
        }
        if let Some(entries) = self.waiting {
            return waiting::run(entries, self.guests, setting);
        }
        if self.first_sync {
            let size = first_sync::Size { guests: self.guests, templates: self.templates, cuts: self.cuts };
            return first_sync::run(size, setting);
        }
        bail!("no mode was asked for")
    }
}

/// Runs a mode that waits for networks.
fn on_tokio<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

/// What this program does when a mode starts it as the victim.
#[derive(Debug, Subcommand)]
pub enum Worker {
    /// The victim of --power-cuts.
    #[command(hide = true)]
    PowerCuts(power_cuts::worker::Task),
    /// The victim of --disk-full.
    #[command(hide = true)]
    DiskFull(disk_full::worker::Task),
    /// The kiosk of --first-sync.
    #[command(hide = true)]
    FirstSync(first_sync::worker::Task),
}

impl Worker {
    /// Works until done, or until the victim is no more.
    pub fn work(&self) -> Result<()> {
        match self {
            Self::PowerCuts(task) => power_cuts::worker::work(task),
            Self::DiskFull(task) => disk_full::worker::work(task),
            Self::FirstSync(task) => first_sync::worker::work(task),
        }
    }
}
