//! Rewriting a graph: values stand in for other values, then what nobody reads any more is dropped.

use crate::graph::{Activation, ConstantId, Graph, Op, ValueId};

/// A rewriting under way: for each value, the one that stands in for it.
pub(super) struct Rewrite {
    stand_in: Vec<ValueId>,
}

impl Rewrite {
    pub fn new(graph: &Graph) -> Self {
        Self { stand_in: (0..=graph.nodes.len() as u32).map(ValueId).collect() }
    }

    /// The value that is read now where `value` was read originally.
    pub fn resolve(&self, value: ValueId) -> ValueId {
        let mut current = value;
        while self.stand_in[current.index()] != current {
            current = self.stand_in[current.index()];
        }
        current
    }

    /// From now on `new`, an earlier value, is read instead of `old`.
    pub fn replace(&mut self, old: ValueId, new: ValueId) {
        self.stand_in[old.index()] = self.resolve(new);
    }

    /// Lets the stand-ins take effect and drops nodes and constants that nobody reads.
    pub fn finish(self, graph: &mut Graph) {
        for node in &mut graph.nodes {
            for input in &mut node.inputs {
                *input = self.resolve(*input);
            }
        }
        for output in &mut graph.outputs {
            output.value = self.resolve(output.value);
        }
        drop_unread_nodes(graph);
        drop_unread_constants(graph);
    }
}

/// How often each value is read, by nodes and by the caller.
pub(super) fn reads(graph: &Graph) -> Vec<usize> {
    let mut reads = vec![0; graph.nodes.len() + 1];
    let by_nodes = graph.nodes.iter().flat_map(|node| node.inputs.iter().copied());
    for value in by_nodes.chain(graph.outputs.iter().map(|output| output.value)) {
        reads[value.index()] += 1;
    }
    reads
}

fn drop_unread_nodes(graph: &mut Graph) {
    let mut live = vec![false; graph.nodes.len() + 1];
    for output in &graph.outputs {
        live[output.value.index()] = true;
    }
    for (index, node) in graph.nodes.iter().enumerate().rev() {
        if live[index + 1] {
            node.inputs.iter().for_each(|input| live[input.index()] = true);
        }
    }
    let mut renumbered = vec![ValueId::INPUT; live.len()];
    let mut kept = 0;
    for index in 0..graph.nodes.len() {
        if live[index + 1] {
            renumbered[index + 1] = ValueId::of_node(kept);
            kept += 1;
        }
    }
    let mut index = 0;
    graph.nodes.retain(|_| {
        index += 1;
        live[index]
    });
    let inputs = graph.nodes.iter_mut().flat_map(|node| node.inputs.iter_mut());
    for value in inputs.chain(graph.outputs.iter_mut().map(|output| &mut output.value)) {
        *value = renumbered[value.index()];
    }
}

fn drop_unread_constants(graph: &mut Graph) {
    let mut kept: Vec<Vec<f32>> = Vec::new();
    let mut renumbered: Vec<Option<ConstantId>> = vec![None; graph.constants.len()];
    for node in &mut graph.nodes {
        for id in constants_mut(&mut node.op) {
            let index = id.0 as usize;
            *id = *renumbered[index].get_or_insert_with(|| {
                kept.push(std::mem::take(&mut graph.constants[index]));
                ConstantId(kept.len() as u32 - 1)
            });
        }
    }
    graph.constants = kept;
}

fn constants_mut(op: &mut Op) -> impl Iterator<Item = &mut ConstantId> {
    let (weights, bias, activation) = match op {
        Op::Convolution { weights, bias, activation, .. }
        | Op::Depthwise { weights, bias, activation, .. }
        | Op::FullyConnected { weights, bias, activation } => (Some(weights), Some(bias), Some(activation)),
        Op::Binary { activation, .. } | Op::Activate(activation) => (None, None, Some(activation)),
        Op::BinaryConstant { constant, .. } => (Some(constant), None, None),
        _ => (None, None, None),
    };
    let slopes = activation.and_then(|activation| match activation {
        Activation::Prelu(slopes) => Some(slopes),
        Activation::Linear | Activation::Relu | Activation::Relu6 => None,
    });
    [weights, bias, slopes].into_iter().flatten()
}
