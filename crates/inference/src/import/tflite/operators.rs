//! What each TensorFlow Lite operator becomes.

use super::Importer;
use super::flatbuffer::Table;
use super::schema::Operator;
use crate::graph::{Activation, Arithmetic, Function, Op, Sampling};
use crate::import::builder::{Operand, Place, Scheme, Value};
use crate::import::error::ImportError;
use crate::import::tensor::Tensor;

impl Importer<'_> {
    pub(super) fn translate(
        &mut self,
        place: Place<'_>,
        operator: &Operator<'_>,
    ) -> Result<Value, ImportError> {
        match place.operator {
            "CONV_2D" => self.convolution(place, operator),
            "DEPTHWISE_CONV_2D" => self.depthwise(place, operator),
            "FULLY_CONNECTED" => self.fully_connected(place, operator),
            "ADD" => self.arithmetic(place, operator, Arithmetic::Add),
            "MUL" => self.arithmetic(place, operator, Arithmetic::Multiply),
            "SUB" => self.arithmetic(place, operator, Arithmetic::Subtract),
            "RELU" => self.activate(operator, Activation::Relu),
            "RELU6" => self.activate(operator, Activation::Relu6),
            "PRELU" => self.prelu(place, operator),
            "LOGISTIC" => {
                let input = self.value(operator.input(0)?)?;
                self.builder.apply(Function::Sigmoid, input)
            }
            "SOFTMAX" => {
                let input = self.value(operator.input(0)?)?;
                self.builder.unary(Op::Softmax, input)
            }
            "MAX_POOL_2D" | "AVERAGE_POOL_2D" => self.pool(place, operator),
            "PAD" => {
                let input = self.value(operator.input(0)?)?;
                let amounts = self.integers(place, operator, 1)?;
                self.builder.pad(place, input, &amounts)
            }
            "RESIZE_BILINEAR" => self.resize(place, operator),
            "RESHAPE" => self.reshape(place, operator),
            "CONCATENATION" => self.concatenate(place, operator),
            "MEAN" => self.mean(place, operator),
            _ => {
                Err(ImportError::UnknownOperator { operator: place.operator.into(), node: place.node.into() })
            }
        }
    }

    fn floats(&self, place: Place<'_>, operator: &Operator<'_>, index: usize) -> Result<Tensor, ImportError> {
        let tensor = self.constant(operator.input(index)?)?;
        tensor.floats().ok_or_else(|| place.unsupported("weights that are not floats"))?;
        Ok(tensor)
    }

    fn integers(
        &self,
        place: Place<'_>,
        operator: &Operator<'_>,
        index: usize,
    ) -> Result<Vec<i32>, ImportError> {
        let tensor = self.constant(operator.input(index)?)?;
        let numbers = tensor.integers().ok_or_else(|| place.unsupported("a list that is not of integers"))?;
        Ok(numbers.to_vec())
    }

    /// Input 2 of a convolution, or zeros where it is left out.
    fn bias(
        &self,
        place: Place<'_>,
        operator: &Operator<'_>,
        channels: usize,
    ) -> Result<Vec<f32>, ImportError> {
        if operator.optional_input(2).is_none() {
            return Ok(vec![0.0; channels]);
        }
        Ok(self.floats(place, operator, 2)?.floats().unwrap_or_default().to_vec())
    }

    fn activate(&mut self, operator: &Operator<'_>, activation: Activation) -> Result<Value, ImportError> {
        let input = self.value(operator.input(0)?)?;
        self.builder.activate(activation, input)
    }

    fn convolution(&mut self, place: Place<'_>, operator: &Operator<'_>) -> Result<Value, ImportError> {
        let options = operator.options()?;
        let (input, weights) = (self.value(operator.input(0)?)?, self.floats(place, operator, 1)?);
        let [channels, rows, columns, depth] = four(place, &weights.shape)?;
        check_dilation(place, options, 4)?;
        let stride = [options.count(2, 0)?, options.count(1, 0)?];
        let window = self.builder.window(input, [rows, columns], stride, scheme(place, options)?);
        let numbers = outputs_last(weights.floats().unwrap_or_default(), channels, rows * columns * depth);
        let bias = self.bias(place, operator, channels)?;
        let op = Op::Convolution {
            window,
            weights: self.builder.constant(numbers),
            bias: self.builder.constant(bias),
            activation: activation(place, options, 3)?,
        };
        self.builder.unary(op, input)
    }

    fn depthwise(&mut self, place: Place<'_>, operator: &Operator<'_>) -> Result<Value, ImportError> {
        let options = operator.options()?;
        let (input, weights) = (self.value(operator.input(0)?)?, self.floats(place, operator, 1)?);
        let [_, rows, columns, channels] = four(place, &weights.shape)?;
        check_dilation(place, options, 5)?;
        if options.integer(3, 0)? != 1 {
            return Err(place.unsupported("more than one kernel per channel"));
        }
        let stride = [options.count(2, 0)?, options.count(1, 0)?];
        let window = self.builder.window(input, [rows, columns], stride, scheme(place, options)?);
        let bias = self.bias(place, operator, channels)?;
        let op = Op::Depthwise {
            window,
            weights: self.builder.constant(weights.floats().unwrap_or_default().to_vec()),
            bias: self.builder.constant(bias),
            activation: activation(place, options, 4)?,
        };
        self.builder.unary(op, input)
    }

    fn fully_connected(&mut self, place: Place<'_>, operator: &Operator<'_>) -> Result<Value, ImportError> {
        let options = operator.options()?;
        let (input, weights) = (self.value(operator.input(0)?)?, self.floats(place, operator, 1)?);
        let [channels, depth] = weights.shape[..] else { return Err(place.unsupported("these weights")) };
        let numbers = outputs_last(weights.floats().unwrap_or_default(), channels, depth);
        let bias = self.bias(place, operator, channels)?;
        let op = Op::FullyConnected {
            weights: self.builder.constant(numbers),
            bias: self.builder.constant(bias),
            activation: activation(place, options, 0)?,
        };
        self.builder.push(op, &[input], 2)
    }

    fn arithmetic(
        &mut self,
        place: Place<'_>,
        operator: &Operator<'_>,
        kind: Arithmetic,
    ) -> Result<Value, ImportError> {
        let (first, second) = (self.operand(operator.input(0)?)?, self.operand(operator.input(1)?)?);
        let activation = activation(place, operator.options()?, 0)?;
        let value = self.builder.binary(place, kind, [&first, &second])?;
        self.builder.activate(activation, value)
    }

    fn prelu(&mut self, place: Place<'_>, operator: &Operator<'_>) -> Result<Value, ImportError> {
        let input = self.value(operator.input(0)?)?;
        let slopes = self.floats(place, operator, 1)?.floats().unwrap_or_default().to_vec();
        let slopes = self.builder.constant(slopes);
        self.builder.activate(Activation::Prelu(slopes), input)
    }

    fn pool(&mut self, place: Place<'_>, operator: &Operator<'_>) -> Result<Value, ImportError> {
        let options = operator.options()?;
        let input = self.value(operator.input(0)?)?;
        let stride = [options.count(2, 0)?, options.count(1, 0)?];
        let kernel = [options.count(4, 0)?, options.count(3, 0)?];
        let window = self.builder.window(input, kernel, stride, scheme(place, options)?);
        let op = if place.operator == "MAX_POOL_2D" { Op::MaxPool(window) } else { Op::AveragePool(window) };
        let value = self.builder.unary(op, input)?;
        self.builder.activate(activation(place, options, 5)?, value)
    }

    fn resize(&mut self, place: Place<'_>, operator: &Operator<'_>) -> Result<Value, ImportError> {
        let options = operator.options()?;
        let input = self.value(operator.input(0)?)?;
        let [height, width] = self.integers(place, operator, 1)?[..] else {
            return Err(place.unsupported("this size"));
        };
        let sampling = match (options.byte(2)?, options.byte(3)?) {
            (0, 0) => Sampling::Corner,
            (0, _) => Sampling::HalfPixel,
            _ => Sampling::AlignCorners,
        };
        let (height, width) = (height.max(0).unsigned_abs() as usize, width.max(0).unsigned_abs() as usize);
        self.builder.unary(Op::Resize { height, width, sampling }, input)
    }

    fn reshape(&mut self, place: Place<'_>, operator: &Operator<'_>) -> Result<Value, ImportError> {
        let input = self.value(operator.input(0)?)?;
        let target = self.model.tensor_shape(operator.output()?)?;
        let target: Vec<i32> = target.iter().map(|size| *size as i32).collect();
        self.builder.reshape(place, input, &target)
    }

    fn concatenate(&mut self, place: Place<'_>, operator: &Operator<'_>) -> Result<Value, ImportError> {
        let options = operator.options()?;
        let mut values = Vec::with_capacity(operator.input_count());
        for index in 0..operator.input_count() {
            match self.operand(operator.input(index)?)? {
                Operand::Value(value) => values.push(value),
                Operand::Constant(_) => return Err(place.unsupported("joining constants")),
            }
        }
        let value = self.builder.concatenate(place, &values, options.integer(0, 0)?)?;
        self.builder.activate(activation(place, options, 1)?, value)
    }

    fn mean(&mut self, place: Place<'_>, operator: &Operator<'_>) -> Result<Value, ImportError> {
        let input = self.value(operator.input(0)?)?;
        let axes = self.integers(place, operator, 1)?;
        let rank = self.model.tensor_shape(operator.output()?)?.len();
        if input.rank != 4 || axes != [1, 2] {
            return Err(place.unsupported("a mean over other axes than rows and columns"));
        }
        self.builder.push(Op::GlobalAverage, &[input], rank)
    }
}

