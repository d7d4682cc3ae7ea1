//! Operators that only move numbers: padding and joining.

use crate::graph::{Padding, Shape};

/// Zeros around the picture and after the channels.
pub(in crate::net) fn pad(padding: Padding, from: Shape, to: Shape, input: &[f32], output: &mut [f32]) {
    output.fill(0.0);
    let lines = output.chunks_exact_mut(to.width * to.channels).skip(padding.top);
    for (target, line) in lines.zip(input.chunks_exact(from.width * from.channels)) {
        let pixels = target.chunks_exact_mut(to.channels).skip(padding.left);
        for (target, pixel) in pixels.zip(line.chunks_exact(from.channels)) {
            target[..from.channels].copy_from_slice(pixel);
        }
    }
}

/// One part of a joined value: its numbers, and how many of them lie together in the result.
pub(in crate::net) struct Part<'a> {
    pub numbers: &'a [f32],
    pub run: usize,
}

/// Lays runs of all parts side by side. `offset` is where a part's first run goes, `step` the distance of two runs.
pub(in crate::net) fn place(part: &Part<'_>, offset: usize, step: usize, output: &mut [f32]) {
    for (target, run) in output.chunks_exact_mut(step).zip(part.numbers.chunks_exact(part.run)) {
        target[offset..offset + part.run].copy_from_slice(run);
    }
}
