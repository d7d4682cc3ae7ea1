//! Shape inference: works out every value's shape and with it proves the graph consistent.
//!
//! The executor relies on it: a graph accepted here has constants of the right length, kernels that fit their
//! pictures and values of bounded size, so the kernels need no checks of their own.

use super::{Activation, Axis, ConstantId, Graph, GraphError, Node, Op, Padding, Shape, ValueId, Window};

/// No value may hold more numbers than this (64 MiB): forty times the largest of the nets in use.
const MAX_LEN: usize = 1 << 24;
/// No net may have more nodes than this.
const MAX_NODES: usize = 1 << 13;

pub(crate) fn infer_shapes(graph: &Graph) -> Result<Vec<Shape>, GraphError> {
    check_input(graph.input)?;
    if graph.nodes.len() > MAX_NODES {
        return Err(GraphError::Interface("number of nodes"));
    }
    let mut shapes = Vec::with_capacity(graph.nodes.len() + 1);
    shapes.push(graph.input);
    for (index, node) in graph.nodes.iter().enumerate() {
        shapes.push(infer_node(graph, node, index, &shapes)?);
    }
    if graph.outputs.is_empty() || graph.outputs.iter().any(|output| unusable(output.value, shapes.len())) {
        return Err(GraphError::Interface("list of outputs"));
    }
    Ok(shapes)
}

/// Whether a net may have an input of this shape.
pub(crate) fn check_input(input: Shape) -> Result<(), GraphError> {
    if bounded(input) { Ok(()) } else { Err(GraphError::Interface("input")) }
}

/// The shape of one node's value, given those of all earlier values.
pub(crate) fn infer_node(
    graph: &Graph,
    node: &Node,
    index: usize,
    shapes: &[Shape],
) -> Result<Shape, GraphError> {
    let shape = Checker { graph, node, index, shapes }.output()?;
    if bounded(shape) { Ok(shape) } else { Err(GraphError::TooLarge { node: index }) }
}

/// Outputs must be results: the input is the caller's own.
fn unusable(value: ValueId, values: usize) -> bool {
    value == ValueId::INPUT || value.index() >= values
}

fn bounded(shape: Shape) -> bool {
    shape.checked_len().is_some_and(|len| (1..=MAX_LEN).contains(&len))
}

struct Checker<'a> {
    graph: &'a Graph,
    node: &'a Node,
    index: usize,
    shapes: &'a [Shape],
}

