//! Builds a graph node by node, knowing each value's shape, and turns TensorFlow's notions (padding schemes, ranks,
//! axes) into the graph's.

use super::error::ImportError;
use super::tensor::Tensor;
use crate::graph::{
    Activation, Arithmetic, Axis, ConstantId, Function, Graph, Node, Op, Output, Padding, Shape, ValueId,
    Window, check_input, infer_node,
};

/// A value under construction, with the rank it has in the original (batch axis included).
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    pub id: ValueId,
    pub rank: usize,
}

/// What an operator reads.
#[derive(Clone, Debug)]
pub(super) enum Operand {
    Value(Value),
    Constant(Tensor),
}

/// TensorFlow's padding schemes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Same,
    Valid,
}

/// Where an error happened: the operator's name and its node's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub operator: &'a str,
    pub node: &'a str,
}

impl Place<'_> {
    pub fn unsupported(self, reason: &'static str) -> ImportError {
        ImportError::Unsupported { operator: self.operator.into(), node: self.node.into(), reason }
    }
}

pub(super) struct Builder {
    graph: Graph,
    shapes: Vec<Shape>,
}

impl Builder {
    pub fn new(input: Shape) -> Result<Self, ImportError> {
        check_input(input)?;
        let graph = Graph { input, nodes: Vec::new(), outputs: Vec::new(), constants: Vec::new() };
        Ok(Self { graph, shapes: vec![input] })
    }

    pub fn finish(mut self, outputs: Vec<Output>) -> Graph {
        self.graph.outputs = outputs;
        self.graph
    }

    pub fn shape(&self, value: Value) -> Shape {
        self.shapes[value.id.index()]
    }

    pub fn constant(&mut self, numbers: Vec<f32>) -> ConstantId {
        self.graph.constants.push(numbers);
        ConstantId(self.graph.constants.len() as u32 - 1)
    }

    /// Adds a node that reads `inputs`; its value has the given rank.
    pub fn push(&mut self, op: Op, inputs: &[Value], rank: usize) -> Result<Value, ImportError> {
        let index = self.graph.nodes.len();
        let node = Node { op, inputs: inputs.iter().map(|value| value.id).collect() };
        self.shapes.push(infer_node(&self.graph, &node, index, &self.shapes)?);
        self.graph.nodes.push(node);
        Ok(Value { id: ValueId::of_node(index), rank })
    }

    /// Adds a node with one input that keeps its rank.
    pub fn unary(&mut self, op: Op, input: Value) -> Result<Value, ImportError> {
        self.push(op, &[input], input.rank)
    }

    pub fn apply(&mut self, function: Function, input: Value) -> Result<Value, ImportError> {
        self.unary(Op::Apply(function), input)
    }

    pub fn activate(&mut self, activation: Activation, input: Value) -> Result<Value, ImportError> {
        if activation == Activation::Linear {
            return Ok(input);
        }
        self.unary(Op::Activate(activation), input)
    }

    /// The window of a kernel over `input`, with the padding that the scheme asks for.
    pub fn window(&self, input: Value, kernel: [usize; 2], stride: [usize; 2], scheme: Scheme) -> Window {
        let shape = self.shape(input);
        let around = |size: usize, axis: usize| match scheme {
            Scheme::Valid => (0, 0),
            Scheme::Same => same_padding(size, kernel[axis], stride[axis]),
        };
        let ((top, bottom), (left, right)) = (around(shape.height, 0), around(shape.width, 1));
        Window { kernel, stride, padding: Padding { top, bottom, left, right } }
    }

