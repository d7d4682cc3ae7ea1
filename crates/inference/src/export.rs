//! Our graph as an ONNX file, so that other runtimes can run the same net: as yardsticks, and as engines.
//!
//! The file takes one input named `input` and gives the graph's outputs under their names, all as batch × rows ×
//! columns × channels with a batch of one. ONNX's operators want the channels before rows and columns, so values are
//! transposed on the way, but only where the next operator asks for it.

mod message;
mod operators;
mod writer;

use self::writer::{Attribute, Writer};
use crate::graph::{Graph, GraphError, Shape, ValueId};

/// Name of the only input.
pub const INPUT: &str = "input";

/// The graph as the bytes of an ONNX file (operator set 13).
pub fn onnx(graph: &Graph) -> Result<Vec<u8>, GraphError> {
    let shapes = graph.shapes()?;
    let input = Value { interleaved: Some(INPUT.to_owned()), planar: None };
    let mut exporter = Exporter { graph, shapes: &shapes, values: vec![input], writer: Writer::default() };
    for node in &graph.nodes {
        let shape = shapes[exporter.values.len()];
        let value = exporter.node(node, shape);
        exporter.values.push(value);
    }
    for output in &graph.outputs {
        let value = exporter.interleaved(output.value);
        exporter.writer.output(&output.name, &value, shapes[output.value.index()]);
    }
    Ok(exporter.writer.finish(INPUT, graph.input))
}

/// Names under which a value exists already.
#[derive(Clone, Default)]
struct Value {
    /// Batch, rows, columns, channels.
    interleaved: Option<String>,
    /// Batch, channels, rows, columns.
    planar: Option<String>,
}

impl Value {
    fn interleaved(name: String) -> Self {
        Self { interleaved: Some(name), planar: None }
    }

    fn planar(name: String) -> Self {
        Self { interleaved: None, planar: Some(name) }
    }
}

struct Exporter<'a> {
    graph: &'a Graph,
    shapes: &'a [Shape],
    /// By value id, as far as the export has come.
    values: Vec<Value>,
    writer: Writer,
}

impl Exporter<'_> {
    /// The name of a value with its channels last.
    fn interleaved(&mut self, id: ValueId) -> String {
        let Value { interleaved, planar } = self.values[id.index()].clone();
        let Shape { height, width, channels } = self.shapes[id.index()];
        interleaved.unwrap_or_else(|| {
            let planar = planar.unwrap_or_default();
            let name = self.rearranged(&planar, [0, 2, 3, 1], [1, height, width, channels]);
            self.values[id.index()].interleaved = Some(name.clone());
            name
        })
    }

    /// The name of a value with its channels before rows and columns.
    fn planar(&mut self, id: ValueId) -> String {
        let Value { interleaved, planar } = self.values[id.index()].clone();
        let Shape { height, width, channels } = self.shapes[id.index()];
        planar.unwrap_or_else(|| {
            let interleaved = interleaved.unwrap_or_default();
            let name = self.rearranged(&interleaved, [0, 3, 1, 2], [1, channels, height, width]);
            self.values[id.index()].planar = Some(name.clone());
            name
        })
    }

    /// Transposes; the numbers of a single pixel need no moving.
    fn rearranged(&mut self, name: &str, order: [usize; 4], shape: [usize; 4]) -> String {
        if shape[1..].iter().filter(|size| **size != 1).count() <= 1 {
            return self.reshaped(name, &shape);
        }
        self.writer.node("Transpose", &[name], &[Attribute::Integers("perm", &order)])
    }

    fn reshaped(&mut self, name: &str, shape: &[usize]) -> String {
        let shape = self.writer.integers(shape);
        self.writer.node("Reshape", &[name, &shape], &[])
    }
}
