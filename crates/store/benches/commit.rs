//! What a check-in costs beside the disk itself, and how fast staff find a guest among 100,000.
//!
//! The yardstick writes and syncs 4 KiB in the same run and directory: what it takes is the disk's, the rest is ours.

use std::fs::{File, OpenOptions};
use std::hint::black_box;
use std::io::Write;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use portico_store::{
    Actor, AdmitWish, DatabaseKey, KeyError, KeyProtection, KeyProvider, RosterPage, Store, StoreError,
};
use portico_types::{Attendee, AttendeeId, CheckInId, EntryWindow, GateId, Method, UtcMillis};
use uuid::Uuid;

const GUESTS: usize = 100_000;
const SYLLABLES: [&str; 20] = [
    "an", "bel", "cor", "da", "el", "fin", "ga", "hol", "in", "jo", "ka", "lin", "mar", "no", "or", "pe",
    "ri", "so", "ta", "vel",
];

struct BenchKey;

impl KeyProvider for BenchKey {
    fn key(&self) -> Result<DatabaseKey, KeyError> {
        Ok(DatabaseKey::new([0x42; 32]))
    }

    fn protection(&self) -> KeyProtection {
        KeyProtection::File
    }
}

/// A made-up word for every number, evenly spread.
fn word(mut number: usize) -> String {
    let mut word = String::new();
    for _ in 0..3 {
        word.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
    }
    word
}

fn attendee(number: usize) -> Attendee {
    Attendee {
        id: AttendeeId::new(format!("guest-{number}")),
        name: format!("{} {}", word(number), word(number.wrapping_mul(7_919))),
        company: Some(word(number % 997)),
        ticket_code: format!("T{number:06}"),
        phone_last4: Some(format!("{:04}", number % 10_000)),
        note: None,
        checked_in_at: None,
        checked_in_gate: None,
    }
}

fn page(from: usize, until: usize) -> RosterPage {
    RosterPage {
        attendees: (from..until).map(attendee).collect(),
        removed: Vec::new(),
        cursor: until.to_string(),
        complete: false,
    }
}

fn wish(number: usize) -> AdmitWish {
    AdmitWish {
        id: CheckInId(Uuid::from_u128(number as u128)),
        attendee: AttendeeId::new(format!("guest-{number}")),
        gate: GateId::new("north"),
        gate_name: "North door".to_owned(),
        method: Method::Face,
        at: UtcMillis(number as i64),
        window: EntryWindow::whole_event(),
        score: Some(0.7),
        reason: None,
        actor: Actor::Kiosk,
    }
}

fn filled(path: &Path) -> Result<Store, StoreError> {
    let mut store = Store::open(path, &BenchKey)?;
    for from in (0..GUESTS).step_by(5_000) {
        store.apply_roster(&page(from, from + 5_000))?;
    }
    store.checkpoint()?;
    Ok(store)
}

fn yardstick(file: &mut File) -> std::io::Result<()> {
    file.write_all(&[0x5a; 4096])?;
    file.sync_data()
}

fn bench(criterion: &mut Criterion) {
    let Ok(directory) = tempfile::tempdir() else { return };
    let Ok(mut store) = filled(&directory.path().join("kiosk.db")) else { return };

    let mut commit = criterion.benchmark_group("commit");
    let log = OpenOptions::new().create(true).append(true).open(directory.path().join("yardstick"));
    if let Ok(mut file) = log {
        commit.bench_function("yardstick: write and sync 4 KiB", |bencher| {
            bencher.iter(|| yardstick(&mut file));
        });
    }
    let mut next = 0..GUESTS;
    commit.bench_function("check-in", |bencher| {
        bencher.iter(|| next.next().map(|number| store.admit(&wish(number))));
    });
    commit.finish();

    let mut search = criterion.benchmark_group("search in 100,000");
    for query in ["a", "marlin", "an da", "marlin velta", "T0423", "an da cor zz"] {
        search.bench_function(query, |bencher| bencher.iter(|| black_box(store.search(query, 20))));
    }
    search.bench_function("ticket", |bencher| bencher.iter(|| black_box(store.find_ticket("t042317"))));
    search.finish();

    let mut roster = criterion.benchmark_group("roster");
    roster.sample_size(10);
    let known = page(0, 1_000);
    roster.bench_function("1,000 rows that change nothing", |bencher| {
        bencher.iter(|| store.apply_roster(&known));
    });
    roster.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
