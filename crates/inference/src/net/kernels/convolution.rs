//! Convolution: gathers the pixels under the kernel, a few output rows at a time, and multiplies.

use super::epilogue::Epilogue;
use super::geometry::Geometry;
use super::matrix::{Packed, multiply};
use crate::net::buffer::Buffer;
use crate::net::simd::Simd;

/// Output pixels to gather before multiplying: enough to use each weight often, few enough to stay in the cache.
const PIXELS: usize = 96;

/// A convolution with its weights.
pub(in crate::net) struct Convolution {
    pub geometry: Geometry,
    pub packed: Packed,
    pub epilogue: Epilogue,
}

impl Convolution {
    /// How many numbers of scratch memory it needs.
    pub fn scratch(&self) -> usize {
        if self.is_product() {
            0
        } else {
            self.rows_at_once() * self.geometry.output.width * self.packed.depth()
        }
    }

    /// Whether each output pixel sees exactly the input pixel at its place.
    fn is_product(&self) -> bool {
        let window = self.geometry.window;
        window.kernel == [1, 1] && window.stride == [1, 1]
    }

    fn rows_at_once(&self) -> usize {
        let output = self.geometry.output;
        PIXELS.div_ceil(output.width).min(output.height)
    }

    pub fn run(&self, simd: Simd, input: &[f32], output: &mut [f32], columns: &mut Buffer) {
        if self.is_product() {
            multiply(simd, input, &self.packed, &self.epilogue, output);
            return;
        }
        let shape = self.geometry.output;
        let gathered_row = shape.width * self.packed.depth();
        let rows = self.rows_at_once();
        for (block, output) in output.chunks_mut(rows * shape.width * shape.channels).enumerate() {
            let first = block * rows;
            let last = (first + rows).min(shape.height);
            let gathered = columns.first_mut((last - first) * gathered_row);
            for (row, gathered) in (first..last).zip(gathered.chunks_exact_mut(gathered_row)) {
                self.gather(row, input, gathered);
            }
            multiply(simd, gathered, &self.packed, &self.epilogue, output);
        }
    }

    /// Lines up what the kernel sees at each pixel of one output row; padding is zeros.
    fn gather(&self, row: usize, input: &[f32], gathered: &mut [f32]) {
        let Geometry { window, input: shape, .. } = self.geometry;
        let line = window.kernel[1] * shape.channels;
        let rows = self.geometry.rows(row);
        for (column, gathered) in gathered.chunks_exact_mut(window.kernel[0] * line).enumerate() {
            let columns = self.geometry.columns(column);
            for (tap, gathered) in gathered.chunks_exact_mut(line).enumerate() {
                if !rows.taps.contains(&tap) {
                    gathered.fill(0.0);
                    continue;
                }
                let y = rows.first + tap - rows.taps.start;
                let start = (y * shape.width + columns.first) * shape.channels;
                let (before, rest) = gathered.split_at_mut(columns.taps.start * shape.channels);
                let (seen, after) = rest.split_at_mut(columns.taps.len() * shape.channels);
                before.fill(0.0);
                copy(&input[start..start + seen.len()], seen);
                after.fill(0.0);
            }
        }
    }
}

/// Numbers that are copied without a call.
const RUN: usize = 8;

/// Copies a few numbers: pictures of three channels give runs so short that calling `memcpy` takes longer than the
/// copying. The last run overlaps the one before it.
fn copy(from: &[f32], to: &mut [f32]) {
    let len = from.len();
    if !(RUN..=4 * RUN).contains(&len) {
        to.copy_from_slice(from);
        return;
    }
    let whole = (0..len / RUN).map(|run| run * RUN);
    for start in whole.chain([len - RUN]) {
        to[start..start + RUN].copy_from_slice(&from[start..start + RUN]);
    }
}
