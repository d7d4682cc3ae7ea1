//! The victim of full disks: on order lets guests in until nobody gets in any more, and on order goes on. What was refused
//! is noted like what was granted, for neither may turn out to be the other.

use std::io::{BufRead as _, Write as _};
use std::path::PathBuf;

use anyhow::{Result, bail, ensure};
use clap::Args;
use portico_store::{DiskState, StoreError};
use portico_types::Admission;

use crate::acks::{Ack, AckFile};
use crate::site::{Place, Site};

/// Said when event and roster are in place.
pub const READY: &str = "ready";
/// The order to let guests in until the disk is full.
pub const FILL: &str = "fill";
/// Said when nobody gets in any more.
pub const FULL: &str = "full";
/// The order to go on: there is room again.
pub const GO_ON: &str = "go on";
/// Said when everything works as before.
pub const WENT_ON: &str = "went on";

/// Guests on the roster; nobody comes twice.
const GUESTS: usize = 3_000;
/// So many refusals in a row, and the disk is full for good.
const REFUSALS: usize = 12;
/// Guests who come once there is room again.
const LATER_GUESTS: usize = 40;
/// Entries that are delivered at once.
const BATCH: usize = 25;

/// What the victim is to do.
#[derive(Clone, Debug, Args)]
pub struct Task {
    /// Where its databases are to be: on the small disk.
    #[arg(long)]
    pub folder: PathBuf,
    /// The file of promises: on another disk.
    #[arg(long)]
    pub acks: PathBuf,
    /// Decides what happens.
    #[arg(long)]
    pub seed: u64,
}

impl Task {
    /// The command line that asks for this task.
    pub fn arguments(&self) -> Vec<String> {
        let (folder, acks) = (self.folder.to_string_lossy(), self.acks.to_string_lossy());
        let seed = self.seed.to_string();
        ["disk-full", "--folder", &folder, "--acks", &acks, "--seed", &seed].map(str::to_owned).to_vec()
    }
}

/// The kiosk at work.
struct Shift {
    site: Site,
    acks: AckFile,
    next_guest: usize,
}

/// Does the task until no more orders come.
pub fn work(task: &Task) -> Result<()> {
    let mut acks = AckFile::open(&task.acks)?;
    let mut site = Site::open(&Place::new(&task.folder), task.seed)?;
    site.set_up(GUESTS)?;
    site.store.checkpoint()?;
    acks.write(&[Ack::Ready])?;
    let mut shift = Shift { site, acks, next_guest: 0 };
    say(READY)?;
    for order in std::io::stdin().lock().lines() {
        match order?.as_str() {
            FILL => {
                shift.fill()?;
                say(FULL)?;
            }
            GO_ON => {
                shift.go_on()?;
                say(WENT_ON)?;
            }
            other => bail!("unknown order `{other}`"),
        }
    }
    Ok(())
}

fn say(word: &str) -> Result<()> {
    println!("{word}");
    Ok(std::io::stdout().flush()?)
}

impl Shift {
    /// Lets guests in until many in a row were refused. Now and then something is delivered, which may be refused too:
    /// then it simply waits.
    fn fill(&mut self) -> Result<()> {
        let mut refusals = 0;
        while refusals < REFUSALS {
            refusals = if self.admit()? { 0 } else { refusals + 1 };
            if refusals == 0 && self.site.store.disk() == DiskState::Low {
                self.acks.write(&[Ack::OnBallast])?;
            }
            if self.next_guest.is_multiple_of(BATCH) {
                // Refused for want of room, it waits: nothing was promised.
                let _ = self.deliver();
            }
        }
        Ok(())
    }

    /// With room again, everybody gets in and everything is delivered.
    fn go_on(&mut self) -> Result<()> {
        for _ in 0..LATER_GUESTS {
            ensure!(self.admit()?, "a guest was refused although there is room again");
        }
        while self.deliver()? {}
        self.site.store.checkpoint()?;
        Ok(())
    }

    /// Lets the next guest in; whether they got in.
    fn admit(&mut self) -> Result<bool> {
        let attendee = Site::guest(self.next_guest);
        self.next_guest += 1;
        let (id, at) = self.site.fresh();
        match self.site.admit(id, &attendee, at) {
            Ok(admitted) => {
                ensure!(
                    matches!(admitted.admission, Admission::Recorded(_)),
                    "{attendee} should be neither in already nor unknown"
                );
                self.acks.write(&[Ack::Admitted { id, attendee }])?;
                Ok(true)
            }
            Err(StoreError::DiskFull) => {
                self.acks.write(&[Ack::Refused { id }])?;
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Delivers the next entries; whether there were any.
    fn deliver(&mut self) -> Result<bool> {
        let entries = self.site.waiting(BATCH)?;
        if entries.is_empty() {
            return Ok(false);
        }
        let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
        let outcomes = self.site.deliver(&entries)?;
        self.acks.write(&[Ack::Recorded { ids: ids.clone() }])?;
        self.site.settle(&entries, outcomes)?;
        self.acks.write(&[Ack::Settled { ids }])?;
        Ok(true)
    }
}
