//! Compares what was promised with what is there after the worst has happened.
//!
//! Three things are counted: *lost* is what was promised and is missing, *doubled* what is there twice, *half written*
//! what is there without its other half: a check-in without its audit row, without its way to the backend, or a database
//! that does not open although nothing is wrong with the disk.

mod found;
mod promised;
mod verdict;

use std::time::Instant;

use anyhow::Result;

use crate::acks::Ack;
use crate::report::Report;
use crate::site::{Place, Site};
use found::Found;
use promised::Promised;

/// What was found out, over one case or many.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Entries, undos and corrections that were judged.
    pub events: u64,
    /// Those of them that had been promised.
    pub acknowledged: u64,
    /// What was promised and is missing.
    pub lost: u64,
    /// What is there twice.
    pub doubled: u64,
    /// What is there in parts.
    pub half_written: u64,
    /// Databases that were taken for damaged.
    pub salvaged: u64,
    /// Until the kiosk's database was open again, in milliseconds, for each case.
    pub recovery_ms: Vec<f64>,
    notes: Vec<String>,
}

impl Findings {
    /// Adds those of another case.
    pub fn add(&mut self, other: Self) {
        self.events += other.events;
        self.acknowledged += other.acknowledged;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.half_written += other.half_written;
        self.salvaged += other.salvaged;
        self.recovery_ms.extend(other.recovery_ms);
        self.notes.extend(other.notes);
    }

    /// Whether anything is not as it should be.
    pub fn is_bad(&self) -> bool {
        self.lost + self.doubled + self.half_written > 0
    }

    /// Says something to whoever reads the report, before the faults.
    pub fn note(&mut self, note: String) {
        self.notes.insert(0, note);
    }

    /// Says of every note so far where it was.
    pub fn say_where(&mut self, case: &str) {
        for note in &mut self.notes {
            *note = format!("{case}: {note}");
        }
    }

    /// Counts something that is there in parts, or that does not work as a whole.
    pub fn halve(&mut self, what: String) {
        self.half_written += 1;
        self.notes.push(what);
    }

    /// Something that was promised is missing.
    pub fn lose(&mut self, what: String) {
        self.lost += 1;
        self.notes.push(what);
    }

    /// Something is there twice.
    pub fn double(&mut self, what: String) {
        self.doubled += 1;
        self.notes.push(what);
    }

    /// Describes the first `limit` faults on standard error.
    pub fn tell(&self, limit: usize) {
        for note in self.notes.iter().take(limit) {
            eprintln!("{note}");
        }
        if self.notes.len() > limit {
            eprintln!("… and {} more", self.notes.len() - limit);
        }
    }

    /// As a report.
    pub fn report(mut self, mode: &'static str, seed: u64) -> Report {
        Report {
            mode,
            seed,
            events: self.events,
            acknowledged: self.acknowledged,
            lost: self.lost,
            doubled: self.doubled,
            half_written: self.half_written,
            recovery_ms_p99: Report::percentile(&mut self.recovery_ms, 0.99),
            ..Report::default()
        }
    }
}

/// Opens what is in `place` with the present program and compares it with the promises; `case` says in notes which case
/// it was. Then lets the kiosk go on: everything that waits is delivered, and both sides must agree.
pub fn judge(place: &Place, promises: &[Ack], seed: u64, case: &str) -> Findings {
    let promised = Promised::read(promises);
    let mut findings = Findings { acknowledged: promised.count(), ..Findings::default() };
    if let Err(error) = reopen(place, &promised, seed, &mut findings) {
        // Before everything was set up nothing is promised; even so the program must start.
        findings.events = findings.events.max(promised.count());
        findings.lost += promised.count();
        findings.halve(format!("cannot go on: {error:#}"));
    }
    findings.say_where(case);
    findings
}

fn reopen(place: &Place, promised: &Promised, seed: u64, findings: &mut Findings) -> Result<()> {
    // Another seed than the worker's: a machine that starts again does not draw the same random bytes again.
    let seed = seed.wrapping_add(1);
    #[expect(clippy::disallowed_methods, reason = "the outermost edge: how long people wait is real time")]
    let start = Instant::now();
    let (_, salvaged) = crate::site::open_or_salvage(place, seed)?;
    findings.recovery_ms.push(start.elapsed().as_secs_f64() * 1e3);
    if let Some(report) = salvaged {
        // Nothing is wrong with the disk: nothing of it may be taken for damage.
        findings.salvaged += 1;
        findings.halve(format!("taken for damage: {}; {report:?}", report.cause));
    }
    let mut site = Site::open(place, seed)?;
    let found = Found::read(place, &site)?;
    findings.events = found.kiosk.events().max(promised.count());
    verdict::compare(promised, &found, findings);
    if promised.is_ready {
        verdict::go_on(place, &mut site, findings)?;
    }
    Ok(())
}
