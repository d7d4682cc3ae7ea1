//! An aligned face to a face vector.

use portico_inference::Model;
use portico_types::{Embedding, ModelId};

use crate::align::{CHIP_SIDE, Chip};
use crate::error::VisionError;

/// The last stage. The chip and its mirror image are both embedded and summed: a point of rank-1 better than one.
pub struct Recogniser {
    net: Box<dyn Model>,
    model: ModelId,
    input: Vec<f32>,
    symmetry: f32,
}

impl Recogniser {
    /// Takes a model that makes one vector of a 112 × 112 × 3 chip; `model` names it and this preprocessing.
    pub fn new(net: Box<dyn Model>, model: ModelId) -> Result<Self, VisionError> {
        if net.input_shape() != [CHIP_SIDE, CHIP_SIDE, 3] {
            return Err(VisionError::WrongModel { stage: "recogniser", fault: "does not take 112x112x3" });
        }
        Ok(Self { net, model, input: vec![0.0; CHIP_SIDE * CHIP_SIDE * 3], symmetry: 0.0 })
    }

    /// What made the embeddings.
    pub fn model(&self) -> &ModelId {
        &self.model
    }

    /// The unit-length vector of a face.
    pub fn embed(&mut self, chip: &Chip) -> Result<Embedding, VisionError> {
        for (value, byte) in self.input.iter_mut().zip(chip.pixels()) {
            *value = (f32::from(*byte) - 127.5) / 128.0;
        }
        let mut sum = self.run()?;
        for row in self.input.chunks_exact_mut(CHIP_SIDE * 3) {
            row.as_chunks_mut::<3>().0.reverse();
        }
        let mirrored = self.run()?;
        self.symmetry = cosine(&sum, &mirrored);
        for (total, value) in sum.iter_mut().zip(mirrored) {
            *total += value;
        }
        Ok(Embedding::normalised(sum)?)
    }

    /// How alike the chip that was embedded last and its mirror image are, as a cosine.
    pub fn symmetry(&self) -> f32 {
        self.symmetry
    }

    fn run(&mut self) -> Result<Vec<f32>, VisionError> {
        let outputs = self.net.run(&self.input)?;
        let first =
            outputs.first().ok_or(VisionError::WrongModel { stage: "recogniser", fault: "gives nothing" })?;
        Ok(first.to_vec())
    }
}

/// 0 for vectors without length.
fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    let lengths = (dot(a, a) * dot(b, b)).sqrt();
    if lengths > 0.0 { dot(a, b) / lengths } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes::FakeNet;

    fn recogniser() -> Recogniser {
        // Gives back the first pixel that it sees, and a one.
        let net = FakeNet::computing([CHIP_SIDE, CHIP_SIDE, 3], |input| {
            vec![vec![input[0], input[1], input[2], 1.0]]
        });
        Recogniser::new(net, ModelId("fake/1".into())).unwrap()
    }

    #[test]
    fn a_face_and_its_mirror_image_have_one_vector() {
        let mut pixels = vec![100; CHIP_SIDE * CHIP_SIDE * 3];
        pixels[0] = 250;
        let mut mirrored = vec![100; CHIP_SIDE * CHIP_SIDE * 3];
        mirrored[(CHIP_SIDE - 1) * 3] = 250;
        let plain = recogniser().embed(&Chip::from_pixels(pixels)).unwrap();
        let other = recogniser().embed(&Chip::from_pixels(mirrored)).unwrap();
        assert!((plain.cosine(&other) - 1.0).abs() < 1e-6, "both orders of the same sum");
        let even = recogniser().embed(&Chip::from_pixels(vec![100; CHIP_SIDE * CHIP_SIDE * 3])).unwrap();
        assert!(plain.cosine(&even) < 0.999, "the pixel must count");
    }

    #[test]
    fn a_model_for_other_chips_is_refused() {
        let net = FakeNet::boxed([160, 160, 3], vec![vec![1.0]]);
        assert!(matches!(Recogniser::new(net, ModelId("x".into())), Err(VisionError::WrongModel { .. })));
    }
}
