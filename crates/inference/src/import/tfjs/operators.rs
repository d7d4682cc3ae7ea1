//! What each TensorFlow operator becomes.

use super::Importer;
use super::topology::Node;
use crate::graph::{Activation, Arithmetic, Function, Op};
use crate::import::builder::{Place, Scheme, Value};
use crate::import::error::ImportError;
use crate::import::tensor::Tensor;

impl Importer {
    pub(super) fn translate(&mut self, place: Place<'_>, node: &Node) -> Result<Value, ImportError> {
        match node.op.as_str() {
            "Conv2D" | "_FusedConv2D" => self.convolution(place, node),
            "DepthwiseConv2dNative" | "FusedDepthwiseConv2dNative" => self.depthwise(place, node),
            "MatMul" | "_FusedMatMul" => self.fully_connected(place, node),
            "Add" | "AddV2" | "BiasAdd" => self.arithmetic(place, node, Arithmetic::Add),
            "Sub" => self.arithmetic(place, node, Arithmetic::Subtract),
            "Mul" => self.arithmetic(place, node, Arithmetic::Multiply),
            "Minimum" => self.arithmetic(place, node, Arithmetic::Minimum),
            "Maximum" => self.arithmetic(place, node, Arithmetic::Maximum),
            "Relu" => self.activate(node, Activation::Relu),
            "Relu6" => self.activate(node, Activation::Relu6),
            "Prelu" => {
                let slopes = self.slopes(place, node, 1)?;
                self.activate(node, slopes)
            }
            "Sigmoid" => self.apply(node, Function::Sigmoid),
            "Abs" => self.apply(node, Function::Absolute),
            "Square" => self.apply(node, Function::Square),
            "Rsqrt" => self.apply(node, Function::ReciprocalRoot),
            "Softmax" => self.unary(node, Op::Softmax),
            "MaxPool" | "AvgPool" => self.pool(place, node),
            "Pad" => {
                let (value, amounts) = (self.value(node, 0)?, self.integers(place, node, 1)?);
                self.builder.pad(place, value, &amounts)
            }
            "ConcatV2" => self.concatenate(place, node),
            "Mean" => self.mean(place, node),
            "Sum" => self.sum(place, node),
            "Reshape" => {
                let (value, target) = (self.value(node, 0)?, self.integers(place, node, 1)?);
                self.builder.reshape(place, value, &target)
            }
            "Squeeze" => self.squeeze(place, node),
            "Identity" => self.value(node, 0),
            _ => Err(ImportError::UnknownOperator { operator: node.op.clone(), node: node.name.clone() }),
        }
    }

    fn floats(&self, place: Place<'_>, node: &Node, index: usize) -> Result<Tensor, ImportError> {
        let tensor = self.weight(node, index)?;
        tensor.floats().ok_or_else(|| place.unsupported("weights that are not floats"))?;
        Ok(tensor.clone())
    }

    fn integers(&self, place: Place<'_>, node: &Node, index: usize) -> Result<Vec<i32>, ImportError> {
        let numbers = self.weight(node, index)?.integers();
        numbers.map(<[i32]>::to_vec).ok_or_else(|| place.unsupported("a list that is not of integers"))
    }

    fn unary(&mut self, node: &Node, op: Op) -> Result<Value, ImportError> {
        let input = self.value(node, 0)?;
        self.builder.unary(op, input)
    }

    fn apply(&mut self, node: &Node, function: Function) -> Result<Value, ImportError> {
        self.unary(node, Op::Apply(function))
    }

    fn activate(&mut self, node: &Node, activation: Activation) -> Result<Value, ImportError> {
        let input = self.value(node, 0)?;
        self.builder.activate(activation, input)
    }

    fn slopes(&mut self, place: Place<'_>, node: &Node, index: usize) -> Result<Activation, ImportError> {
        let slopes = self.floats(place, node, index)?.floats().unwrap_or_default().to_vec();
        Ok(Activation::Prelu(self.builder.constant(slopes)))
    }

    fn arithmetic(&mut self, place: Place<'_>, node: &Node, kind: Arithmetic) -> Result<Value, ImportError> {
        let (first, second) = (self.operand(node, 0)?, self.operand(node, 1)?);
        self.builder.binary(place, kind, [&first, &second])
    }

    /// What is merged into a convolution or matrix product: a bias, then an activation.
    fn fused(
        &mut self,
        place: Place<'_>,
        node: &Node,
        channels: usize,
    ) -> Result<(Vec<f32>, Activation), ImportError> {
        let (mut bias, mut activation, mut next) = (vec![0.0; channels], Activation::Linear, 2);
        for operation in node.texts("fused_ops") {
            match operation.as_str() {
                "BiasAdd" => {
                    bias = self.floats(place, node, next)?.floats().unwrap_or_default().to_vec();
                    next += 1;
                }
                "Relu" => activation = Activation::Relu,
                "Relu6" => activation = Activation::Relu6,
                "Prelu" => activation = self.slopes(place, node, next)?,
                _ => return Err(place.unsupported("this fused operator")),
            }
        }
        Ok((bias, activation))
    }

