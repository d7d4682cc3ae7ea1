//! Delivery as a whole, without network and storage: the planner and the outbox between a door and a backend that are
//! as simple as can be, under whatever the network, the clocks, the power and staff do (I3).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod backend;
mod kiosk;

use std::collections::BTreeSet;
use std::time::Duration;

use backend::{Backend, Fault};
use kiosk::{Kiosk, State};
use portico_store::Settlement;
use portico_sync::{Noted, Outbox, SyncParams};
use portico_testkit::assert_screens_say;
use portico_ticketing::{BackendError, ProblemCode, Verdict};
use portico_types::{AuditHead, CheckInId};
use proptest::prelude::*;

/// One thing that happens during an evening.
#[derive(Clone, Debug)]
enum Happening {
    /// So many guests enter.
    Enter(usize),
    /// Staff take back the entry that was made so many entries ago.
    Undo(usize),
    /// Staff decide about a guest who was let in twice.
    Resolve,
    /// The kiosk does what it plans to do next, and this becomes of it.
    Exchange(Fault),
    /// Time passes, in milliseconds.
    Pass(u64),
    /// Somebody sets the kiosk's clock, by so many milliseconds.
    SetClock(i64),
    /// The power fails and comes back.
    Crash,
    /// Staff withdraw the kiosk's access, or give it back.
    Admit(bool),
    /// The backend is restored from a backup that lacks the newest entries.
    Restore(usize),
}

fn fault() -> impl Strategy<Value = Fault> {
    let asked = || prop::option::of(0..400_u64);
    prop_oneof![
        6 => Just(Fault::None),
        2 => Just(Fault::LostBefore),
        3 => Just(Fault::LostAfter),
        2 => Just(Fault::Duplicated),
        1 => Just(Fault::Replayed),
        1 => (0..6_usize).prop_map(Fault::TornApart),
        1 => Just(Fault::Unreadable),
        1 => (1..5_usize).prop_map(Fault::TooLarge),
        1 => asked().prop_map(Fault::Busy),
        1 => asked().prop_map(Fault::Failing),
        1 => Just(Fault::AboutOthers),
        1 => Just(Fault::OneTooFew),
        1 => Just(Fault::CrashUnsettled),
    ]
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        6 => (1..4_usize).prop_map(Happening::Enter),
        2 => (0..8_usize).prop_map(Happening::Undo),
        1 => Just(Happening::Resolve),
        20 => fault().prop_map(Happening::Exchange),
        3 => (0..20_000_u64).prop_map(Happening::Pass),
        1 => (-90_000_000..90_000_000_i64).prop_map(Happening::SetClock),
        1 => Just(Happening::Crash),
        1 => any::<bool>().prop_map(Happening::Admit),
        1 => (0..12_usize).prop_map(Happening::Restore),
    ]
}

/// One evening: what happens, which entries the backend refuses or cannot read, and the largest batch.
#[derive(Clone, Debug)]
struct Evening {
    happenings: Vec<Happening>,
    rejects: BTreeSet<u128>,
    unreadable: BTreeSet<u128>,
    batch_limit: usize,
}

fn evening() -> impl Strategy<Value = Evening> {
    let some = || prop::collection::btree_set(0..60_u128, 0..6);
    let limit = prop_oneof![1..12_usize, Just(500)];
    (prop::collection::vec(happening(), 1..150), some(), some(), limit).prop_map(
        |(happenings, rejects, unreadable, batch_limit)| Evening {
            happenings,
            rejects,
            unreadable,
            batch_limit,
        },
    )
}

fn live_through(evening: &Evening) -> (Kiosk, Backend) {
    let params = SyncParams { batch_limit: evening.batch_limit, ..SyncParams::default() };
    let mut backend = Backend::new(evening.rejects.clone(), evening.unreadable.clone());
    let mut kiosk = Kiosk::new(params);
    for happening in &evening.happenings {
        match *happening {
            Happening::Enter(guests) => (0..guests).for_each(|_| kiosk.enter()),
            Happening::Undo(ago) => kiosk.undo(ago),
            Happening::Resolve => kiosk.resolve(),
            Happening::Exchange(fault) => kiosk.exchange(&mut backend, fault),
            Happening::Pass(millis) => kiosk.pass(Duration::from_millis(millis)),
            Happening::SetClock(by_ms) => kiosk.set_clock(by_ms),
            Happening::Crash => kiosk.crash(),
            Happening::Admit(admitted) => backend.admitted = admitted,
            // A kiosk that has read nothing since the last time cannot tell one backend from another.
            Happening::Restore(lost) if kiosk.has_read() => {
                backend.restore(lost);
                kiosk.stream_ended();
            }
            Happening::Restore(_) => {}
        }
    }
    (kiosk, backend)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn every_entry_is_at_the_backend_exactly_once_or_parked_with_a_reason(evening in evening()) {
        let (mut kiosk, mut backend) = live_through(&evening);
        backend.admitted = true;
        let calm_since = kiosk.now();
        let mut exchanges = 0;
        while !kiosk.is_settled(&backend) {
            kiosk.exchange(&mut backend, Fault::None);
            exchanges += 1;
            prop_assert!(exchanges < 2_000, "something blocks: {:?}", kiosk.lines());
        }
        let took = kiosk.now().since(calm_since);
        prop_assert!(took <= Duration::from_mins(15), "settled only after {took:?}");

        for line in kiosk.lines() {
            let number = line.entry.id.0.as_u128();
            let times = backend.recorded().iter().filter(|id| **id == line.entry.id).count();
            let refused = evening.rejects.contains(&number)
                || backend.refused_alone.contains(&line.entry.id)
                || backend.orphans.contains(&line.entry.id);
            match &line.state {
                State::Delivered => prop_assert_eq!(times, 1, "entry {}", number),
                State::Parked(reason) => {
                    prop_assert!(refused && !reason.is_empty(), "entry {} was parked for nothing", number);
                    prop_assert!(times <= 1);
                }
                State::Waiting => prop_assert!(false, "entry {} still waits", number),
            }
        }
        prop_assert!(backend.first_heard.is_sorted(), "in the order of the door: {:?}", backend.first_heard);
        prop_assert!(backend.recorded().len() <= kiosk.lines().len(), "nothing was invented");
    }
}

