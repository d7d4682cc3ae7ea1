//! The arithmetic: one file per family of operators. Shapes were checked when the net was loaded.
#![expect(
    clippy::inline_always,
    reason = "kernels must be compiled into the function that enables the instructions they are compiled for"
)]

pub(super) mod convolution;
pub(super) mod depthwise;
pub(super) mod elementwise;
pub(super) mod epilogue;
pub(super) mod geometry;
pub(super) mod layout;
pub(super) mod matrix;
pub(super) mod pool;
pub(super) mod resize;
