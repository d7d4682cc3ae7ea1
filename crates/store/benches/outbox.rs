//! What a long outbox costs: how many wait, taking 100,000 out in batches of 500 and settling them, and putting them
//! back for a backend that lost them.

use std::cell::RefCell;
use std::hint::black_box;
use std::path::Path;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use portico_store::{
    Actor, AdmitWish, DatabaseKey, KeyError, KeyProtection, KeyProvider, RosterPage, Settlement, Store,
    StoreError,
};
use portico_types::{Attendee, AttendeeId, CheckInId, EntryWindow, FirstEntry, GateId, Method, UtcMillis};
use uuid::Uuid;

const GUESTS: usize = 1_000;
const WAITING: usize = 100_000;
const BATCH: usize = 500;

struct BenchKey;

impl KeyProvider for BenchKey {
    fn key(&self) -> Result<DatabaseKey, KeyError> {
        Ok(DatabaseKey::new([0x42; 32]))
    }

    fn protection(&self) -> KeyProtection {
        KeyProtection::File
    }
}

fn attendee(number: usize) -> Attendee {
    Attendee {
        id: AttendeeId::new(format!("guest-{number}")),
        name: format!("Guest {number}"),
        company: None,
        ticket_code: format!("T{number:06}"),
        phone_last4: None,
        note: None,
        checked_in_at: None,
        checked_in_gate: None,
    }
}

fn wish(number: usize) -> AdmitWish {
    let id = CheckInId(Uuid::from_u128(number as u128));
    let never = UtcMillis(i64::MAX);
    AdmitWish {
        id,
        attendee: AttendeeId::new(format!("guest-{}", number % GUESTS)),
        gate: GateId::new("north"),
        gate_name: "North door".to_owned(),
        method: Method::Face,
        at: UtcMillis(number as i64),
        window: EntryWindow { slot: id.to_string(), any_gate_since: never, other_gate_since: never },
        score: Some(0.7),
        reason: None,
        actor: Actor::Kiosk,
    }
}

/// A kiosk that was cut off for long. Its entries are made without waiting for the disk, which is not measured here.
fn filled(path: &Path) -> Result<Store, StoreError> {
    let mut store = Store::open(path, &BenchKey)?;
    let attendees = (0..GUESTS).map(attendee).collect();
    let page = RosterPage { attendees, removed: Vec::new(), cursor: "1".to_owned(), complete: true };
    store.apply_roster(&page)?;
    for number in 0..WAITING {
        store.admit(&wish(number))?;
    }
    store.checkpoint()?;
    Ok(store)
}

fn drain(store: &mut Store) -> Result<usize, StoreError> {
    let batch = store.next_batch(BATCH)?;
    let first = FirstEntry { at: UtcMillis(1), gate: None };
    let answer = |place: usize| match place % 50 {
        0 => Settlement::Duplicate { first: first.clone() },
        _ => Settlement::Delivered,
    };
    let answers: Vec<_> = batch.iter().enumerate().map(|(place, entry)| (entry.id, answer(place))).collect();
    store.settle(&answers)?;
    Ok(answers.len())
}

fn bench(criterion: &mut Criterion) {
    let Ok(directory) = tempfile::tempdir() else { return };
    let Ok(store) = filled(&directory.path().join("kiosk.db")) else { return };
    let store = RefCell::new(store);
    let mut group = criterion.benchmark_group("100,000 waiting");
    group.bench_function("how many", |bencher| bencher.iter(|| black_box(store.borrow().waiting())));
    group.bench_function("the next 500", |bencher| {
        bencher.iter(|| black_box(store.borrow().next_batch(BATCH)));
    });
    group.sample_size(10);
    group.throughput(Throughput::Elements(WAITING as u64));
    group.bench_function("all out and settled", |bencher| {
        // A restart puts everything back.
        let refill = || store.borrow_mut().restart_feeds();
        let drain_all = |_| while drain(&mut store.borrow_mut()).is_ok_and(|settled| settled > 0) {};
        bencher.iter_batched(refill, drain_all, BatchSize::PerIteration);
    });
    group.bench_function("all told again", |bencher| {
        let empty = || while drain(&mut store.borrow_mut()).is_ok_and(|settled| settled > 0) {};
        bencher.iter_batched(empty, |()| store.borrow_mut().restart_feeds(), BatchSize::PerIteration);
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
