//! A reference for the store: the same rules over plain vectors, without SQL, transactions or indexes.

use std::collections::BTreeSet;

/// How an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Live,
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
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub id: u128,
    pub guest: usize,
    pub at: i64,
    pub standing: Standing,
    pub undo: Option<u128>,
}

/// A guest on the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The backend's mark of the first entry.
    pub mark: Option<i64>,
}

/// Everything that the store is to remember.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Guests on the roster; `None` for those who left it.
    pub roster: Vec<Option<Row>>,
    pub entries: Vec<Entry>,
    /// Id, guest, and whether it is parked.
    pub outbox: Vec<(u128, usize, bool)>,
    pub audit: i64,
    pub blocked: BTreeSet<(usize, usize)>,
}

impl Model {
    pub fn live(&self, guest: usize) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.guest == guest && entry.standing == Standing::Live)
    }

    fn mark(&self, guest: usize) -> Option<i64> {
        self.roster[guest].and_then(|row| row.mark)
    }

    fn first(&self, guest: usize) -> Option<i64> {
        self.mark(guest).or_else(|| self.live(guest).map(|entry| entry.at))
    }

    fn let_in(&mut self, id: u128, guest: usize, at: i64) {
        self.entries.push(Entry { id, guest, at, standing: Standing::Live, undo: None });
        self.outbox.push((id, guest, false));
    }

    pub fn admit(&mut self, id: u128, guest: usize, at: i64) -> Answer {
        if self.entries.iter().any(|entry| entry.id == id) {
            return Answer::Recorded(id);
        }
        if self.roster[guest].is_none() {
            return Answer::NotOnRoster;
        }
        if let Some(first) = self.first(guest) {
            return Answer::AlreadyIn(first);
        }
        self.let_in(id, guest, at);
        self.audit += 1;
        Answer::Recorded(id)
    }

    fn take_back(&mut self, place: usize, undo: u128) {
        let entry = &mut self.entries[place];
        entry.standing = Standing::Undone;
        entry.undo = Some(undo);
        let (guest, at) = (entry.guest, entry.at);
        if self.mark(guest) == Some(at) {
            self.roster[guest] = Some(Row { mark: None });
        }
        self.outbox.push((undo, guest, false));
    }

    pub fn undo(&mut self, id: u128, undo: u128) -> Answer {
        let Some(place) = self.entries.iter().position(|entry| entry.id == id) else {
            return Answer::Unknown;
        };
        if self.entries[place].undo == Some(undo) {
            return Answer::Undone(id);
        }
        if self.entries[place].standing != Standing::Live {
            return Answer::AlreadyUndone;
        }
        self.take_back(place, undo);
        self.audit += 1;
        Answer::Undone(id)
    }

    pub fn correct(&mut self, wrong: u128, right: usize, new: u128, undo: u128) -> Answer {
        let Some(place) = self.entries.iter().position(|entry| entry.id == wrong) else {
            return Answer::Unknown;
        };
        let Entry { guest, at, standing, .. } = self.entries[place].clone();
        if standing != Standing::Live {
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
        if let Some(first) = self.first(right) {
            return Answer::AlreadyIn(first);
        }
        self.let_in(new, right, at);
        Answer::Recorded(new)
    }

    pub fn row(&mut self, guest: usize, mark: Option<i64>) {
        let was_marked = self.mark(guest).is_some();
        let undone = |entry: &&Entry| {
            entry.guest == guest && entry.standing == Standing::Undone && Some(entry.at) == mark
        };
        let ignored = mark.is_some() && self.entries.iter().find(undone).is_some();
        self.roster[guest] = Some(Row { mark: if ignored { None } else { mark } });
        if mark.is_none() && was_marked {
            let outbox = &self.outbox;
            for entry in &mut self.entries {
                let waits = outbox.iter().any(|(id, ..)| *id == entry.id);
                if entry.guest == guest && entry.standing == Standing::Live && !waits {
                    entry.standing = Standing::Revoked;
                }
            }
        }
    }

    pub fn remove(&mut self, guest: usize) {
        self.roster[guest] = None;
    }

    pub fn settle(&mut self, place: usize, duplicate_of: Option<i64>) {
        let (_, guest, _) = self.outbox.remove(place);
        if let (Some(at), Some(row)) = (duplicate_of, &mut self.roster[guest]) {
            row.mark = Some(at);
        }
    }

    pub fn park(&mut self, place: usize) {
        self.outbox[place].2 = true;
    }
}
