//! From graph to net: picks a kernel for each operator, packs its weights, plans memory.

use super::buffer::Buffer;
use super::kernel::Kernel;
use super::kernels::convolution::Convolution;
use super::kernels::depthwise::Depthwise;
use super::kernels::epilogue::{Curve, Epilogue};
use super::kernels::geometry::Geometry;
use super::kernels::matrix::Packed;
use super::kernels::resize::Resize;
use super::plan::plan;
use super::simd::Simd;
use super::{Net, Step};
use crate::graph::{Activation, Axis, ConstantId, Graph, GraphError, Node, Op, Shape, Window};

pub(super) fn compile(graph: &Graph, simd: Simd) -> Result<Net, GraphError> {
    let shapes = graph.shapes()?;
    let plan = plan(graph, &shapes)?;
    let mut steps = Vec::new();
    for (index, node) in graph.nodes.iter().enumerate().filter(|(index, _)| !plan.passes[*index]) {
        let compiler = Compiler { graph, node, shapes: &shapes, output: shapes[index + 1], simd };
        let super::Source::Slot { index: slot, len } = plan.places[index + 1] else { continue };
        let inputs = node.inputs.iter().map(|value| plan.places[value.index()]).collect();
        steps.push(Step { kernel: compiler.kernel(), inputs, slot, len });
    }
    let scratch = steps.iter().map(|step| step.kernel.scratch()).max().unwrap_or(0);
    Ok(Net {
        input: graph.input,
        steps,
        slots: plan.slots.iter().map(|len| Buffer::zeroed(*len)).collect(),
        columns: Buffer::zeroed(scratch),
        output_names: graph.outputs.iter().map(|output| output.name.clone()).collect(),
        outputs: graph.outputs.iter().map(|output| plan.places[output.value.index()]).collect(),
        simd,
    })
}

struct Compiler<'a> {
    graph: &'a Graph,
    node: &'a Node,
    shapes: &'a [Shape],
    output: Shape,
    simd: Simd,
}

impl Compiler<'_> {
    fn kernel(&self) -> Kernel {
        let input = self.input(0);
        match self.node.op {
            Op::Convolution { window, weights, bias, activation } => {
                let depth = window.kernel[0] * window.kernel[1] * input.channels;
                Kernel::Convolution(Box::new(Convolution {
                    geometry: self.geometry(window),
                    packed: self.packed(weights, depth),
                    epilogue: self.epilogue(bias, activation),
                }))
            }
            Op::Depthwise { window, weights, bias, activation } => Kernel::Depthwise(Box::new(Depthwise {
                geometry: self.geometry(window),
                weights: Buffer::from_slice(self.constant(weights)),
                epilogue: self.epilogue(bias, activation),
            })),
            Op::FullyConnected { weights, bias, activation } => Kernel::Product {
                packed: self.packed(weights, input.len()),
                epilogue: self.epilogue(bias, activation),
            },
            Op::Binary { kind, activation } => {
                let curve = (activation != Activation::Linear).then(|| self.curve(activation));
                Kernel::Binary { kind, curve }
            }
            Op::BinaryConstant { kind, constant } => {
                Kernel::BinaryConstant { kind, constant: self.constant(constant).to_vec() }
            }
            Op::Activate(activation) => Kernel::Activate(self.curve(activation)),
            Op::Apply(function) => Kernel::Apply(function),
            Op::MaxPool(window) => Kernel::MaxPool(self.geometry(window)),
            Op::AveragePool(window) => Kernel::AveragePool(self.geometry(window)),
            Op::Pad { padding, .. } => Kernel::Pad { padding, from: input, to: self.output },
            Op::Concatenate(axis) => Kernel::Concatenate { runs: self.runs(axis) },
            Op::Resize { sampling, .. } => Kernel::Resize(Resize::new(input, self.output, sampling)),
            Op::GlobalAverage => Kernel::GlobalAverage,
            Op::SumChannels => Kernel::SumChannels { channels: input.channels },
            Op::Softmax => Kernel::Softmax { channels: input.channels },
            Op::Reshape(_) => Kernel::Copy,
        }
    }

    fn input(&self, index: usize) -> Shape {
        self.shapes[self.node.inputs[index].index()]
    }

    /// Shape inference has made sure that the constant exists.
    fn constant(&self, id: ConstantId) -> &[f32] {
        self.graph.constant(id).unwrap_or_default()
    }

    fn geometry(&self, window: Window) -> Geometry {
        Geometry { window, input: self.input(0), output: self.output }
    }

    fn packed(&self, weights: ConstantId, depth: usize) -> Packed {
        Packed::new(self.constant(weights), depth, self.output.channels, self.simd.lanes())
    }

    fn curve(&self, activation: Activation) -> Curve {
        let (slopes, ceiling) = match activation {
            Activation::Linear => (vec![1.0; self.output.channels], f32::INFINITY),
            Activation::Relu => (vec![0.0; self.output.channels], f32::INFINITY),
            Activation::Relu6 => (vec![0.0; self.output.channels], 6.0),
            Activation::Prelu(slopes) => (self.constant(slopes).to_vec(), f32::INFINITY),
        };
        Curve { slopes, ceiling }
    }

    fn epilogue(&self, bias: ConstantId, activation: Activation) -> Epilogue {
        Epilogue::new(self.constant(bias), self.curve(activation))
    }

    /// How many numbers of each input lie together in the joined value.
    fn runs(&self, axis: Axis) -> Vec<usize> {
        let shapes = (0..self.node.inputs.len()).map(|index| self.input(index));
        shapes
            .map(|shape| match axis {
                Axis::Height => shape.len(),
                Axis::Width => shape.width * shape.channels,
                Axis::Channels => shape.channels,
            })
            .collect()
    }
}
