//! Random sequences of everything that can happen, on the store and on its reference side by side.

use proptest::prelude::*;

use portico_store::{
    Actor, AuditVerdict, CorrectOutcome, CorrectWish, RosterPage, Settlement, Store, UndoOutcome,
};
use portico_types::{Admission, Attendee, FirstEntry, UtcMillis};

use crate::model::{Answer, Model, Row};
use crate::support::{Place, apply, guest, id, marked, number, undo_wish, wish};

const GUESTS: [&str; 3] = ["ada", "alan", "emmy"];

/// One step. `pick` numbers choose among what exists at that moment.
#[derive(Clone, Debug)]
enum Step {
    Admit { guest: usize },
    AdmitAgain { pick: usize },
    Undo { pick: usize },
    UndoAgain { pick: usize },
    Correct { pick: usize, right: usize },
    Row { guest: usize },
    RowElsewhere { guest: usize },
    RowOfEntry { pick: usize },
    Remove { guest: usize },
    Deliver { pick: usize },
    Duplicate { pick: usize },
    Park { pick: usize },
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let guest = || 0..GUESTS.len();
    let pick = || 0..64_usize;
    let step = prop_oneof![
        4 => guest().prop_map(|guest| Step::Admit { guest }),
        1 => pick().prop_map(|pick| Step::AdmitAgain { pick }),
        3 => pick().prop_map(|pick| Step::Undo { pick }),
        1 => pick().prop_map(|pick| Step::UndoAgain { pick }),
        2 => (pick(), guest()).prop_map(|(pick, right)| Step::Correct { pick, right }),
        2 => guest().prop_map(|guest| Step::Row { guest }),
        1 => guest().prop_map(|guest| Step::RowElsewhere { guest }),
        3 => pick().prop_map(|pick| Step::RowOfEntry { pick }),
        1 => guest().prop_map(|guest| Step::Remove { guest }),
        3 => pick().prop_map(|pick| Step::Deliver { pick }),
        1 => pick().prop_map(|pick| Step::Duplicate { pick }),
        1 => pick().prop_map(|pick| Step::Park { pick }),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..40)
}

