//! Decides which slot of memory each value lives in.
//!
//! A slot is free again after the last step that reads its value. Values that callers get keep theirs.

use super::buffer::Buffer;
use crate::graph::{Activation, Graph, GraphError, Op, Shape, ValueId};

/// All slots together may not hold more numbers than this (256 MiB).
const MAX_TOTAL: usize = 1 << 26;

/// Where a step finds a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Input,
    Slot { index: usize, len: usize },
}

impl Source {
    pub fn read<'a>(self, input: &'a [f32], slots: &'a [Buffer]) -> &'a [f32] {
        match self {
            Self::Input => input,
            Self::Slot { index, len } => slots[index].first(len),
        }
    }
}

/// The slots, and where each value lives.
pub(super) struct Plan {
    /// Where each value lives.
    pub places: Vec<Source>,
    /// Size of each slot, in numbers.
    pub slots: Vec<usize>,
    /// Whether each node merely passes its input on, so that nothing is to be run.
    pub passes: Vec<bool>,
}

pub(super) fn plan(graph: &Graph, shapes: &[Shape]) -> Result<Plan, GraphError> {
    let passes: Vec<bool> = graph.nodes.iter().map(passes_input_on).collect();
    let owners = owners(graph, &passes);
    let last_reads = last_reads(graph, &owners);
    let mut slots: Vec<usize> = Vec::new();
    let mut busy: Vec<Option<ValueId>> = Vec::new();
    let mut places = vec![Source::Input];
    for index in 0..graph.nodes.len() {
        let (value, len) = (ValueId::of_node(index), shapes[index + 1].len());
        if passes[index] {
            places.push(places[owners[value.index()].index()]);
            continue;
        }
        let slot = pick(&mut slots, &mut busy, len);
        busy[slot] = Some(value);
        places.push(Source::Slot { index: slot, len });
        for held in &mut busy {
            *held = held.filter(|value| last_reads[value.index()] > index);
        }
    }
    if slots.iter().sum::<usize>() > MAX_TOTAL {
        return Err(GraphError::Interface("need of memory"));
    }
    Ok(Plan { places, slots, passes })
}

/// Whether a node leaves all numbers as they are. Not for the net's input, which callers lend only while running.
fn passes_input_on(node: &crate::graph::Node) -> bool {
    let keeps = matches!(node.op, Op::Reshape(_) | Op::Activate(Activation::Linear));
    keeps && node.inputs.iter().all(|input| *input != ValueId::INPUT)
}

/// For each value, the one whose memory it uses.
fn owners(graph: &Graph, passes: &[bool]) -> Vec<ValueId> {
    let mut owners = vec![ValueId::INPUT];
    for (index, node) in graph.nodes.iter().enumerate() {
        owners.push(if passes[index] { owners[node.inputs[0].index()] } else { ValueId::of_node(index) });
    }
    owners
}

/// For each value, the last node that reads it; later than all nodes where the caller gets it. A value that nobody
/// reads lives only while it is made.
fn last_reads(graph: &Graph, owners: &[ValueId]) -> Vec<usize> {
    let mut last = vec![0; owners.len()];
    for (index, node) in graph.nodes.iter().enumerate() {
        for input in &node.inputs {
            last[owners[input.index()].index()] = index;
        }
    }
    for output in &graph.outputs {
        last[owners[output.value.index()].index()] = usize::MAX;
    }
    last
}

/// The free slot that fits best; else the largest free one, made larger; else a new one.
fn pick(slots: &mut Vec<usize>, busy: &mut Vec<Option<ValueId>>, len: usize) -> usize {
    let free = || (0..slots.len()).filter(|slot| busy[*slot].is_none());
    let fitting = free().filter(|slot| slots[*slot] >= len).min_by_key(|slot| slots[*slot]);
    if let Some(slot) = fitting.or_else(|| free().max_by_key(|slot| slots[*slot])) {
        slots[slot] = slots[slot].max(len);
        return slot;
    }
    slots.push(len);
    busy.push(None);
    slots.len() - 1
}
