//! Merges operators where the result stays the same: an activation into the operator before it, and scaling or
//! shifting per channel into the weights and bias of the convolution before it.

use super::error::ImportError;
use super::rewrite::{Rewrite, reads};
use crate::graph::{Activation, Arithmetic, ConstantId, Graph, Op, ValueId};

/// Merges all that can be merged.
pub(super) fn fuse(graph: &mut Graph) -> Result<(), ImportError> {
    let shapes = graph.shapes()?;
    let mut reads = reads(graph);
    let mut rewrite = Rewrite::new(graph);
    for index in 0..graph.nodes.len() {
        let op = graph.nodes[index].op;
        let Some(input) = graph.nodes[index].inputs.first().map(|input| rewrite.resolve(*input)) else {
            continue;
        };
        let Some(producer) = input.node().filter(|_| reads[input.index()] == 1) else { continue };
        let merged = match op {
            Op::Activate(activation) => absorb_activation(&mut graph.nodes[producer].op, activation),
            Op::BinaryConstant { kind, constant } => {
                absorb_constant(graph, producer, kind, constant, shapes[input.index()].channels)
            }
            _ => false,
        };
        if merged {
            let value = ValueId::of_node(index);
            reads[input.index()] = reads[value.index()];
            rewrite.replace(value, input);
        }
    }
    rewrite.finish(graph);
    Ok(())
}

fn absorb_activation(op: &mut Op, activation: Activation) -> bool {
    match op {
        Op::Convolution { activation: own, .. }
        | Op::Depthwise { activation: own, .. }
        | Op::FullyConnected { activation: own, .. }
        | Op::Binary { activation: own, .. }
            if *own == Activation::Linear =>
        {
            *own = activation;
            true
        }
        _ => false,
    }
}

/// Takes `∘ constant` into weights and bias. Only sums, differences and products are linear, and a constant that
/// differs from pixel to pixel cannot be merged.
fn absorb_constant(
    graph: &mut Graph,
    producer: usize,
    kind: Arithmetic,
    constant: ConstantId,
    channels: usize,
) -> bool {
    let (Op::Convolution { weights, bias, activation: Activation::Linear, .. }
    | Op::Depthwise { weights, bias, activation: Activation::Linear, .. }) = graph.nodes[producer].op
    else {
        return false;
    };
    let numbers = match graph.constants[constant.0 as usize].as_slice() {
        [one] => vec![*one; channels],
        numbers if numbers.len() == channels => numbers.to_vec(),
        _ => return false,
    };
    let multiplier = |factors: bool| if factors { numbers.clone() } else { vec![1.0; channels] };
    let (scale, shift) = match kind {
        Arithmetic::Add => (multiplier(false), numbers),
        Arithmetic::Subtract => (multiplier(false), numbers.iter().map(|number| -number).collect()),
        Arithmetic::Multiply => (multiplier(true), vec![0.0; channels]),
        Arithmetic::Minimum | Arithmetic::Maximum => return false,
    };
    let scaled_weights = scaled(&graph.constants[weights.0 as usize], &scale);
    let mut shifted_bias = scaled(&graph.constants[bias.0 as usize], &scale);
    shifted_bias.iter_mut().zip(&shift).for_each(|(bias, shift)| *bias += shift);
    let (new_weights, new_bias) = (push(graph, scaled_weights), push(graph, shifted_bias));
    if let Op::Convolution { weights, bias, .. } | Op::Depthwise { weights, bias, .. } =
        &mut graph.nodes[producer].op
    {
        (*weights, *bias) = (new_weights, new_bias);
    }
    true
}

/// Each number times the scale of its channel, channels being the innermost axis.
fn scaled(numbers: &[f32], scale: &[f32]) -> Vec<f32> {
    numbers.iter().zip(scale.iter().cycle()).map(|(number, scale)| number * scale).collect()
}

fn push(graph: &mut Graph, numbers: Vec<f32>) -> ConstantId {
    graph.constants.push(numbers);
    ConstantId(graph.constants.len() as u32 - 1)
}
