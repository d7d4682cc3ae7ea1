//! The matrix product, with bias and activation: rows of pixels times packed weights.
//!
//! A tile of 6 (AVX-512: 12) rows by two registers of columns is summed up in registers. Weights are packed once,
//! in panels that a tile reads front to back; pixels need no packing, since they are read number by number.

use super::epilogue::{Epilogue, load};
use crate::net::buffer::Buffer;
use crate::net::simd::{MultiplyAdd, compiled_for_each};

/// Rows are taken in blocks of about this many numbers, so that a block stays in the level 1 cache (32 KiB and
/// more on all processors of the last decade) while panel after panel is applied to it.
const BLOCK: usize = 6 * 1024;

/// Weights, depth × columns, cut into panels two registers wide; the last may be one register wide. Columns that
/// do not exist are zeros.
pub(in crate::net) struct Packed {
    panels: Buffer,
    len: usize,
    depth: usize,
    columns: usize,
}

impl Packed {
    /// `weights` is row-major, depth × columns.
    pub fn new(weights: &[f32], depth: usize, columns: usize, lanes: usize) -> Self {
        let mut panels = Vec::with_capacity(depth * columns.next_multiple_of(lanes));
        let mut first = 0;
        while first < columns {
            let width = panel_width(columns - first, lanes);
            for row in weights.chunks_exact(columns) {
                panels.extend((first..first + width).map(|column| row.get(column).copied().unwrap_or(0.0)));
            }
            first += width;
        }
        Self { len: panels.len(), panels: Buffer::from_slice(&panels), depth, columns }
    }

    pub const fn depth(&self) -> usize {
        self.depth
    }
}

/// Two registers, or one where that is enough for what is left.
const fn panel_width(left: usize, lanes: usize) -> usize {
    if left > lanes { 2 * lanes } else { lanes }
}

compiled_for_each! {
    /// `output = activation(pixels × weights + bias)`; `pixels` is rows × depth, `output` rows × columns.
    fn multiply(pixels: &[f32], packed: &Packed, epilogue: &Epilogue, output: &mut [f32]) = multiply_body
}

#[inline(always)]
fn multiply_body<M: MultiplyAdd, const L: usize>(
    pixels: &[f32],
    packed: &Packed,
    epilogue: &Epilogue,
    output: &mut [f32],
) {
    let Packed { depth, columns, .. } = *packed;
    let rows_per_block = (BLOCK / depth / 12).max(1) * 12;
    let blocks = pixels.chunks(rows_per_block * depth).zip(output.chunks_mut(rows_per_block * columns));
    for (pixels, output) in blocks {
        let mut panels = packed.panels.first(packed.len);
        let mut first = 0;
        while first < columns {
            let width = panel_width(columns - first, L);
            let (panel, rest) = panels.split_at(depth * width);
            let strip = Strip { pixels, depth, panel, first, columns, epilogue };
            if width == L {
                strip.multiply::<M, L, 1>(output);
            } else {
                strip.multiply::<M, L, 2>(output);
            }
            panels = rest;
            first += width;
        }
    }
}

/// A block of rows and one panel.
struct Strip<'a> {
    pixels: &'a [f32],
    depth: usize,
    panel: &'a [f32],
    /// The panel's first column.
    first: usize,
    columns: usize,
    epilogue: &'a Epilogue,
}

impl Strip<'_> {
    #[inline(always)]
    fn multiply<M: MultiplyAdd, const L: usize, const V: usize>(&self, output: &mut [f32]) {
        let (mut row, rows) = (0, self.pixels.len() / self.depth);
        if L == 16 || V == 1 {
            while row + 12 <= rows {
                self.tile::<M, L, V, 12>(row, output);
                row += 12;
            }
        }
        while row + 6 <= rows {
            self.tile::<M, L, V, 6>(row, output);
            row += 6;
        }
        while row + 2 <= rows {
            self.tile::<M, L, V, 2>(row, output);
            row += 2;
        }
        if row < rows {
            self.tile::<M, L, V, 1>(row, output);
        }
    }

    /// `R` rows by `V` registers.
    #[inline(always)]
    fn tile<M: MultiplyAdd, const L: usize, const V: usize, const R: usize>(
        &self,
        row: usize,
        output: &mut [f32],
    ) {
        let depth = self.depth;
        let rows: [&[f32]; R] = std::array::from_fn(|r| &self.pixels[(row + r) * depth..][..depth]);
        let bias: [[f32; L]; V] = std::array::from_fn(|v| self.epilogue.bias(self.first + v * L));
        let mut sums = [bias; R];
        for (k, weights) in (0..depth).zip(self.panel.chunks_exact(V * L)) {
            let weights: [[f32; L]; V] = std::array::from_fn(|v| load(&weights[v * L..]));
            for r in 0..R {
                let pixel = rows[r][k];
                for v in 0..V {
                    for lane in 0..L {
                        sums[r][v][lane] = M::multiply_add(pixel, weights[v][lane], sums[r][v][lane]);
                    }
                }
            }
        }
        for (r, sums) in sums.into_iter().enumerate() {
            let target = &mut output[(row + r) * self.columns..][..self.columns];
            for (v, sums) in sums.into_iter().enumerate() {
                let channel = self.first + v * L;
                let results = self.epilogue.activate(channel, sums);
                store(&mut target[channel.min(self.columns)..], results);
            }
        }
    }
}

/// Writes as many lanes as there is room for.
#[inline(always)]
fn store<const L: usize>(target: &mut [f32], lanes: [f32; L]) {
    if let Some(whole) = target.first_chunk_mut() {
        *whole = lanes;
    } else {
        target.iter_mut().zip(lanes).for_each(|(target, lane)| *target = lane);
    }
}
