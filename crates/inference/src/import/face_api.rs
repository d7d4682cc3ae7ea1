//! The face recogniser of face-api: its files hold weights only, so the structure is written down here.
//!
//! A residual net after dlib's: a wide convolution, then stages of residual blocks, of which the first block of each
//! stage but one halves the picture; then the mean over the picture and one product. Every convolution is followed by
//! a scale and a shift per channel, which `fuse` merges into it.

use std::collections::HashMap;

use super::builder::{Builder, Operand, Place, Scheme, Value};
use super::error::ImportError;
use super::tensor::Tensor;
use super::weights::{self, Group};
use crate::graph::{Activation, Arithmetic, Graph, Op, Output, Padding, Shape, ValueId};

/// Rows and columns of the input.
const SIDE: usize = 150;

/// The residual blocks in order, by the names of their weights.
const BLOCKS: [(&str, Block); 14] = [
    ("conv32_1", Block::Same),
    ("conv32_2", Block::Same),
    ("conv32_3", Block::Same),
    ("conv64_down", Block::Halving),
    ("conv64_1", Block::Same),
    ("conv64_2", Block::Same),
    ("conv64_3", Block::Same),
    ("conv128_down", Block::Halving),
    ("conv128_1", Block::Same),
    ("conv128_2", Block::Same),
    ("conv256_down", Block::Halving),
    ("conv256_1", Block::Same),
    ("conv256_2", Block::Same),
    ("conv256_down_out", Block::Halving),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    /// Keeps rows, columns and channels.
    Same,
    /// Halves rows and columns; the channels may grow.
    Halving,
}

/// Builds the net from its weights.
pub(super) fn import(manifest: &[u8], bytes: &[u8]) -> Result<Graph, ImportError> {
    let groups: Vec<Group> = serde_json::from_slice(manifest)?;
    let weights = weights::read(&groups, bytes)?;
    let mut importer = Importer { builder: Builder::new(Shape::new(SIDE, SIDE, 3))?, weights };
    let mut value = Value { id: ValueId::INPUT, rank: 4 };
    value = importer.convolution("conv32_down", value, 2, Scheme::Valid)?;
    value = importer.builder.activate(Activation::Relu, value)?;
    let window = importer.builder.window(value, [3, 3], [2, 2], Scheme::Valid);
    value = importer.builder.unary(Op::MaxPool(window), value)?;
    for (name, block) in BLOCKS {
        value = importer.residual(name, block, value)?;
    }
    value = importer.builder.push(Op::GlobalAverage, &[value], 2)?;
    let value = importer.product("fc", value)?;
    let outputs = vec![Output { name: "descriptor".to_owned(), value: value.id }];
    Ok(importer.builder.finish(outputs))
}

struct Importer {
    builder: Builder,
    weights: HashMap<String, Tensor>,
}

impl Importer {
    fn tensor(&self, name: &str) -> Result<&Tensor, ImportError> {
        self.weights.get(name).ok_or_else(|| ImportError::MissingTensor(name.to_owned()))
    }

    fn floats(&self, name: &str) -> Result<Vec<f32>, ImportError> {
        let floats = self.tensor(name)?.floats();
        floats.map(<[f32]>::to_vec).ok_or_else(|| ImportError::Weights(format!("`{name}` is not of floats")))
    }

    /// A convolution with its scale and shift.
    fn convolution(
        &mut self,
        name: &str,
        input: Value,
        stride: usize,
        scheme: Scheme,
    ) -> Result<Value, ImportError> {
        let filters = format!("{name}/conv/filters");
        let &[rows, columns, ..] = self.tensor(&filters)?.shape.as_slice() else {
            return Err(ImportError::Weights(format!("`{filters}` are no filters")));
        };
        let window = self.builder.window(input, [rows, columns], [stride, stride], scheme);
        let (weights, bias) = (self.floats(&filters)?, self.floats(&format!("{name}/conv/bias"))?);
        let (weights, bias) = (self.builder.constant(weights), self.builder.constant(bias));
        let op = Op::Convolution { window, weights, bias, activation: Activation::Linear };
        let value = self.builder.unary(op, input)?;
        let scaled = self.per_channel(Arithmetic::Multiply, value, &format!("{name}/scale/weights"))?;
        self.per_channel(Arithmetic::Add, scaled, &format!("{name}/scale/biases"))
    }

    fn per_channel(&mut self, kind: Arithmetic, value: Value, name: &str) -> Result<Value, ImportError> {
        let numbers = self.floats(name)?;
        let constant = self.builder.constant(numbers);
        self.builder.unary(Op::BinaryConstant { kind, constant }, value)
    }

    /// Two convolutions, added to what goes past them.
    fn residual(&mut self, name: &str, block: Block, input: Value) -> Result<Value, ImportError> {
        let (stride, scheme) = match block {
            Block::Same => (1, Scheme::Same),
            Block::Halving => (2, Scheme::Valid),
        };
        let first = self.convolution(&format!("{name}/conv1"), input, stride, scheme)?;
        let first = self.builder.activate(Activation::Relu, first)?;
        let second = self.convolution(&format!("{name}/conv2"), first, 1, Scheme::Same)?;
        let (past, through) = match block {
            Block::Same => (input, second),
            Block::Halving => self.matched(input, second)?,
        };
        let place = Place { operator: "Add", node: name };
        let sum =
            self.builder.binary(place, Arithmetic::Add, [&Operand::Value(past), &Operand::Value(through)])?;
        self.builder.activate(Activation::Relu, sum)
    }

    /// The halved input and what the convolutions made of it, both brought to the larger size with zeros: the
    /// strided convolution may lose a row and a column, and the input has fewer channels.
    fn matched(&mut self, input: Value, through: Value) -> Result<(Value, Value), ImportError> {
        let window = self.builder.window(input, [2, 2], [2, 2], Scheme::Valid);
        let past = self.builder.unary(Op::AveragePool(window), input)?;
        let (wanted, found) = (self.builder.shape(past), self.builder.shape(through));
        let padding = Padding {
            bottom: wanted.height.saturating_sub(found.height),
            right: wanted.width.saturating_sub(found.width),
            ..Padding::default()
        };
        let through = self.padded(through, padding, 0)?;
        let past = self.padded(past, Padding::default(), found.channels.saturating_sub(wanted.channels))?;
        Ok((past, through))
    }

    fn padded(&mut self, value: Value, padding: Padding, channels: usize) -> Result<Value, ImportError> {
        if padding == Padding::default() && channels == 0 {
            return Ok(value);
        }
        self.builder.unary(Op::Pad { padding, channels }, value)
    }

    /// Every number with every number, without a bias.
    fn product(&mut self, name: &str, input: Value) -> Result<Value, ImportError> {
        let &[_, numbers] = self.tensor(name)?.shape.as_slice() else {
            return Err(ImportError::Weights(format!("`{name}` is no matrix")));
        };
        let weights = self.floats(name)?;
        let (weights, bias) = (self.builder.constant(weights), self.builder.constant(vec![0.0; numbers]));
        let op = Op::FullyConnected { weights, bias, activation: Activation::Linear };
        self.builder.push(op, &[input], 2)
    }
}
