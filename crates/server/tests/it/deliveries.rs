//! Whatever the order in which kiosks deliver, and however often: nothing that was acknowledged is lost, and the event's
//! rule holds among the entries that stand.

use std::collections::BTreeMap;

use portico_protocol::{
    CheckInEntry, CheckInVerdict, ConflictRecord, ConflictStateRecord, EntryKind, EntryRule,
    ResolutionRecord, rfc3339, utc_millis,
};
use portico_types::{DeviceId, UtcMillis};
use proptest::collection::vec;
use proptest::prelude::*;
use rusqlite::Connection;

use crate::support::{World, check_in, entry_id, resolve, undo};

const GUESTS: [&str; 2] = ["ada", "bo"];
const GATES: [&str; 3] = ["north", "south", "cellar"];
const KIOSKS: usize = 3;
/// One hour before midnight, so that days change amid a story.
const EVENING: &str = "2026-11-21T23:00:00Z";

/// What happens at a kiosk. Targets are picked among all entries of the story by their number.
#[derive(Clone, Debug)]
enum Act {
    Enter { guest: usize, gate: usize, minute: i64 },
    Undo(u32),
    Resolve(u32, ResolutionRecord),
}

/// What happens between kiosks and server.
#[derive(Clone, Debug)]
enum Step {
    /// A kiosk delivers up to `count` entries; if the answer is lost, it will deliver them again.
    Deliver { kiosk: usize, count: usize, answer_lost: bool },
    /// The operator changes the rule.
    Rule(EntryRule),
}

#[derive(Debug)]
struct Kiosk {
    device: DeviceId,
    outbox: Vec<CheckInEntry>,
    delivered: usize,
}

fn rule() -> impl Strategy<Value = EntryRule> {
    prop_oneof![
        Just(EntryRule::Once),
        Just(EntryRule::OncePerDay),
        Just(EntryRule::Reentry { other_gate_minutes: 0 }),
        Just(EntryRule::Reentry { other_gate_minutes: 20 }),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let enter = (0..GUESTS.len(), 0..GATES.len(), 0..120_i64).prop_map(|(guest, gate, minute)| Act::Enter {
        guest,
        gate,
        minute,
    });
    let resolution = prop_oneof![Just(ResolutionRecord::Accept), Just(ResolutionRecord::Undo)];
    prop_oneof![
        4 => enter,
        2 => (1..16_u32).prop_map(Act::Undo),
        2 => (1..16_u32, resolution).prop_map(|(target, resolution)| Act::Resolve(target, resolution)),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        9 => (0..KIOSKS, 1..4_usize, any::<bool>())
            .prop_map(|(kiosk, count, answer_lost)| Step::Deliver { kiosk, count, answer_lost }),
        1 => rule().prop_map(Step::Rule),
    ]
}

fn entry(n: u32, act: &Act) -> CheckInEntry {
    match act {
        Act::Enter { guest, gate, minute } => {
            let at = UtcMillis(utc_millis(EVENING).unwrap().0 + minute * 60_000);
            check_in(n, GUESTS[*guest], GATES[*gate], &rfc3339(at))
        }
        Act::Undo(target) => undo(n, *target),
        Act::Resolve(target, resolution) => resolve(n, *target, *resolution),
    }
}

/// A story under way.
struct Story {
    world: World,
    kiosks: Vec<Kiosk>,
    /// The first answer to each entry that was not rejected.
    answers: BTreeMap<String, CheckInVerdict>,
    /// The rule, while it has never been changed.
    rule: Option<EntryRule>,
}

impl Story {
    fn begin(rule: EntryRule, acts: &[(usize, Act)]) -> Self {
        let world = World::with_rule(rule);
        let mut kiosks: Vec<Kiosk> = (0..KIOSKS)
            .map(|n| {
                let device = world.kiosk(&format!("Kiosk {n}"));
                Kiosk { device, outbox: Vec::new(), delivered: 0 }
            })
            .collect();
        for (n, (kiosk, act)) in (1..).zip(acts) {
            kiosks[*kiosk].outbox.push(entry(n, act));
        }
        Self { world, kiosks, answers: BTreeMap::new(), rule: Some(rule) }
    }

    fn deliver(&mut self, kiosk: usize, count: usize, answer_lost: bool) {
        let Kiosk { device, outbox, delivered } = &mut self.kiosks[kiosk];
        let end = outbox.len().min(*delivered + count);
        let outcomes = self.world.backend.record_check_ins(device, &outbox[*delivered..end]).unwrap();
        if !answer_lost {
            *delivered = end;
        }
        for outcome in outcomes {
            if matches!(outcome.verdict, CheckInVerdict::Rejected { .. }) {
                continue;
            }
            match self.answers.get(&outcome.id) {
                None => {
                    assert_ne!(
                        outcome.verdict,
                        CheckInVerdict::AlreadyRecorded,
                        "nobody delivered it before"
                    );
                    self.answers.insert(outcome.id, outcome.verdict);
                }
                Some(CheckInVerdict::Recorded) => {
                    assert_eq!(outcome.verdict, CheckInVerdict::AlreadyRecorded);
                }
                Some(first) => assert_eq!(*first, outcome.verdict, "the answer of the first delivery"),
            }
        }
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Deliver { kiosk, count, answer_lost } => self.deliver(kiosk, count, answer_lost),
            Step::Rule(rule) => {
                self.world.set_rule(rule);
                self.rule = None;
            }
        }
        self.check();
    }

    /// What must hold at any time.
    fn check(&self) {
        let rows = check_ins(&self.world);
        let conflicts: BTreeMap<String, ConflictRecord> =
            self.world.conflicts().into_iter().map(|c| (c.second.id.clone(), c)).collect();
        let stands = |id: &String| rows.get(id).is_some_and(|row| row.stands);
        for kiosk in &self.kiosks {
            for entry in kiosk.outbox.iter().filter(|e| matches!(e.kind, EntryKind::CheckIn { .. })) {
                if !self.answers.contains_key(&entry.id) {
                    continue;
                }
                let state = conflicts.get(&entry.id).map(|c| c.state);
                assert!(
                    rows.contains_key(&entry.id) || state.is_some_and(|s| s != ConflictStateRecord::Promoted),
                    "entry {} was acknowledged and is lost",
                    entry.id
                );
            }
        }
        for (id, conflict) in &conflicts {
            match conflict.state {
                ConflictStateRecord::Open => {
                    assert!(!rows.contains_key(id) && stands(&conflict.first.id), "{conflict:?}");
                }
                ConflictStateRecord::Promoted => assert!(stands(id), "{conflict:?}"),
                ConflictStateRecord::Undone => assert!(!stands(id), "{conflict:?}"),
                ConflictStateRecord::Accepted => assert!(!rows.contains_key(id), "{conflict:?}"),
            }
        }
        self.check_rule(&rows);
    }

    /// Among the entries that stand, none keeps another out by the rule.
    fn check_rule(&self, rows: &BTreeMap<String, Row>) {
        let Some(rule) = self.rule else { return };
        let standing: Vec<_> = rows.iter().filter(|(_, row)| row.stands).collect();
        for (id, later) in &standing {
            for (_, earlier) in standing.iter().filter(|(other, _)| other != id) {
                if later.attendee != earlier.attendee || earlier.at > later.at {
                    continue;
                }
                let window = rule.window(later.at, "UTC", id);
                assert!(!window.counts(earlier.at, earlier.gate != later.gate), "{earlier:?} and {later:?}");
            }
        }
    }
}