    fn convolution(&mut self, place: Place<'_>, node: &Node) -> Result<Value, ImportError> {
        let (input, weights) = (self.value(node, 0)?, self.floats(place, node, 1)?);
        let [rows, columns, _, channels] = four(place, &weights.shape)?;
        let window = self.builder.window(input, [rows, columns], stride(place, node)?, scheme(place, node)?);
        let (bias, activation) = self.fused(place, node, channels)?;
        let weights = self.builder.constant(weights.floats().unwrap_or_default().to_vec());
        let bias = self.builder.constant(bias);
        self.builder.unary(Op::Convolution { window, weights, bias, activation }, input)
    }

    fn depthwise(&mut self, place: Place<'_>, node: &Node) -> Result<Value, ImportError> {
        let (input, weights) = (self.value(node, 0)?, self.floats(place, node, 1)?);
        let [rows, columns, channels, 1] = four(place, &weights.shape)? else {
            return Err(place.unsupported("more than one kernel per channel"));
        };
        let window = self.builder.window(input, [rows, columns], stride(place, node)?, scheme(place, node)?);
        let (bias, activation) = self.fused(place, node, channels)?;
        let weights = self.builder.constant(weights.floats().unwrap_or_default().to_vec());
        let bias = self.builder.constant(bias);
        self.builder.unary(Op::Depthwise { window, weights, bias, activation }, input)
    }

    fn fully_connected(&mut self, place: Place<'_>, node: &Node) -> Result<Value, ImportError> {
        let (input, weights) = (self.value(node, 0)?, self.floats(place, node, 1)?);
        let [_, channels] = weights.shape[..] else { return Err(place.unsupported("these weights")) };
        if node.flag("transpose_a") || node.flag("transpose_b") {
            return Err(place.unsupported("transposed operands"));
        }
        let (bias, activation) = self.fused(place, node, channels)?;
        let weights = self.builder.constant(weights.floats().unwrap_or_default().to_vec());
        let bias = self.builder.constant(bias);
        self.builder.push(Op::FullyConnected { weights, bias, activation }, &[input], 2)
    }

    fn pool(&mut self, place: Place<'_>, node: &Node) -> Result<Value, ImportError> {
        let input = self.value(node, 0)?;
        let [_, rows, columns, _] = four(place, &node.counts("ksize"))?;
        let window = self.builder.window(input, [rows, columns], stride(place, node)?, scheme(place, node)?);
        let op = if node.op == "MaxPool" { Op::MaxPool(window) } else { Op::AveragePool(window) };
        self.builder.unary(op, input)
    }

    fn concatenate(&mut self, place: Place<'_>, node: &Node) -> Result<Value, ImportError> {
        let last = node.input_count().saturating_sub(1);
        let values = (0..last).map(|index| self.value(node, index)).collect::<Result<Vec<_>, _>>()?;
        let [axis] = self.integers(place, node, last)?[..] else {
            return Err(place.unsupported("this axis"));
        };
        self.builder.concatenate(place, &values, axis)
    }

    fn mean(&mut self, place: Place<'_>, node: &Node) -> Result<Value, ImportError> {
        let input = self.value(node, 0)?;
        if input.rank != 4 || self.integers(place, node, 1)? != [1, 2] {
            return Err(place.unsupported("a mean over other axes than rows and columns"));
        }
        let rank = if node.flag("keep_dims") { 4 } else { 2 };
        self.builder.push(Op::GlobalAverage, &[input], rank)
    }

    fn sum(&mut self, place: Place<'_>, node: &Node) -> Result<Value, ImportError> {
        let (input, axes) = (self.value(node, 0)?, self.integers(place, node, 1)?);
        let last = input.rank as i32 - 1;
        if axes != [last] && axes != [-1] || !node.flag("keep_dims") {
            return Err(place.unsupported("a sum over other axes than the last"));
        }
        self.builder.unary(Op::SumChannels, input)
    }

    /// Drops rows and columns of a value that has one of each.
    fn squeeze(&mut self, place: Place<'_>, node: &Node) -> Result<Value, ImportError> {
        let input = self.value(node, 0)?;
        if input.rank != 4 || node.counts("squeeze_dims") != [1, 2] || self.builder.shape(input).pixels() != 1
        {
            return Err(place.unsupported("dropping other axes than rows and columns"));
        }
        Ok(Value { rank: 2, ..input })
    }
}

fn four(place: Place<'_>, list: &[usize]) -> Result<[usize; 4], ImportError> {
    list.try_into().map_err(|_| place.unsupported("another rank than four"))
}

fn stride(place: Place<'_>, node: &Node) -> Result<[usize; 2], ImportError> {
    if node.counts("dilations").iter().any(|dilation| *dilation != 1) {
        return Err(place.unsupported("dilation"));
    }
    let [_, rows, columns, _] = four(place, &node.counts("strides"))?;
    Ok([rows, columns])
}

fn scheme(place: Place<'_>, node: &Node) -> Result<Scheme, ImportError> {
    match node.text("padding").as_str() {
        "SAME" => Ok(Scheme::Same),
        "VALID" => Ok(Scheme::Valid),
        _ => Err(place.unsupported("this padding")),
    }
}
