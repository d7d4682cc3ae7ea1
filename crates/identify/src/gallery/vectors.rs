//! All face vectors of a gallery, and the search through them.
//!
//! Every vector is held twice: in 32-bit floats, and in [`Codes`] of one byte per number. A search reads the codes of
//! all rows, which are a quarter of the bytes, and with them knows of almost every row that it cannot come among the
//! best. The few others are compared in floats. The answer is the one that comparing all rows in floats gives, number
//! for number: a row is left out only where the bound on its product, which holds for whatever the rounding was, lies
//! below the product that a row needs.

use super::codes::Codes;
use super::matrix::Matrix;
use super::simd::Simd;

/// Partial sums kept side by side in [`dot`]: four registers of four lanes with SSE2, which hides the latency of the
/// additions, and two of eight with AVX.
const LANES: usize = 16;

/// Rows that are bounded at a time. Their bounds fit into the first cache beside the codes, and what changes after a
/// row is compared (how good a row must be) is known again soon.
const BLOCK: usize = 64;

/// Rows of the same dimension.
#[derive(Default)]
pub(super) struct Vectors {
    exact: Matrix<f32>,
    codes: Codes,
}

/// What a search is for: takes rows with their products, and says what it would refuse.
pub(super) trait Offers {
    /// A product below which offering a row changes nothing; `None` while every row is welcome.
    fn floor(&self) -> Option<f32>;

    /// Takes note of a row.
    fn offer(&mut self, row: usize, product: f32);
}

impl Vectors {
    /// No rows yet, each to come with `dimension` numbers.
    pub(super) fn new(dimension: usize) -> Self {
        Self { exact: Matrix::new(dimension), codes: Codes::new(dimension) }
    }

    /// Appends a row.
    pub(super) fn push(&mut self, row: &[f32]) {
        self.exact.push(row);
        self.codes.push(row);
    }

    /// Overwrites a row in place.
    pub(super) fn replace(&mut self, index: usize, row: &[f32]) {
        self.exact.replace(index, row);
        self.codes.replace(index, row);
    }

    /// Takes a row out of both copies, which are overwritten at once; the last row moves into its place.
    pub(super) fn swap_remove(&mut self, index: usize) {
        self.exact.swap_remove(index);
        self.codes.swap_remove(index);
    }

    /// A row's numbers.
    pub(super) fn row(&self, index: usize) -> &[f32] {
        self.exact.row(index)
    }

    /// Offers to `offers` every row that it would not refuse, in order, with its product with `probe`.
    pub(super) fn search(&self, probe: &[f32], offers: &mut impl Offers) {
        self.search_with(Simd::detect(), probe, offers);
    }

    fn search_with(&self, simd: Simd, probe: &[f32], offers: &mut impl Offers) {
        let probe_codes = self.codes.probe(probe);
        let mut bounds = [0.0; BLOCK];
        for first in (0..self.codes.len()).step_by(BLOCK) {
            let rows = first..self.codes.len().min(first + BLOCK);
            let bounds = &mut bounds[..rows.len()];
            self.codes.bound(simd, rows.clone(), &probe_codes, bounds);
            // Nearly every block ends here, and counting without a branch keeps up with the memory.
            if offers
                .floor()
                .is_some_and(|floor| bounds.iter().filter(|bound| reaches(**bound, floor)).count() == 0)
            {
                continue;
            }
            for (row, bound) in rows.zip(bounds) {
                if offers.floor().is_none_or(|floor| reaches(*bound, floor)) {
                    offers.offer(row, dot(self.exact.row(row), probe));
                }
            }
        }
    }
}

/// Whether a row with this bound may have a product of at least `floor`. A bound that is no number leaves nobody out.
fn reaches(bound: f32, floor: f32) -> bool {
    !matches!(bound.partial_cmp(&floor), Some(std::cmp::Ordering::Less))
}

/// Scalar product of two vectors of the same length, summed in independent lanes so that the compiler vectorises it.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a_lanes, a_rest) = a.as_chunks::<LANES>();
    let (b_lanes, b_rest) = b.as_chunks::<LANES>();
    let mut sums = [0.0_f32; LANES];
    for (left, right) in a_lanes.iter().zip(b_lanes) {
        for lane in 0..LANES {
            sums[lane] += left[lane] * right[lane];
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(left, right)| left * right).sum();
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests;
