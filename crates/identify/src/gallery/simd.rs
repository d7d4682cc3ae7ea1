//! The one loop of a search that every row goes through, compiled for the vector instructions of this processor.
//!
//! The loop is plain Rust; it is compiled once for each set of instructions, and the right one is picked at run time.
//! Choosing it, and fetching rows ahead, is all in this crate that needs `unsafe`. Which rows to compare, and what a
//! bound means, is decided elsewhere.
#![expect(
    clippy::inline_always,
    reason = "the loop must be compiled into the function that enables the instructions it is compiled for"
)]

use super::codes::Scale;

/// Rows and probes are multiples of this many numbers, so that a product has no remainder.
pub(super) const ALIGNMENT: usize = 32;

/// Bytes that memory is read by.
#[cfg(target_arch = "x86_64")]
const LINE: usize = 64;

/// How far ahead to fetch, in bytes: about a microsecond of reading.
#[cfg(target_arch = "x86_64")]
const AHEAD: usize = 8_192;

/// The widest instructions to use. Values other than portable exist only where the processor has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Simd(Level);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Simd {
    /// The widest that this processor has.
    pub(super) fn detect() -> Self {
        Self::available().next_back().unwrap_or(Self(Level::Portable))
    }

    /// All that this processor has, from narrow to wide.
    pub(super) fn available() -> impl DoubleEndedIterator<Item = Self> {
        #[cfg(target_arch = "x86_64")]
        let found = {
            let avx2 = is_x86_feature_detected!("avx2");
            let avx512 = avx2 && is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw");
            [Some(Level::Portable), avx2.then_some(Level::Avx2), avx512.then_some(Level::Avx512)]
        };
        #[cfg(not(target_arch = "x86_64"))]
        let found = [Some(Level::Portable)];
        found.into_iter().flatten().map(Self)
    }
}

/// Bounds to compute.
pub(super) struct Products<'a> {
    /// Rows one behind the other, each as long as the probe.
    pub(super) rows: &'a [i8],
    /// One for each row.
    pub(super) scales: &'a [Scale],
    pub(super) probe: &'a [i16],
    /// How much one step of the probe is.
    pub(super) step: f32,
    /// Length of the probe.
    pub(super) length: f32,
    /// Added to every bound.
    pub(super) slack: f32,
    /// Where the bounds go, one for each row.
    pub(super) bounds: &'a mut [f32],
}

/// Computes the bounds with the instructions of `simd`.
pub(super) fn products(simd: Simd, products: Products<'_>) {
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn avx2(products: Products<'_>) {
        compute(products);
    }
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512bw,avx2")]
    fn avx512(products: Products<'_>) {
        compute(products);
    }
    match simd.0 {
        Level::Portable => compute(products),
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "calling code compiled for instructions that not all processors have")]
        // SAFETY: `Simd::available` yields this level only on a processor that has AVX2.
        Level::Avx2 => unsafe { avx2(products) },
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "calling code compiled for instructions that not all processors have")]
        // SAFETY: `Simd::available` yields this level only on a processor that has AVX-512F, AVX-512BW and AVX2.
        Level::Avx512 => unsafe { avx512(products) },
    }
}

#[inline(always)]
fn compute(products: Products<'_>) {
    let Products { rows, scales, probe, step, length, slack, bounds } = products;
    let (probe, _) = probe.as_chunks::<ALIGNMENT>();
    let (rows, _) = rows.as_chunks::<ALIGNMENT>();
    for ((row, scale), bound) in rows.chunks_exact(probe.len().max(1)).zip(scales).zip(bounds) {
        fetch_ahead(row);
        let sum = product(row, probe) as f32;
        *bound = sum * (scale.step * step) + (scale.lost * length + slack);
    }
}

/// Exact: the probe's codes are so small that no sum overflows.
#[inline(always)]
fn product(row: &[[i8; ALIGNMENT]], probe: &[[i16; ALIGNMENT]]) -> i32 {
    let products = row
        .iter()
        .zip(probe)
        .map(|(row, probe)| row.iter().zip(probe).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum::<i32>());
    products.sum()
}

/// Asks for the memory that will be read after this row. The processor looks ahead by itself, but not far enough
/// while it also multiplies: without this the search takes half as long again as merely reading, with it as long.
#[inline(always)]
fn fetch_ahead(row: &[[i8; ALIGNMENT]]) {
    #[cfg(target_arch = "x86_64")]
    for line in row.iter().step_by(LINE / ALIGNMENT) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let ahead = line.as_ptr().wrapping_add(AHEAD);
        #[expect(unsafe_code, reason = "there is no other way to fetch memory ahead")]
        // SAFETY: fetching reads nothing and faults at no address; every x86-64 processor has it.
        unsafe {
            _mm_prefetch::<_MM_HINT_T0>(ahead);
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = row;
}
