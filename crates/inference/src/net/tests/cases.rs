//! The operators' cases: odd sizes, strides, asymmetric padding, channel counts off the register width.

use super::{Sketch, check, numbers};
use crate::graph::{Activation, Arithmetic, Axis, Function, Op, Padding, Sampling, Shape, ValueId, Window};

fn window(kernel: [usize; 2], stride: [usize; 2], padding: [usize; 4]) -> Window {
    let [top, bottom, left, right] = padding;
    Window { kernel, stride, padding: Padding { top, bottom, left, right } }
}

/// Windows with and without padding, square and not, smaller and larger than the picture's interior.
fn windows() -> Vec<Window> {
    vec![
        window([1, 1], [1, 1], [0; 4]),
        window([1, 1], [2, 2], [0; 4]),
        window([3, 3], [1, 1], [1; 4]),
        window([3, 3], [2, 2], [0, 1, 0, 1]),
        window([3, 3], [2, 2], [1; 4]),
        window([2, 3], [3, 1], [0, 0, 2, 0]),
        window([5, 5], [2, 1], [2, 2, 2, 2]),
        window([7, 9], [1, 1], [0; 4]),
    ]
}

const CHANNELS: [usize; 6] = [1, 3, 8, 12, 17, 40];

#[test]
fn a_convolution_is_the_weighted_sum_of_what_its_kernel_sees() {
    for (case, window) in windows().into_iter().enumerate() {
        for (depth, channels) in CHANNELS.into_iter().zip(CHANNELS.into_iter().rev()) {
            let mut sketch = Sketch::new(Shape::new(7, 9, depth));
            let taps = window.kernel[0] * window.kernel[1] * depth;
            let weights = sketch.constant(numbers(taps * channels, 1));
            let bias = sketch.constant(numbers(channels, 2));
            let slopes = sketch.constant(numbers(channels, 3));
            let activation = [Activation::Linear, Activation::Relu, Activation::Prelu(slopes)][case % 3];
            let op = Op::Convolution { window, weights, bias, activation };
            let value = sketch.node(op, &[ValueId::INPUT]);
            check(&sketch.finish(&[value]), case as u32);
        }
    }
}

#[test]
fn a_depthwise_convolution_keeps_channels_apart() {
    for (case, window) in windows().into_iter().enumerate() {
        for channels in CHANNELS {
            let mut sketch = Sketch::new(Shape::new(7, 11, channels));
            let weights = sketch.constant(numbers(window.kernel[0] * window.kernel[1] * channels, 1));
            let bias = sketch.constant(numbers(channels, 2));
            let slopes = sketch.constant(numbers(channels, 3));
            let activation = [Activation::Prelu(slopes), Activation::Relu6, Activation::Linear][case % 3];
            let op = Op::Depthwise { window, weights, bias, activation };
            let value = sketch.node(op, &[ValueId::INPUT]);
            check(&sketch.finish(&[value]), case as u32);
        }
    }
}

#[test]
fn a_fully_connected_layer_reads_every_number() {
    for (depth, outputs) in [(1, 1), (5, 33), (300, 7)] {
        let mut sketch = Sketch::new(Shape::new(1, 1, depth));
        let weights = sketch.constant(numbers(depth * outputs, 1));
        let bias = sketch.constant(numbers(outputs, 2));
        let op = Op::FullyConnected { weights, bias, activation: Activation::Relu };
        let value = sketch.node(op, &[ValueId::INPUT]);
        check(&sketch.finish(&[value]), 3);
    }
}

#[test]
fn long_products_are_cut_into_blocks_without_a_seam() {
    let mut sketch = Sketch::new(Shape::new(31, 29, 100));
    let weights = sketch.constant(numbers(100 * 50, 1));
    let bias = sketch.constant(numbers(50, 2));
    let window = window([1, 1], [1, 1], [0; 4]);
    let op = Op::Convolution { window, weights, bias, activation: Activation::Linear };
    let value = sketch.node(op, &[ValueId::INPUT]);
    check(&sketch.finish(&[value]), 4);
}