    /// `a ∘ b`, where at most one of the two is a constant.
    pub fn binary(
        &mut self,
        place: Place<'_>,
        kind: Arithmetic,
        operands: [&Operand; 2],
    ) -> Result<Value, ImportError> {
        match operands {
            [Operand::Value(a), Operand::Value(b)] => {
                let swap = self.shape(*a).len() < self.shape(*b).len();
                let (first, second) = if swap { (*b, *a) } else { (*a, *b) };
                if swap && kind == Arithmetic::Subtract {
                    return Err(place.unsupported("subtracting from a smaller value"));
                }
                let op = Op::Binary { kind, activation: Activation::Linear };
                self.push(op, &[first, second], first.rank.max(second.rank))
            }
            [Operand::Value(value), Operand::Constant(tensor)] => {
                self.with_constant(place, kind, *value, tensor)
            }
            [Operand::Constant(tensor), Operand::Value(value)] => {
                if kind == Arithmetic::Subtract {
                    return Err(place.unsupported("subtracting from a constant"));
                }
                self.with_constant(place, kind, *value, tensor)
            }
            [Operand::Constant(_), Operand::Constant(_)] => {
                Err(place.unsupported("arithmetic on two constants"))
            }
        }
    }

    fn with_constant(
        &mut self,
        place: Place<'_>,
        kind: Arithmetic,
        value: Value,
        tensor: &Tensor,
    ) -> Result<Value, ImportError> {
        let numbers = tensor.floats().ok_or_else(|| place.unsupported("a constant that is not of floats"))?;
        let constant = self.constant(numbers.to_vec());
        self.unary(Op::BinaryConstant { kind, constant }, value)
    }

    /// Zeros around a value; `amounts` is TensorFlow's list of (before, after) per axis, batch axis first.
    pub fn pad(&mut self, place: Place<'_>, value: Value, amounts: &[i32]) -> Result<Value, ImportError> {
        let amounts: Option<Vec<usize>> =
            amounts.iter().map(|amount| usize::try_from(*amount).ok()).collect();
        let Some([0, 0, top, bottom, left, right, 0, channels]) = amounts.as_deref() else {
            return Err(place.unsupported("padding of the batch axis or before the channels"));
        };
        let padding = Padding { top: *top, bottom: *bottom, left: *left, right: *right };
        self.unary(Op::Pad { padding, channels: *channels }, value)
    }

    /// Joins values along an axis numbered as in the original; negative numbers count from the end.
    pub fn concatenate(
        &mut self,
        place: Place<'_>,
        values: &[Value],
        axis: i32,
    ) -> Result<Value, ImportError> {
        let rank = values.first().map_or(0, |value| value.rank);
        let axis = axis_from_end(place, rank, axis)?;
        self.push(Op::Concatenate(axis), values, rank)
    }

    /// Gives a value another shape; `target` is the original's list, batch axis first, -1 for "what is left".
    pub fn reshape(&mut self, place: Place<'_>, value: Value, target: &[i32]) -> Result<Value, ImportError> {
        let refused = || place.unsupported("this target shape");
        let [_batch, sizes @ ..] = target else { return Err(refused()) };
        let known: Option<usize> = sizes
            .iter()
            .filter(|size| **size != -1)
            .try_fold(1_usize, |product, size| product.checked_mul(usize::try_from(*size).ok()?));
        let known = known.filter(|known| *known > 0).ok_or_else(refused)?;
        let left = self.shape(value).len() / known;
        let size = |from_end: usize| match sizes.len().checked_sub(from_end).map(|index| sizes[index]) {
            None => 1,
            Some(-1) => left,
            Some(size) => size.unsigned_abs() as usize,
        };
        if sizes.is_empty() || sizes.len() > 3 {
            return Err(refused());
        }
        self.push(Op::Reshape(Shape::new(size(3), size(2), size(1))), &[value], target.len())
    }
}

/// The graph's axis for axis number `axis` of a value of rank `rank`.
fn axis_from_end(place: Place<'_>, rank: usize, axis: i32) -> Result<Axis, ImportError> {
    let from_end = if axis < 0 { -i64::from(axis) } else { rank as i64 - i64::from(axis) };
    match from_end {
        1 => Ok(Axis::Channels),
        2 => Ok(Axis::Width),
        3 => Ok(Axis::Height),
        _ => Err(place.unsupported("work along the batch axis")),
    }
}

/// TensorFlow's "SAME": the output covers every stride, and an odd padding row goes to the end.
fn same_padding(size: usize, kernel: usize, stride: usize) -> (usize, usize) {
    if stride == 0 {
        return (0, 0);
    }
    let total = ((size.div_ceil(stride) - 1) * stride + kernel).saturating_sub(size);
    (total / 2, total - total / 2)
}
