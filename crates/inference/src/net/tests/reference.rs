//! The operators as their definitions read: slow loops over single numbers, nothing shared with the kernels.

use crate::graph::{Activation, Arithmetic, Axis, Function, Graph, Op, Sampling, Shape, Window};

struct Picture {
    shape: Shape,
    numbers: Vec<f32>,
}

impl Picture {
    fn at(&self, y: usize, x: usize, c: usize) -> f32 {
        self.numbers[(y * self.shape.width + x) * self.shape.channels + c]
    }

    fn of(shape: Shape, f: impl Fn(usize, usize, usize) -> f32) -> Self {
        let mut numbers = Vec::new();
        for y in 0..shape.height {
            for x in 0..shape.width {
                numbers.extend((0..shape.channels).map(|c| f(y, x, c)));
            }
        }
        Self { shape, numbers }
    }

    /// The pixels that a window sees: (tap row, tap column, y, x).
    fn seen(&self, window: Window, row: usize, column: usize) -> Vec<(usize, usize, usize, usize)> {
        let Window { kernel, stride, padding } = window;
        let mut seen = Vec::new();
        for tap_row in 0..kernel[0] {
            for tap_column in 0..kernel[1] {
                let y = (row * stride[0] + tap_row).checked_sub(padding.top);
                let x = (column * stride[1] + tap_column).checked_sub(padding.left);
                if let (Some(y), Some(x)) = (y, x)
                    && y < self.shape.height
                    && x < self.shape.width
                {
                    seen.push((tap_row, tap_column, y, x));
                }
            }
        }
        seen
    }
}

/// The outputs of a graph.
pub(super) fn run(graph: &Graph, input: &[f32]) -> Vec<Vec<f32>> {
    let shapes = graph.shapes().expect("the graph is consistent");
    let mut values = vec![Picture { shape: graph.input, numbers: input.to_vec() }];
    for (node, shape) in graph.nodes.iter().zip(&shapes[1..]) {
        let inputs: Vec<&Picture> = node.inputs.iter().map(|value| &values[value.0 as usize]).collect();
        let value = evaluate(graph, node.op, &inputs, *shape);
        values.push(value);
    }
    graph.outputs.iter().map(|output| values[output.value.0 as usize].numbers.clone()).collect()
}

fn activate(graph: &Graph, activation: Activation, channel: usize, x: f32) -> f32 {
    match activation {
        Activation::Relu => x.max(0.0),
        Activation::Relu6 => x.clamp(0.0, 6.0),
        Activation::Prelu(slopes) if x < 0.0 => graph.constants[slopes.0 as usize][channel] * x,
        Activation::Linear | Activation::Prelu(_) => x,
    }
}

fn arithmetic(kind: Arithmetic, a: f32, b: f32) -> f32 {
    match kind {
        Arithmetic::Add => a + b,
        Arithmetic::Subtract => a - b,
        Arithmetic::Multiply => a * b,
        Arithmetic::Minimum => a.min(b),
        Arithmetic::Maximum => a.max(b),
    }
}

fn function(function: Function, x: f32) -> f32 {
    match function {
        Function::Absolute => x.abs(),
        Function::Square => x * x,
        Function::ReciprocalRoot => 1.0 / x.sqrt(),
        Function::Sigmoid => 1.0 / (1.0 + (-x).exp()),
    }
}

fn evaluate(graph: &Graph, op: Op, inputs: &[&Picture], shape: Shape) -> Picture {
    let constant = |id: crate::graph::ConstantId| graph.constants[id.0 as usize].as_slice();
    let input = inputs[0];
    let channels = input.shape.channels;
    match op {
        Op::Convolution { window, weights, bias, activation } => Picture::of(shape, |y, x, c| {
            let weight = |i: usize, j: usize, k: usize| {
                constant(weights)[((i * window.kernel[1] + j) * channels + k) * shape.channels + c]
            };
            let taps = input.seen(window, y, x).into_iter();
            let sum: f32 = taps
                .flat_map(|(i, j, y, x)| (0..channels).map(move |k| (i, j, y, x, k)))
                .map(|(i, j, y, x, k)| weight(i, j, k) * input.at(y, x, k))
                .sum();
            activate(graph, activation, c, sum + constant(bias)[c])
        }),
        Op::Depthwise { window, weights, bias, activation } => Picture::of(shape, |y, x, c| {
            let taps = input.seen(window, y, x).into_iter();
            let sum: f32 = taps
                .map(|(i, j, y, x)| {
                    constant(weights)[(i * window.kernel[1] + j) * channels + c] * input.at(y, x, c)
                })
                .sum();
            activate(graph, activation, c, sum + constant(bias)[c])
        }),
        Op::FullyConnected { weights, bias, activation } => Picture::of(shape, |_, _, c| {
            let weight = |k: usize| constant(weights)[k * shape.channels + c];
            let sum: f32 = input.numbers.iter().enumerate().map(|(k, number)| number * weight(k)).sum();
            activate(graph, activation, c, sum + constant(bias)[c])
        }),
        Op::Binary { kind, activation } => Picture::of(shape, |y, x, c| {
            let second = match inputs[1].numbers.len() {
                1 => inputs[1].numbers[0],
                len if len == channels => inputs[1].numbers[c],
                _ => inputs[1].at(y, x, c),
            };
            activate(graph, activation, c, arithmetic(kind, input.at(y, x, c), second))
        }),
        Op::BinaryConstant { kind, constant: id } => Picture::of(shape, |y, x, c| {
            let second = match constant(id) {
                [one] => *one,
                each if each.len() == channels => each[c],
                all => all[(y * shape.width + x) * channels + c],
            };
            arithmetic(kind, input.at(y, x, c), second)
        }),
        Op::Activate(activation) => {
            Picture::of(shape, |y, x, c| activate(graph, activation, c, input.at(y, x, c)))
        }
        Op::Apply(kind) => Picture::of(shape, |y, x, c| function(kind, input.at(y, x, c))),
        _ => rearrange(op, inputs, shape),
    }
}

