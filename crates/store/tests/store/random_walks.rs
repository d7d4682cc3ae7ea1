//! Random sequences of everything that can happen, on the store and on its reference side by side.

use proptest::prelude::*;

use portico_store::{
    Actor, AdmitWish, AuditNote, AuditVerdict, ConflictsPage, CorrectOutcome, CorrectWish, ResolveOutcome,
    ResolveWish, RosterPage, Settlement, Store, UndoOutcome,
};
use portico_types::{
    Admission, Attendee, AuditAction, Conflict, ConflictEntry, ConflictState, EntryWindow, FirstEntry,
    GateId, Method, Resolution, StaffId, UtcMillis,
};

use crate::model::{Answer, Mark, Model, Rule, Standing};
use crate::model_conflicts::{Side, State};
use crate::support::{Place, apply, guest, id, number, undo_wish, wish};
use crate::walk_steps::{GUESTS, Step, steps};

const GATES: [(&str, &str); 3] = [("north", "North door"), ("south", "South door"), ("west", "West door")];
const ELSEWHERE: usize = 2;

fn gate_name(mark: Mark) -> Option<String> {
    mark.1.map(|gate| GATES[gate].1.to_owned())
}

fn person(guest_number: usize, mark: Option<Mark>) -> Attendee {
    Attendee {
        checked_in_at: mark.map(|(at, _)| UtcMillis(at)),
        checked_in_gate: mark.and_then(gate_name),
        ..guest(GUESTS[guest_number])
    }
}

fn window(rule: Rule, check_in: u128, at: i64) -> EntryWindow {
    let (any, other) = rule.since(at);
    EntryWindow {
        slot: rule.slot(check_in, at).to_string(),
        any_gate_since: UtcMillis(any),
        other_gate_since: UtcMillis(other),
    }
}

fn read(admission: Admission) -> Answer {
    match admission {
        Admission::Recorded(check_in) => Answer::Recorded(check_in.id.0.as_u128()),
        Admission::AlreadyIn(first) => Answer::AlreadyIn(first.at.0),
        Admission::NotOnRoster => Answer::NotOnRoster,
    }
}

fn read_undo(outcome: UndoOutcome) -> Answer {
    match outcome {
        UndoOutcome::Undone(check_in) => Answer::Undone(check_in.id.0.as_u128()),
        UndoOutcome::AlreadyUndone => Answer::AlreadyUndone,
        UndoOutcome::UnknownCheckIn => Answer::Unknown,
    }
}

fn read_correction(outcome: CorrectOutcome) -> Answer {
    match outcome {
        CorrectOutcome::Corrected(admitted) => read(admitted.admission),
        CorrectOutcome::AlreadyUndone => Answer::AlreadyUndone,
        CorrectOutcome::UnknownCheckIn => Answer::Unknown,
        CorrectOutcome::NotOnRoster => Answer::NotOnRoster,
        CorrectOutcome::SameGuest => Answer::SameGuest,
    }
}

fn read_state(state: State) -> ConflictState {
    match state {
        State::Open => ConflictState::Open,
        State::Accepted => ConflictState::Accepted,
        State::Undone => ConflictState::Undone,
        State::Promoted => ConflictState::Promoted,
    }
}

fn conflict_entry(side: Side) -> ConflictEntry {
    ConflictEntry {
        check_in: number(side.id),
        at: UtcMillis(side.at),
        gate: GATES[side.gate].1.into(),
        method: Method::Face,
        device: "kiosk".into(),
    }
}

/// The store, its reference, and a clock that never shows the same time twice.
pub struct Pair {
    store: Option<Store>,
    place: Place,
    model: Model,
    now: i64,
}

impl Pair {
    fn new(rule: Rule) -> Self {
        let place = Place::new();
        let everybody: Vec<_> = (0..GUESTS.len()).map(|number| person(number, None)).collect();
        let store = Some(place.open_with(&everybody));
        Self { store, place, model: Model::new(rule, GUESTS.len()), now: 1_000 }
    }

    fn store(&mut self) -> &mut Store {
        self.store.get_or_insert_with(|| self.place.open())
    }

