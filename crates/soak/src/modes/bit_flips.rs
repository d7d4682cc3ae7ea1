//! `--bit-flips`: turns single bits in the files of a busy kiosk, opens what is left, and compares everything that the
//! store answers with what was written. Whatever differs must have been reported, and nothing that was acknowledged and
//! not delivered may be gone.
//!
//! Now and then a whole page is garbled or a file is cut off: counted on their own, for a file that lost its end has lost
//! what was there, and more than one bit of the last transaction cannot be told from a power cut.

mod compare;
mod content;
mod damage;
mod evening;

use std::path::Path;

use anyhow::Result;
use fastrand::Rng;
use portico_store::{Actor, AdmitWish, SalvageReport, Store};
use portico_types::{Admission, Clock as _, EntryWindow, GateId, Method};
use serde_json::{Value, json};

use crate::clock::Stopwatch;
use crate::crowd;
use crate::judge::Findings;
use crate::outside::{self, SteppingClock};
use crate::report::Report;
use crate::scratch::{Scratch, Setting, bar};
use crate::site::{self, Place};
use content::Content;
use damage::Damage;
use evening::{GATE, GATE_NAME, GUESTS, LATE_GUESTS};

/// One in so many cases is followed by one with a garbled page and one with a file that is cut off.
const BITS_PER_PAGE: u64 = 10;
/// Faults that are described; the rest is counted.
const TOLD: usize = 20;

/// What the cases of one kind came to.
#[derive(Debug, Default)]
struct Sum {
    findings: Findings,
    /// Something differs, and nobody was told.
    undetected: u64,
    /// Damage was reported and mended.
    salvaged: u64,
    cases: u64,
}

impl Sum {
    fn figures(&self) -> Value {
        json!({
            "cases": self.cases,
            "salvaged": self.salvaged,
            "undetected": self.undetected,
            "lost": self.findings.lost,
            "doubled": self.findings.doubled,
            "half_written": self.findings.half_written,
        })
    }
}

/// The kiosk whose copies are damaged.
struct Origin {
    place: Place,
    content: Content,
    seed: u64,
}

/// Turns `flips` bits, each in a fresh copy.
pub fn run(flips: u64, setting: &Setting) -> Result<Report> {
    let scratch = setting.scratch()?;
    let bar = bar("bit flips", flips);
    let place = Place::new(scratch.make("origin")?);
    let content = evening::spend(&place, &scratch.make("open")?, setting.seed)?;
    let origin = Origin { place, content, seed: setting.seed };
    let mut rng = Rng::with_seed(setting.seed ^ 0xf11b);
    let (mut bits, mut pages, mut cuts) = (Sum::default(), Sum::default(), Sum::default());
    for number in 0..flips {
        let bit = Damage::bit(&origin.place, number, &mut rng)?;
        origin.suffer(&bit, &scratch, number, &mut bits)?;
        if number % BITS_PER_PAGE == BITS_PER_PAGE - 1 {
            let page = Damage::page(&origin.place, &mut rng)?;
            origin.suffer(&page, &scratch, number, &mut pages)?;
            let cut = Damage::cut(&origin.place, &mut rng)?;
            origin.suffer(&cut, &scratch, number, &mut cuts)?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    bits.findings.tell(TOLD);
    pages.findings.tell(TOLD);
    cuts.findings.tell(3);
    let mut report = bits.findings.report("bit_flips", setting.seed);
    report.cases = bits.cases;
    report.undetected = Some(bits.undetected);
    report.figure("salvaged", bits.salvaged);
    report.figure("garbled_pages", pages.figures());
    report.figure("cut_files", cuts.figures());
    Ok(report)
}

impl Origin {
    /// Damages a copy and judges what comes of it.
    fn suffer(&self, damage: &Damage, scratch: &Scratch, number: u64, sum: &mut Sum) -> Result<()> {
        let folder = scratch.make(&format!("case-{number}"))?;
        self.place.copy_to(&folder)?;
        damage.inflict(&folder)?;
        let mut findings = Findings::default();
        (findings.events, findings.acknowledged) = (self.content.events(), self.content.events());
        let before = sum.undetected;
        if let Err(error) = self.recover(&folder, number, &mut findings, sum) {
            findings.halve(format!("the kiosk cannot go on: {error:#}"));
        }
        findings.say_where(&format!("case {number}, {damage}"));
        let is_bad = findings.is_bad() || sum.undetected > before;
        if let Some(kept) = scratch.done(&folder, is_bad)? {
            findings.note(format!("case {number}: kept in {}", kept.display()));
        }
        sum.findings.add(findings);
        sum.cases += 1;
        Ok(())
    }

    /// Opens, reads everything, and lets another guest in. Reading everything is no part of the time that guests wait.
    fn recover(&self, folder: &Path, number: u64, findings: &mut Findings, sum: &mut Sum) -> Result<()> {
        let clock = SteppingClock::new();
        let watch = Stopwatch::start();
        let (mut store, mut report) = site::open_or_salvage(&Place::new(folder), self.seed)?;
        let mut waited_ms = watch.ms();
        let mut read = Content::read(&store);
        if read.is_err() || store.is_damaged() {
            let watch = Stopwatch::start();
            report = Some(store.salvage_now(clock.utc())?);
            waited_ms += watch.ms();
            read = Content::read(&store);
        }
        let content = read?;
        sum.salvaged += u64::from(report.is_some());
        let differs = compare::compare(&self.content, &content, report.as_ref(), findings);
        if let Some(what) = differs {
            sum.undetected += 1;
            findings.note(format!("undetected: {what}"));
        }
        let watch = Stopwatch::start();
        self.admit_another(&mut store, number, report.as_ref(), findings)?;
        findings.recovery_ms.push(waited_ms + watch.ms());
        Ok(())
    }

    /// Somebody who is not in yet enters.
    fn admit_another(
        &self,
        store: &mut Store,
        number: u64,
        report: Option<&SalvageReport>,
        findings: &mut Findings,
    ) -> Result<()> {
        let clock = SteppingClock::new();
        let mut rng = Rng::with_seed(self.seed ^ number ^ 0xad31);
        for guest in GUESTS - LATE_GUESTS..GUESTS {
            let at = clock.utc();
            let admitted = store.admit(&AdmitWish {
                id: outside::fresh_id(&mut rng, at),
                attendee: crowd::id(guest),
                gate: GateId::new(GATE),
                gate_name: GATE_NAME.to_owned(),
                method: Method::Ticket,
                at,
                window: EntryWindow::whole_event(),
                score: None,
                reason: None,
                actor: Actor::Kiosk,
            })?;
            if matches!(admitted.admission, Admission::Recorded(_)) {
                return Ok(());
            }
        }
        // Without a roster nobody can be let in until it has been read again, and staff have been told so.
        if report.is_none_or(|report| report.readable && !report.lost.contains_key("attendees")) {
            findings.halve("nobody can be let in any more".to_owned());
        }
        Ok(())
    }
}
