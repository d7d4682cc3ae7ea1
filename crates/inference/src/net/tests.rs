//! Every operator against its plain definition: with every set of instructions that this processor has, and as an
//! exported file on another engine.

mod cases;
mod reference;

use super::compile::compile;
use super::simd::Simd;
use super::*;
use crate::engine::{self, Engine, Layout};
use crate::export;
use crate::graph::{ConstantId, Node, Op, Output, ValueId};

/// Numbers between -1 and 1 that look random and are always the same.
pub(crate) fn numbers(len: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9E37_79B9) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..len).map(|_| next()).collect()
}

/// A graph under construction.
pub(crate) struct Sketch(Graph);

impl Sketch {
    pub fn new(input: Shape) -> Self {
        Self(Graph { input, nodes: Vec::new(), outputs: Vec::new(), constants: Vec::new() })
    }

    pub fn constant(&mut self, numbers: Vec<f32>) -> ConstantId {
        self.0.constants.push(numbers);
        ConstantId(self.0.constants.len() as u32 - 1)
    }

    pub fn node(&mut self, op: Op, inputs: &[ValueId]) -> ValueId {
        self.0.nodes.push(Node { op, inputs: inputs.to_vec() });
        ValueId(self.0.nodes.len() as u32)
    }

    pub fn finish(mut self, outputs: &[ValueId]) -> Graph {
        let named = outputs.iter().map(|value| Output { name: format!("value {}", value.0), value: *value });
        self.0.outputs = named.collect();
        self.0
    }
}

/// Runs the graph with every set of instructions and compares each output with the plain definition.
pub(super) fn check(graph: &Graph, seed: u32) {
    let input = numbers(graph.input.len(), seed);
    let expected = reference::run(graph, &input);
    for simd in Simd::available() {
        let mut net = compile(graph, simd).expect("the graph is consistent");
        for round in 0..2 {
            let outputs = net.run(&input).expect("the input has the right size");
            for (output, expected) in outputs.iter().zip(&expected) {
                compare(output, expected, &format!("{simd:?}, round {round}, {:?}", graph.nodes));
            }
        }
    }
    let [height, width, channels] = [graph.input.height, graph.input.width, graph.input.channels];
    let file = export::onnx(graph).expect("the graph is consistent");
    let mut net = engine::load(file, [height, width, channels], Layout::Nhwc, &Engine::Portable)
        .expect("an exported graph is a good ONNX file");
    for (output, expected) in net.run(&input).expect("the input has the right size").iter().zip(&expected) {
        compare(output, expected, &format!("exported, {:?}", graph.nodes));
    }
}

fn compare(found: &[f32], expected: &[f32], what: &str) {
    assert_eq!(found.len(), expected.len(), "lengths must agree: {what}");
    for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
        let close = (found - expected).abs() <= 1e-4 * expected.abs().max(1.0);
        assert!(close, "number {index} is {found}, its definition says {expected}: {what}");
    }
}

#[test]
fn an_input_of_the_wrong_size_is_refused() {
    let mut sketch = Sketch::new(Shape::new(2, 2, 3));
    let value = sketch.node(Op::GlobalAverage, &[ValueId::INPUT]);
    let mut net = Net::from_graph(&sketch.finish(&[value])).expect("the graph is consistent");
    assert_eq!(net.run(&[0.0; 11]), Err(RunError::InputLength { expected: 12, found: 11 }));
    assert_eq!(net.input_shape(), [2, 2, 3]);
}

#[test]
fn a_value_read_late_keeps_its_numbers_while_memory_is_used_again() {
    let mut sketch = Sketch::new(Shape::new(4, 4, 8));
    let curve = |sketch: &mut Sketch, seed| {
        let slopes = sketch.constant(numbers(8, seed));
        Op::Activate(crate::graph::Activation::Prelu(slopes))
    };
    let first = curve(&mut sketch, 1);
    let early = sketch.node(first, &[ValueId::INPUT]);
    let mut last = early;
    for seed in 2..8 {
        let next = curve(&mut sketch, seed);
        last = sketch.node(next, &[last]);
    }
    let add =
        Op::Binary { kind: crate::graph::Arithmetic::Add, activation: crate::graph::Activation::Linear };
    let sum = sketch.node(add, &[early, last]);
    let graph = sketch.finish(&[sum, early]);
    check(&graph, 9);
    let net = compile(&graph, Simd::detect()).expect("the graph is consistent");
    assert!(net.slots.len() <= 4, "eight values, of which at most three live at once, need few slots");
}