fn rearrange(op: Op, inputs: &[&Picture], shape: Shape) -> Picture {
    let input = inputs[0];
    match op {
        Op::MaxPool(window) => Picture::of(shape, |y, x, c| {
            let seen = input.seen(window, y, x).into_iter();
            seen.map(|(_, _, y, x)| input.at(y, x, c)).fold(f32::NEG_INFINITY, f32::max)
        }),
        Op::AveragePool(window) => Picture::of(shape, |y, x, c| {
            let seen = input.seen(window, y, x);
            seen.iter().map(|(_, _, y, x)| input.at(*y, *x, c)).sum::<f32>() / seen.len() as f32
        }),
        Op::Pad { padding, .. } => Picture::of(shape, |y, x, c| {
            let inside = |y: usize, x: usize| y < input.shape.height && x < input.shape.width;
            match (y.checked_sub(padding.top), x.checked_sub(padding.left)) {
                (Some(y), Some(x)) if inside(y, x) && c < input.shape.channels => input.at(y, x, c),
                _ => 0.0,
            }
        }),
        Op::Concatenate(axis) => Picture::of(shape, |y, x, c| joined(axis, inputs, y, x, c)),
        Op::Resize { height, width, sampling } => {
            let position = |index: usize, from: usize, to: usize| match sampling {
                Sampling::Corner => index as f32 * from as f32 / to as f32,
                Sampling::HalfPixel => ((index as f32 + 0.5) * from as f32 / to as f32 - 0.5).max(0.0),
                Sampling::AlignCorners => index as f32 * (from - 1) as f32 / (to - 1) as f32,
            };
            Picture::of(shape, |y, x, c| {
                let (v, u) = (position(y, input.shape.height, height), position(x, input.shape.width, width));
                let at = |y: f32, x: f32| {
                    let y = (y as usize).min(input.shape.height - 1);
                    input.at(y, (x as usize).min(input.shape.width - 1), c)
                };
                let (p, q) = (v.fract(), u.fract());
                (1.0 - p) * ((1.0 - q) * at(v, u) + q * at(v, u + 1.0))
                    + p * ((1.0 - q) * at(v + 1.0, u) + q * at(v + 1.0, u + 1.0))
            })
        }
        Op::GlobalAverage => Picture::of(shape, |_, _, c| {
            let pixels = input.shape.height * input.shape.width;
            input.numbers.iter().skip(c).step_by(input.shape.channels).sum::<f32>() / pixels as f32
        }),
        Op::SumChannels => {
            Picture::of(shape, |y, x, _| (0..input.shape.channels).map(|c| input.at(y, x, c)).sum())
        }
        Op::Softmax => Picture::of(shape, |y, x, c| {
            let sum: f32 = (0..input.shape.channels).map(|c| input.at(y, x, c).exp()).sum();
            input.at(y, x, c).exp() / sum
        }),
        _ => Picture { shape, numbers: input.numbers.clone() },
    }
}

fn joined(axis: Axis, inputs: &[&Picture], mut y: usize, mut x: usize, mut c: usize) -> f32 {
    for input in inputs {
        let (index, size) = match axis {
            Axis::Height => (&mut y, input.shape.height),
            Axis::Width => (&mut x, input.shape.width),
            Axis::Channels => (&mut c, input.shape.channels),
        };
        if *index < size {
            return input.at(y, x, c);
        }
        *index -= size;
    }
    unreachable!("the shape was inferred from the same inputs")
}
