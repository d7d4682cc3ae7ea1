//! The event's rule once more, as simple as it can be written: what must stand after these entries in this order.
//!
//! Knows neither SQL nor the wire nor how the backend does it.

use std::collections::BTreeMap;

use portico_protocol::EntryRule;
use portico_types::{AttendeeId, CheckInId, ConflictState, GateId, Resolution, UtcMillis};

use crate::ledger::Act;

const MINUTE_MS: u64 = 60_000;
const DAY_MS: i64 = 86_400_000;

/// An entry of a guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub attendee: AttendeeId,
    /// Where.
    pub gate: GateId,
    /// When.
    pub at: UtcMillis,
}

/// A guest who was let in twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twice {
    /// The second entry.
    pub second: Entry,
    /// The entry that keeps it out.
    pub first: CheckInId,
    /// What became of it.
    pub state: ConflictState,
}

/// The house as it must be.
#[derive(Clone, Debug)]
pub struct Model {
    rule: EntryRule,
    /// Entries that stand.
    pub standing: BTreeMap<CheckInId, Entry>,
    /// The same, by guest.
    inside: BTreeMap<AttendeeId, Vec<CheckInId>>,
    /// Conflicts, by their second entries.
    pub conflicts: BTreeMap<CheckInId, Twice>,
}

impl Model {
    /// Nobody is in. Days are those of Greenwich.
    pub fn new(rule: EntryRule) -> Self {
        Self { rule, standing: BTreeMap::new(), inside: BTreeMap::new(), conflicts: BTreeMap::new() }
    }

    /// Entry `id` arrives.
    pub fn take(&mut self, id: CheckInId, act: &Act) {
        match act {
            Act::CheckIn { attendee, gate, at } => {
                let entry = Entry { attendee: attendee.clone(), gate: gate.clone(), at: *at };
                self.enter(id, entry);
            }
            Act::Undo { check_in } => self.take_back(*check_in),
            Act::Resolve { conflict, resolution: Resolution::Undo } => self.take_back(*conflict),
            Act::Resolve { conflict, resolution: Resolution::Accept } => {
                if let Some(twice) = self.conflicts.get_mut(conflict)
                    && twice.state == ConflictState::Open
                {
                    twice.state = ConflictState::Accepted;
                }
            }
        }
    }

    /// When each guest who is in came in last.
    pub fn newest(&self) -> BTreeMap<&AttendeeId, UtcMillis> {
        let mut newest = BTreeMap::new();
        for entry in self.standing.values() {
            let at = newest.entry(&entry.attendee).or_insert(entry.at);
            *at = entry.at.max(*at);
        }
        newest
    }

    fn enter(&mut self, id: CheckInId, entry: Entry) {
        match self.keeps_out(&entry) {
            Some(first) => {
                let twice = Twice { second: entry, first, state: ConflictState::Open };
                self.conflicts.insert(id, twice);
            }
            None => self.stand(id, entry),
        }
    }

    fn stand(&mut self, id: CheckInId, entry: Entry) {
        self.inside.entry(entry.attendee.clone()).or_default().push(id);
        self.standing.insert(id, entry);
    }

    fn take_back(&mut self, id: CheckInId) {
        if let Some(twice) = self.conflicts.get_mut(&id)
            && matches!(twice.state, ConflictState::Open | ConflictState::Promoted)
        {
            twice.state = ConflictState::Undone;
        }
        let Some(gone) = self.standing.remove(&id) else { return };
        if let Some(inside) = self.inside.get_mut(&gone.attendee) {
            inside.retain(|other| *other != id);
        }
        let mut behind: Vec<(CheckInId, Entry)> = self
            .conflicts
            .iter()
            .filter(|(_, twice)| twice.first == id && twice.state == ConflictState::Open)
            .map(|(second, twice)| (*second, twice.second.clone()))
            .collect();
        behind.sort_by_key(|(second, entry)| (entry.at, *second));
        for (second, entry) in behind {
            let first = self.keeps_out(&entry);
            if first.is_none() {
                self.stand(second, entry);
            }
            if let Some(twice) = self.conflicts.get_mut(&second) {
                match first {
                    Some(first) => twice.first = first,
                    None => twice.state = ConflictState::Promoted,
                }
            }
        }
    }

