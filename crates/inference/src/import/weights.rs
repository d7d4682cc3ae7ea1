//! The weights of a TensorFlow.js model: a list of named tensors, one after another in one file, maybe quantised.

use std::collections::HashMap;

use serde::Deserialize;

use super::error::ImportError;
use super::tensor::{self, Data, Tensor};

/// Tensors that share files.
#[derive(Deserialize)]
pub(super) struct Group {
    weights: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    shape: Vec<usize>,
    dtype: Kind,
    quantization: Option<Quantization>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Float32,
    Float16,
    Int32,
    Uint8,
    Uint16,
}

#[derive(Deserialize)]
struct Quantization {
    dtype: Kind,
    #[serde(default)]
    scale: f32,
    #[serde(default)]
    min: f32,
}

/// All tensors by name. The bytes must be exactly those that the list describes.
pub(super) fn read(groups: &[Group], mut bytes: &[u8]) -> Result<HashMap<String, Tensor>, ImportError> {
    let mut tensors = HashMap::new();
    for entry in groups.iter().flat_map(|group| &group.weights) {
        let size = entry.size().ok_or_else(|| entry.refused("its size is not sensible"))?;
        let (own, rest) =
            bytes.split_at_checked(size).ok_or_else(|| entry.refused("the file ends before it does"))?;
        bytes = rest;
        let tensor = Tensor { shape: entry.shape.clone(), data: entry.data(own)? };
        tensors.insert(entry.name.clone(), tensor);
    }
    if bytes.is_empty() {
        Ok(tensors)
    } else {
        Err(ImportError::Weights("the file has bytes to spare".into()))
    }
}

impl Entry {
    fn stored(&self) -> Kind {
        self.quantization.as_ref().map_or(self.dtype, |quantization| quantization.dtype)
    }

    fn size(&self) -> Option<usize> {
        let each: usize = match self.stored() {
            Kind::Float32 | Kind::Int32 => 4,
            Kind::Float16 | Kind::Uint16 => 2,
            Kind::Uint8 => 1,
        };
        self.shape.iter().try_fold(each, |size, axis| size.checked_mul(*axis))
    }

    fn data(&self, bytes: &[u8]) -> Result<Data, ImportError> {
        let floats = match (&self.quantization, self.stored()) {
            (None, Kind::Float32) => tensor::floats(bytes),
            (None, Kind::Int32) => return Ok(Data::Integers(tensor::integers(bytes))),
            (Some(_), Kind::Float16) => tensor::half_floats(bytes),
            (Some(steps), Kind::Uint8) => bytes.iter().map(|byte| steps.value(f32::from(*byte))).collect(),
            (Some(steps), Kind::Uint16) => bytes
                .as_chunks()
                .0
                .iter()
                .map(|pair| steps.value(f32::from(u16::from_le_bytes(*pair))))
                .collect(),
            _ => return Err(self.refused("its type is not supported")),
        };
        Ok(Data::Floats(floats))
    }

    fn refused(&self, reason: &str) -> ImportError {
        ImportError::Weights(format!("`{}`: {reason}", self.name))
    }
}

impl Quantization {
    fn value(&self, step: f32) -> f32 {
        step * self.scale + self.min
    }
}
