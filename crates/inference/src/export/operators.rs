//! What each operator of the graph becomes in ONNX.

use super::writer::Attribute::{Integer, Integers, Text};
use super::{Exporter, Value};
use crate::graph::{
    Activation, Arithmetic, Axis, ConstantId, Function, Node, Op, Padding, Sampling, Shape, ValueId, Window,
};

impl Exporter<'_> {
    /// Writes a node whose value has the given shape.
    pub(super) fn node(&mut self, node: &Node, shape: Shape) -> Value {
        let first = node.inputs.first().copied().unwrap_or(ValueId::INPUT);
        match node.op {
            Op::Convolution { window, weights, bias, activation } => {
                let filters = self.filters(first, window, weights, shape.channels);
                self.convolution(first, window, &filters, bias, activation, 1)
            }
            Op::Depthwise { window, weights, bias, activation } => {
                let filters = self.filters_apart(window, weights, shape.channels);
                self.convolution(first, window, &filters, bias, activation, shape.channels)
            }
            Op::FullyConnected { weights, bias, activation } => {
                self.fully_connected(first, weights, bias, activation)
            }
            Op::Binary { kind, activation } => {
                let (a, b) = (self.planar(first), self.planar(node.inputs[1]));
                let name = self.writer.node(operator(kind), &[&a, &b], &[]);
                Value::planar(self.activated(name, activation))
            }
            Op::BinaryConstant { kind, constant } => self.with_constant(first, kind, constant),
            Op::Activate(activation) => {
                let name = self.planar(first);
                Value::planar(self.activated(name, activation))
            }
            Op::Apply(function) => self.applied(first, function),
            Op::MaxPool(window) => self.pooled("MaxPool", first, window),
            Op::AveragePool(window) => self.pooled("AveragePool", first, window),
            Op::Pad { padding, channels } => self.padded(first, padding, channels),
            Op::Concatenate(axis) => self.joined(&node.inputs, axis),
            Op::Resize { sampling, .. } => self.resized(first, shape, sampling),
            Op::GlobalAverage => self.planar_node("GlobalAveragePool", first),
            Op::SumChannels => {
                let (name, axes) = (self.planar(first), self.writer.integers(&[1]));
                Value::planar(self.writer.node("ReduceSum", &[&name, &axes], &[]))
            }
            Op::Reshape(_) => {
                let name = self.interleaved(first);
                let sizes = [1, shape.height, shape.width, shape.channels];
                Value::interleaved(self.reshaped(&name, &sizes))
            }
            Op::Softmax => {
                let name = self.planar(first);
                Value::planar(self.writer.node("Softmax", &[&name], &[Integer("axis", 1)]))
            }
        }
    }

    /// Shape inference has made sure that the constant exists.
    fn constant(&self, id: ConstantId) -> &[f32] {
        self.graph.constant(id).unwrap_or_default()
    }

    fn planar_node(&mut self, operator: &str, input: ValueId) -> Value {
        let name = self.planar(input);
        Value::planar(self.writer.node(operator, &[&name], &[]))
    }

    /// Rows × columns × in × out to ONNX's out × in × rows × columns.
    fn filters(&mut self, input: ValueId, window: Window, weights: ConstantId, channels: usize) -> String {
        let [rows, columns] = window.kernel;
        let (depth, taps) = (self.shapes[input.index()].channels, rows * columns);
        let weights = self.constant(weights);
        let turned: Vec<f32> = (0..channels * depth * taps)
            .map(|index| (index / (depth * taps), index / taps % depth, index % taps))
            .map(|(channel, from, tap)| weights[(tap * depth + from) * channels + channel])
            .collect();
        self.writer.floats(&[channels, depth, rows, columns], &turned)
    }

    /// Rows × columns × channels to ONNX's channels × 1 × rows × columns.
    fn filters_apart(&mut self, window: Window, weights: ConstantId, channels: usize) -> String {
        let [rows, columns] = window.kernel;
        let taps = rows * columns;
        let weights = self.constant(weights);
        let turned: Vec<f32> =
            (0..channels * taps).map(|index| weights[index % taps * channels + index / taps]).collect();
        self.writer.floats(&[channels, 1, rows, columns], &turned)
    }

    fn convolution(
        &mut self,
        input: ValueId,
        window: Window,
        filters: &str,
        bias: ConstantId,
        activation: Activation,
        groups: usize,
    ) -> Value {
        let name = self.planar(input);
        let bias = self.constant(bias).to_vec();
        let bias = self.writer.floats(&[bias.len()], &bias);
        let attributes = [
            Integers("kernel_shape", &window.kernel),
            Integers("strides", &window.stride),
            Integers("pads", &around(window.padding)),
            Integer("group", groups as i64),
        ];
        let name = self.writer.node("Conv", &[&name, filters, &bias], &attributes);
        Value::planar(self.activated(name, activation))
    }

    fn fully_connected(
        &mut self,
        input: ValueId,
        weights: ConstantId,
        bias: ConstantId,
        activation: Activation,
    ) -> Value {
        let (weights, bias) = (self.constant(weights).to_vec(), self.constant(bias).to_vec());
        let name = self.interleaved(input);
        let row = self.reshaped(&name, &[1, weights.len() / bias.len()]);
        let matrix = self.writer.floats(&[weights.len() / bias.len(), bias.len()], &weights);
        let shift = self.writer.floats(&[bias.len()], &bias);
        let product = self.writer.node("Gemm", &[&row, &matrix, &shift], &[]);
        let pixel = self.reshaped(&product, &[1, bias.len(), 1, 1]);
        Value::planar(self.activated(pixel, activation))
    }

    /// Applies an activation to a planar value.
    fn activated(&mut self, name: String, activation: Activation) -> String {
        match activation {
            Activation::Linear => name,
            Activation::Relu => self.writer.node("Relu", &[&name], &[]),
            Activation::Relu6 => {
                let (floor, ceiling) = (self.writer.floats(&[], &[0.0]), self.writer.floats(&[], &[6.0]));
                self.writer.node("Clip", &[&name, &floor, &ceiling], &[])
            }
            Activation::Prelu(slopes) => {
                let slopes = self.constant(slopes).to_vec();
                let slopes = self.writer.floats(&[slopes.len(), 1, 1], &slopes);
                self.writer.node("PRelu", &[&name, &slopes], &[])
            }
        }
    }

    fn with_constant(&mut self, input: ValueId, kind: Arithmetic, constant: ConstantId) -> Value {
        let Shape { height, width, channels } = self.shapes[input.index()];
        let numbers = self.constant(constant).to_vec();
        if numbers.len() == 1 || numbers.len() == channels {
            let name = self.planar(input);
            let constant = self.writer.floats(&[1, numbers.len(), 1, 1], &numbers);
            return Value::planar(self.writer.node(operator(kind), &[&name, &constant], &[]));
        }
        let name = self.interleaved(input);
        let constant = self.writer.floats(&[1, height, width, channels], &numbers);
        Value::interleaved(self.writer.node(operator(kind), &[&name, &constant], &[]))
    }

    fn applied(&mut self, input: ValueId, function: Function) -> Value {
        let name = self.planar(input);
        Value::planar(match function {
            Function::Absolute => self.writer.node("Abs", &[&name], &[]),
            Function::Sigmoid => self.writer.node("Sigmoid", &[&name], &[]),
            Function::Square => self.writer.node("Mul", &[&name, &name], &[]),
            Function::ReciprocalRoot => {
                let root = self.writer.node("Sqrt", &[&name], &[]);
                self.writer.node("Reciprocal", &[&root], &[])
            }
        })
    }

    fn pooled(&mut self, operator: &str, input: ValueId, window: Window) -> Value {
        let name = self.planar(input);
        let attributes = [
            Integers("kernel_shape", &window.kernel),
            Integers("strides", &window.stride),
            Integers("pads", &around(window.padding)),
        ];
        Value::planar(self.writer.node(operator, &[&name], &attributes))
    }

    fn padded(&mut self, input: ValueId, padding: Padding, channels: usize) -> Value {
        let Padding { top, bottom, left, right } = padding;
        let name = self.planar(input);
        let amounts = self.writer.integers(&[0, 0, top, left, 0, channels, bottom, right]);
        Value::planar(self.writer.node("Pad", &[&name, &amounts], &[]))
    }

    /// Joins values where they lie: values that exist with their channels last only need no transposing.
    fn joined(&mut self, inputs: &[ValueId], axis: Axis) -> Value {
        let interleaved = inputs.iter().all(|input| self.values[input.index()].planar.is_none());
        let names: Vec<String> = inputs
            .iter()
            .map(|input| if interleaved { self.interleaved(*input) } else { self.planar(*input) })
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let [in_interleaved, in_planar] = match axis {
            Axis::Height => [1, 2],
            Axis::Width => [2, 3],
            Axis::Channels => [3, 1],
        };
        let number = if interleaved { in_interleaved } else { in_planar };
        let name = self.writer.node("Concat", &names, &[Integer("axis", number)]);
        if interleaved { Value::interleaved(name) } else { Value::planar(name) }
    }

    fn resized(&mut self, input: ValueId, shape: Shape, sampling: Sampling) -> Value {
        let name = self.planar(input);
        let sizes = self.writer.integers(&[1, shape.channels, shape.height, shape.width]);
        let places = match sampling {
            Sampling::Corner => "asymmetric",
            Sampling::HalfPixel => "half_pixel",
            Sampling::AlignCorners => "align_corners",
        };
        let attributes = [Text("mode", "linear"), Text("coordinate_transformation_mode", places)];
        // An empty name is an input that is left out: region and scales.
        Value::planar(self.writer.node("Resize", &[&name, "", "", &sizes], &attributes))
    }
}

const fn operator(kind: Arithmetic) -> &'static str {
    match kind {
        Arithmetic::Add => "Add",
        Arithmetic::Subtract => "Sub",
        Arithmetic::Multiply => "Mul",
        Arithmetic::Minimum => "Min",
        Arithmetic::Maximum => "Max",
    }
}

/// ONNX's order: what comes before rows and columns, then what comes after them.
const fn around(padding: Padding) -> [usize; 4] {
    [padding.top, padding.left, padding.bottom, padding.right]
}
