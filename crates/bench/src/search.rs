//! The gallery's search against reading memory, and against faiss.
//!
//! Memory twice: all 32-bit floats of the vectors, which is what a search that compares every vector in floats must
//! read, and the bytes that ours does read. Both are plain sums, whose one addition a word costs nothing beside the
//! reading. faiss is `IndexFlatIP` over the same vectors with the same number of candidates: with one thread, and with
//! as many as it takes by default.

use std::hint::black_box;
use std::path::Path;

use anyhow::Result;
use portico_identify::Gallery;
use portico_types::ModelId;

use crate::crowd::{self, DIMENSION};
use crate::report::Report;
use crate::stopwatch::milliseconds;
use crate::turns::{self, Contestant};
use crate::yardsticks::Yardsticks;

/// Templates in the large gallery, and in a usual one.
const SIZES: (usize, usize) = (100_000, 10_000);
/// Candidates that are asked for.
const CANDIDATES: usize = 6;
/// Bytes that our search reads of each vector: a byte per number, a step and a loss.
const BYTES_READ: usize = DIMENSION + 8;

/// Times a search and its yardsticks.
pub fn measure(directory: &Path, yardsticks: &Yardsticks, turns: usize, report: &mut Report) -> Result<()> {
    let model = ModelId("bench/1".into());
    let (large, usual) = (crowd::gallery(&model, SIZES.0)?, crowd::gallery(&model, SIZES.1)?);
    let floats = words(SIZES.0 * DIMENSION * 4);
    let read = words(SIZES.0 * BYTES_READ);
    hand_over(directory)?;
    let mut contestants = vec![searching(&large)?, summing(&floats), summing(&read), searching(&usual)?];
    let ours = contestants.len();
    contestants.extend(yardsticks.contestant("faiss/one", 1));
    contestants.extend(yardsticks.contestant("faiss/default", 1));
    let times = turns::take(turns, &mut contestants)?;
    report.add("search_100k_ms", times.median(0));
    report.add("search_10k_ms", times.median(3));
    report.add("sum_100k_floats_ms", times.median(1));
    report.add("search_vs_bandwidth", times.ratio(0, 1));
    report.add("sum_100k_bytes_read_ms", times.median(2));
    report.add("search_vs_bandwidth_of_bytes_read", times.ratio(0, 2));
    let compared = contestants.len() == ours + 2;
    let of_faiss =
        |index: usize| compared.then(|| (times.median(ours + index), times.ratio(0, ours + index)));
    report.add_if_known("faiss_one_thread_ms", of_faiss(0).map(|(time, _)| time));
    report.add_if_known("search_vs_faiss", of_faiss(0).map(|(_, ratio)| ratio));
    report.add_if_known("faiss_default_threads_ms", of_faiss(1).map(|(time, _)| time));
    report.add_if_known("search_vs_faiss_default_threads", of_faiss(1).map(|(_, ratio)| ratio));
    Ok(())
}

fn searching(gallery: &Gallery) -> Result<Contestant<'_>> {
    let probe = crowd::vector(usize::MAX / 3)?;
    Ok(Box::new(move || {
        milliseconds(1, || {
            black_box(gallery.search(black_box(&probe), CANDIDATES));
            Ok(())
        })
    }))
}

fn summing(words: &[u32]) -> Contestant<'_> {
    Box::new(move || {
        milliseconds(1, || {
            black_box(black_box(words).iter().fold(0_u32, |sum, word| sum.wrapping_add(*word)));
            Ok(())
        })
    })
}

fn words(bytes: usize) -> Vec<u32> {
    vec![0x0101_0101; bytes / 4]
}

/// Writes vectors and probe where faiss reads them.
fn hand_over(directory: &Path) -> Result<()> {
    let mut bytes = Vec::with_capacity(SIZES.0 * DIMENSION * 4);
    for number in 1..=SIZES.0 {
        bytes.extend(crowd::vector(number)?.to_bytes());
    }
    std::fs::write(directory.join("vectors.f32"), bytes)?;
    std::fs::write(directory.join("probe.f32"), crowd::vector(usize::MAX / 3)?.to_bytes())?;
    Ok(())
}