#[test]
fn arithmetic_takes_whole_pictures_single_pixels_and_single_numbers() {
    use Arithmetic::{Add, Maximum, Minimum, Multiply, Subtract};
    for kind in [Add, Subtract, Multiply, Minimum, Maximum] {
        let mut sketch = Sketch::new(Shape::new(20, 19, 12));
        let slopes = sketch.constant(numbers(12, 5));
        let activation = Activation::Prelu(slopes);
        let squares = sketch.node(Op::Apply(Function::Square), &[ValueId::INPUT]);
        let pixel = sketch.node(Op::GlobalAverage, &[squares]);
        let number = sketch.node(Op::SumChannels, &[pixel]);
        let outputs = [squares, pixel, number]
            .map(|second| sketch.node(Op::Binary { kind, activation }, &[ValueId::INPUT, second]));
        check(&sketch.finish(&outputs), 6);
    }
}

#[test]
fn a_constant_may_be_one_number_one_per_channel_or_one_per_number() {
    for len in [1, 12, 7 * 5 * 12] {
        let mut sketch = Sketch::new(Shape::new(7, 5, 12));
        let constant = sketch.constant(numbers(len, 7));
        let op = Op::BinaryConstant { kind: Arithmetic::Subtract, constant };
        let value = sketch.node(op, &[ValueId::INPUT]);
        check(&sketch.finish(&[value]), 8);
    }
}

#[test]
fn functions_and_activations_work_on_their_own() {
    let mut sketch = Sketch::new(Shape::new(3, 5, 9));
    let slopes = sketch.constant(numbers(9, 9));
    let mut outputs: Vec<_> =
        [Function::Absolute, Function::Square, Function::Sigmoid].map(Op::Apply).to_vec();
    outputs.extend(
        [Activation::Linear, Activation::Relu, Activation::Relu6, Activation::Prelu(slopes)]
            .map(Op::Activate),
    );
    outputs.extend([Op::Softmax, Op::SumChannels, Op::GlobalAverage]);
    let mut values: Vec<_> = outputs.into_iter().map(|op| sketch.node(op, &[ValueId::INPUT])).collect();
    values.push(sketch.node(Op::Apply(Function::ReciprocalRoot), &[values[0]]));
    check(&sketch.finish(&values), 10);
}

#[test]
fn pools_do_not_count_padding() {
    for window in windows() {
        let mut sketch = Sketch::new(Shape::new(7, 9, 10));
        let outputs =
            [Op::MaxPool(window), Op::AveragePool(window)].map(|op| sketch.node(op, &[ValueId::INPUT]));
        check(&sketch.finish(&outputs), 11);
    }
}

#[test]
fn padding_adds_zeros_around_and_after() {
    let mut sketch = Sketch::new(Shape::new(3, 4, 5));
    let padding = Padding { top: 2, bottom: 1, left: 0, right: 3 };
    let outputs = [
        sketch.node(Op::Pad { padding, channels: 0 }, &[ValueId::INPUT]),
        sketch.node(Op::Pad { padding: Padding::default(), channels: 6 }, &[ValueId::INPUT]),
    ];
    check(&sketch.finish(&outputs), 12);
}

#[test]
fn values_are_joined_along_any_axis() {
    for axis in [Axis::Height, Axis::Width, Axis::Channels] {
        let mut sketch = Sketch::new(Shape::new(3, 4, 5));
        let other = sketch.node(Op::Apply(Function::Square), &[ValueId::INPUT]);
        let value = sketch.node(Op::Concatenate(axis), &[other, ValueId::INPUT, other]);
        check(&sketch.finish(&[value]), 13);
    }
}

#[test]
fn resizing_mixes_the_four_nearest_pixels() {
    for sampling in [Sampling::Corner, Sampling::HalfPixel, Sampling::AlignCorners] {
        for (height, width) in [(12, 10), (3, 3), (6, 5)] {
            let mut sketch = Sketch::new(Shape::new(6, 5, 9));
            let value = sketch.node(Op::Resize { height, width, sampling }, &[ValueId::INPUT]);
            check(&sketch.finish(&[value]), 14);
        }
    }
}

#[test]
fn a_reshape_keeps_numbers_even_of_the_input_itself() {
    let mut sketch = Sketch::new(Shape::new(4, 3, 2));
    let direct = sketch.node(Op::Reshape(Shape::new(1, 12, 2)), &[ValueId::INPUT]);
    let square = sketch.node(Op::Apply(Function::Square), &[ValueId::INPUT]);
    let later = sketch.node(Op::Reshape(Shape::new(1, 1, 24)), &[square]);
    let other = sketch.node(Op::Apply(Function::Absolute), &[ValueId::INPUT]);
    check(&sketch.finish(&[direct, later, other]), 15);
}
