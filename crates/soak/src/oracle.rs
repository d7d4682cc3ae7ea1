//! Compares what kiosks acknowledged, what the backend has, and what each kiosk believes, once all have talked.
//!
//! *Lost* is what was acknowledged and is not at the backend, *doubled* what is there more often or without anybody
//! having acknowledged it, *half written* where two sides disagree about what it means.

mod here;
mod model;
mod there;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use portico_protocol::EntryRule;
use portico_types::{AttendeeId, CheckInId, ConflictState};
use tokio::time::sleep;

use crate::clock::Stopwatch;
use crate::judge::Findings;
use crate::kiosk::Kiosk;
use crate::ledger::{Act, Ledger};
use here::{Here, Stands};
use model::Model;
use there::{KnownConflict, There};

/// Between two comparisons.
const LOOK: Duration = Duration::from_millis(300);

/// What was found out about conflicts besides faults.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conflicts {
    /// Those that the rule demands.
    pub expected: u64,
    /// Those of them that the backend and every kiosk know, with the same first entry and in the same state.
    pub found: u64,
}

/// Everything that is compared.
struct Case<'a> {
    acts: &'a BTreeMap<CheckInId, Act>,
    model: Model,
    there: There,
    here: Vec<Here>,
}

/// Compares until all sides agree, at most for `patience`; what is told last is still on its way for a while.
pub async fn agreed(
    ledger: &Ledger,
    rule: EntryRule,
    database: &Path,
    kiosks: &[&Kiosk],
    patience: Duration,
) -> Result<(Findings, Conflicts)> {
    let watch = Stopwatch::start();
    loop {
        let (findings, conflicts) = compare(ledger, rule, database, kiosks).await?;
        if !findings.is_bad() || watch.elapsed() > patience {
            return Ok((findings, conflicts));
        }
        sleep(LOOK).await;
    }
}

/// Compares all sides.
async fn compare(
    ledger: &Ledger,
    rule: EntryRule,
    database: &Path,
    kiosks: &[&Kiosk],
) -> Result<(Findings, Conflicts)> {
    let acts = ledger.acts().clone();
    let guests: BTreeSet<AttendeeId> = acts.values().filter_map(guest_of).cloned().collect();
    let guests: Vec<AttendeeId> = guests.into_iter().collect();
    let mut here = Vec::new();
    for (number, kiosk) in kiosks.iter().enumerate() {
        here.push(Here::read(format!("kiosk {number}"), kiosk, guests.clone()).await?);
    }
    let database = database.to_owned();
    let there = tokio::task::spawn_blocking(move || There::read(&database)).await??;
    Ok(judged(&acts, rule, there, here))
}

/// Lets the model take what the backend received, and compares.
fn judged(
    acts: &BTreeMap<CheckInId, Act>,
    rule: EntryRule,
    there: There,
    here: Vec<Here>,
) -> (Findings, Conflicts) {
    let mut model = Model::new(rule);
    for id in &there.received {
        if let Some(act) = acts.get(id) {
            model.take(*id, act);
        }
    }
    let case = Case { acts, model, there, here };
    let events = acts.len() as u64;
    let mut findings = Findings::default();
    (findings.events, findings.acknowledged) = (events, events);
    case.delivered_once(&mut findings);
    case.accounted_for(&mut findings);
    case.backend_agrees(&mut findings);
    case.here.iter().for_each(|here| case.kiosk_agrees(here, &mut findings));
    (findings, case.conflicts())
}

fn guest_of(act: &Act) -> Option<&AttendeeId> {
    match act {
        Act::CheckIn { attendee, .. } => Some(attendee),
        _ => None,
    }
}