/// A row of the table of check-ins.
#[derive(Debug)]
struct Row {
    attendee: String,
    gate: String,
    at: UtcMillis,
    stands: bool,
}

fn check_ins(world: &World) -> BTreeMap<String, Row> {
    let connection = Connection::open(&world.database).unwrap();
    let mut statement =
        connection.prepare("SELECT id, attendee_id, gate, at, undone_by IS NULL FROM check_ins").unwrap();
    let rows = statement.query_map([], |row| {
        let at = UtcMillis(row.get(3)?);
        Ok((row.get(0)?, Row { attendee: row.get(1)?, gate: row.get(2)?, at, stands: row.get(4)? }))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_acknowledged_is_lost_and_the_rule_holds(
        rule in rule(),
        acts in vec((0..KIOSKS, act()), 1..16),
        steps in vec(step(), 1..16),
    ) {
        let mut story = Story::begin(rule, &acts);
        for step in &steps {
            story.take(step);
        }
        for kiosk in 0..KIOSKS {
            story.take(&Step::Deliver { kiosk, count: 16, answer_lost: true });
            story.take(&Step::Deliver { kiosk, count: 16, answer_lost: false });
        }
    }

    #[test]
    fn with_one_entry_per_event_the_guests_who_are_in_do_not_depend_on_the_order(
        order in Just((0..KIOSKS).collect::<Vec<_>>()).prop_shuffle(),
        undone in 1..4_u32,
    ) {
        // Three kiosks let Ada in; then one of these entries is taken back, whichever it was.
        let world = World::new();
        for kiosk in order {
            let n = kiosk as u32 + 1;
            world.deliver(check_in(n, "ada", GATES[kiosk], "09:31"));
        }
        world.deliver(undo(9, undone));
        prop_assert_eq!(world.inside(), 1);
        let rows = check_ins(&world);
        let taken = rows.get(&entry_id(undone)).is_some_and(|row| row.stands);
        prop_assert!(!taken, "what was taken back does not stand");
    }
}
