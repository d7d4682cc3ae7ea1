//! A net as plain data: operators over values in height-width-channels order, batch size one.
//!
//! Every importer ends here and everything later (fusing, the file format, the executor) starts here. It holds
//! no buffers and computes nothing. Node `n` reads earlier values only, so the list order is a valid run order.

mod error;
mod infer;

use serde::{Deserialize, Serialize};

pub use error::GraphError;
pub(crate) use infer::{check_input, infer_node, infer_shapes};

/// The size of a value. A vector of `n` numbers is `1 × 1 × n`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Rows.
    pub height: usize,
    /// Columns.
    pub width: usize,
    /// Numbers per pixel.
    pub channels: usize,
}

impl Shape {
    /// `height × width × channels`.
    pub const fn new(height: usize, width: usize, channels: usize) -> Self {
        Self { height, width, channels }
    }

    /// How many numbers a value of this shape holds; `None` where that overflows.
    pub fn checked_len(self) -> Option<usize> {
        self.height.checked_mul(self.width)?.checked_mul(self.channels)
    }

    /// How many numbers a value of this shape holds. Only for shapes that shape inference has accepted.
    pub(crate) const fn len(self) -> usize {
        self.height * self.width * self.channels
    }

    pub(crate) const fn pixels(self) -> usize {
        self.height * self.width
    }
}

/// A value: 0 is the net's input, `n + 1` is what node `n` yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ValueId(pub u32);

impl ValueId {
    /// The net's input.
    pub const INPUT: Self = Self(0);

    pub(crate) const fn of_node(index: usize) -> Self {
        Self(index as u32 + 1)
    }

    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }

    /// The node that yields this value; `None` for the input.
    pub(crate) const fn node(self) -> Option<usize> {
        self.index().checked_sub(1)
    }
}

/// A constant: its place in [`Graph::constants`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConstantId(pub u32);

/// What is applied to each number an operator yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Activation {
    /// Nothing.
    Linear,
    /// `max(x, 0)`.
    Relu,
    /// `min(max(x, 0), 6)`.
    Relu6,
    /// `x` above zero, `slope · x` below, one slope per channel.
    Prelu(ConstantId),
}

/// Rows and columns of zeros around a picture (of "no value" for pools).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Padding {
    /// Rows above.
    pub top: usize,
    /// Rows below.
    pub bottom: usize,
    /// Columns to the left.
    pub left: usize,
    /// Columns to the right.
    pub right: usize,
}

/// How a kernel is moved over a picture. Pairs are (rows, columns).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Size of the kernel.
    pub kernel: [usize; 2],
    /// Distance between two positions.
    pub stride: [usize; 2],
    /// What surrounds the picture.
    pub padding: Padding,
}

/// Arithmetic on two values, number by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arithmetic {
    /// `a + b`.
    Add,
    /// `a − b`.
    Subtract,
    /// `a · b`.
    Multiply,
    /// The lesser.
    Minimum,
    /// The greater.
    Maximum,
}

/// A function of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Function {
    /// `|x|`.
    Absolute,
    /// `x²`.
    Square,
    /// `1 / √x`.
    ReciprocalRoot,
    /// `1 / (1 + e⁻ˣ)`.
    Sigmoid,
}

/// Where the pixels of a resized picture lie in the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sampling {
    /// Pixel `i` lies at `i · scale`.
    Corner,
    /// Centre of pixel `i` lies at `(i + ½) · scale`.
    HalfPixel,
    /// First and last pixels of both pictures coincide.
    AlignCorners,
}

/// The axes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Axis {
    /// Rows.
    Height,
    /// Columns.
    Width,
    /// Numbers of a pixel.
    Channels,
}

/// One step of a net.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Op {
    /// Convolution; weights are rows × columns × channels in × channels out, one bias per channel out.
    Convolution {
        /// Kernel, stride, padding.
        window: Window,
        /// Weights.
        weights: ConstantId,
        /// Bias.
        bias: ConstantId,
        /// Applied last.
        activation: Activation,
    },
    /// One kernel per channel; weights are rows × columns × channels.
    Depthwise {
        /// Kernel, stride, padding.
        window: Window,
        /// Weights.
        weights: ConstantId,
        /// Bias.
        bias: ConstantId,
        /// Applied last.
        activation: Activation,
    },
    /// Every number with every number; weights are numbers in × numbers out.
    FullyConnected {
        /// Weights.
        weights: ConstantId,
        /// Bias.
        bias: ConstantId,
        /// Applied last.
        activation: Activation,
    },
    /// Two values of one shape; or the second is one pixel, or one number, used for all.
    Binary {
        /// What is done.
        kind: Arithmetic,
        /// Applied last.
        activation: Activation,
    },
    /// A value and a constant: one number, one per channel, or one per number.
    BinaryConstant {
        /// What is done; the constant is the second operand.
        kind: Arithmetic,
        /// The constant.
        constant: ConstantId,
    },
    /// An activation on its own.
    Activate(Activation),
    /// A function of each number.
    Apply(Function),
    /// Greatest of each window, per channel.
    MaxPool(Window),
    /// Mean of each window, per channel; padding does not count.
    AveragePool(Window),
    /// Zeros around the picture and after the channels.
    Pad {
        /// Rows and columns.
        padding: Padding,
        /// Channels appended.
        channels: usize,
    },
    /// Several values joined along an axis.
    Concatenate(Axis),
    /// Bilinear resizing.
    Resize {
        /// Rows wanted.
        height: usize,
        /// Columns wanted.
        width: usize,
        /// Where the pixels lie.
        sampling: Sampling,
    },
    /// Mean over rows and columns.
    GlobalAverage,
    /// Sum over the channels of each pixel.
    SumChannels,
    /// The same numbers, another shape.
    Reshape(Shape),
    /// Softmax over the channels of each pixel.
    Softmax,
}

/// An operator and the values it reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// What to do.
    pub op: Op,
    /// Values read, all earlier than this node's own.
    pub inputs: Vec<ValueId>,
}

/// A value the caller gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Its name in the original model.
    pub name: String,
    /// Which value.
    pub value: ValueId,
}

/// A whole net.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    /// Shape of the input.
    pub input: Shape,
    /// The steps in run order.
    pub nodes: Vec<Node>,
    /// What the caller gets, in order.
    pub outputs: Vec<Output>,
    /// Weights, biases, slopes.
    pub constants: Vec<Vec<f32>>,
}

impl Graph {
    /// The numbers of a constant; `None` for an id that does not exist.
    pub fn constant(&self, id: ConstantId) -> Option<&[f32]> {
        self.constants.get(id.0 as usize).map(Vec::as_slice)
    }

    /// Shapes of all values, the input first. Fails where the graph is not consistent.
    pub fn shapes(&self) -> Result<Vec<Shape>, GraphError> {
        infer_shapes(self)
    }
}