impl Case<'_> {
    fn delivered_once(&self, findings: &mut Findings) {
        let mut received = BTreeSet::new();
        for id in &self.there.received {
            if !received.insert(*id) {
                findings.double(format!("entry {id} is at the backend twice"));
            }
            if !self.acts.contains_key(id) {
                findings.double(format!("entry {id} is at the backend and nobody acknowledged it"));
            }
        }
        for id in self.acts.keys().filter(|id| !received.contains(*id)) {
            findings.lose(format!("entry {id} was acknowledged and is not at the backend"));
        }
    }

    /// From the acknowledgements alone: each check-in stands, or was taken back, or is in exactly one conflict.
    fn accounted_for(&self, findings: &mut Findings) {
        let taken_back: BTreeSet<CheckInId> = self.acts.values().filter_map(taken_back).collect();
        for id in self.acts.iter().filter(|(_, act)| guest_of(act).is_some()).map(|(id, _)| id) {
            let check_in = self.there.check_ins.get(id);
            let stands = check_in.is_some_and(|(_, stands)| *stands);
            let conflict = self.there.conflicts.get(id);
            let kept_out = conflict.is_some_and(|conflict| conflict.state != ConflictState::Promoted);
            if stands && kept_out {
                findings.double(format!("check-in {id} stands, and is the second one of a conflict"));
            }
            if !stands && !kept_out && !taken_back.contains(id) {
                findings.lose(format!("check-in {id} was never taken back and does not stand"));
            }
            if stands && taken_back.contains(id) {
                findings.lose(format!("check-in {id} was taken back and stands"));
            }
        }
    }

    fn backend_agrees(&self, findings: &mut Findings) {
        let there = &self.there;
        for (id, (attendee, stands)) in &there.check_ins {
            let must = self.model.standing.get(id);
            if *stands != must.is_some() {
                let must = if must.is_some() { "must stand and does not" } else { "must not stand and does" };
                findings.halve(format!("check-in {id} {must} at the backend"));
            }
            if self.model.standing.get(id).is_some_and(|entry| entry.attendee != *attendee) {
                findings.halve(format!("check-in {id} is another guest's at the backend"));
            }
        }
        for id in self.model.standing.keys().filter(|id| !there.check_ins.contains_key(id)) {
            findings.lose(format!("check-in {id} must stand and is not at the backend"));
        }
        self.same_conflicts("the backend", &there.conflicts, findings);
    }

    fn kiosk_agrees(&self, here: &Here, findings: &mut Findings) {
        let name = &here.name;
        if here.waiting > 0 {
            findings.lose(format!("{name}: {} entries still wait", here.waiting));
        }
        if here.parked > 0 {
            findings.lose(format!("{name}: {} entries were refused by the backend", here.parked));
        }
        for (id, stands) in &here.made {
            let must = match self.model.conflicts.get(id).map(|twice| twice.state) {
                _ if self.model.standing.contains_key(id) => Stands::Live,
                Some(ConflictState::Open | ConflictState::Accepted) => Stands::Second,
                _ => Stands::Gone,
            };
            // Where staff accepted it and others took it back, the first decision counts, and it does not stand either way.
            let either = must == Stands::Second && *stands == Stands::Gone && self.was_taken_back(*id);
            if *stands != must && !either {
                let story =
                    self.acts.get(id).and_then(guest_of).map(|guest| self.story(guest)).unwrap_or_default();
                findings
                    .halve(format!("{name}: its check-in {id} is {stands:?} and must be {must:?}{story}"));
            }
        }
        let newest = self.model.newest();
        let guests: BTreeSet<&AttendeeId> = newest.keys().copied().chain(here.inside.keys()).collect();
        for guest in guests {
            let (must, is) = (newest.get(guest), here.inside.get(guest));
            if must != is {
                findings.halve(format!(
                    "{name}: {guest} is in since {is:?} and must be since {must:?}{}",
                    self.story(guest)
                ));
            }
        }
        self.same_conflicts(name, &here.conflicts, findings);
    }

    fn was_taken_back(&self, id: CheckInId) -> bool {
        self.acts_about(id).iter().any(|act| taken_back(act).is_some())
    }

    /// What was done with an entry besides making it, in the order in which the backend heard of it.
    fn acts_about(&self, id: CheckInId) -> Vec<&Act> {
        let acts = self.there.received.iter().filter_map(|received| self.acts.get(received));
        acts.filter(|act| subject(act) == Some(id)).collect()
    }

    /// All that the backend heard of a guest, in its order, for whoever looks for the reason of a fault.
    fn story(&self, guest: &AttendeeId) -> String {
        let is_theirs = |id: CheckInId| self.acts.get(&id).and_then(guest_of) == Some(guest);
        let told = self.there.received.iter().filter_map(|id| Some((id, self.acts.get(id)?)));
        let theirs = told.filter(|(id, act)| is_theirs(**id) || subject(act).is_some_and(is_theirs));
        let lines = theirs.map(|(id, act)| format!("\n    {id} {act:?} {:?}", self.there.conflicts.get(id)));
        lines.collect()
    }

    fn same_conflicts(&self, who: &str, known: &BTreeMap<CheckInId, KnownConflict>, findings: &mut Findings) {
        for (id, twice) in &self.model.conflicts {
            match known.get(id) {
                None => findings.halve(format!("{who}: the conflict {id} is missing")),
                Some(known) if !twice.is(known) => {
                    findings.halve(format!("{who}: the conflict {id} is {known:?} and must be {twice:?}"));
                }
                Some(_) => {}
            }
        }
        for id in known.keys().filter(|id| !self.model.conflicts.contains_key(id)) {
            findings.double(format!("{who}: there is no reason for the conflict {id}"));
        }
    }

    fn conflicts(&self) -> Conflicts {
        let sides: Vec<_> =
            self.here.iter().map(|here| &here.conflicts).chain([&self.there.conflicts]).collect();
        let known_to_all =
            self.model.conflicts.iter().filter(|(id, twice)| {
                sides.iter().all(|side| side.get(id).is_some_and(|known| twice.is(known)))
            });
        Conflicts { expected: self.model.conflicts.len() as u64, found: known_to_all.count() as u64 }
    }
}

impl model::Twice {
    /// Whether a side has this very conflict.
    fn is(&self, known: &KnownConflict) -> bool {
        (&known.attendee, known.first, known.state) == (&self.second.attendee, self.first, self.state)
    }
}

/// The entry that an undo or a decision is about.
fn subject(act: &Act) -> Option<CheckInId> {
    match act {
        Act::CheckIn { .. } => None,
        Act::Undo { check_in: entry } | Act::Resolve { conflict: entry, .. } => Some(*entry),
    }
}

/// The entry that this act may have taken back.
fn taken_back(act: &Act) -> Option<CheckInId> {
    match act {
        Act::CheckIn { .. } => None,
        Act::Undo { check_in } => Some(*check_in),
        Act::Resolve { conflict, resolution } => {
            (*resolution == portico_types::Resolution::Undo).then_some(*conflict)
        }
    }
}

#[cfg(test)]
mod tests;
