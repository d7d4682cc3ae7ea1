//! Face vectors as rows of one contiguous block of 32-bit floats.
//!
//! Owns the biometric bytes: whatever leaves the block is overwritten first, also when the block moves to grow and
//! when it is dropped. Knows nothing of whose row it is.

use std::hint::black_box;

/// Partial sums kept side by side in [`dot`]: four registers of four lanes with SSE2, which hides the latency of the
/// additions, and two of eight with AVX.
const LANES: usize = 16;

/// Rows of `dimension` numbers each.
#[derive(Default)]
pub(super) struct Matrix {
    dimension: usize,
    values: Vec<f32>,
}

impl Matrix {
    /// No rows yet, each to come with `dimension` numbers.
    pub(super) fn new(dimension: usize) -> Self {
        Self { dimension, values: Vec::new() }
    }

    /// Appends a row.
    pub(super) fn push(&mut self, row: &[f32]) {
        debug_assert_eq!(row.len(), self.dimension, "the gallery checks the dimension before");
        self.reserve(row.len());
        self.values.extend_from_slice(row);
    }

    /// Overwrites a row in place.
    pub(super) fn replace(&mut self, index: usize, row: &[f32]) {
        let start = index * self.dimension;
        self.values[start..start + self.dimension].copy_from_slice(row);
    }

    /// Takes a row out; the last row moves into its place. The numbers are overwritten at once.
    pub(super) fn swap_remove(&mut self, index: usize) {
        let start = index * self.dimension;
        let last = self.values.len() - self.dimension;
        self.values.copy_within(last.., start);
        wipe(&mut self.values[last..]);
        self.values.truncate(last);
    }

    /// All rows in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.values.chunks_exact(self.dimension.max(1))
    }

    /// Grows by moving to a larger block, so that the one left behind can be overwritten before it is freed.
    fn reserve(&mut self, more: usize) {
        if self.values.capacity() - self.values.len() >= more {
            return;
        }
        let capacity = (self.values.len() + more).max(self.values.capacity() * 2);
        let mut larger = Vec::with_capacity(capacity);
        larger.extend_from_slice(&self.values);
        wipe(&mut self.values);
        self.values = larger;
    }
}

impl Drop for Matrix {
    fn drop(&mut self) {
        wipe(&mut self.values);
    }
}

/// Overwrites numbers that are about to be given up. `black_box` keeps the compiler from dropping a write that
/// nothing seems to read.
fn wipe(values: &mut [f32]) {
    values.fill(0.0);
    black_box(values);
}

/// Scalar product of two vectors of the same length, summed in independent lanes so that the compiler vectorises it.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
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
mod tests {
    use super::*;

    #[test]
    fn the_last_row_moves_into_the_place_of_a_removed_one() {
        let mut matrix = Matrix::new(3);
        matrix.push(&[1.0, 2.0, 3.0]);
        matrix.push(&[4.0, 5.0, 6.0]);
        matrix.swap_remove(0);
        assert_eq!(matrix.rows().collect::<Vec<_>>(), [[4.0, 5.0, 6.0]]);
        matrix.swap_remove(0);
        assert_eq!(matrix.rows().count(), 0);
    }

    #[test]
    fn wiping_leaves_nothing_but_zeros() {
        let mut values = [0.3, -0.4, 0.5];
        wipe(&mut values);
        assert_eq!(values.map(f32::to_bits), [0; 3], "biometric numbers must not outlive their consent");
    }

    #[test]
    fn the_laned_product_equals_the_plain_one_for_every_length() {
        for length in 0..70_u8 {
            let a: Vec<f32> = (0..length).map(|i| f32::from(i) * 0.25 - 3.0).collect();
            let b: Vec<f32> = (0..length).map(|i| 2.0 - f32::from(i) * 0.125).collect();
            let plain: f64 = a.iter().zip(&b).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum();
            assert!(
                (f64::from(dot(&a, &b)) - plain).abs() < 1e-2,
                "length {length}: no number may be left out or counted twice"
            );
        }
    }
}