    /// The earliest entry that stands and keeps this one out.
    fn keeps_out(&self, entry: &Entry) -> Option<CheckInId> {
        let inside = self.inside.get(&entry.attendee)?.iter();
        let counting = inside.filter_map(|id| Some((id, self.standing.get(id)?)));
        let counting = counting.filter(|(_, other)| self.excludes(other, entry));
        counting.min_by_key(|(id, other)| (other.at, **id)).map(|(id, _)| *id)
    }

    fn excludes(&self, one: &Entry, other: &Entry) -> bool {
        match self.rule {
            EntryRule::Once => true,
            EntryRule::OncePerDay => one.at.0.div_euclid(DAY_MS) == other.at.0.div_euclid(DAY_MS),
            EntryRule::Reentry { other_gate_minutes } => {
                let apart_ms = u64::from(other_gate_minutes) * MINUTE_MS;
                apart_ms > 0 && one.gate != other.gate && one.at.0.abs_diff(other.at.0) <= apart_ms
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> CheckInId {
        CheckInId(Uuid::from_u128(number))
    }

    fn entry(gate: &str, at: i64) -> Act {
        Act::CheckIn { attendee: AttendeeId::new("ada"), gate: GateId::new(gate), at: UtcMillis(at) }
    }

    fn after(rule: EntryRule, acts: &[Act]) -> Model {
        let mut model = Model::new(rule);
        for (number, act) in (1..).zip(acts) {
            model.take(id(number), act);
        }
        model
    }

    #[test]
    fn who_is_in_is_kept_out_and_comes_in_when_the_first_entry_goes() {
        let acts = [entry("n", 1), entry("s", 2), entry("n", 3), Act::Undo { check_in: id(1) }];
        let before = after(EntryRule::Once, &acts[..3]);
        assert_eq!(before.standing.keys().copied().collect::<Vec<_>>(), [id(1)]);
        assert!(before.conflicts.values().all(|twice| twice.state == ConflictState::Open));
        let model = after(EntryRule::Once, &acts);
        assert_eq!(model.standing.keys().copied().collect::<Vec<_>>(), [id(2)]);
        assert_eq!(model.conflicts[&id(2)].state, ConflictState::Promoted);
        assert_eq!(
            (model.conflicts[&id(3)].first, model.conflicts[&id(3)].state),
            (id(2), ConflictState::Open)
        );
    }

    #[test]
    fn with_reentry_only_another_gate_within_its_minutes_counts() {
        let rule = EntryRule::Reentry { other_gate_minutes: 1 };
        let model = after(rule, &[entry("n", 0), entry("n", 1), entry("s", 60_001), entry("s", 60_002)]);
        assert_eq!(model.conflicts.len(), 1, "one millisecond short of a minute after the second entry");
        assert_eq!(model.conflicts[&id(3)].first, id(2));
        assert!(
            after(EntryRule::Reentry { other_gate_minutes: 0 }, &[entry("n", 0), entry("s", 0)])
                .conflicts
                .is_empty()
        );
    }

    #[test]
    fn a_decision_counts_while_the_conflict_is_open_and_an_undo_also_after_a_promotion() {
        let accept = Act::Resolve { conflict: id(2), resolution: Resolution::Accept };
        let undo = Act::Resolve { conflict: id(2), resolution: Resolution::Undo };
        let twice = [entry("n", 1), entry("s", 2)];
        let accepted = after(EntryRule::Once, &[&twice[..], &[accept.clone(), undo.clone()]].concat());
        assert_eq!(accepted.conflicts[&id(2)].state, ConflictState::Accepted);
        let promoted =
            after(EntryRule::Once, &[&twice[..], &[Act::Undo { check_in: id(1) }, accept]].concat());
        assert_eq!(promoted.conflicts[&id(2)].state, ConflictState::Promoted);
        let undone = after(EntryRule::Once, &[&twice[..], &[Act::Undo { check_in: id(1) }, undo]].concat());
        assert_eq!(undone.conflicts[&id(2)].state, ConflictState::Undone);
        assert!(undone.standing.is_empty());
    }
}