impl Checker<'_> {
    fn output(&self) -> Result<Shape, GraphError> {
        match self.node.op {
            Op::Convolution { window, weights, bias, activation } => {
                self.convolution(window, weights, bias, activation)
            }
            Op::Depthwise { window, weights, bias, activation } => {
                self.depthwise(window, weights, bias, activation)
            }
            Op::FullyConnected { weights, bias, activation } => {
                self.fully_connected(weights, bias, activation)
            }
            Op::Binary { activation, .. } => self.binary(activation),
            Op::BinaryConstant { constant, .. } => self.with_constant(constant),
            Op::Activate(activation) => {
                let shape = self.only_input()?;
                self.check_activation(activation, shape.channels)?;
                Ok(shape)
            }
            Op::Apply(_) | Op::Softmax => self.only_input(),
            Op::MaxPool(window) | Op::AveragePool(window) => {
                let input = self.only_input()?;
                self.windowed(window, input, input.channels)
            }
            Op::Pad { padding, channels } => self.padded(padding, channels),
            Op::Concatenate(axis) => self.joined(axis),
            Op::Resize { height, width, .. } => {
                Ok(Shape { channels: self.only_input()?.channels, height, width })
            }
            Op::GlobalAverage => Ok(Shape::new(1, 1, self.only_input()?.channels)),
            Op::SumChannels => Ok(Shape { channels: 1, ..self.only_input()? }),
            Op::Reshape(shape) => {
                let same = shape.checked_len() == self.only_input()?.checked_len();
                same.then_some(shape).ok_or(self.misfit("a reshape must keep the count of numbers"))
            }
        }
    }

    const fn misfit(&self, reason: &'static str) -> GraphError {
        GraphError::Shape { node: self.index, reason }
    }

    fn inputs(&self) -> Result<Vec<Shape>, GraphError> {
        let unknown = GraphError::UnknownValue { node: self.index };
        self.node
            .inputs
            .iter()
            .map(|value| self.shapes.get(value.index()).copied().ok_or(unknown.clone()))
            .collect()
    }

    fn only_input(&self) -> Result<Shape, GraphError> {
        match self.inputs()?.as_slice() {
            [shape] => Ok(*shape),
            other => Err(GraphError::InputCount { node: self.index, found: other.len() }),
        }
    }

    fn constant(&self, id: ConstantId) -> Result<&[f32], GraphError> {
        self.graph.constant(id).ok_or(GraphError::UnknownConstant { node: self.index })
    }

    fn check_len(&self, id: ConstantId, expected: Option<usize>) -> Result<(), GraphError> {
        let expected = expected.ok_or(GraphError::TooLarge { node: self.index })?;
        let found = self.constant(id)?.len();
        if found == expected {
            return Ok(());
        }
        Err(GraphError::ConstantLength { node: self.index, expected, found })
    }

    fn check_activation(&self, activation: Activation, channels: usize) -> Result<(), GraphError> {
        match activation {
            Activation::Prelu(slopes) => self.check_len(slopes, Some(channels)),
            Activation::Linear | Activation::Relu | Activation::Relu6 => Ok(()),
        }
    }

    fn windowed(&self, window: Window, input: Shape, channels: usize) -> Result<Shape, GraphError> {
        let Window { kernel, stride, padding } = window;
        let rows = positions(input.height, [padding.top, padding.bottom], kernel[0], stride[0]);
        let columns = positions(input.width, [padding.left, padding.right], kernel[1], stride[1]);
        match (rows, columns) {
            (Some(height), Some(width)) => Ok(Shape { height, width, channels }),
            _ => Err(self.misfit("the kernel does not fit the picture")),
        }
    }

    fn convolution(
        &self,
        window: Window,
        weights: ConstantId,
        bias: ConstantId,
        activation: Activation,
    ) -> Result<Shape, GraphError> {
        let input = self.only_input()?;
        let channels = self.constant(bias)?.len();
        let taps = Shape::new(window.kernel[0], window.kernel[1], input.channels).checked_len();
        self.check_len(weights, taps.and_then(|taps| taps.checked_mul(channels)))?;
        self.check_activation(activation, channels)?;
        self.windowed(window, input, channels)
    }

    fn depthwise(
        &self,
        window: Window,
        weights: ConstantId,
        bias: ConstantId,
        activation: Activation,
    ) -> Result<Shape, GraphError> {
        let input = self.only_input()?;
        self.check_len(
            weights,
            Shape::new(window.kernel[0], window.kernel[1], input.channels).checked_len(),
        )?;
        self.check_len(bias, Some(input.channels))?;
        self.check_activation(activation, input.channels)?;
        self.windowed(window, input, input.channels)
    }

    fn fully_connected(
        &self,
        weights: ConstantId,
        bias: ConstantId,
        activation: Activation,
    ) -> Result<Shape, GraphError> {
        let channels = self.constant(bias)?.len();
        let taps = self.only_input()?.checked_len();
        self.check_len(weights, taps.and_then(|taps| taps.checked_mul(channels)))?;
        self.check_activation(activation, channels)?;
        Ok(Shape::new(1, 1, channels))
    }

    fn binary(&self, activation: Activation) -> Result<Shape, GraphError> {
        let shapes = self.inputs()?;
        let [first, second] = shapes.as_slice() else {
            return Err(GraphError::InputCount { node: self.index, found: shapes.len() });
        };
        let one_pixel = *second == Shape::new(1, 1, first.channels);
        if first != second && !one_pixel && second.len() != 1 {
            return Err(self.misfit("the operands' shapes differ"));
        }
        self.check_activation(activation, first.channels)?;
        Ok(*first)
    }

    fn with_constant(&self, constant: ConstantId) -> Result<Shape, GraphError> {
        let shape = self.only_input()?;
        let found = self.constant(constant)?.len();
        if found == 1 || found == shape.channels || found == shape.len() {
            return Ok(shape);
        }
        Err(GraphError::ConstantLength { node: self.index, expected: shape.channels, found })
    }

    fn padded(&self, padding: Padding, channels: usize) -> Result<Shape, GraphError> {
        let input = self.only_input()?;
        let sum = |size: usize, before: usize, after: usize| size.checked_add(before)?.checked_add(after);
        let height = sum(input.height, padding.top, padding.bottom);
        let width = sum(input.width, padding.left, padding.right);
        match (height, width, input.channels.checked_add(channels)) {
            (Some(height), Some(width), Some(channels)) => Ok(Shape { height, width, channels }),
            _ => Err(GraphError::TooLarge { node: self.index }),
        }
    }

    fn joined(&self, axis: Axis) -> Result<Shape, GraphError> {
        let shapes = self.inputs()?;
        let Some((first, rest)) = shapes.split_first() else {
            return Err(GraphError::InputCount { node: self.index, found: 0 });
        };
        rest.iter().try_fold(*first, |sum, next| {
            let aligned = |a: Shape, b: Shape| match axis {
                Axis::Height => (a.width, a.channels) == (b.width, b.channels),
                Axis::Width => (a.height, a.channels) == (b.height, b.channels),
                Axis::Channels => (a.height, a.width) == (b.height, b.width),
            };
            if !aligned(sum, *next) {
                return Err(self.misfit("the joined values' shapes differ"));
            }
            Ok(match axis {
                Axis::Height => Shape { height: sum.height + next.height, ..sum },
                Axis::Width => Shape { width: sum.width + next.width, ..sum },
                Axis::Channels => Shape { channels: sum.channels + next.channels, ..sum },
            })
        })
    }
}

/// How often a kernel fits along one axis; `None` where it does not, or where a window would see padding only.
fn positions(size: usize, padding: [usize; 2], kernel: usize, stride: usize) -> Option<usize> {
    if kernel == 0 || stride == 0 || padding[0] >= kernel || padding[1] >= kernel {
        return None;
    }
    let room = size.checked_add(padding[0])?.checked_add(padding[1])?.checked_sub(kernel)?;
    Some(room / stride + 1)
}
