//! The messages of an ONNX model: nodes with attributes, constants, inputs and outputs. Knows nothing of our graph.

use super::message::Message;
use crate::graph::Shape;

/// Version of the file format, and of the operators' definitions.
const IR_VERSION: i64 = 8;
const OPERATOR_SET: i64 = 13;

// Numbers of element types and attribute types in ONNX.
const FLOAT: i64 = 1;
const INT64: i64 = 7;
const ATTRIBUTE_INTEGER: i64 = 2;
const ATTRIBUTE_TEXT: i64 = 3;
const ATTRIBUTE_INTEGERS: i64 = 7;

/// A model under construction.
#[derive(Default)]
pub(super) struct Writer {
    nodes: Vec<Message>,
    constants: Vec<Message>,
    outputs: Vec<Message>,
}

/// What a node is told beside its inputs.
#[derive(Clone, Copy)]
pub(super) enum Attribute<'a> {
    Integer(&'a str, i64),
    Integers(&'a str, &'a [usize]),
    Text(&'a str, &'a str),
}

impl Attribute<'_> {
    fn message(self) -> Message {
        let named = |name: &str, kind| Message::default().bytes(1, name.as_bytes()).integer(20, kind);
        match self {
            Self::Integer(name, value) => named(name, ATTRIBUTE_INTEGER).integer(3, value),
            Self::Integers(name, values) => {
                named(name, ATTRIBUTE_INTEGERS).integers(8, values.iter().map(|value| *value as i64))
            }
            Self::Text(name, text) => named(name, ATTRIBUTE_TEXT).bytes(4, text.as_bytes()),
        }
    }
}

impl Writer {
    /// Adds a node with one result; the result's name.
    pub fn node(&mut self, operator: &str, inputs: &[&str], attributes: &[Attribute<'_>]) -> String {
        // A name that no output of a published model has.
        let name = format!("node:{}", self.nodes.len());
        self.named_node(&name, operator, inputs, attributes);
        name
    }

    fn named_node(&mut self, name: &str, operator: &str, inputs: &[&str], attributes: &[Attribute<'_>]) {
        let attributes: Vec<_> = attributes.iter().map(|attribute| attribute.message()).collect();
        let message = inputs
            .iter()
            .fold(Message::default(), |message, input| message.bytes(1, input.as_bytes()))
            .bytes(2, name.as_bytes())
            .bytes(4, operator.as_bytes())
            .messages(5, &attributes);
        self.nodes.push(message);
    }

    /// Makes a value an output under a name of its own.
    pub fn output(&mut self, name: &str, value: &str, shape: Shape) {
        self.named_node(name, "Identity", &[value], &[]);
        self.outputs.push(described(name, shape));
    }

    /// A constant of fractions.
    pub fn floats(&mut self, shape: &[usize], numbers: &[f32]) -> String {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.constant(FLOAT, shape, &bytes)
    }

    /// A constant list of whole numbers.
    pub fn integers(&mut self, numbers: &[usize]) -> String {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| (*number as i64).to_le_bytes()).collect();
        self.constant(INT64, &[numbers.len()], &bytes)
    }

    fn constant(&mut self, kind: i64, shape: &[usize], bytes: &[u8]) -> String {
        let name = format!("constant:{}", self.constants.len());
        let message = Message::default()
            .integers(1, shape.iter().map(|size| *size as i64))
            .integer(2, kind)
            .bytes(8, name.as_bytes())
            .bytes(9, bytes);
        self.constants.push(message);
        name
    }

    /// The whole model's bytes.
    pub fn finish(self, input: &str, shape: Shape) -> Vec<u8> {
        let graph = Message::default()
            .messages(1, &self.nodes)
            .bytes(2, b"portico")
            .messages(5, &self.constants)
            .message(11, &described(input, shape))
            .messages(12, &self.outputs);
        Message::default()
            .integer(1, IR_VERSION)
            .bytes(2, b"portico")
            .message(7, &graph)
            .message(8, &Message::default().bytes(1, b"").integer(2, OPERATOR_SET))
            .finish()
    }
}

/// Name, type and shape of an input or output, batch axis first.
fn described(name: &str, shape: Shape) -> Message {
    let sizes =
        [1, shape.height, shape.width, shape.channels].map(|size| Message::default().integer(1, size as i64));
    let tensor = Message::default().integer(1, FLOAT).message(2, &Message::default().messages(1, &sizes));
    Message::default().bytes(1, name.as_bytes()).message(2, &Message::default().message(1, &tensor))
}
