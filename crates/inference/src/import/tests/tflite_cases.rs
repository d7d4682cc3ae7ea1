//! TensorFlow Lite models: what they become, and which are refused.

use super::tflite_model::{Field, Table, TfLiteModel};
use super::*;
use crate::graph::Op;
use crate::import::ImportError;

const ADD: u8 = 0;
const CONCATENATION: u8 = 2;
const CONV_2D: u8 = 3;
const DEPTHWISE_CONV_2D: u8 = 4;
const DEQUANTIZE: u8 = 6;
const FULLY_CONNECTED: u8 = 9;
const LOGISTIC: u8 = 14;
const MAX_POOL_2D: u8 = 17;
const RELU: u8 = 19;
const RESHAPE: u8 = 22;
const TANH: u8 = 28;
const PAD: u8 = 34;

fn graph(bytes: &[u8]) -> Result<Graph, ImportError> {
    import(Source::TfLite(bytes), None)
}

/// Options of a convolution: padding VALID, one stride for rows and columns, an activation in its slot.
fn moving(stride: i32, activation: (usize, u8)) -> Table {
    vec![
        (0, Field::Byte(1)),
        (1, Field::Integer(stride)),
        (2, Field::Integer(stride)),
        (activation.0, Field::Byte(activation.1)),
    ]
}

fn small_model() -> Vec<u8> {
    let mut model = TfLiteModel::new(1, 1, 2);
    let half = model.half_floats(&[2, 1, 1, 2], &[1.0, 2.0, 3.0, 4.0]);
    let weights = model.operator(DEQUANTIZE, &[half], &[2, 1, 1, 2], Table::new());
    let bias = model.floats(&[2], &[0.5, -20.0]);
    let sum = model.operator(CONV_2D, &[0, weights, bias], &[1, 1, 1, 2], moving(1, (3, 0)));
    let result = model.operator(RELU, &[sum], &[1, 1, 1, 2], Table::new());
    model.finish(&[result])
}

#[test]
fn a_convolution_with_half_float_weights_is_one_node() {
    let graph = graph(&small_model()).unwrap();
    assert!(
        matches!(graph.nodes[..], [crate::graph::Node { op: Op::Convolution { .. }, .. }]),
        "all is one node"
    );
    assert_eq!(
        run(&graph, &[1.0, 2.0]),
        [[5.5, 0.0]],
        "outputs come first in the weights: 1 + 2·2 and 3 + 4·2"
    );
}

#[test]
fn depthwise_padding_pooling_and_addition_are_understood() {
    let mut model = TfLiteModel::new(2, 2, 2);
    let weights = model.floats(&[1, 1, 1, 2], &[2.0, -1.0]);
    let bias = model.floats(&[2], &[0.0, 1.0]);
    let mut options = moving(1, (4, 1));
    options.push((3, Field::Integer(1)));
    let scaled = model.operator(DEPTHWISE_CONV_2D, &[0, weights, bias], &[1, 2, 2, 2], options);
    let mut options = moving(2, (5, 0));
    options.extend([(3, Field::Integer(2)), (4, Field::Integer(2))]);
    let pooled = model.operator(MAX_POOL_2D, &[scaled], &[1, 1, 1, 2], options);
    let amounts = model.integers(&[4, 2], &[0, 0, 0, 0, 0, 0, 0, 1]);
    let padded = model.operator(PAD, &[pooled, amounts], &[1, 1, 1, 3], Table::new());
    let sum = model.operator(ADD, &[padded, padded], &[1, 1, 1, 3], Table::new());
    let graph = graph(&model.finish(&[sum])).unwrap();
    let found = run(&graph, &[1.0, 0.5, 2.0, 3.0, 3.0, -2.0, 0.0, 0.0]);
    assert_eq!(found, [[12.0, 6.0, 0.0]], "greatest of 2a and of 1 - b, one channel of zeros, doubled");
}

#[test]
fn layers_joining_and_shapes_are_understood() {
    let mut model = TfLiteModel::new(1, 2, 1);
    let weights = model.floats(&[3, 2], &[1.0, 0.0, 0.0, 1.0, 1.0, 1.0]);
    let layer = model.operator(FULLY_CONNECTED, &[0, weights], &[1, 3], Table::new());
    let share = model.operator(LOGISTIC, &[layer], &[1, 3], Table::new());
    let both = model.operator(CONCATENATION, &[layer, share], &[1, 6], vec![(0, Field::Integer(1))]);
    let result = model.operator(RESHAPE, &[both], &[1, 2, 3], Table::new());
    let graph = graph(&model.finish(&[result])).unwrap();
    let logistic = |x: f32| 1.0 / (1.0 + (-x).exp());
    let expected = [1.0, -2.0, -1.0, logistic(1.0), logistic(-2.0), logistic(-1.0)];
    assert!(close(&run(&graph, &[1.0, -2.0])[0], &expected), "the layer's numbers, then their shares");
    assert_eq!(graph.outputs[0].name, format!("tensor {result}"), "outputs keep their names");
}

#[test]
fn an_unknown_operator_is_named_in_the_error() {
    let mut model = TfLiteModel::new(1, 1, 1);
    let result = model.operator(TANH, &[0], &[1, 1, 1, 1], Table::new());
    let message = graph(&model.finish(&[result])).expect_err("nothing is imported in part").to_string();
    assert!(message.contains("TANH"), "{message}");
}

#[test]
fn an_unknown_fused_activation_is_refused() {
    let mut model = TfLiteModel::new(1, 1, 1);
    let sum = model.operator(ADD, &[0, 0], &[1, 1, 1, 1], vec![(0, Field::Byte(4))]);
    assert!(matches!(graph(&model.finish(&[sum])), Err(ImportError::Unsupported { .. })));
}

#[test]
fn a_damaged_file_is_an_error_and_never_a_panic() {
    let bytes = small_model();
    for len in 0..bytes.len() {
        // Only trailing weights can be missing unnoticed, and here they are not last.
        assert!(graph(&bytes[..len]).is_err(), "cut to {len} of {} bytes", bytes.len());
    }
    let mut refused = 0;
    for index in 0..bytes.len() {
        for bit in 0..8 {
            let mut damaged = bytes.clone();
            damaged[index] ^= 1 << bit;
            refused += usize::from(graph(&damaged).is_err());
        }
    }
    assert!(refused > bytes.len(), "most flipped bits lie in offsets and sizes: {refused}");
}
