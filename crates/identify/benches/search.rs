//! How long a search takes, beside the time that merely reading the same bytes takes: the yardstick that no search
//! of the whole gallery can beat.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on has failed")]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use portico_identify::Gallery;
use portico_types::{AttendeeId, Consent, Embedding, ModelId, Template, TemplateId, UtcMillis};

/// Numbers per vector, as the default recogniser makes them.
const DIMENSION: usize = 192;

/// A vector that depends on its seed only (xorshift).
fn embedding(seed: usize) -> Embedding {
    let mut state = seed as u64 * 2 + 1;
    let values = (0..DIMENSION)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 40) as f32 / (1 << 23) as f32 - 1.0
        })
        .collect();
    Embedding::normalised(values).expect("random numbers are not all zero")
}

fn gallery(size: usize) -> Gallery {
    let model = ModelId("bench/1".into());
    let mut gallery = Gallery::new(model.clone());
    gallery.rebuild(
        model.clone(),
        (0..size).map(|n| Template {
            id: TemplateId::new(format!("t{n}")),
            attendee: AttendeeId::new(format!("a{n}")),
            model: model.clone(),
            embedding: embedding(n + 1),
            consent: Consent { text_version: "1".into(), language: "en".into(), agreed_at: UtcMillis(0) },
            expires_at: UtcMillis(i64::MAX),
        }),
    );
    gallery
}

fn search(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("gallery");
    for size in [10_000, 100_000] {
        let gallery = gallery(size);
        let probe = embedding(usize::MAX / 3);
        group.throughput(Throughput::Bytes((size * DIMENSION * 4) as u64));
        group.bench_function(BenchmarkId::new("search", size), |b| {
            b.iter(|| gallery.search(black_box(&probe), 6));
        });

        let bytes = vec![0x0101_0101_u32; size * DIMENSION];
        group.bench_function(BenchmarkId::new("plain_sum", size), |b| {
            b.iter(|| black_box(&bytes).iter().fold(0_u32, |sum, word| sum.wrapping_add(*word)));
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = search
}
criterion_main!(benches);
