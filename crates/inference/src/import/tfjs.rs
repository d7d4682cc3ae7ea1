//! TensorFlow.js graph models: puts the nodes in run order and builds the graph.
//!
//! Only inference graphs of one picture input are read; control flow and variables are not supported.

mod operators;
mod topology;

use std::collections::HashMap;

use self::topology::{Model, Node, base_name};
use super::builder::{Builder, Operand, Place, Value};
use super::error::ImportError;
use super::tensor::Tensor;
use super::weights;
use crate::graph::{Graph, Output, Shape, ValueId};

/// Translates a whole model.
pub(super) fn import(json: &[u8], bytes: &[u8]) -> Result<Graph, ImportError> {
    let model: Model = serde_json::from_slice(json)?;
    let weights = weights::read(&model.weights_manifest, bytes)?;
    let nodes = &model.topology.node;
    let order = topology::run_order(nodes)?;
    let placeholders: Vec<_> = nodes.iter().filter(|node| node.op == "Placeholder").collect();
    let [placeholder] = placeholders[..] else {
        return Err(ImportError::MissingTensor("the only input".into()));
    };
    let mut importer =
        Importer { builder: Builder::new(input_shape(placeholder)?)?, values: HashMap::new(), weights };
    let input = Value { id: ValueId::INPUT, rank: 4 };
    importer.values.insert(placeholder.name.clone(), input);
    for node in order.into_iter().filter(|node| node.op != "Const" && node.op != "Placeholder") {
        let value = importer.translate(Place { operator: &node.op, node: &node.name }, node)?;
        importer.values.insert(node.name.clone(), value);
    }
    importer.finish(&model)
}

fn input_shape(placeholder: &Node) -> Result<Shape, ImportError> {
    match placeholder.shape()?[..] {
        [_, height, width, channels] => Ok(Shape::new(height, width, channels)),
        _ => Err(ImportError::MissingTensor("an input that is a picture".into())),
    }
}

struct Importer {
    builder: Builder,
    values: HashMap<String, Value>,
    weights: HashMap<String, Tensor>,
}

impl Importer {
    fn operand(&self, node: &Node, index: usize) -> Result<Operand, ImportError> {
        let name = node.input(index)?;
        match self.values.get(name) {
            Some(value) => Ok(Operand::Value(*value)),
            None => self.weight(node, index).cloned().map(Operand::Constant),
        }
    }

    fn value(&self, node: &Node, index: usize) -> Result<Value, ImportError> {
        let name = node.input(index)?;
        self.values.get(name).copied().ok_or_else(|| ImportError::MissingTensor(name.into()))
    }

    fn weight(&self, node: &Node, index: usize) -> Result<&Tensor, ImportError> {
        let name = node.input(index)?;
        self.weights.get(name).ok_or_else(|| ImportError::MissingTensor(name.into()))
    }

    /// The outputs that the signature names, in the order of their names; without a signature, every node that no
    /// other node reads.
    fn finish(self, model: &Model) -> Result<Graph, ImportError> {
        let mut named = model.signature_outputs();
        if named.is_empty() {
            named = model.unread_nodes().map(|name| (name.to_owned(), name.to_owned())).collect();
        }
        let mut outputs = Vec::new();
        for (name, node) in named {
            let value = self.values.get(base_name(&node)).ok_or(ImportError::MissingTensor(node))?.id;
            outputs.push(Output { name, value });
        }
        Ok(self.builder.finish(outputs))
    }
}
