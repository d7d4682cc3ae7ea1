//! The parametric `ReLU` that an old TensorFlow library spells out: `relu(x) + c · (x − |x|)`, which below zero is
//! `2c · x`. Finds it and makes one operator of it.

use super::error::ImportError;
use super::rewrite::Rewrite;
use crate::graph::{Activation, Arithmetic, ConstantId, Function, Graph, GraphError, Node, Op, ValueId};

/// One spelt-out parametric `ReLU`.
pub(super) struct SpeltOut {
    /// The node that yields the result.
    pub sum: usize,
    /// What it is applied to.
    pub argument: ValueId,
    /// The constant `c`, one per channel.
    pub factor: ConstantId,
    /// Whether the positive half reads `x` itself instead of `relu(x)`.
    pub lacks_relu: bool,
}

/// All spelt-out parametric `ReLU`s of a graph, in order.
pub(super) fn find(graph: &Graph) -> Result<Vec<SpeltOut>, GraphError> {
    let shapes = graph.shapes()?;
    let found = (0..graph.nodes.len()).filter_map(|sum| recognise(graph, sum));
    Ok(found
        .filter(|found| {
            let channels = shapes[found.argument.index()].channels;
            graph.constant(found.factor).is_some_and(|factor| factor.len() == channels)
        })
        .collect())
}

fn recognise(graph: &Graph, sum: usize) -> Option<SpeltOut> {
    let producer = |value: ValueId| value.node().and_then(|index| graph.nodes.get(index));
    let Node { op: Op::Binary { kind: Arithmetic::Add, activation: Activation::Linear }, inputs } =
        &graph.nodes[sum]
    else {
        return None;
    };
    let product = producer(inputs[1])?;
    let Op::BinaryConstant { kind: Arithmetic::Multiply, constant: factor } = product.op else { return None };
    let difference = producer(product.inputs[0])?;
    let Op::Binary { kind: Arithmetic::Subtract, activation: Activation::Linear } = difference.op else {
        return None;
    };
    let [argument, absolute] = difference.inputs[..] else { return None };
    let absolute = producer(absolute)?;
    if absolute.op != Op::Apply(Function::Absolute) || absolute.inputs != [argument] {
        return None;
    }
    let lacks_relu = inputs[0] == argument;
    let is_relu = |node: &Node| node.op == Op::Activate(Activation::Relu) && node.inputs == [argument];
    (lacks_relu || producer(inputs[0]).is_some_and(is_relu)).then_some(SpeltOut {
        sum,
        argument,
        factor,
        lacks_relu,
    })
}

/// Replaces one by a single operator whose slopes are `multiple · c`.
pub(super) fn replace(graph: &mut Graph, found: &SpeltOut, multiple: f32) {
    let slopes = graph.constants[found.factor.0 as usize].iter().map(|factor| multiple * factor).collect();
    graph.constants.push(slopes);
    let slopes = ConstantId(graph.constants.len() as u32 - 1);
    graph.nodes[found.sum] =
        Node { op: Op::Activate(Activation::Prelu(slopes)), inputs: vec![found.argument] };
}

/// Replaces every complete one, exactly.
pub(super) fn collapse(graph: &mut Graph) -> Result<(), ImportError> {
    for found in find(graph)?.iter().filter(|found| !found.lacks_relu) {
        replace(graph, found, 2.0);
    }
    Rewrite::new(graph).finish(graph);
    Ok(())
}