    fn fresh(&mut self) -> u128 {
        self.now += 10;
        self.now.unsigned_abs().into()
    }

    fn entry(&self, pick: usize) -> Option<crate::model::Entry> {
        let entries = &self.model.entries;
        entries.get(pick.checked_rem(entries.len())?).cloned()
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Admit { guest, gate } => {
                let new = self.fresh();
                self.admit(new, guest, gate);
            }
            Step::AdmitAgain { pick } => {
                if let Some(old) = self.entry(pick) {
                    self.admit(old.id, old.guest, old.gate);
                }
            }
            Step::Undo { pick } => {
                let undo = self.fresh();
                self.undo(pick, Some(undo));
            }
            Step::UndoAgain { pick } => self.undo(pick, None),
            Step::Correct { pick, right } => self.correct(pick, right),
            Step::Row { guest } => self.row(guest, None),
            Step::RowElsewhere { guest } => {
                self.fresh();
                self.row(guest, Some((self.now, Some(ELSEWHERE))));
            }
            Step::RowOfEntry { pick } => {
                if let Some(entry) = self.entry(pick) {
                    self.row(entry.guest, Some((entry.at, Some(entry.gate))));
                }
            }
            Step::Remove { guest } => {
                self.page(vec![], vec![id(GUESTS[guest])], false);
                self.model.remove(guest);
            }
            Step::Deliver { pick } | Step::Duplicate { pick } | Step::Park { pick } => {
                self.settle(step, pick);
            }
            Step::Tell { pick, mine_is_second, state } => self.tell_new(pick, mine_is_second, state),
            Step::TellAgain { pick, state } => self.tell_again(pick, state),
            Step::Resolve { pick, accept } => self.resolve(pick, accept),
            Step::Retry { pick } => self.retry(pick),
            Step::Restart => {
                let told = self.store().restart_feeds().unwrap();
                assert_eq!(told, self.model.restart());
            }
            Step::RestartAndRead { told } => {
                self.store().restart_feeds().unwrap();
                self.model.restart();
                let told: Vec<_> = (0..GUESTS.len()).filter(|guest| told & (1 << guest) != 0).collect();
                let marks: Vec<_> = told.iter().map(|guest| self.model.mark(*guest)).collect();
                let people = told.iter().zip(&marks).map(|(guest, mark)| person(*guest, *mark)).collect();
                self.page(people, vec![], true);
                told.iter().zip(marks).for_each(|(guest, mark)| self.model.row(*guest, mark));
                self.model.sweep(&told);
            }
            Step::Reopen => self.store = None,
        }
    }

    fn page(&mut self, attendees: Vec<Attendee>, removed: Vec<portico_types::AttendeeId>, complete: bool) {
        let page = RosterPage { attendees, removed, cursor: "x".into(), complete };
        self.store().apply_roster(&page).unwrap();
    }

    fn admit(&mut self, check_in: u128, guest: usize, gate: usize) {
        let (at, rule) = (self.now, self.model.rule);
        let wish = AdmitWish {
            gate: GateId::new(GATES[gate].0),
            gate_name: GATES[gate].1.into(),
            window: window(rule, check_in, at),
            ..wish(check_in, GUESTS[guest], at)
        };
        let answer = read(self.store().admit(&wish).unwrap().admission);
        assert_eq!(answer, self.model.admit(check_in, guest, gate, at));
    }

    fn undo(&mut self, pick: usize, fresh: Option<u128>) {
        let Some(entry) = self.entry(pick) else { return };
        let Some(undo) = fresh.or(entry.undo) else { return };
        let at = self.now;
        let answer = read_undo(self.store().undo(&undo_wish(entry.id, undo, at)).unwrap());
        assert_eq!(answer, self.model.undo(entry.id, undo));
    }

    fn correct(&mut self, pick: usize, right: usize) {
        let Some(wrong) = self.entry(pick) else { return };
        let (new, undo) = (self.fresh(), self.fresh());
        let wish = CorrectWish {
            wrong: number(wrong.id),
            right: id(GUESTS[right]),
            new_id: number(new),
            window: window(self.model.rule, new, wrong.at),
            undo_id: number(undo),
            at: UtcMillis(self.now),
            reason: "another guest".into(),
            actor: Actor::Staff(StaffId::FIRST),
        };
        let answer = read_correction(self.store().correct(&wish).unwrap());
        assert_eq!(answer, self.model.correct(wrong.id, right, new, undo));
    }

    fn row(&mut self, guest: usize, mark: Option<Mark>) {
        apply(self.store(), &[person(guest, mark)]);
        self.model.row(guest, mark);
    }

    fn settle(&mut self, step: &Step, pick: usize) {
        let Some(place) = pick.checked_rem(self.model.outbox.len()) else { return };
        let entry = number(self.model.outbox[place].id);
        self.fresh();
        let at = self.now;
        let settlement = match step {
            Step::Duplicate { .. } => {
                self.model.duplicate(place, (at, None));
                Settlement::Duplicate { first: FirstEntry { at: UtcMillis(at), gate: None } }
            }
            Step::Park { .. } => {
                self.model.park(place);
                Settlement::Parked { reason: "refused".into() }
            }
            _ => {
                self.model.deliver(place);
                Settlement::Delivered
            }
        };
        self.store().settle(&[(entry, settlement)]).unwrap();
    }

    /// A conflict of an own entry with one made elsewhere.
    fn tell_new(&mut self, pick: usize, mine_is_second: bool, state: State) {
        let Some(own) = self.entry(pick) else { return };
        let other = Side { id: self.fresh(), at: self.now, gate: ELSEWHERE };
        let mine = Model::side(&own);
        let (first, second) = if mine_is_second { (other, mine) } else { (mine, other) };
        self.tell(own.guest, first, second, state);
    }

    fn tell_again(&mut self, pick: usize, state: State) {
        let Some(place) = pick.checked_rem(self.model.conflicts.len()) else { return };
        let known = self.model.conflicts[place].clone();
        self.tell(known.guest, known.first, known.second, state);
    }

    fn tell(&mut self, guest: usize, first: Side, second: Side, state: State) {
        let conflict = Conflict {
            attendee: id(GUESTS[guest]),
            first: conflict_entry(first),
            second: conflict_entry(second),
            state: read_state(state),
            resolved_by: None,
            resolved_at: None,
        };
        let page = ConflictsPage { conflicts: vec![conflict], cursor: "k".into() };
        self.store().apply_conflicts(&page).unwrap();
        self.model.tell(guest, first, second, state);
    }

    fn resolve(&mut self, pick: usize, accept: bool) {
        let Some(place) = pick.checked_rem(self.model.conflicts.len()) else { return };
        let (conflict, decision) = (self.model.conflicts[place].second.id, self.fresh());
        let wish = ResolveWish {
            conflict: number(conflict),
            resolution: if accept { Resolution::Accept } else { Resolution::Undo },
            entry_id: number(decision),
            at: UtcMillis(self.now),
            reason: "looked at it".into(),
            actor: Actor::Staff(StaffId::FIRST),
        };
        let answer = match self.store().resolve(&wish).unwrap() {
            ResolveOutcome::Resolved => Answer::Resolved,
            ResolveOutcome::AlreadyResolved => Answer::AlreadyResolved,
            ResolveOutcome::UnknownConflict => Answer::Unknown,
        };
        assert_eq!(answer, self.model.resolve(conflict, accept, decision));
    }

    fn retry(&mut self, pick: usize) {
        let Some(place) = pick.checked_rem(self.model.outbox.len()) else { return };
        let note = AuditNote {
            action: AuditAction::Retry,
            actor: Actor::Staff(StaffId::FIRST),
            attendee: None,
            before: None,
            after: None,
            reason: None,
            at: UtcMillis(self.now),
        };
        let entry = number(self.model.outbox[place].id);
        let retried = self.store().retry_parked(&[entry], &note).unwrap();
        assert_eq!(retried == 1, self.model.retry(place));
    }

    fn compare(&mut self) {
        let model = self.model.clone();
        let store = self.store();
        compare_guests(store, &model);
        compare_outbox(store, &model);
        compare_conflicts(store, &model);
        let pairs: Vec<_> = model.blocked.iter().map(|(a, b)| (id(GUESTS[*a]), id(GUESTS[*b]))).collect();
        let blocked = store.blocked_pairs().unwrap();
        let blocked: Vec<_> = blocked.into_iter().map(|pair| (pair.attendee, pair.confused_with)).collect();
        assert_eq!(blocked, pairs);
        let audited = store.audit_head().unwrap().map_or(0, |head| head.seq);
        assert_eq!(audited, model.audit, "one row for each change");
    }
}

