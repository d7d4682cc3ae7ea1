//! Depthwise convolution: one small kernel per channel, summed up in registers.

use std::ops::Range;

use super::epilogue::{Epilogue, load};
use super::geometry::{Geometry, Place};
use crate::net::buffer::Buffer;
use crate::net::simd::{MultiplyAdd, compiled_for_each};

/// Neighbouring output pixels computed together, so that each weight is loaded once for all of them.
const PIXELS: usize = 4;

/// A depthwise convolution with its weights, taps × channels.
pub(in crate::net) struct Depthwise {
    pub geometry: Geometry,
    pub weights: Buffer,
    pub epilogue: Epilogue,
}

compiled_for_each! {
    /// `output = activation(input ∗ kernel + bias)`.
    fn depthwise(layer: &Depthwise, input: &[f32], output: &mut [f32]) = depthwise_body
}

#[inline(always)]
fn depthwise_body<M: MultiplyAdd, const L: usize>(layer: &Depthwise, input: &[f32], output: &mut [f32]) {
    let Geometry { output: shape, window, .. } = layer.geometry;
    let weights = layer.weights.first(window.kernel[0] * window.kernel[1] * shape.channels);
    let whole = layer.geometry.whole_columns();
    for (row, output) in output.chunks_exact_mut(shape.width * shape.channels).enumerate() {
        let line = Line { layer, weights, input, rows: layer.geometry.rows(row) };
        let mut column = 0;
        while column < shape.width {
            let target = &mut output[column * shape.channels..];
            let columns = layer.geometry.columns(column);
            if !whole.contains(&column) || column + PIXELS > whole.end {
                line.pixels::<M, AnyTaps, L, 1>(&columns, target);
                column += 1;
                continue;
            }
            match (window.kernel[1], window.stride[1]) {
                (3, 1) => line.pixels::<M, ThreeTaps<1, 6>, L, PIXELS>(&columns, target),
                (3, 2) => line.pixels::<M, ThreeTaps<2, 9>, L, PIXELS>(&columns, target),
                _ => line.pixels::<M, AnyTaps, L, PIXELS>(&columns, target),
            }
            column += PIXELS;
        }
    }
}

/// One output row under way.
struct Line<'a> {
    layer: &'a Depthwise,
    weights: &'a [f32],
    input: &'a [f32],
    rows: Place,
}

impl Line<'_> {
    /// `P` neighbouring pixels, all channels, as many channels at once as fit.
    #[inline(always)]
    fn pixels<M: MultiplyAdd, T: Taps, const L: usize, const P: usize>(
        &self,
        columns: &Place,
        target: &mut [f32],
    ) {
        let channels = self.layer.geometry.output.channels;
        let mut channel = 0;
        if L == 16 {
            channel = self.blocks::<M, T, 16, P>(columns, channel..channels, target);
        }
        channel = self.blocks::<M, T, 8, P>(columns, channel..channels, target);
        channel = self.blocks::<M, T, 4, P>(columns, channel..channels, target);
        self.blocks::<M, T, 1, P>(columns, channel..channels, target);
    }

    /// Blocks of `N` channels while they fit; returns the first channel left.
    #[inline(always)]
    fn blocks<M: MultiplyAdd, T: Taps, const N: usize, const P: usize>(
        &self,
        columns: &Place,
        channels: Range<usize>,
        target: &mut [f32],
    ) -> usize {
        let mut channel = channels.start;
        while channel + N <= channels.end {
            let sums = self.sums::<M, T, N, P>(columns, channel);
            for (p, sums) in sums.into_iter().enumerate() {
                let results = self.layer.epilogue.activate(channel, sums);
                target[p * channels.end + channel..][..N].copy_from_slice(&results);
            }
            channel += N;
        }
        channel
    }

    #[inline(always)]
    fn sums<M: MultiplyAdd, T: Taps, const N: usize, const P: usize>(
        &self,
        columns: &Place,
        channel: usize,
    ) -> [[f32; N]; P] {
        let Geometry { window, input: shape, .. } = self.layer.geometry;
        let mut sums = [self.layer.epilogue.bias::<N>(channel); P];
        for tap in self.rows.taps.clone() {
            let y = self.rows.first + tap - self.rows.taps.start;
            let first_tap = tap * window.kernel[1] + columns.taps.start;
            let row = Row {
                pixels: &self.input[(y * shape.width + columns.first) * shape.channels + channel..],
                weights: &self.weights[first_tap * shape.channels + channel..],
                taps: columns.taps.len(),
                channels: shape.channels,
                stride: window.stride[1],
            };
            T::add::<M, N, P>(&row, &mut sums);
        }
        sums
    }
}

/// One row of the kernel, from its first tap and channel on, and the pixels from the first one under it on.
struct Row<'a> {
    pixels: &'a [f32],
    weights: &'a [f32],
    taps: usize,
    channels: usize,
    stride: usize,
}

/// How one row of the kernel is applied to `P` neighbouring pixels and `N` channels.
trait Taps {
    fn add<M: MultiplyAdd, const N: usize, const P: usize>(row: &Row<'_>, sums: &mut [[f32; N]; P]);
}

/// Any number of taps.
struct AnyTaps;

impl Taps for AnyTaps {
    #[inline(always)]
    fn add<M: MultiplyAdd, const N: usize, const P: usize>(row: &Row<'_>, sums: &mut [[f32; N]; P]) {
        for tap in 0..row.taps {
            let weights: [f32; N] = load(&row.weights[tap * row.channels..]);
            for (p, sums) in sums.iter_mut().enumerate() {
                let pixel: [f32; N] = load(&row.pixels[(tap + p * row.stride) * row.channels..]);
                add_products::<M, N>(&pixel, &weights, sums);
            }
        }
    }
}

/// Three taps, `S` pixels apart from output to output, four outputs: `W` = 3 + 3 · `S` pixels, each loaded once.
struct ThreeTaps<const S: usize, const W: usize>;

impl<const S: usize, const W: usize> Taps for ThreeTaps<S, W> {
    #[inline(always)]
    fn add<M: MultiplyAdd, const N: usize, const P: usize>(row: &Row<'_>, sums: &mut [[f32; N]; P]) {
        let pixels: [[f32; N]; W] = std::array::from_fn(|pixel| load(&row.pixels[pixel * row.channels..]));
        for tap in 0..3 {
            let weights: [f32; N] = load(&row.weights[tap * row.channels..]);
            for (p, sums) in sums.iter_mut().enumerate() {
                add_products::<M, N>(&pixels[p * S + tap], &weights, sums);
            }
        }
    }
}

#[inline(always)]
fn add_products<M: MultiplyAdd, const N: usize>(pixel: &[f32; N], weights: &[f32; N], sums: &mut [f32; N]) {
    for lane in 0..N {
        sums[lane] = M::multiply_add(pixel[lane], weights[lane], sums[lane]);
    }
}