fn person(guest_number: usize, mark: Option<i64>) -> Attendee {
    let attendee = guest(GUESTS[guest_number]);
    mark.map_or(attendee.clone(), |at| marked(attendee, at, "South door"))
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

/// The store, its reference, and a clock that never shows the same time twice.
struct Pair {
    store: Option<Store>,
    place: Place,
    model: Model,
    now: i64,
}

impl Pair {
    fn new() -> Self {
        let place = Place::new();
        let everybody: Vec<_> = (0..GUESTS.len()).map(|number| person(number, None)).collect();
        let store = Some(place.open_with(&everybody));
        let model = Model { roster: vec![Some(Row { mark: None }); GUESTS.len()], ..Model::default() };
        Self { store, place, model, now: 1_000 }
    }

    fn store(&mut self) -> &mut Store {
        self.store.get_or_insert_with(|| self.place.open())
    }

    fn fresh(&mut self) -> u128 {
        self.now += 10;
        self.now.unsigned_abs().into()
    }

    fn entry(&self, pick: usize) -> Option<(u128, usize, i64, Option<u128>)> {
        let entries = &self.model.entries;
        let entry = entries.get(pick.checked_rem(entries.len())?)?;
        Some((entry.id, entry.guest, entry.at, entry.undo))
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Admit { guest } => {
                let new = self.fresh();
                self.admit(new, guest);
            }
            Step::AdmitAgain { pick } => {
                if let Some((old, guest, ..)) = self.entry(pick) {
                    self.admit(old, guest);
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
                self.row(guest, Some(self.now));
            }
            Step::RowOfEntry { pick } => {
                if let Some((_, guest, at, _)) = self.entry(pick) {
                    self.row(guest, Some(at));
                }
            }
            Step::Remove { guest } => {
                let page =
                    RosterPage { attendees: vec![], removed: vec![id(GUESTS[guest])], cursor: "x".into() };
                self.store().apply_roster(&page).unwrap();
                self.model.remove(guest);
            }
            Step::Deliver { pick } | Step::Duplicate { pick } | Step::Park { pick } => {
                self.settle(step, pick);
            }
            Step::Reopen => self.store = None,
        }
    }

    fn admit(&mut self, check_in: u128, guest: usize) {
        let at = self.now;
        let answer = read(self.store().admit(&wish(check_in, GUESTS[guest], at)).unwrap().admission);
        assert_eq!(answer, self.model.admit(check_in, guest, at));
    }

    fn undo(&mut self, pick: usize, fresh: Option<u128>) {
        let Some((check_in, _, _, known)) = self.entry(pick) else { return };
        let Some(undo) = fresh.or(known) else { return };
        let at = self.now;
        let answer = read_undo(self.store().undo(&undo_wish(check_in, undo, at)).unwrap());
        assert_eq!(answer, self.model.undo(check_in, undo));
    }

    fn correct(&mut self, pick: usize, right: usize) {
        let Some((wrong, ..)) = self.entry(pick) else { return };
        let (new, undo) = (self.fresh(), self.fresh());
        let wish = CorrectWish {
            wrong: number(wrong),
            right: id(GUESTS[right]),
            new_id: number(new),
            undo_id: number(undo),
            at: UtcMillis(self.now),
            reason: "another guest".into(),
            actor: Actor::Staff,
        };
        let answer = read_correction(self.store().correct(&wish).unwrap());
        assert_eq!(answer, self.model.correct(wrong, right, new, undo));
    }

    fn row(&mut self, guest: usize, mark: Option<i64>) {
        apply(self.store(), &[person(guest, mark)]);
        self.model.row(guest, mark);
    }

    fn settle(&mut self, step: &Step, pick: usize) {
        let Some(place) = pick.checked_rem(self.model.outbox.len()) else { return };
        let entry = number(self.model.outbox[place].0);
        self.fresh();
        let at = self.now;
        let settlement = match step {
            Step::Duplicate { .. } => {
                self.model.settle(place, Some(at));
                Settlement::Duplicate { first: FirstEntry { at: UtcMillis(at), gate: None } }
            }
            Step::Park { .. } => {
                self.model.park(place);
                Settlement::Parked { reason: "refused".into() }
            }
            _ => {
                self.model.settle(place, None);
                Settlement::Delivered
            }
        };
        self.store().settle(&[(entry, settlement)]).unwrap();
    }

    fn compare(&mut self) {
        let model = self.model.clone();
        let store = self.store();
        for (place, name) in GUESTS.iter().enumerate() {
            let live = store.latest_check_in(&id(name)).unwrap().map(|check_in| check_in.id);
            assert_eq!(live, model.live(place).map(|entry| number(entry.id)), "the standing entry of {name}");
            let known =
                store.attendee(&id(name)).unwrap().map(|attendee| attendee.checked_in_at.map(|at| at.0));
            assert_eq!(
                known,
                model.roster[place].as_ref().map(|row| row.mark),
                "the roster's mark of {name}"
            );
        }
        let ids = |parked| {
            let wanted = model.outbox.iter().filter(move |entry| entry.2 == parked);
            wanted.map(|entry| number(entry.0)).collect::<Vec<_>>()
        };
        let waiting: Vec<_> = store.next_batch(999).unwrap().into_iter().map(|entry| entry.id).collect();
        let parked: Vec<_> = store.parked().unwrap().into_iter().map(|line| line.entry.id).collect();
        assert_eq!((waiting, parked), (ids(false), ids(true)), "what the backend has yet to hear");
        assert_eq!(store.waiting().unwrap(), ids(false).len() as u64);
        let pairs: Vec<_> = model.blocked.iter().map(|(a, b)| (id(GUESTS[*a]), id(GUESTS[*b]))).collect();
        let blocked = store.blocked_pairs().unwrap();
        assert_eq!(
            blocked.into_iter().map(|pair| (pair.attendee, pair.confused_with)).collect::<Vec<_>>(),
            pairs
        );
        assert_eq!(
            store.audit_head().unwrap().map_or(0, |head| head.seq),
            model.audit,
            "one row for each change"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_store_and_its_reference_never_disagree(steps in steps()) {
        let mut pair = Pair::new();
        for step in &steps {
            pair.take(step);
            pair.compare();
        }
        let verdict = pair.store().verify_audit().unwrap();
        prop_assert!(matches!(verdict, AuditVerdict::Intact { .. }), "{:?}", verdict);
    }
}
