//! `--kills`: the real program, with its own backend, is killed again and again while staff let guests in over several
//! connections. Everything that it had answered must be there afterwards, once, and reach the backend once.

mod program;
mod venue;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Result;
use fastrand::Rng;
use portico_types::AttendeeId;

use crate::acks::Ack;
use crate::judge::{self, Findings};
use crate::report::Report;
use crate::scratch::{Setting, bar};
use program::Program;
use venue::{GUESTS, Venue};

/// Kills of one kiosk before its data are compared and another one begins: the comparison looks at every row.
const KILLS_PER_KIOSK: u64 = 50;
/// Doors at which guests are let in at the same time.
const DOORS: usize = 3;
/// The longest life after the program answers.
const LONGEST_LIFE_MS: u64 = 150;
/// One in so many programs is killed while it starts.
const KILLED_YOUNG: u64 = 10;
/// The longest life of those.
const LONGEST_YOUTH_MS: u64 = 400;

/// What was acknowledged, by whichever door.
type Acks = Mutex<Vec<Ack>>;

/// Kills programs that find their nets in `models`.
pub fn run(kills: u64, models: &Path, setting: &Setting) -> Result<Report> {
    let scratch = setting.scratch()?;
    let bar = bar("kills", kills);
    let mut rng = Rng::with_seed(setting.seed);
    let (mut findings, mut done, mut first_preview_ms) = (Findings::default(), 0, Vec::new());
    while done < kills {
        let folder = scratch.make(&format!("kiosk-{done}"))?;
        let venue = Venue::prepare(&folder, models, rng.u64(..))?;
        let here = KILLS_PER_KIOSK.min(kills - done);
        let mut acks = vec![Ack::Ready];
        for _ in 0..here {
            acks.extend(kill_once(&venue, &mut rng, &mut first_preview_ms)?);
            bar.inc(1);
        }
        done += here;
        let mut found =
            judge::judge(&venue.copy_for_judging()?, &acks, setting.seed, &format!("kiosk {done}"));
        if let Some(kept) = scratch.done(&folder, found.is_bad())? {
            found.note(format!("kept in {}", kept.display()));
        }
        findings.add(found);
    }
    bar.finish_and_clear();
    findings.tell(20);
    let mut report = findings.report("kills", setting.seed);
    report.cases = kills;
    // What people wait for is the program, not its database alone.
    report.recovery_ms_p99 = Report::percentile(&mut first_preview_ms, 0.99);
    Ok(report)
}

/// One life of the program; what it acknowledged.
fn kill_once(venue: &Venue, rng: &mut Rng, first_preview_ms: &mut Vec<f64>) -> Result<Vec<Ack>> {
    let starting = Program::start(venue)?;
    if rng.u64(..KILLED_YOUNG) == 0 {
        live_for(rng.u64(..LONGEST_YOUTH_MS));
        starting.kill()?;
        return Ok(Vec::new());
    }
    let program = starting.listening()?;
    first_preview_ms.push(program.first_preview_ms()?);
    program.unlock()?;
    let acks = Acks::default();
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..DOORS {
            let mut rng = rng.fork();
            let (program, acks, is_over) = (&program, &acks, &is_over);
            scope.spawn(move || {
                while !is_over.load(Ordering::Relaxed) {
                    let guest = AttendeeId::new(venue::guest(rng.usize(..GUESTS)));
                    // An answer that does not come acknowledges nothing.
                    if let Some(id) = program.check_in(&guest) {
                        lock(acks).push(Ack::Admitted { id, attendee: guest });
                    }
                }
            });
        }
        live_for(rng.u64(..LONGEST_LIFE_MS));
        let killed = program.kill();
        is_over.store(true, Ordering::Relaxed);
        killed
    })?;
    Ok(std::mem::take(&mut *lock(&acks)))
}

fn lock(acks: &Acks) -> MutexGuard<'_, Vec<Ack>> {
    acks.lock().unwrap_or_else(PoisonError::into_inner)
}

#[expect(clippy::disallowed_methods, reason = "the outermost edge: the victim lives in real time")]
fn live_for(milliseconds: u64) {
    std::thread::sleep(Duration::from_millis(milliseconds));
}
