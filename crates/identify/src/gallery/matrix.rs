//! Rows of numbers in one contiguous block.
//!
//! Owns biometric bytes: whatever leaves the block is overwritten first, also when the block moves to grow and when it
//! is dropped. Knows nothing of whose row it is.

use std::hint::black_box;

/// Rows of `width` numbers each.
#[derive(Default)]
pub(super) struct Matrix<T: Copy + Default> {
    width: usize,
    values: Vec<T>,
}

impl<T: Copy + Default> Matrix<T> {
    /// No rows yet, each to come with `width` numbers.
    pub(super) fn new(width: usize) -> Self {
        Self { width, values: Vec::new() }
    }

    /// Appends a row.
    pub(super) fn push(&mut self, row: &[T]) {
        debug_assert_eq!(row.len(), self.width, "the gallery checks the dimension before");
        self.reserve(row.len());
        self.values.extend_from_slice(row);
    }

    /// Overwrites a row in place.
    pub(super) fn replace(&mut self, index: usize, row: &[T]) {
        let start = index * self.width;
        self.values[start..start + self.width].copy_from_slice(row);
    }

    /// Takes a row out; the last row moves into its place. The numbers are overwritten at once.
    pub(super) fn swap_remove(&mut self, index: usize) {
        let start = index * self.width;
        let last = self.values.len() - self.width;
        self.values.copy_within(last.., start);
        wipe(&mut self.values[last..]);
        self.values.truncate(last);
    }

    /// One row.
    pub(super) fn row(&self, index: usize) -> &[T] {
        &self.values[index * self.width..][..self.width]
    }

    /// All rows in order, one behind the other.
    pub(super) fn values(&self) -> &[T] {
        &self.values
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

impl<T: Copy + Default> Drop for Matrix<T> {
    fn drop(&mut self) {
        wipe(&mut self.values);
    }
}

/// Overwrites numbers that are about to be given up. `black_box` keeps the compiler from dropping a write that
/// nothing seems to read.
pub(super) fn wipe<T: Copy + Default>(values: &mut [T]) {
    values.fill(T::default());
    black_box(values);
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
        assert_eq!(matrix.values(), [4.0, 5.0, 6.0]);
        matrix.swap_remove(0);
        assert!(matrix.values().is_empty());
    }

    #[test]
    fn wiping_leaves_nothing_but_zeros() {
        let mut values = [0.3_f32, -0.4, 0.5];
        wipe(&mut values);
        assert_eq!(values.map(f32::to_bits), [0; 3], "biometric numbers must not outlive their consent");
        let mut codes = [3_i8, -4, 5];
        wipe(&mut codes);
        assert_eq!(codes, [0; 3], "nor must their rounded copies");
    }
}
