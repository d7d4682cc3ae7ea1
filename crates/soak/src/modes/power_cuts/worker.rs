//! The victim of power cuts: lets guests in, takes entries back, moves them, delivers, reads the roster and folds its
//! log, in an order that the seed decides. Every answer goes to the file of promises before the next step begins.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use fastrand::Rng;
use portico_protocol::CheckInVerdict;
use portico_store::{CorrectOutcome, UndoOutcome};
use portico_types::{Admission, AttendeeId, CheckInId};

use super::ACKS;
use crate::acks::{Ack, AckFile};
use crate::site::{Place, Site};

/// Guests on the roster: so few that many are in already, and come again after an undo.
const GUESTS: usize = 120;
/// Most entries that are delivered at once.
const BATCH: usize = 20;

/// What the victim is to do.
#[derive(Clone, Debug, Args)]
pub struct Task {
    /// Where its databases are to be.
    #[arg(long)]
    pub folder: PathBuf,
    /// Decides what happens.
    #[arg(long)]
    pub seed: u64,
    /// How many things happen.
    #[arg(long)]
    pub steps: u64,
}

impl Task {
    /// The command line that asks for this task.
    pub fn arguments(&self) -> Vec<String> {
        let folder = self.folder.to_string_lossy().into_owned();
        [
            "power-cuts",
            "--folder",
            &folder,
            "--seed",
            &self.seed.to_string(),
            "--steps",
            &self.steps.to_string(),
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

/// The kiosk at work.
struct Shift {
    site: Site,
    acks: AckFile,
    rng: Rng,
    /// Entries that stand, as far as was promised.
    standing: Vec<CheckInId>,
}

/// Does the task.
pub fn work(task: &Task) -> Result<()> {
    let mut acks = AckFile::open(&task.folder.join(ACKS))?;
    let mut site = Site::open(&Place::new(&task.folder), task.seed)?;
    site.set_up(GUESTS)?;
    acks.write(&[Ack::Ready])?;
    let mut shift = Shift { site, acks, rng: Rng::with_seed(task.seed), standing: Vec::new() };
    for _ in 0..task.steps {
        let promises = shift.step()?;
        let head = shift.site.store.audit_head()?;
        let head = head.map(|head| Ack::Audit { seq: head.seq, hash: hex::encode(head.hash) });
        shift.acks.write(&promises.into_iter().chain(head).collect::<Vec<_>>())?;
    }
    Ok(())
}

impl Shift {
    fn step(&mut self) -> Result<Vec<Ack>> {
        match self.rng.u8(0..100) {
            0..=54 => self.admit(),
            55..=64 => self.undo(),
            65..=71 => self.correct(),
            72..=86 => self.deliver(),
            87..=90 => self.change_roster(),
            91..=93 => {
                self.site.store.checkpoint()?;
                Ok(Vec::new())
            }
            _ => {
                self.site.unlock()?;
                Ok(Vec::new())
            }
        }
    }

    fn somebody(&mut self) -> AttendeeId {
        Site::guest(self.rng.usize(0..GUESTS))
    }

    fn admit(&mut self) -> Result<Vec<Ack>> {
        let attendee = self.somebody();
        let (id, at) = self.site.fresh();
        let admitted = self.site.admit(id, &attendee, at)?;
        if !matches!(admitted.admission, Admission::Recorded(_)) {
            return Ok(Vec::new());
        }
        self.standing.push(id);
        Ok(vec![Ack::Admitted { id, attendee }])
    }

    /// Takes some standing entry out of the list; `None` if there is none.
    fn pick(&mut self) -> Option<CheckInId> {
        let place = self.rng.usize(..).checked_rem(self.standing.len())?;
        Some(self.standing.swap_remove(place))
    }

    fn undo(&mut self) -> Result<Vec<Ack>> {
        let Some(check_in) = self.pick() else { return Ok(Vec::new()) };
        let (undo, outcome) = self.site.undo(check_in)?;
        Ok(match outcome {
            UndoOutcome::Undone(_) => vec![Ack::Undone { check_in, undo }],
            _ => Vec::new(),
        })
    }

    fn correct(&mut self) -> Result<Vec<Ack>> {
        let right = self.somebody();
        let Some(wrong) = self.pick() else { return Ok(Vec::new()) };
        let (undo, outcome) = self.site.correct(wrong, &right)?;
        let CorrectOutcome::Corrected(admitted) = outcome else {
            // Nothing has changed: the entry was this guest's own.
            self.standing.push(wrong);
            return Ok(Vec::new());
        };
        let right = match admitted.admission {
            Admission::Recorded(check_in) => {
                self.standing.push(check_in.id);
                Some((check_in.id, right))
            }
            _ => None,
        };
        Ok(vec![Ack::Corrected { wrong, undo, right }])
    }

    fn deliver(&mut self) -> Result<Vec<Ack>> {
        let limit = self.rng.usize(1..=BATCH);
        let entries = self.site.waiting(limit)?;
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        let outcomes = self.site.deliver(&entries)?;
        let refused = |verdict: &CheckInVerdict| matches!(verdict, CheckInVerdict::Rejected { .. });
        let recorded = entries.iter().zip(&outcomes).filter(|(_, outcome)| !refused(&outcome.verdict));
        self.acks.write(&[Ack::Recorded { ids: recorded.map(|(entry, _)| entry.id).collect() }])?;
        self.site.settle(&entries, outcomes)?;
        Ok(vec![Ack::Settled { ids: entries.iter().map(|entry| entry.id).collect() }])
    }

    fn change_roster(&mut self) -> Result<Vec<Ack>> {
        let number = self.rng.usize(0..GUESTS);
        self.site.change_guest(number)?;
        let cursors = self.site.read_roster()?;
        Ok(cursors.into_iter().map(|cursor| Ack::Roster { cursor }).collect())
    }
}
