//! Arithmetic and functions, number by number.

use super::epilogue::{Curve, bend};
use crate::graph::{Arithmetic, Function};
use crate::net::simd::{MultiplyAdd, compiled_for_each};

compiled_for_each! {
    /// `output = a ∘ b`; a shorter `b` is repeated: one number for all, or one per channel.
    fn binary(kind: Arithmetic, a: &[f32], b: &[f32], output: &mut [f32]) = binary_body
}

compiled_for_each! {
    /// Bends each number by its channel's curve.
    fn activate(curve: &Curve, numbers: &mut [f32]) = activate_body
}

#[inline(always)]
fn binary_body<M: MultiplyAdd, const L: usize>(kind: Arithmetic, a: &[f32], b: &[f32], output: &mut [f32]) {
    match kind {
        Arithmetic::Add => each(a, b, output, |a, b| a + b),
        Arithmetic::Subtract => each(a, b, output, |a, b| a - b),
        Arithmetic::Multiply => each(a, b, output, |a, b| a * b),
        Arithmetic::Minimum => each(a, b, output, f32::min),
        Arithmetic::Maximum => each(a, b, output, f32::max),
    }
}

#[inline(always)]
fn each(a: &[f32], b: &[f32], output: &mut [f32], f: impl Fn(f32, f32) -> f32) {
    if let [b] = *b {
        output.iter_mut().zip(a).for_each(|(target, a)| *target = f(*a, b));
        return;
    }
    for (output, a) in output.chunks_mut(b.len()).zip(a.chunks(b.len())) {
        output.iter_mut().zip(a).zip(b).for_each(|((target, a), b)| *target = f(*a, *b));
    }
}

#[inline(always)]
fn activate_body<M: MultiplyAdd, const L: usize>(curve: &Curve, numbers: &mut [f32]) {
    for pixel in numbers.chunks_exact_mut(curve.slopes.len()) {
        pixel.iter_mut().zip(&curve.slopes).for_each(|(x, slope)| *x = bend(*x, *slope, curve.ceiling));
    }
}

/// A function of each number.
pub(in crate::net) fn apply(function: Function, input: &[f32], output: &mut [f32]) {
    let pairs = output.iter_mut().zip(input);
    match function {
        Function::Absolute => pairs.for_each(|(target, x)| *target = x.abs()),
        Function::Square => pairs.for_each(|(target, x)| *target = x * x),
        Function::ReciprocalRoot => pairs.for_each(|(target, x)| *target = x.sqrt().recip()),
        Function::Sigmoid => pairs.for_each(|(target, x)| *target = (1.0 + (-x).exp()).recip()),
    }
}
