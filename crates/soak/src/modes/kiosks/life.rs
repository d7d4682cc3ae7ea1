//! One kiosk's life: guests at its door, staff at its sheet, and now and then somebody who pulls its plug.

use anyhow::{Result, ensure};
use fastrand::Rng;
use portico_types::{Admission, CheckInId, ConflictState, Resolution};
use tokio::time::sleep;

use super::Plan;
use crate::clock::Stopwatch;
use crate::crowd;
use crate::kiosk::Kiosk;

/// Acts of a thousand that are undos.
const UNDOS: u64 = 60;
/// Acts of a thousand in which staff look at the conflicts.
const DECISIONS: u64 = 60;
/// Seconds between two restarts of a kiosk, about.
const RESTART_EVERY_S: f64 = 20.0;
/// Own entries among which staff find the one to take back.
const REMEMBERED: usize = 60;
/// Conflicts among which staff choose.
const SHOWN: usize = 20;

/// What happened at one kiosk.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// Guests who were let in.
    pub admitted: u64,
    /// Guests who were in already, as the kiosk knew.
    pub turned_away: u64,
    /// Entries that were taken back.
    pub undone: u64,
    /// Decisions about conflicts.
    pub resolved: u64,
    /// Until the kiosk was back after its plug was pulled, in milliseconds.
    pub restarts_ms: Vec<f64>,
    mine: Vec<CheckInId>,
}

/// Lives for as long as the plan says, and hands the kiosk back.
pub async fn live(mut kiosk: Kiosk, plan: Plan, mut rng: Rng) -> Result<(Kiosk, Log)> {
    let (watch, mut log) = (Stopwatch::start(), Log::default());
    while watch.elapsed() < plan.length {
        sleep(plan.until_next_guest(&mut rng)).await;
        let restarts = 1.0 / (plan.rate * RESTART_EVERY_S * plan.haste);
        if rng.f64() < restarts {
            let pulled = Stopwatch::start();
            kiosk = kiosk.restart().await?;
            log.restarts_ms.push(pulled.ms());
            continue;
        }
        match rng.u64(..1_000) {
            0..UNDOS => log.undo(&kiosk, &mut rng).await?,
            UNDOS.. if rng.u64(..1_000) < DECISIONS => log.resolve(&kiosk, &mut rng).await?,
            _ => log.admit(&kiosk, plan.guest(watch.elapsed(), &mut rng)).await?,
        }
    }
    Ok((kiosk, log))
}

impl Log {
    async fn admit(&mut self, kiosk: &Kiosk, guest: usize) -> Result<()> {
        match kiosk.admit(&crowd::ticket(guest)).await? {
            Some(Admission::Recorded(check_in)) => {
                self.admitted += 1;
                self.mine.push(check_in.id);
            }
            Some(Admission::AlreadyIn(_)) => self.turned_away += 1,
            unknown => ensure!(unknown.is_none(), "a guest with a ticket is not on the roster"),
        }
        Ok(())
    }

    async fn undo(&mut self, kiosk: &Kiosk, rng: &mut Rng) -> Result<()> {
        let old = self.mine.len().saturating_sub(REMEMBERED);
        self.mine.drain(..old);
        if !self.mine.is_empty() {
            let check_in = self.mine.swap_remove(rng.usize(..self.mine.len()));
            self.undone += u64::from(kiosk.undo(check_in).await?);
        }
        Ok(())
    }

    async fn resolve(&mut self, kiosk: &Kiosk, rng: &mut Rng) -> Result<()> {
        let shown = kiosk.store().with(|store| store.conflicts(SHOWN)).await?;
        let open: Vec<_> = shown.iter().filter(|line| line.conflict.state == ConflictState::Open).collect();
        if !open.is_empty() {
            let conflict = open[rng.usize(..open.len())].conflict.id();
            let resolution = if rng.bool() { Resolution::Accept } else { Resolution::Undo };
            self.resolved += u64::from(kiosk.resolve(conflict, resolution).await?);
        }
        Ok(())
    }

    /// Adds what happened at another kiosk.
    pub fn add(&mut self, other: Self) {
        self.admitted += other.admitted;
        self.turned_away += other.turned_away;
        self.undone += other.undone;
        self.resolved += other.resolved;
        self.restarts_ms.extend(other.restarts_ms);
    }
}
