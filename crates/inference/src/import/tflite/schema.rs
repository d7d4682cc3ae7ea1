//! The parts of the TensorFlow Lite schema that the importer reads: which field of which table means what.

use super::flatbuffer::{Table, Vector};
use crate::import::error::ImportError;

pub(super) const FLOAT32: u8 = 0;
pub(super) const FLOAT16: u8 = 1;
pub(super) const INT32: u8 = 2;

const CUSTOM: i32 = 32;

/// Builtin operators by code, as far as their names are worth knowing for an error message.
const OPERATORS: [&str; 60] = [
    "ADD",
    "AVERAGE_POOL_2D",
    "CONCATENATION",
    "CONV_2D",
    "DEPTHWISE_CONV_2D",
    "DEPTH_TO_SPACE",
    "DEQUANTIZE",
    "EMBEDDING_LOOKUP",
    "FLOOR",
    "FULLY_CONNECTED",
    "HASHTABLE_LOOKUP",
    "L2_NORMALIZATION",
    "L2_POOL_2D",
    "LOCAL_RESPONSE_NORMALIZATION",
    "LOGISTIC",
    "LSH_PROJECTION",
    "LSTM",
    "MAX_POOL_2D",
    "MUL",
    "RELU",
    "RELU_N1_TO_1",
    "RELU6",
    "RESHAPE",
    "RESIZE_BILINEAR",
    "RNN",
    "SOFTMAX",
    "SPACE_TO_DEPTH",
    "SVDF",
    "TANH",
    "CONCAT_EMBEDDINGS",
    "SKIP_GRAM",
    "CALL",
    "CUSTOM",
    "EMBEDDING_LOOKUP_SPARSE",
    "PAD",
    "UNIDIRECTIONAL_SEQUENCE_RNN",
    "GATHER",
    "BATCH_TO_SPACE_ND",
    "SPACE_TO_BATCH_ND",
    "TRANSPOSE",
    "MEAN",
    "SUB",
    "DIV",
    "SQUEEZE",
    "UNIDIRECTIONAL_SEQUENCE_LSTM",
    "STRIDED_SLICE",
    "BIDIRECTIONAL_SEQUENCE_RNN",
    "EXP",
    "TOPK_V2",
    "SPLIT",
    "LOG_SOFTMAX",
    "DELEGATE",
    "BIDIRECTIONAL_SEQUENCE_LSTM",
    "CAST",
    "PRELU",
    "MAXIMUM",
    "ARG_MAX",
    "MINIMUM",
    "LESS",
    "NEG",
];

pub(super) fn operator_name(code: i32) -> String {
    let known = usize::try_from(code).ok().and_then(|code| OPERATORS.get(code));
    known.map_or_else(|| format!("builtin operator {code}"), |name| (*name).to_owned())
}

/// What an operator is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Code<'a> {
    Builtin(i32),
    Custom(&'a str),
}

/// One operator: what it is, which tensors it reads and writes, its options.
#[derive(Clone, Debug)]
pub(super) struct Operator<'a> {
    pub code: Code<'a>,
    inputs: Vec<i32>,
    outputs: Vec<i32>,
    options: Option<Table<'a>>,
}

impl<'a> Operator<'a> {
    pub fn input(&self, index: usize) -> Result<usize, ImportError> {
        self.optional_input(index).ok_or(ImportError::Flatbuffer("an operator lacks an input"))
    }

    pub fn optional_input(&self, index: usize) -> Option<usize> {
        self.inputs.get(index).and_then(|number| usize::try_from(*number).ok())
    }

    pub const fn input_count(&self) -> usize {
        self.inputs.len()
    }

    pub fn output(&self) -> Result<usize, ImportError> {
        let number = self.outputs.first().and_then(|number| usize::try_from(*number).ok());
        number.ok_or(ImportError::Flatbuffer("an operator has no output"))
    }

    pub fn options(&self) -> Result<Table<'a>, ImportError> {
        self.options.ok_or(ImportError::Flatbuffer("an operator lacks its options"))
    }
}

/// A model's only subgraph, and the tables that it refers to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Model<'a> {
    subgraph: Table<'a>,
    tensors: Vector<'a>,
    codes: Vector<'a>,
    buffers: Vector<'a>,
}

impl<'a> Model<'a> {
    pub fn new(bytes: &'a [u8]) -> Result<Self, ImportError> {
        if bytes.get(4..8) != Some(b"TFL3") {
            return Err(ImportError::Flatbuffer("not a TensorFlow Lite model"));
        }
        let root = Table::root(bytes)?;
        let subgraphs = root.vector(2, 4)?;
        if subgraphs.len() != 1 {
            return Err(ImportError::Flatbuffer("more or fewer than one subgraph"));
        }
        let subgraph = subgraphs.table(0)?;
        Ok(Self {
            subgraph,
            tensors: subgraph.vector(0, 4)?,
            codes: root.vector(1, 4)?,
            buffers: root.vector(4, 4)?,
        })
    }

    pub fn only_input(&self) -> Result<usize, ImportError> {
        match self.subgraph.integers(1)?.as_slice() {
            [number] => usize::try_from(*number).map_err(|_| ImportError::Flatbuffer("the input is missing")),
            _ => Err(ImportError::Flatbuffer("more or fewer than one input")),
        }
    }

    pub fn outputs(&self) -> Result<Vec<usize>, ImportError> {
        let numbers = self.subgraph.integers(2)?.into_iter();
        numbers
            .map(|number| {
                usize::try_from(number).map_err(|_| ImportError::Flatbuffer("an output is missing"))
            })
            .collect()
    }

    pub fn operators(
        &self,
    ) -> Result<impl Iterator<Item = Result<Operator<'a>, ImportError>> + use<'a>, ImportError> {
        let (list, codes) = (self.subgraph.vector(3, 4)?, self.codes);
        Ok((0..list.len()).map(move |index| operator(list.table(index)?, codes)))
    }

    pub fn tensor_shape(&self, number: usize) -> Result<Vec<usize>, ImportError> {
        let sizes = self.tensors.table(number)?.integers(0)?.into_iter();
        sizes
            .map(|size| usize::try_from(size).map_err(|_| ImportError::Flatbuffer("a size is not known")))
            .collect()
    }

    pub fn tensor_type(&self, number: usize) -> Result<u8, ImportError> {
        self.tensors.table(number)?.byte(1)
    }

    pub fn tensor_name(&self, number: usize) -> Result<&'a str, ImportError> {
        self.tensors.table(number)?.text(3)
    }

    pub fn tensor_data(&self, number: usize) -> Result<&'a [u8], ImportError> {
        let tensor = self.tensors.table(number)?;
        if tensor.table(6)?.is_some() {
            return Err(ImportError::Weights(format!("tensor {number} is sparse")));
        }
        self.buffers.table(tensor.count(2, 0)?)?.bytes(0)
    }
}

fn operator<'a>(table: Table<'a>, codes: Vector<'a>) -> Result<Operator<'a>, ImportError> {
    let code = codes.table(table.count(0, 0)?)?;
    // Codes below 127 are kept in a byte for readers of the first schema; newer ones only in the wider field.
    let builtin = code.integer(3, 0)?.max(i32::from(code.byte(0)?));
    Ok(Operator {
        code: if builtin == CUSTOM { Code::Custom(code.text(1)?) } else { Code::Builtin(builtin) },
        inputs: table.integers(1)?,
        outputs: table.integers(2)?,
        options: table.table(4)?,
    })
}
