//! One compiled operator, and how it is run.

use super::buffer::Buffer;
use super::kernels::convolution::Convolution;
use super::kernels::depthwise::{Depthwise, depthwise};
use super::kernels::epilogue::{Curve, Epilogue};
use super::kernels::geometry::Geometry;
use super::kernels::matrix::{Packed, multiply};
use super::kernels::resize::{Resize, resize};
use super::kernels::{elementwise, layout, pool};
use super::plan::Source;
use super::simd::Simd;
use crate::graph::{Arithmetic, Function, Padding, Shape};

/// An operator with weights packed and sizes worked out.
pub(super) enum Kernel {
    Convolution(Box<Convolution>),
    Depthwise(Box<Depthwise>),
    Product {
        packed: Packed,
        epilogue: Epilogue,
    },
    Binary {
        kind: Arithmetic,
        curve: Option<Curve>,
    },
    BinaryConstant {
        kind: Arithmetic,
        constant: Vec<f32>,
    },
    Activate(Curve),
    Apply(Function),
    MaxPool(Geometry),
    AveragePool(Geometry),
    Pad {
        padding: Padding,
        from: Shape,
        to: Shape,
    },
    /// For each input the length of its runs; all together make up one run of the result.
    Concatenate {
        runs: Vec<usize>,
    },
    Resize(Resize),
    GlobalAverage,
    SumChannels {
        channels: usize,
    },
    Softmax {
        channels: usize,
    },
    Copy,
}

/// What a step reads.
#[derive(Clone, Copy)]
pub(super) struct Operands<'a> {
    pub input: &'a [f32],
    pub slots: &'a [Buffer],
    pub sources: &'a [Source],
}

impl<'a> Operands<'a> {
    fn get(&self, index: usize) -> &'a [f32] {
        self.sources[index].read(self.input, self.slots)
    }
}

impl Kernel {
    /// How many numbers of scratch memory it needs.
    pub fn scratch(&self) -> usize {
        if let Self::Convolution(layer) = self { layer.scratch() } else { 0 }
    }

    pub fn run(&self, simd: Simd, operands: Operands<'_>, output: &mut [f32], columns: &mut Buffer) {
        let input = operands.get(0);
        match self {
            Self::Convolution(layer) => layer.run(simd, input, output, columns),
            Self::Depthwise(layer) => depthwise(simd, layer, input, output),
            Self::Product { packed, epilogue } => multiply(simd, input, packed, epilogue, output),
            Self::Binary { kind, curve } => {
                binary(simd, *kind, curve.as_ref(), [input, operands.get(1)], output);
            }
            Self::BinaryConstant { kind, constant } => {
                elementwise::binary(simd, *kind, input, constant, output);
            }
            Self::Activate(curve) => {
                output.copy_from_slice(input);
                elementwise::activate(simd, curve, output);
            }
            Self::Apply(function) => elementwise::apply(*function, input, output),
            Self::MaxPool(geometry) => pool::max_pool(simd, geometry, input, output),
            Self::AveragePool(geometry) => pool::average_pool(simd, geometry, input, output),
            Self::Pad { padding, from, to } => layout::pad(*padding, *from, *to, input, output),
            Self::Concatenate { runs } => concatenate(runs, operands, output),
            Self::Resize(layer) => resize(simd, layer, input, output),
            Self::GlobalAverage => pool::global_average(simd, input, output),
            Self::SumChannels { channels } => pool::sum_channels(*channels, input, output),
            Self::Softmax { channels } => pool::softmax(*channels, input, output),
            Self::Copy => output.copy_from_slice(input),
        }
    }
}

/// Numbers to combine before the activation is applied to them: they are still in the level 1 cache then.
const BLOCK: usize = 2048;

fn binary(simd: Simd, kind: Arithmetic, curve: Option<&Curve>, operands: [&[f32]; 2], output: &mut [f32]) {
    let [a, b] = operands;
    let Some(curve) = curve else { return elementwise::binary(simd, kind, a, b, output) };
    if a.len() != b.len() {
        elementwise::binary(simd, kind, a, b, output);
        return elementwise::activate(simd, curve, output);
    }
    let block = BLOCK.next_multiple_of(curve.slopes.len());
    for ((output, a), b) in output.chunks_mut(block).zip(a.chunks(block)).zip(b.chunks(block)) {
        elementwise::binary(simd, kind, a, b, output);
        elementwise::activate(simd, curve, output);
    }
}

fn concatenate(runs: &[usize], operands: Operands<'_>, output: &mut [f32]) {
    let (step, mut offset) = (runs.iter().sum(), 0);
    for (index, run) in runs.iter().enumerate() {
        let part = layout::Part { numbers: operands.get(index), run: *run };
        layout::place(&part, offset, step, output);
        offset += run;
    }
}
