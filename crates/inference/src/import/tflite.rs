//! TensorFlow Lite models: walks the operators in order and builds the graph.
//!
//! Weights may be half floats behind DEQUANTIZE; quantised arithmetic and sparse tensors are not supported.

mod flatbuffer;
mod operators;
mod schema;

use std::collections::HashMap;

use self::schema::{Code, Model, Operator};
use super::builder::{Builder, Operand, Place, Value};
use super::error::ImportError;
use super::tensor::{self, Data, Tensor};
use crate::graph::{Graph, Output, Shape};

/// Translates a whole model of one subgraph and one input.
pub(super) fn import(bytes: &[u8]) -> Result<Graph, ImportError> {
    let model = Model::new(bytes)?;
    let input = model.only_input()?;
    let shape = match model.tensor_shape(input)?.as_slice() {
        [_, height, width, channels] => Shape::new(*height, *width, *channels),
        _ => return Err(ImportError::Flatbuffer("the input is not a picture")),
    };
    let values = HashMap::from([(input, Value { id: crate::graph::ValueId::INPUT, rank: 4 })]);
    let mut importer = Importer { model, builder: Builder::new(shape)?, values, dequantized: HashMap::new() };
    for operator in importer.model.operators()? {
        importer.operator(&operator?)?;
    }
    importer.finish()
}

struct Importer<'a> {
    model: Model<'a>,
    builder: Builder,
    /// Tensor number → the value that holds it.
    values: HashMap<usize, Value>,
    /// Tensor number → the constant that it is a wider copy of.
    dequantized: HashMap<usize, usize>,
}

impl Importer<'_> {
    fn operator(&mut self, operator: &Operator<'_>) -> Result<(), ImportError> {
        let name = match operator.code {
            Code::Builtin(code) => schema::operator_name(code),
            Code::Custom(name) => name.to_owned(),
        };
        let node = format!("tensor {}", operator.output()?);
        let place = Place { operator: &name, node: &node };
        if name == "DEQUANTIZE" {
            self.dequantized.insert(operator.output()?, operator.input(0)?);
            return Ok(());
        }
        let value = self.translate(place, operator)?;
        self.values.insert(operator.output()?, value);
        Ok(())
    }

    fn operand(&self, number: usize) -> Result<Operand, ImportError> {
        if let Some(value) = self.values.get(&number) {
            return Ok(Operand::Value(*value));
        }
        self.constant(number).map(Operand::Constant)
    }

    fn value(&self, number: usize) -> Result<Value, ImportError> {
        self.values
            .get(&number)
            .copied()
            .ok_or_else(|| ImportError::MissingTensor(format!("tensor {number}")))
    }

    fn constant(&self, number: usize) -> Result<Tensor, ImportError> {
        let number = self.dequantized.get(&number).copied().unwrap_or(number);
        let shape = self.model.tensor_shape(number)?;
        let bytes = self.model.tensor_data(number)?;
        let (data, size) = match self.model.tensor_type(number)? {
            schema::FLOAT32 => (Data::Floats(tensor::floats(bytes)), 4),
            schema::FLOAT16 => (Data::Floats(tensor::half_floats(bytes)), 2),
            schema::INT32 => (Data::Integers(tensor::integers(bytes)), 4),
            _ => {
                return Err(ImportError::Weights(format!(
                    "tensor {number} has a type that is not supported"
                )));
            }
        };
        let len = shape.iter().try_fold(size, |product: usize, axis| product.checked_mul(*axis));
        if bytes.is_empty() || len != Some(bytes.len()) {
            return Err(ImportError::Weights(format!("tensor {number} does not have the size of its shape")));
        }
        Ok(Tensor { shape, data })
    }

    fn finish(self) -> Result<Graph, ImportError> {
        let mut outputs = Vec::new();
        for number in self.model.outputs()? {
            let value = self.value(number)?.id;
            outputs.push(Output { name: self.model.tensor_name(number)?.to_owned(), value });
        }
        Ok(self.builder.finish(outputs))
    }
}
