//! TensorFlow.js models: what they become, and which are refused.

use serde_json::json;

use super::tfjs_model::{TfJsModel, doubling, windowed};
use super::*;
use crate::graph::{Activation, Op};
use crate::import::{ImportError, Repair};

fn graph(model: &TfJsModel) -> Result<Graph, ImportError> {
    import(Source::TfJs { json: &model.json(), weights: &model.bytes }, None)
}

#[test]
fn same_padding_puts_the_odd_row_at_the_end() {
    let mut model = TfJsModel::new(4, 4, 1);
    model.floats("weights", &[3, 3, 1, 1], &[1.0; 9]);
    model.node("Conv2D", "sum", &["picture", "weights"], windowed(2, "SAME", &[]));
    let found = run(&graph(&model).unwrap(), &[1.0; 16]);
    assert_eq!(
        found,
        [[9.0, 6.0, 6.0, 4.0]],
        "the first window lies wholly on the picture, the last sticks out"
    );
}

#[test]
fn scaling_shifting_and_activation_are_merged_into_the_convolution() {
    let mut model = TfJsModel::new(1, 1, 2);
    model.floats("weights", &[1, 1, 2, 2], &[1.0, 2.0, 3.0, 4.0]);
    model.floats("bias", &[2], &[0.5, -0.5]);
    model.floats("scale", &[2], &[2.0, -1.0]);
    model.floats("shift", &[1], &[1.0]);
    model.floats("slopes", &[1, 1, 2], &[0.25, 0.5]);
    model.node("_FusedConv2D", "a", &["picture", "weights", "bias"], windowed(1, "VALID", &["BiasAdd"]));
    model.node("Mul", "b", &["a", "scale"], json!({}));
    model.node("Sub", "c", &["b", "shift"], json!({}));
    model.node("Prelu", "d", &["c", "slopes"], json!({}));
    let graph = graph(&model).unwrap();
    assert!(
        matches!(graph.nodes[..], [crate::graph::Node { op: Op::Convolution { .. }, .. }]),
        "all is one node"
    );
    let expected = [(1.0 + 3.0 + 0.5) * 2.0 - 1.0, (-(2.0 + 4.0 - 0.5) - 1.0) * 0.5];
    assert!(close(&run(&graph, &[1.0, 1.0])[0], &expected), "merging must not change the result");
}

#[test]
fn a_result_that_is_read_twice_is_not_merged_away() {
    let mut model = doubling();
    model.node("Relu", "positive", &["double"], json!({}));
    model.node("Sub", "negative", &["double", "positive"], json!({}));
    let found = run(&graph(&model).unwrap(), &[1.0, -1.0, 2.0, -2.0]);
    assert_eq!(found, [[0.0, -2.0, 0.0, -4.0]], "the difference needs the result without the activation");
}

/// `relu(x) + c · (x − |x|)`, where `x` is twice the input.
fn spelt_out_prelu() -> TfJsModel {
    let mut model = doubling();
    model.floats("c", &[1], &[0.25]);
    model.node("Relu", "relu", &["double"], json!({}));
    model.node("Abs", "abs", &["double"], json!({}));
    model.node("Sub", "sub", &["double", "abs"], json!({}));
    model.node("Mul", "mul", &["sub", "c"], json!({}));
    model.node("Add", "sum", &["relu", "mul"], json!({}));
    model
}

#[test]
fn a_spelt_out_parametric_relu_becomes_part_of_the_convolution() {
    let graph = graph(&spelt_out_prelu()).unwrap();
    let merged = |op: &Op| matches!(op, Op::Convolution { activation: Activation::Prelu(_), .. });
    assert!(graph.nodes.len() == 1 && merged(&graph.nodes[0].op), "one node is left: {:?}", graph.nodes);
    assert_eq!(run(&graph, &[1.0, -1.0, 3.0, -3.0]), [[2.0, -1.0, 6.0, -3.0]], "the slope below zero is 2c");
}

#[test]
fn the_repair_refuses_every_model_but_its_own() {
    let model = spelt_out_prelu();
    let source = Source::TfJs { json: &model.json(), weights: &model.bytes };
    let refused = import(source, Some(Repair::MobilefacenetPrelu));
    assert!(matches!(refused, Err(ImportError::Repair { .. })), "the files are not those that it knows");
}

