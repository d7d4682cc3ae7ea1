//! A reference for the store: the same rules over plain vectors, without SQL, transactions or indexes.

use std::collections::BTreeSet;

use crate::model_conflicts::ModelConflict;

/// How an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Live,
    Second,
    Undone,
    Revoked,
}

/// What an operation answered, reduced to what the reference can know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Recorded(u128),
    AlreadyIn(i64),
    NotOnRoster,
    Undone(u128),
    AlreadyUndone,
    Unknown,
    SameGuest,
    Resolved,
    AlreadyResolved,
}

/// How often a guest may enter, with days short enough for a walk to see several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Once,
    Daily,
    Again,
}

pub const DAY: i64 = 70;
/// For so long nobody walks to another gate.
pub const APART: i64 = 35;

impl Rule {
    pub fn slot(self, id: u128, at: i64) -> u128 {
        match self {
            Self::Once => 0,
            Self::Daily => (at / DAY).unsigned_abs().into(),
            Self::Again => id,
        }
    }

    /// Since when entries count: at any gate, at another gate.
    pub fn since(self, at: i64) -> (i64, i64) {
        match self {
            Self::Once => (i64::MIN, i64::MIN),
            Self::Daily => (at - at % DAY, at - at % DAY),
            Self::Again => (i64::MAX, at - APART),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub id: u128,
    pub guest: usize,
    pub gate: usize,
    pub at: i64,
    pub slot: u128,
    pub standing: Standing,
    pub undo: Option<u128>,
}

/// A time and a gate, if it is known.
pub type Mark = (i64, Option<usize>);

/// A guest on the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The backend's mark.
    pub mark: Option<Mark>,
}

/// Something in the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub id: u128,
    pub guest: usize,
    pub parked: bool,
}

/// Everything that the store is to remember.
#[derive(Clone, Debug)]
pub struct Model {
    pub rule: Rule,
    /// Guests on the roster; `None` for those who left it.
    pub roster: Vec<Option<Row>>,
    pub entries: Vec<Entry>,
    pub outbox: Vec<Waiting>,
    pub conflicts: Vec<ModelConflict>,
    /// Check-ins and undos of own entries in the order in which they happened: id, and the check-in that it is about.
    pub history: Vec<(u128, u128)>,
    pub audit: i64,
    pub blocked: BTreeSet<(usize, usize)>,
}

impl Model {
    pub fn new(rule: Rule, guests: usize) -> Self {
        Self {
            rule,
            roster: vec![Some(Row { mark: None }); guests],
            entries: Vec::new(),
            outbox: Vec::new(),
            conflicts: Vec::new(),
            history: Vec::new(),
            audit: 0,
            blocked: BTreeSet::new(),
        }
    }

    pub fn place(&self, id: u128) -> Option<usize> {
        self.entries.iter().position(|entry| entry.id == id)
    }

    /// The newest entry that stands.
    pub fn live(&self, guest: usize) -> Option<&Entry> {
        let live =
            self.entries.iter().filter(|entry| entry.guest == guest && entry.standing == Standing::Live);
        live.max_by_key(|entry| (entry.at, self.place(entry.id)))
    }

    pub fn mark(&self, guest: usize) -> Option<Mark> {
        self.roster[guest].and_then(|row| row.mark)
    }

    pub fn set_mark(&mut self, guest: usize, mark: Option<Mark>) {
        if let Some(row) = &mut self.roster[guest] {
            row.mark = mark;
        }
    }

    /// Which earlier entry keeps a guest out.
    fn keeps_out(&self, guest: usize, gate: usize, id: u128, at: i64) -> Option<i64> {
        let (any, other) = self.rule.since(at);
        let counts = |entered: i64, elsewhere: bool| entered >= any || (elsewhere && entered >= other);
        if let Some((marked, mark_gate)) = self.mark(guest) {
            let own = self.entries.iter().find(|entry| entry.guest == guest && entry.at == marked);
            let at_gate = own.map_or(mark_gate, |entry| Some(entry.gate));
            if counts(marked, at_gate.is_some_and(|other| other != gate)) {
                return Some(marked);
            }
        }
        let slot = self.rule.slot(id, at);
        let live =
            self.entries.iter().filter(|entry| entry.guest == guest && entry.standing == Standing::Live);
        let counting = live.filter(|entry| counts(entry.at, entry.gate != gate) || entry.slot == slot);
        counting.map(|entry| entry.at).max()
    }

    fn push(&mut self, id: u128, guest: usize) {
        self.outbox.push(Waiting { id, guest, parked: false });
    }

    fn let_in(&mut self, id: u128, guest: usize, gate: usize, at: i64) {
        let slot = self.rule.slot(id, at);
        self.entries.push(Entry { id, guest, gate, at, slot, standing: Standing::Live, undo: None });
        self.history.push((id, id));
        self.push(id, guest);
    }

    pub fn admit(&mut self, id: u128, guest: usize, gate: usize, at: i64) -> Answer {
        if self.place(id).is_some() {
            return Answer::Recorded(id);
        }
        if self.roster[guest].is_none() {
            return Answer::NotOnRoster;
        }
        if let Some(first) = self.keeps_out(guest, gate, id, at) {
            return Answer::AlreadyIn(first);
        }
        self.let_in(id, guest, gate, at);
        self.audit += 1;
        Answer::Recorded(id)
    }

