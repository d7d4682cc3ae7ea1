//! Files that engines take and refuse. That they compute the right numbers is shown in `net::tests` (every operator)
//! and in `tests/export.rs` (the real nets).

use super::*;
use crate::export;
use crate::graph::{Activation, Graph, Op, Padding, Shape, ValueId, Window};
use crate::net::tests::{Sketch, numbers};

/// A convolution of a 4 × 6 picture, then a `ReLU`: two outputs per pixel.
fn graph() -> Graph {
    let mut sketch = Sketch::new(Shape::new(4, 6, 3));
    let (weights, bias) = (sketch.constant(numbers(6, 1)), sketch.constant(numbers(2, 2)));
    let window = Window { kernel: [1, 1], stride: [1, 1], padding: Padding::default() };
    let op = Op::Convolution { window, weights, bias, activation: Activation::Relu };
    let value = sketch.node(op, &[ValueId::INPUT]);
    sketch.finish(&[value])
}

fn exported() -> Vec<u8> {
    export::onnx(&graph()).unwrap()
}

fn load_portable(bytes: Vec<u8>, input: [usize; 3], layout: Layout) -> Result<Box<dyn Model>, EngineError> {
    load(bytes, input, layout, &Engine::Portable)
}

#[test]
fn a_file_is_run_under_its_own_names() {
    let mut net = load_portable(exported(), [4, 6, 3], Layout::Nhwc).unwrap();
    assert_eq!(net.input_shape(), [4, 6, 3]);
    assert_eq!(net.output_names(), ["value 1"]);
    assert_eq!(net.run(&[0.5; 72]).unwrap()[0].len(), 4 * 6 * 2);
    assert_eq!(net.run(&[0.5; 71]), Err(RunError::InputLength { expected: 72, found: 71 }));
}

#[test]
fn channels_come_first_where_the_file_wants_them_so() {
    // As rows of 6 × 3, the very file that takes 4 × 6 × 3 takes three channels of 4 × 6 that lie apart.
    let mut apart = load_portable(exported(), [6, 3, 4], Layout::Nchw).unwrap();
    let mut together = load_portable(exported(), [4, 6, 3], Layout::Nhwc).unwrap();
    let planes = numbers(72, 3);
    let interleaved: Vec<f32> = (0..72).map(|index| planes[index % 4 * 18 + index / 4]).collect();
    assert_eq!(apart.run(&interleaved).unwrap(), together.run(&planes).unwrap());
}

#[test]
fn what_is_no_model_is_said_to_be_none() {
    let cut = exported()[..60].to_vec();
    for bytes in [Vec::new(), b"a text".to_vec(), cut] {
        let refused = load_portable(bytes, [4, 6, 3], Layout::Nhwc).err();
        assert!(matches!(refused, Some(EngineError::NotOnnx(_))), "{refused:?}");
    }
}

#[test]
fn an_input_of_another_shape_is_refused_with_both_shapes() {
    let refused = load_portable(exported(), [4, 6, 3], Layout::Nchw).err().map(|error| error.to_string());
    assert_eq!(refused.as_deref(), Some("its input is 1x4x6x3, not 1x3x4x6"));
}

#[test]
fn an_operator_that_nobody_knows_is_named() {
    let (mut bytes, known) = (exported(), b"Relu");
    let place = bytes.windows(known.len()).position(|part| part == known).unwrap();
    bytes[place..place + known.len()].copy_from_slice(b"Rolu");
    let refused = load_portable(bytes, [4, 6, 3], Layout::Nhwc).err();
    assert!(
        matches!(&refused, Some(EngineError::Operator(reason)) if reason.contains("Rolu")),
        "{refused:?}"
    );
}

#[test]
fn one_picture_is_all_that_a_net_may_ask_for() {
    assert_eq!(check_inputs(&[Vec::new(), Vec::new()], [1, 3, 4, 6]), Err(EngineError::Inputs(2)));
    let open = [vec![None, Some(3), None, None]];
    assert_eq!(check_inputs(&open, [1, 3, 4, 6]), Ok(()), "sizes that are left open fit");
    assert_eq!(check_inputs(&[Vec::new()], [1, 3, 4, 6]), Ok(()), "so does a file that says nothing");
    let refused = check_inputs(&open, [1, 4, 4, 6]).map_err(|error| error.to_string());
    assert_eq!(refused, Err("its input is ?x3x?x?, not 1x4x4x6".to_owned()));
}