fn compare_guests(store: &Store, model: &Model) {
    for (place, name) in GUESTS.iter().enumerate() {
        let live = store.latest_check_in(&id(name)).unwrap().map(|check_in| check_in.id);
        assert_eq!(live, model.live(place).map(|entry| number(entry.id)), "the standing entry of {name}");
        let known =
            store.attendee(&id(name)).unwrap().map(|a| (a.checked_in_at.map(|at| at.0), a.checked_in_gate));
        let marked = |mark: Option<Mark>| (mark.map(|(at, _)| at), mark.and_then(gate_name));
        assert_eq!(known, model.roster[place].map(|row| marked(row.mark)), "the roster's mark of {name}");
    }
    let mut standings: Vec<_> = model.entries.iter().map(|entry| (entry.id, entry.standing)).collect();
    standings.sort_by_key(|(id, _)| std::cmp::Reverse(*id));
    let wanted: Vec<_> = standings
        .into_iter()
        .map(|(id, standing)| (number(id), standing == Standing::Live, standing == Standing::Second))
        .collect();
    let recent = store.recent(999).unwrap();
    let seen: Vec<_> =
        recent.into_iter().map(|entry| (entry.check_in.id, entry.live, entry.second)).collect();
    assert_eq!(seen, wanted, "how every entry stands");
}

