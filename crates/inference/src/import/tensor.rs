//! Constant tensors as importers meet them: any rank, floats or integers.

use half::f16;

/// A constant with its original shape.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tensor {
    pub shape: Vec<usize>,
    pub data: Data,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Data {
    Floats(Vec<f32>),
    Integers(Vec<i32>),
}

impl Tensor {
    /// The numbers, if they are floats.
    pub fn floats(&self) -> Option<&[f32]> {
        match &self.data {
            Data::Floats(numbers) => Some(numbers),
            Data::Integers(_) => None,
        }
    }

    /// The numbers, if they are integers.
    pub fn integers(&self) -> Option<&[i32]> {
        match &self.data {
            Data::Integers(numbers) => Some(numbers),
            Data::Floats(_) => None,
        }
    }
}

pub(super) fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks().0.iter().map(|chunk| f32::from_le_bytes(*chunk)).collect()
}

pub(super) fn half_floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks().0.iter().map(|chunk| f16::from_le_bytes(*chunk).to_f32()).collect()
}

pub(super) fn integers(bytes: &[u8]) -> Vec<i32> {
    bytes.as_chunks().0.iter().map(|chunk| i32::from_le_bytes(*chunk)).collect()
}
