//! Face vectors in one byte per number, and how large a product with one of them can be.
//!
//! A row `x` is held as whole numbers `q` and a step `s`, with `x = s·q + e`; what rounding took away, `e`, is known by
//! its length only. The probe `p` is held alike, in two bytes per number. Then
//!
//! `x·p = s·q·p + e·p = s·s'·(q·q') + s·q·e' + e·p`,
//!
//! of which the first term is whole numbers multiplied and added, exactly; the others are at most `|s·q|·|e'|` and
//! `|e|·|p|` (Cauchy and Schwarz). Their sum, with room for what floats lose, is the bound. Biometric like the vectors
//! themselves, and overwritten like them.

use std::ops::Range;

use super::matrix::{Matrix, wipe};
use super::simd::{ALIGNMENT, Products, Simd, products};

/// Largest whole number of a row.
const ROW_STEPS: f64 = 127.0;

/// Largest whole number of a probe, as far as sums do not overflow.
const PROBE_STEPS: usize = 32_767;

/// The coded rows.
#[derive(Default)]
pub(super) struct Codes {
    dimension: usize,
    /// Filled up with zeros to a multiple of [`ALIGNMENT`].
    steps: Matrix<i8>,
    scales: Matrix<Scale>,
    /// Length that no row's `s·q` exceeds. Does not shrink when rows go: it stays true.
    longest: f64,
    /// The row that is being coded, for its memory; zeros at all other times.
    scratch: Vec<i8>,
}

/// What turns a row's whole numbers back into a bound.
#[derive(Clone, Copy, Default)]
pub(super) struct Scale {
    /// How much one step is.
    pub(super) step: f32,
    /// Length of what rounding took away.
    pub(super) lost: f32,
}

/// A coded probe.
pub(super) struct Probe {
    steps: Vec<i16>,
    step: f64,
    /// Factor of a row's loss, and what is added to the bound of every row.
    length: f32,
    slack: f32,
}

impl Codes {
    /// No rows yet, each to come with `dimension` numbers.
    pub(super) fn new(dimension: usize) -> Self {
        let stride = dimension.next_multiple_of(ALIGNMENT);
        Self {
            dimension,
            steps: Matrix::new(stride),
            scales: Matrix::new(1),
            longest: 0.0,
            scratch: vec![0; stride],
        }
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.scales.values().len()
    }

    /// Appends a row.
    pub(super) fn push(&mut self, row: &[f32]) {
        let scale = self.code(row);
        self.steps.push(&self.scratch);
        self.scales.push(&[scale]);
        wipe(&mut self.scratch);
    }

    /// Overwrites a row in place.
    pub(super) fn replace(&mut self, index: usize, row: &[f32]) {
        let scale = self.code(row);
        self.steps.replace(index, &self.scratch);
        self.scales.replace(index, &[scale]);
        wipe(&mut self.scratch);
    }

    /// Takes a row out; the last row moves into its place.
    pub(super) fn swap_remove(&mut self, index: usize) {
        self.steps.swap_remove(index);
        self.scales.swap_remove(index);
    }

    /// Codes what all rows are to be compared with.
    pub(super) fn probe(&self, values: &[f32]) -> Probe {
        // No sum of products may leave 32 bits, whatever the signs.
        let most = i32::MAX as usize / (ROW_STEPS as usize * self.dimension.max(1));
        let step = step_of(values, most.clamp(1, PROBE_STEPS) as f64);
        let mut steps = vec![0_i16; self.dimension.next_multiple_of(ALIGNMENT)];
        let mut lost = 0.0;
        for (code, value) in steps.iter_mut().zip(values) {
            let rounded = (f64::from(*value) / step).round();
            *code = rounded as i16;
            lost += (f64::from(*value) - rounded * step).powi(2);
        }
        let length = length(values);
        // What 32-bit floats lose in the sum of `dimension` products and in the bound itself, generously.
        let floats = f64::from(f32::EPSILON) * (self.dimension as f64 + 16.0) * length * (self.longest + 1.0);
        Probe {
            steps,
            step,
            length: rounded_up(length),
            slack: rounded_up(self.longest * lost.sqrt() + floats),
        }
    }

    /// Writes for each of `rows` what its product with the probe is at most.
    pub(super) fn bound(&self, simd: Simd, rows: Range<usize>, probe: &Probe, bounds: &mut [f32]) {
        let stride = probe.steps.len();
        products(
            simd,
            Products {
                rows: &self.steps.values()[rows.start * stride..rows.end * stride],
                scales: &self.scales.values()[rows],
                probe: &probe.steps,
                step: probe.step as f32,
                length: probe.length,
                slack: probe.slack,
                bounds,
            },
        );
    }

    /// Codes a row into the scratch memory.
    fn code(&mut self, row: &[f32]) -> Scale {
        let step = step_of(row, ROW_STEPS);
        // The bound is computed with the step as it is stored.
        let step = f64::from(step as f32);
        let (mut lost, mut kept) = (0.0, 0.0);
        for (code, value) in self.scratch.iter_mut().zip(row) {
            let rounded = (f64::from(*value) / step).round().clamp(-ROW_STEPS, ROW_STEPS);
            *code = rounded as i8;
            lost += (f64::from(*value) - rounded * step).powi(2);
            kept += (rounded * step).powi(2);
        }
        self.longest = self.longest.max(kept.sqrt());
        Scale { step: step as f32, lost: rounded_up(lost.sqrt()) }
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        wipe(&mut self.steps);
    }
}

/// How much one step is when the largest number takes `steps` of them. Never zero.
fn step_of(values: &[f32], steps: f64) -> f64 {
    let largest = values.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
    f64::from(largest.max(f32::MIN_POSITIVE * 65_536.0)) / steps
}

fn length(values: &[f32]) -> f64 {
    values.iter().map(|value| f64::from(*value).powi(2)).sum::<f64>().sqrt()
}

/// As a 32-bit float that is not smaller.
fn rounded_up(value: f64) -> f32 {
    (value as f32).next_up()
}
