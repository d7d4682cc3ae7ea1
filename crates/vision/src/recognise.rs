//! An aligned face to a face vector, by one recogniser or by two whose opinions are weighed.

mod entry;
mod fault;
mod own;

use portico_inference::Model;
use portico_inference::models::Normalisation;
use portico_types::{Embedding, ModelId};

use crate::align::{CHIP_SIDE, Chip, Chips, Template};
use crate::error::VisionError;

pub use entry::ChannelOrder;
pub(crate) use entry::Settings;
pub use fault::{OwnFault, OwnRecogniserError, RecogniserFault};

/// How a face is brought to a recogniser, and what is expected back.
#[derive(Clone, Debug, PartialEq)]
pub struct Preparation {
    /// Size of the picture, and where the face lies in it.
    pub template: Template,
    /// Order of the colours.
    pub channels: ChannelOrder,
    /// What is done to each number of a pixel, in that order of colours.
    pub normalisation: Normalisation,
    /// Whether the mirror image is embedded too and both vectors are summed: a point of rank-1 better, at twice the
    /// cost.
    pub mirrored: bool,
    /// How many numbers the vector has.
    pub dimension: usize,
}

/// The last stage.
pub struct Recogniser {
    parts: Vec<Part>,
    templates: Vec<Template>,
    model: ModelId,
}

/// One net's share.
struct Part {
    net: Box<dyn Model>,
    /// Which of the net's outputs is the vector.
    output: usize,
    /// Which of the further chips it takes; `None` is the measured one.
    chip: Option<usize>,
    preparation: Preparation,
    /// What its unit vector is multiplied by.
    scale: f32,
    input: Vec<f32>,
    /// How alike the last chip and its mirror image were.
    symmetry: Option<f32>,
}

impl Recogniser {
    /// Takes a model that makes one vector of a picture; `model` names it and its preparation.
    pub fn new(
        net: Box<dyn Model>,
        preparation: Preparation,
        model: ModelId,
    ) -> Result<Self, RecogniserFault> {
        let side = preparation.template.side();
        let (expected, found) = ([side, side, 3], net.input_shape());
        if found != expected {
            return Err(RecogniserFault::Input { expected, found });
        }
        let own = preparation.template != Template::arcface(CHIP_SIDE);
        let templates = if own { vec![preparation.template.clone()] } else { Vec::new() };
        let (chip, input) = (own.then_some(0), vec![0.0; side * side * 3]);
        let mut part = Part { net, output: 0, chip, preparation, scale: 1.0, input, symmetry: None };
        part.find_output()?;
        Ok(Self { parts: vec![part], templates, model })
    }

    /// One recogniser out of two. The cosine of its vectors is the two cosines' weighted mean: `weight` for the
    /// second, the rest for the first.
    pub fn fused(first: Self, second: Self, weight: f32, model: ModelId) -> Self {
        let weight = weight.clamp(0.0, 1.0);
        let (mut parts, mut templates) = (Vec::new(), Vec::new());
        for (recogniser, weight) in [(first, 1.0 - weight), (second, weight)] {
            let before = templates.len();
            templates.extend(recogniser.templates);
            parts.extend(recogniser.parts.into_iter().map(|part| Part {
                chip: part.chip.map(|index| index + before),
                // Vectors laid end to end have the sum of the inner products of their pieces.
                scale: part.scale * weight.sqrt(),
                ..part
            }));
        }
        Self { parts, templates, model }
    }

    /// What made the embeddings.
    pub fn model(&self) -> &ModelId {
        &self.model
    }

    /// Where it wants the face, beyond the measured chip.
    pub fn templates(&self) -> &[Template] {
        &self.templates
    }

    /// Black chips of all kinds that it takes.
    pub fn blank(&self) -> Chips {
        Chips::black(&self.templates)
    }

    /// The unit-length vector of a face.
    pub fn embed(&mut self, chips: &Chips) -> Result<Embedding, VisionError> {
        let mut vector = Vec::new();
        for part in &mut self.parts {
            let chip = part.chip.map_or(Some(chips.measured()), |index| chips.further(index));
            let unit = part.embed(chip.ok_or(VisionError::Picture("aligned"))?)?;
            vector.extend(unit.values().iter().map(|value| value * part.scale));
        }
        Ok(Embedding::normalised(vector)?)
    }

    /// How alike the face that was embedded last and its mirror image are to the first of its nets, as a cosine;
    /// `None` if that looks at one of them only.
    pub fn symmetry(&self) -> Option<f32> {
        self.parts.first()?.symmetry
    }
}

impl Part {
    /// Runs the net on a black picture to see which output is the vector.
    fn find_output(&mut self) -> Result<(), RecogniserFault> {
        let expected = self.preparation.dimension;
        let outputs = self.net.run(&self.input)?;
        let lengths: Vec<_> = outputs.iter().map(|output| output.len()).collect();
        let Some(output) = lengths.iter().position(|length| *length == expected) else {
            return Err(RecogniserFault::Dimension { expected, found: lengths });
        };
        if outputs[output].iter().any(|number| !number.is_finite()) {
            return Err(RecogniserFault::NotFinite);
        }
        self.output = output;
        Ok(())
    }

    fn embed(&mut self, chip: &Chip) -> Result<Embedding, VisionError> {
        let Preparation { channels, normalisation, mirrored, .. } = &self.preparation;
        let mirrored = *mirrored;
        let pixels = chip.pixels().as_chunks::<3>().0;
        for (value, pixel) in self.input.as_chunks_mut::<3>().0.iter_mut().zip(pixels) {
            *value = normalisation.apply(channels.ordered(*pixel));
        }
        let mut sum = self.run()?;
        if mirrored {
            for row in self.input.chunks_exact_mut(chip.side() * 3) {
                row.as_chunks_mut::<3>().0.reverse();
            }
            let mirror_image = self.run()?;
            self.symmetry = Some(cosine(&sum, &mirror_image));
            for (total, value) in sum.iter_mut().zip(mirror_image) {
                *total += value;
            }
        }
        Ok(Embedding::normalised(sum)?)
    }

    fn run(&mut self) -> Result<Vec<f32>, VisionError> {
        let outputs = self.net.run(&self.input)?;
        let vector = outputs
            .get(self.output)
            .ok_or(RecogniserFault::Dimension { expected: self.preparation.dimension, found: Vec::new() })?;
        Ok(vector.to_vec())
    }
}

/// 0 for vectors without length.
fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    let lengths = (dot(a, a) * dot(b, b)).sqrt();
    if lengths > 0.0 { dot(a, b) / lengths } else { 0.0 }
}

#[cfg(test)]
mod tests;
