//! Pools over windows, and sums over whole pictures or pixels.

use super::geometry::Geometry;
use crate::net::simd::{MultiplyAdd, compiled_for_each};

compiled_for_each! {
    /// Greatest of each window, per channel; padding is never the greatest.
    fn max_pool(geometry: &Geometry, input: &[f32], output: &mut [f32]) = max_body
}

compiled_for_each! {
    /// Mean of each window, per channel; padding does not count.
    fn average_pool(geometry: &Geometry, input: &[f32], output: &mut [f32]) = average_body
}

compiled_for_each! {
    /// Mean over all pixels, per channel.
    fn global_average(input: &[f32], output: &mut [f32]) = global_average_body
}

#[inline(always)]
fn max_body<M: MultiplyAdd, const L: usize>(geometry: &Geometry, input: &[f32], output: &mut [f32]) {
    pool(geometry, input, output, f32::NEG_INFINITY, f32::max, |_, _| ());
}

#[inline(always)]
fn average_body<M: MultiplyAdd, const L: usize>(geometry: &Geometry, input: &[f32], output: &mut [f32]) {
    pool(geometry, input, output, 0.0, |sum, pixel| sum + pixel, divide);
}

#[inline(always)]
fn global_average_body<M: MultiplyAdd, const L: usize>(input: &[f32], output: &mut [f32]) {
    output.fill(0.0);
    for pixel in input.chunks_exact(output.len()) {
        output.iter_mut().zip(pixel).for_each(|(sum, number)| *sum += number);
    }
    let pixels = input.len() / output.len();
    divide(output, pixels as f32);
}

#[inline(always)]
fn divide(sums: &mut [f32], divisor: f32) {
    let factor = divisor.recip();
    for sum in sums {
        *sum *= factor;
    }
}

/// Folds each window with `fold`; `finish` gets the result and how many pixels were seen.
#[inline(always)]
fn pool(
    geometry: &Geometry,
    input: &[f32],
    output: &mut [f32],
    start: f32,
    fold: impl Fn(f32, f32) -> f32,
    finish: impl Fn(&mut [f32], f32),
) {
    let Geometry { input: shape, output: pooled, .. } = *geometry;
    for (index, target) in output.chunks_exact_mut(pooled.channels).enumerate() {
        let rows = geometry.rows(index / pooled.width);
        let columns = geometry.columns(index % pooled.width);
        target.fill(start);
        for y in rows.first..rows.first + rows.taps.len() {
            let from = (y * shape.width + columns.first) * shape.channels;
            let seen = &input[from..from + columns.taps.len() * shape.channels];
            for pixel in seen.chunks_exact(shape.channels) {
                target.iter_mut().zip(pixel).for_each(|(result, number)| *result = fold(*result, *number));
            }
        }
        finish(target, (rows.taps.len() * columns.taps.len()) as f32);
    }
}

/// Sum over the channels of each pixel.
pub(in crate::net) fn sum_channels(channels: usize, input: &[f32], output: &mut [f32]) {
    for (target, pixel) in output.iter_mut().zip(input.chunks_exact(channels)) {
        *target = pixel.iter().sum();
    }
}

/// Softmax over the channels of each pixel; the greatest is taken off first, so that nothing overflows.
pub(in crate::net) fn softmax(channels: usize, input: &[f32], output: &mut [f32]) {
    for (target, pixel) in output.chunks_exact_mut(channels).zip(input.chunks_exact(channels)) {
        let greatest = pixel.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        target.iter_mut().zip(pixel).for_each(|(result, number)| *result = (number - greatest).exp());
        let sum: f32 = target.iter().sum();
        divide(target, sum);
    }
}
