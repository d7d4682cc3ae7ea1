//! Bilinear resizing.

use crate::graph::{Sampling, Shape};
use crate::net::simd::{MultiplyAdd, compiled_for_each};

/// For one output row or column: the two input ones to mix, and the second one's share.
#[derive(Clone, Copy, Debug)]
struct Mix {
    first: usize,
    second: usize,
    share: f32,
}

/// A resizing with its mixes worked out.
pub(in crate::net) struct Resize {
    input: Shape,
    output: Shape,
    rows: Vec<Mix>,
    columns: Vec<Mix>,
}

impl Resize {
    pub fn new(input: Shape, output: Shape, sampling: Sampling) -> Self {
        let mixes = |from: usize, to: usize| (0..to).map(|index| mix(index, from, to, sampling)).collect();
        Self {
            input,
            output,
            rows: mixes(input.height, output.height),
            columns: mixes(input.width, output.width),
        }
    }
}

fn mix(index: usize, from: usize, to: usize, sampling: Sampling) -> Mix {
    let scale = match sampling {
        Sampling::AlignCorners if to > 1 => (from - 1) as f32 / (to - 1) as f32,
        _ => from as f32 / to as f32,
    };
    let position = match sampling {
        Sampling::HalfPixel => ((index as f32 + 0.5) * scale - 0.5).max(0.0),
        Sampling::Corner | Sampling::AlignCorners => index as f32 * scale,
    };
    let first = (position as usize).min(from - 1);
    Mix { first, second: (first + 1).min(from - 1), share: position - first as f32 }
}

compiled_for_each! {
    /// Mixes the four nearest pixels.
    fn resize(layer: &Resize, input: &[f32], output: &mut [f32]) = resize_body
}

#[inline(always)]
fn resize_body<M: MultiplyAdd, const L: usize>(layer: &Resize, input: &[f32], output: &mut [f32]) {
    let channels = layer.input.channels;
    let pixel = |row: usize, column: usize| {
        let start = (row * layer.input.width + column) * channels;
        &input[start..start + channels]
    };
    for (row, output) in layer.rows.iter().zip(output.chunks_exact_mut(layer.output.width * channels)) {
        for (column, target) in layer.columns.iter().zip(output.chunks_exact_mut(channels)) {
            let above = pixel(row.first, column.first).iter().zip(pixel(row.first, column.second));
            let below = pixel(row.second, column.first).iter().zip(pixel(row.second, column.second));
            for (target, ((a, b), (c, d))) in target.iter_mut().zip(above.zip(below)) {
                let upper = a + (b - a) * column.share;
                let lower = c + (d - c) * column.share;
                *target = upper + (lower - upper) * row.share;
            }
        }
    }
}