fn four(place: Place<'_>, shape: &[usize]) -> Result<[usize; 4], ImportError> {
    shape.try_into().map_err(|_| place.unsupported("weights of another rank than four"))
}

/// Weights stored output by output become weights stored input by input.
fn outputs_last(numbers: &[f32], outputs: usize, inputs: usize) -> Vec<f32> {
    (0..inputs).flat_map(|input| (0..outputs).map(move |output| numbers[output * inputs + input])).collect()
}

fn scheme(place: Place<'_>, options: Table<'_>) -> Result<Scheme, ImportError> {
    match options.byte(0)? {
        0 => Ok(Scheme::Same),
        1 => Ok(Scheme::Valid),
        _ => Err(place.unsupported("this padding")),
    }
}

fn activation(place: Place<'_>, options: Table<'_>, slot: usize) -> Result<Activation, ImportError> {
    match options.byte(slot)? {
        0 => Ok(Activation::Linear),
        1 => Ok(Activation::Relu),
        3 => Ok(Activation::Relu6),
        _ => Err(place.unsupported("this fused activation")),
    }
}

fn check_dilation(place: Place<'_>, options: Table<'_>, slot: usize) -> Result<(), ImportError> {
    if options.integer(slot, 1)? == 1 && options.integer(slot + 1, 1)? == 1 {
        return Ok(());
    }
    Err(place.unsupported("dilation"))
}
