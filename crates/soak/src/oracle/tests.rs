//! The oracle notices what is wrong, and nothing else.

use portico_types::{GateId, Resolution, UtcMillis};
use uuid::Uuid;

use super::*;

fn id(number: u128) -> CheckInId {
    CheckInId(Uuid::from_u128(number))
}

fn ada() -> AttendeeId {
    AttendeeId::new("ada")
}

fn entry(gate: &str, at: i64) -> Act {
    Act::CheckIn { attendee: ada(), gate: GateId::new(gate), at: UtcMillis(at) }
}

/// Ada enters twice; all sides know it, and the second entry was made at the only kiosk.
fn sides() -> (There, Here) {
    let conflict = KnownConflict { attendee: ada(), first: id(1), state: ConflictState::Open };
    let there = There {
        received: vec![id(1), id(2)],
        check_ins: BTreeMap::from([(id(1), (ada(), true))]),
        conflicts: BTreeMap::from([(id(2), conflict.clone())]),
    };
    let here = Here {
        name: "kiosk".to_owned(),
        waiting: 0,
        parked: 0,
        made: BTreeMap::from([(id(2), Stands::Second)]),
        inside: BTreeMap::from([(ada(), UtcMillis(10))]),
        conflicts: BTreeMap::from([(id(2), conflict)]),
    };
    (there, here)
}

/// What is found when these acts were acknowledged besides the two entries.
fn found((there, here): (There, Here), more: &[(u128, Act)]) -> (u64, u64, u64, Conflicts) {
    let mut acts = BTreeMap::from([(id(1), entry("north", 10)), (id(2), entry("south", 20))]);
    acts.extend(more.iter().map(|(number, act)| (id(*number), act.clone())));
    let (findings, conflicts) = judged(&acts, EntryRule::Once, there, vec![here]);
    (findings.lost, findings.doubled, findings.half_written, conflicts)
}

#[test]
fn sides_that_agree_with_the_rule_are_no_fault() {
    assert_eq!(found(sides(), &[]), (0, 0, 0, Conflicts { expected: 1, found: 1 }));
}

#[test]
fn an_entry_that_never_arrived_is_lost_and_one_that_nobody_made_is_doubled() {
    let never_arrived = found(sides(), &[(3, entry("north", 30))]);
    assert_eq!((never_arrived.0, never_arrived.1), (2, 0), "it is not there, and it does not stand");
    let (mut there, here) = sides();
    there.received.extend([id(9), id(1)]);
    assert_eq!(found((there, here), &[]).1, 2, "one that nobody made, and one that is there twice");
}

#[test]
fn a_conflict_that_one_side_does_not_know_is_not_found() {
    let (there, mut here) = sides();
    here.conflicts.clear();
    let (_, _, half_written, conflicts) = found((there, here), &[]);
    assert_eq!((half_written, conflicts), (1, Conflicts { expected: 1, found: 0 }));
    let (mut there, here) = sides();
    there.conflicts.clear();
    let (lost, _, half_written, conflicts) = found((there, here), &[]);
    assert_eq!((lost, half_written, conflicts.found), (1, 1, 0), "the second entry is nowhere");
}

#[test]
fn a_kiosk_that_believes_otherwise_is_found_out() {
    let (there, here) = sides();
    let believes = |change: fn(&mut Here)| {
        let mut other = here.clone();
        change(&mut other);
        found((there.clone(), other), &[])
    };
    assert_eq!(believes(|here| here.made = BTreeMap::from([(id(2), Stands::Live)])).2, 1);
    assert_eq!(believes(|here| here.inside.clear()).2, 1);
    assert_eq!(believes(|here| here.waiting = 1).0, 1);
    assert_eq!(believes(|here| here.parked = 1).0, 1);
}

#[test]
fn an_undo_that_came_after_an_acceptance_changes_nothing_but_the_kiosks_own_note() {
    let (mut there, mut here) = sides();
    there.received.extend([id(3), id(4)]);
    for conflicts in [&mut there.conflicts, &mut here.conflicts] {
        for conflict in conflicts.values_mut() {
            conflict.state = ConflictState::Accepted;
        }
    }
    here.made = BTreeMap::from([(id(2), Stands::Gone)]);
    let accept = (3, Act::Resolve { conflict: id(2), resolution: Resolution::Accept });
    let both = [accept, (4, Act::Undo { check_in: id(2) })];
    assert_eq!(found((there, here), &both), (0, 0, 0, Conflicts { expected: 1, found: 1 }));
}