#[test]
fn weights_in_bytes_and_half_floats_are_widened() {
    let mut model = TfJsModel::new(1, 1, 2);
    let steps = json!({ "dtype": "uint8", "scale": 0.5, "min": -1.0 });
    model.quantised("weights", &[1, 1, 2, 1], steps, &[2, 8]);
    let one_and_a_half = half::f16::from_f32(1.5).to_le_bytes();
    model.quantised("bias", &[1], json!({ "dtype": "float16" }), &one_and_a_half);
    let attributes = windowed(1, "SAME", &["BiasAdd", "Relu6"]);
    model.node("_FusedConv2D", "result", &["picture", "weights", "bias"], attributes);
    let graph = graph(&model).unwrap();
    assert_eq!(run(&graph, &[5.0, 1.0]), [[4.5]], "weights are 0 and 3, the bias is 1.5");
    assert_eq!(run(&graph, &[5.0, 9.0]), [[6.0]], "the activation ends at six");
}

#[test]
fn the_signature_names_the_outputs_in_the_order_of_their_names() {
    let mut model = doubling();
    model.node("Relu", "first", &["double"], json!({}));
    model.node("Sigmoid", "second", &["double"], json!({}));
    model.signature = Some(json!({ "outputs": { "b": { "name": "first:0" }, "a": { "name": "second:0" } } }));
    let graph = graph(&model).unwrap();
    let names: Vec<_> = graph.outputs.iter().map(|output| output.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(run(&graph, &[1.0; 4])[1], [2.0; 4], "b is what the signature says");
}

#[test]
fn pooling_joining_and_reshaping_are_understood() {
    let mut model = TfJsModel::new(2, 2, 1);
    model.integers("axis", &[1], &[-1]);
    model.integers("axes", &[2], &[1, 2]);
    model.integers("flat", &[2], &[-1, 2]);
    model.node("MaxPool", "most", &["picture"], windowed(2, "VALID", &[]));
    model.node("Mean", "mean", &["picture", "axes"], json!({ "keep_dims": { "b": true } }));
    model.node("ConcatV2", "both", &["most", "mean", "axis"], json!({}));
    model.node("Reshape", "result", &["both", "flat"], json!({}));
    assert_eq!(run(&graph(&model).unwrap(), &[1.0, 2.0, 3.0, 6.0]), [[6.0, 3.0]]);
}

#[test]
fn an_unknown_operator_is_named_in_the_error() {
    let mut model = doubling();
    model.node("Fft", "strange", &["double"], json!({}));
    let message = graph(&model).expect_err("nothing is imported in part").to_string();
    assert!(message.contains("Fft") && message.contains("strange"), "{message}");
}

#[test]
fn what_would_change_the_result_is_refused() {
    let mut dilated = TfJsModel::new(4, 4, 1);
    dilated.floats("weights", &[3, 3, 1, 1], &[1.0; 9]);
    let mut attributes = windowed(1, "SAME", &[]);
    attributes["dilations"]["list"]["i"] = json!(["1", "2", "2", "1"]);
    dilated.node("Conv2D", "sum", &["picture", "weights"], attributes);
    assert!(matches!(graph(&dilated), Err(ImportError::Unsupported { reason: "dilation", .. })));

    let mut fused = TfJsModel::new(1, 1, 1);
    fused.floats("weights", &[1, 1, 1, 1], &[1.0]);
    fused.node("_FusedConv2D", "elu", &["picture", "weights"], windowed(1, "SAME", &["Elu"]));
    assert!(matches!(graph(&fused), Err(ImportError::Unsupported { .. })));
}

#[test]
fn a_node_that_needs_itself_is_refused() {
    let mut model = TfJsModel::new(1, 1, 1);
    model.node("Relu", "a", &["b"], json!({}));
    model.node("Relu", "b", &["a"], json!({}));
    assert!(matches!(graph(&model), Err(ImportError::MissingTensor(_))), "there is no order to run them in");
}

#[test]
fn weights_that_are_cut_short_or_too_long_are_refused() {
    let mut model = doubling();
    model.bytes.push(0);
    assert!(matches!(graph(&model), Err(ImportError::Weights(_))), "a byte to spare");
    model.bytes.truncate(3);
    assert!(matches!(graph(&model), Err(ImportError::Weights(_))), "a byte too few");
}
