//! The reference's conflicts: what the backend tells, what is decided, and which own entries follow.

use crate::model::{Answer, Entry, Mark, Model, Standing};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Open,
    Accepted,
    Undone,
    Promoted,
}

/// One of the two entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    pub id: u128,
    pub at: i64,
    pub gate: usize,
}

impl Side {
    fn mark(self) -> Mark {
        (self.at, Some(self.gate))
    }
}

#[derive(Clone, Debug)]
pub struct ModelConflict {
    pub guest: usize,
    pub first: Side,
    pub second: Side,
    pub state: State,
    pub decision: Option<u128>,
}

impl Model {
    pub fn side(entry: &Entry) -> Side {
        Side { id: entry.id, at: entry.at, gate: entry.gate }
    }

    fn conflict(&self, id: u128) -> Option<usize> {
        self.conflicts.iter().position(|conflict| conflict.second.id == id)
    }

    pub fn is_waiting(&self, id: Option<u128>) -> bool {
        self.outbox.iter().any(|waiting| Some(waiting.id) == id && !waiting.parked)
    }

    /// The backend tells a conflict, new or known.
    pub fn tell(&mut self, guest: usize, first: Side, second: Side, state: State) {
        let Some(place) = self.conflict(second.id) else {
            self.conflicts.push(ModelConflict { guest, first, second, state, decision: None });
            return self.follow(guest, first, second, state);
        };
        let waits = self.is_waiting(self.conflicts[place].decision);
        let known = &mut self.conflicts[place];
        (known.guest, known.first, known.second) = (guest, first, second);
        if state == State::Open && waits {
            return;
        }
        known.state = state;
        self.follow(guest, first, second, state);
    }

    fn follow(&mut self, guest: usize, first: Side, second: Side, state: State) {
        match state {
            State::Open | State::Accepted => {
                if self.set_second(second.id) {
                    self.mark_first(guest, first.mark(), Some(second.at));
                }
            }
            State::Undone => self.revoke(second.id),
            State::Promoted => {
                self.revoke(first.id);
                self.stand_again(second.id);
                if self.mark(guest).is_some_and(|(at, _)| at == first.at) {
                    self.set_mark(guest, Some(second.mark()));
                }
            }
        }
    }

    /// The backend answered that the guest had entered before.
    pub fn duplicate(&mut self, place: usize, first: Mark) {
        let waiting = self.outbox.remove(place);
        if self.conflict(waiting.id).is_some_and(|place| self.conflicts[place].state == State::Promoted) {
            return self.stand_again(waiting.id);
        }
        self.set_second(waiting.id);
        let own_at = self.place(waiting.id).map(|place| self.entries[place].at);
        self.mark_first(waiting.guest, first, own_at);
    }

    fn mark_first(&mut self, guest: usize, first: Mark, own_at: Option<i64>) {
        let known = self.mark(guest).map(|(at, _)| at);
        if known.is_none_or(|known| known <= first.0 || Some(known) == own_at) {
            self.set_mark(guest, Some(first));
        }
    }

    fn set_second(&mut self, id: u128) -> bool {
        let Some(place) = self.place(id) else { return false };
        let was_live = self.entries[place].standing == Standing::Live;
        if was_live {
            self.entries[place].standing = Standing::Second;
        }
        was_live
    }

    fn revoke(&mut self, id: u128) {
        let Some(place) = self.place(id) else { return };
        if matches!(self.entries[place].standing, Standing::Live | Standing::Second) {
            self.entries[place].standing = Standing::Revoked;
        }
    }

    /// A second entry stands, unless another one has its slot.
    pub fn stand_again(&mut self, id: u128) {
        let Some(place) = self.place(id) else { return };
        let Entry { guest, slot, standing, .. } = self.entries[place].clone();
        let in_slot =
            |entry: &&Entry| entry.guest == guest && entry.slot == slot && entry.standing == Standing::Live;
        if standing == Standing::Second && self.entries.iter().find(in_slot).is_none() {
            self.entries[place].standing = Standing::Live;
        }
    }

    pub fn resolve(&mut self, id: u128, accept: bool, decision: u128) -> Answer {
        let Some(place) = self.conflict(id) else { return Answer::Unknown };
        if self.conflicts[place].decision == Some(decision) {
            return Answer::Resolved;
        }
        if self.conflicts[place].state != State::Open {
            return Answer::AlreadyResolved;
        }
        let guest = self.conflicts[place].guest;
        if let (false, Some(own)) = (accept, self.place(id)) {
            self.set_undone(own, decision);
        }
        self.outbox.push(crate::model::Waiting { id: decision, guest, parked: false });
        self.decide(place, if accept { State::Accepted } else { State::Undone }, decision);
        self.audit += 1;
        Answer::Resolved
    }

    fn decide(&mut self, place: usize, state: State, decision: u128) {
        let conflict = &mut self.conflicts[place];
        let can =
            conflict.state == State::Open || (conflict.state == State::Promoted && state == State::Undone);
        if can {
            (conflict.state, conflict.decision) = (state, Some(decision));
        }
    }

    pub fn after_undo(&mut self, id: u128, guest: usize, undo: u128) {
        if let Some(place) = self.conflict(id) {
            self.decide(place, State::Undone, undo);
        }
        let behind = |place: &usize| {
            self.conflicts[*place].first.id == id && self.conflicts[*place].state == State::Open
        };
        let oldest = (0..self.conflicts.len()).filter(behind).min_by_key(|place| {
            let second = self.conflicts[*place].second;
            (second.at, second.id)
        });
        let Some(place) = oldest else { return };
        self.decide(place, State::Promoted, undo);
        let second = self.conflicts[place].second;
        self.stand_again(second.id);
        if self.mark(guest).is_none() {
            self.set_mark(guest, Some(second.mark()));
        }
    }

    pub fn reopen(&mut self, decision: u128) {
        for conflict in &mut self.conflicts {
            if conflict.decision == Some(decision) {
                conflict.state = State::Open;
            }
        }
    }

    pub fn forget_told_conflicts(&mut self) {
        let waiting: Vec<u128> =
            self.outbox.iter().filter(|waiting| !waiting.parked).map(|waiting| waiting.id).collect();
        self.conflicts.retain(|conflict| conflict.decision.is_some_and(|id| waiting.contains(&id)));
    }
}