    /// Takes an own entry back and tells it as `act`, be it an undo or a decision.
    pub fn set_undone(&mut self, place: usize, act: u128) {
        let entry = &mut self.entries[place];
        if matches!(entry.standing, Standing::Live | Standing::Second) {
            entry.standing = Standing::Undone;
            entry.undo = Some(act);
            self.history.push((act, entry.id));
        }
    }

    fn take_back(&mut self, place: usize, undo: u128) {
        self.set_undone(place, undo);
        let Entry { id, guest, at, .. } = self.entries[place].clone();
        self.push(undo, guest);
        if self.mark(guest).is_some_and(|(marked, _)| marked == at) {
            self.set_mark(guest, None);
        }
        self.after_undo(id, guest, undo);
    }

    fn is_open_to_undo(&self, place: usize) -> bool {
        matches!(self.entries[place].standing, Standing::Live | Standing::Second)
    }

    pub fn undo(&mut self, id: u128, undo: u128) -> Answer {
        let Some(place) = self.place(id) else { return Answer::Unknown };
        if self.entries[place].undo == Some(undo) {
            return Answer::Undone(id);
        }
        if !self.is_open_to_undo(place) {
            return Answer::AlreadyUndone;
        }
        self.take_back(place, undo);
        self.audit += 1;
        Answer::Undone(id)
    }

    pub fn correct(&mut self, wrong: u128, right: usize, new: u128, undo: u128) -> Answer {
        let Some(place) = self.place(wrong) else { return Answer::Unknown };
        let Entry { guest, gate, at, .. } = self.entries[place].clone();
        if !self.is_open_to_undo(place) {
            return Answer::AlreadyUndone;
        }
        if guest == right {
            return Answer::SameGuest;
        }
        if self.roster[right].is_none() {
            return Answer::NotOnRoster;
        }
        self.take_back(place, undo);
        self.blocked.insert((guest, right));
        self.audit += 1;
        if let Some(first) = self.keeps_out(right, gate, new, at) {
            return Answer::AlreadyIn(first);
        }
        self.let_in(new, right, gate, at);
        Answer::Recorded(new)
    }

    pub fn row(&mut self, guest: usize, mark: Option<Mark>) {
        let before = self.mark(guest).map(|(at, _)| at);
        let told = mark.map(|(at, _)| at);
        let at_that_time = |standing| {
            let mut same = self.entries.iter().filter(|entry| entry.guest == guest && Some(entry.at) == told);
            same.any(|entry| entry.standing == standing)
        };
        let ignored = at_that_time(Standing::Undone) && !at_that_time(Standing::Live);
        self.roster[guest] = Some(Row { mark: if ignored { None } else { mark } });
        let Some(before) = before.filter(|_| !ignored) else { return };
        for entry in &mut self.entries {
            let between = told.is_none_or(|told| told < entry.at && entry.at <= before);
            let waits = self.outbox.iter().any(|waiting| waiting.id == entry.id);
            if entry.guest == guest && entry.standing == Standing::Live && between && !waits {
                entry.standing = Standing::Revoked;
            }
        }
    }

    pub fn remove(&mut self, guest: usize) {
        self.roster[guest] = None;
    }

    /// The roster is read from the start and ends with these guests.
    pub fn sweep(&mut self, told: &[usize]) {
        for guest in (0..self.roster.len()).filter(|guest| !told.contains(guest)) {
            self.roster[guest] = None;
        }
    }

    pub fn deliver(&mut self, place: usize) {
        let id = self.outbox.remove(place).id;
        self.stand_again(id);
    }

    pub fn park(&mut self, place: usize) {
        self.outbox[place].parked = true;
        self.reopen(self.outbox[place].id);
    }

    pub fn retry(&mut self, place: usize) -> bool {
        let was_parked = self.outbox[place].parked;
        self.outbox[place].parked = false;
        self.audit += i64::from(was_parked);
        was_parked
    }

    /// Undos and decisions that were refused wait again; how many.
    fn unpark_answers(&mut self) -> u64 {
        let parked: Vec<u128> =
            self.outbox.iter().filter(|entry| entry.parked).map(|entry| entry.id).collect();
        let is_answer = |id: u128| {
            let undoes = |entry: &Entry| entry.undo == Some(id) && !parked.contains(&entry.id);
            self.entries.iter().any(undoes)
                || self.conflicts.iter().any(|conflict| conflict.decision == Some(id))
        };
        let answers: Vec<u128> = parked.iter().copied().filter(|id| is_answer(*id)).collect();
        for entry in self.outbox.iter_mut().filter(|entry| answers.contains(&entry.id)) {
            entry.parked = false;
        }
        answers.len() as u64
    }

    /// Tells everything again that the outbox does not hold.
    pub fn restart(&mut self) -> u64 {
        let unparked = self.unpark_answers();
        let held: BTreeSet<u128> = self.outbox.iter().map(|waiting| waiting.id).collect();
        let is_told = |(id, check_in): &&(u128, u128)| !held.contains(id) && !held.contains(check_in);
        let guest_of = |check_in| self.entries[self.place(check_in).unwrap()].guest;
        let again: Vec<_> = self.history.iter().filter(is_told).copied().collect();
        let again: Vec<_> = again
            .into_iter()
            .map(|(id, check_in)| Waiting { id, guest: guest_of(check_in), parked: false })
            .collect();
        let count = unparked + again.len() as u64;
        self.outbox.splice(0..0, again);
        self.forget_told_conflicts();
        count
    }
}