fn compare_outbox(store: &Store, model: &Model) {
    let ids = |parked| {
        let wanted = model.outbox.iter().filter(move |entry| entry.parked == parked);
        wanted.map(|entry| number(entry.id)).collect::<Vec<_>>()
    };
    let waiting: Vec<_> = store.next_batch(999).unwrap().into_iter().map(|entry| entry.id).collect();
    let parked: Vec<_> = store.parked().unwrap().into_iter().map(|line| line.entry.id).collect();
    assert_eq!((waiting, parked), (ids(false), ids(true)), "what the backend has yet to hear");
    assert_eq!(store.waiting().unwrap(), ids(false).len() as u64);
}

fn compare_conflicts(store: &Store, model: &Model) {
    let mut wanted = model.conflicts.clone();
    wanted.sort_by_key(|c| (c.state != State::Open, std::cmp::Reverse((c.second.at, c.second.id))));
    let wanted: Vec<_> = wanted
        .iter()
        .map(|c| {
            let mine = model.place(c.second.id).is_some();
            (number(c.second.id), read_state(c.state), mine, model.is_waiting(c.decision))
        })
        .collect();
    let lines = store.conflicts(999).unwrap();
    let seen: Vec<_> = lines
        .iter()
        .map(|line| (line.conflict.id(), line.conflict.state, line.mine, line.decided_here_waiting))
        .collect();
    assert_eq!(seen, wanted, "the conflicts");
    let open = model.conflicts.iter().filter(|conflict| conflict.state == State::Open).count();
    assert_eq!(store.open_conflicts().unwrap(), open as u64);
}

fn rules() -> impl Strategy<Value = Rule> {
    prop_oneof![Just(Rule::Once), Just(Rule::Daily), Just(Rule::Again)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_store_and_its_reference_never_disagree(rule in rules(), steps in steps()) {
        let mut pair = Pair::new(rule);
        for step in &steps {
            pair.take(step);
            pair.compare();
        }
        let verdict = pair.store().verify_audit().unwrap();
        prop_assert!(matches!(verdict, AuditVerdict::Intact { .. }), "{:?}", verdict);
    }
}
