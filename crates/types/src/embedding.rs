//! Face vectors.

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// Names a recogniser together with its preprocessing, e.g. `mobilefacenet-repaired-192-mirrored/1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ModelId(pub String);

/// A face vector of unit length. It is biometric data: it has no `Display`, and `Debug` shows only its size.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Embedding(Vec<f32>);

/// Why numbers are not an embedding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmbeddingError {
    /// No numbers at all, all zero, or not finite.
    #[error("a face vector must be finite and not all zero")]
    Degenerate,
    /// A stored vector whose byte length is no multiple of four.
    #[error("a stored face vector must be a whole number of 32-bit floats")]
    Torn,
}

impl Embedding {
    /// Scales `values` to unit length.
    pub fn normalised(mut values: Vec<f32>) -> Result<Self, EmbeddingError> {
        let length = values.iter().map(|v| v * v).sum::<f32>().sqrt();
        if !length.is_finite() || length < 1e-12 {
            return Err(EmbeddingError::Degenerate);
        }
        for value in &mut values {
            *value /= length;
        }
        Ok(Self(values))
    }

    /// The numbers, `dimension` of them.
    pub fn values(&self) -> &[f32] {
        &self.0
    }

    /// Cosine similarity, −1 to 1. Vectors of different dimension are not comparable and give −1.
    pub fn cosine(&self, other: &Self) -> f32 {
        if self.0.len() != other.0.len() {
            return -1.0;
        }
        self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum()
    }

    /// Little-endian 32-bit floats, the form that databases and the HTTP contract carry.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|v| v.to_le_bytes()).collect()
    }

    /// Reads what [`Self::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EmbeddingError> {
        let (chunks, rest) = bytes.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(EmbeddingError::Torn);
        }
        Self::normalised(chunks.iter().map(|c| f32::from_le_bytes(*c)).collect())
    }
}

/// Overwrites the numbers; what is left resembles nobody.
impl Zeroize for Embedding {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for Embedding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Embedding({} numbers)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_survives_storage_and_keeps_unit_length() {
        let embedding = Embedding::normalised(vec![3.0, 0.0, 4.0]).unwrap();
        let back = Embedding::from_bytes(&embedding.to_bytes()).unwrap();
        assert!(
            (back.cosine(&embedding) - 1.0).abs() < 1e-6,
            "storage must not change whom a vector resembles"
        );
    }

    #[test]
    fn rubbish_is_refused_rather_than_compared() {
        assert_eq!(Embedding::normalised(vec![0.0; 4]), Err(EmbeddingError::Degenerate));
        assert_eq!(Embedding::normalised(vec![f32::NAN, 1.0]), Err(EmbeddingError::Degenerate));
        assert_eq!(Embedding::from_bytes(&[1, 2, 3]), Err(EmbeddingError::Torn));
    }

    #[test]
    fn vectors_of_different_models_never_look_alike() {
        let short = Embedding::normalised(vec![1.0]).unwrap();
        let long = Embedding::normalised(vec![1.0, 0.0]).unwrap();
        assert!(short.cosine(&long) < 0.0);
    }

    #[test]
    fn a_log_line_never_shows_the_numbers() {
        let shown = format!("{:?}", Embedding::normalised(vec![0.6, 0.8]).unwrap());
        assert!(!shown.contains("0.6"), "{shown}");
    }
}