fn recorded(number: usize) -> Vec<Verdict> {
    vec![Verdict::Recorded; number]
}

fn unreadable() -> BackendError {
    BackendError::Problem { code: ProblemCode::Malformed, reason: "what is this?".into() }
}

const HEAD: AuditHead = AuditHead { seq: 3, hash: [3; 32] };

#[test]
fn an_entry_is_parked_only_if_nothing_else_was_sent_with_it() {
    let mut kiosk = Kiosk::new(SyncParams::default());
    kiosk.enter();
    kiosk.enter();
    let (two, one) = (kiosk.waiting(2), kiosk.waiting(1));
    let mut outbox = Outbox::default();
    for (entries, head, why) in [
        (&two, None, "either of the two may be the unreadable one"),
        (&one, Some(HEAD), "perhaps it is the head that cannot be read"),
    ] {
        outbox = Outbox::default();
        let parcel = outbox.pack(entries, head).unwrap();
        assert!(matches!(outbox.heard(&parcel, Err(unreadable())), Noted::Keep { .. }), "{why}");
    }
    let alone = outbox.pack(&one, Some(HEAD)).unwrap();
    assert_eq!(alone.audit_head, None, "so that a refusal is about the entry");
    let Noted::Settle { answers, .. } = outbox.heard(&alone, Err(unreadable())) else { panic!("not parked") };
    let [(id, Settlement::Parked { reason })] = &answers[..] else { panic!("not parked: {answers:?}") };
    assert_eq!((*id, reason.text.as_str()), (one[0].id, "what is this?"));
    assert_screens_say("queue", reason);
    assert_eq!(
        outbox.pack(&two[1..], Some(HEAD)).unwrap().audit_head,
        Some(HEAD),
        "the next one is innocent"
    );
}

#[test]
fn the_audits_head_is_sent_until_it_is_acknowledged_and_again_to_a_backend_that_lost_it() {
    let mut outbox = Outbox::default();
    assert_eq!(outbox.pack(&[], None), None, "a kiosk without an audit has nothing to say");
    let parcel = outbox.pack(&[], Some(HEAD)).unwrap();
    let lost = Err(BackendError::Timeout { allowed: Duration::from_secs(1) });
    assert!(matches!(outbox.heard(&parcel, lost), Noted::Keep { attempted, .. } if attempted.is_empty()));
    assert_eq!(outbox.pack(&[], Some(HEAD)), Some(parcel.clone()));
    assert!(matches!(outbox.heard(&parcel, Ok(vec![])), Noted::Settle { .. }));
    assert_eq!(outbox.pack(&[], Some(HEAD)), None);
    let moved = AuditHead { seq: 4, ..HEAD };
    assert_eq!(outbox.pack(&[], Some(moved)).unwrap().audit_head, Some(moved));
    outbox.restarted();
    assert_eq!(outbox.pack(&[], Some(HEAD)), Some(parcel));
    let refused = outbox.pack(&[], Some(HEAD)).unwrap();
    assert!(matches!(outbox.heard(&refused, Err(unreadable())), Noted::Keep { .. }));
    assert_eq!(
        outbox.pack(&[], Some(HEAD)),
        Some(refused),
        "a head that is refused is told again nevertheless"
    );
}

#[test]
fn verdicts_that_are_not_one_for_one_settle_nothing() {
    let mut kiosk = Kiosk::new(SyncParams::default());
    kiosk.enter();
    kiosk.enter();
    let mut outbox = Outbox::default();
    let parcel = outbox.pack(&kiosk.waiting(2), Some(HEAD)).unwrap();
    for number in [0, 1, 3] {
        let Noted::Keep { attempted, .. } = outbox.heard(&parcel, Ok(recorded(number))) else {
            panic!("{number} verdicts for two entries")
        };
        assert_eq!(attempted.len(), 2);
    }
    assert!(matches!(outbox.heard(&parcel, Ok(recorded(2))), Noted::Settle { .. }));
}

#[test]
fn conflicts_change_by_second_entries_and_by_what_staff_take_back_or_decide() {
    let mut kiosk = Kiosk::new(SyncParams::default());
    kiosk.enter();
    kiosk.undo(0);
    kiosk.resolve();
    kiosk.register();
    let entries = kiosk.waiting(4);
    let first = portico_types::FirstEntry { at: portico_types::UtcMillis(1), gate: None };
    let table = [
        (0, Verdict::Recorded, false),
        (0, Verdict::Duplicate(first), true),
        (1, Verdict::Recorded, true),
        (1, Verdict::AlreadyRecorded, false),
        (2, Verdict::Recorded, true),
        (2, Verdict::Rejected { reason: "unknown".into() }, false),
        (3, Verdict::Recorded, false),
    ];
    for (index, verdict, expected) in table {
        let mut outbox = Outbox::default();
        let parcel = outbox.pack(&entries[index..=index], None).unwrap();
        let noted = outbox.heard(&parcel, Ok(vec![verdict.clone()]));
        let Noted::Settle { conflicts_changed, answers } = noted else { panic!("not settled") };
        assert_eq!(conflicts_changed, expected, "{index}: {verdict:?}");
        assert_eq!(answers[0].0, CheckInId(entries[index].id.0));
    }
}
