//! Several frames of one burst to one face vector.
//!
//! Their mean errs less than any of them: what blur, lids and noise do to one frame they do not do to all. Each frame
//! weighs as much as its quality. A frame that shows somebody else than the best one does is left out.

use portico_types::Embedding;

use crate::burst::Burst;
use crate::error::VisionError;
use crate::face::Stages;

/// Weight of a frame without any quality: no frame counts for nothing.
const LEAST_WEIGHT: f32 = 0.01;

/// What a burst says of a face.
pub(super) struct Evidence {
    /// Index of the best shot.
    pub best: usize,
    /// The vector of all frames that were combined.
    pub embedding: Embedding,
    /// How many those are.
    pub frames: usize,
}

/// Combines the frames of `burst`; `None` if it has none. Every chip is embedded at most once, however often its
/// burst is asked for.
pub(super) fn gather(burst: &mut Burst, stages: &mut Stages) -> Result<Option<Evidence>, VisionError> {
    let chosen = burst.evidence(&stages.params.burst);
    let Some((best, others)) = chosen.split_first() else { return Ok(None) };
    let (first, weight) = weighed(burst, *best, stages)?;
    let mut sum: Vec<f32> = first.values().iter().map(|value| value * weight).collect();
    let mut frames = 1;
    for index in others {
        let (other, weight) = weighed(burst, *index, stages)?;
        if first.cosine(&other) < stages.params.burst.same_person {
            continue;
        }
        for (total, value) in sum.iter_mut().zip(other.values()) {
            *total += value * weight;
        }
        frames += 1;
    }
    let embedding = if frames == 1 { first } else { Embedding::normalised(sum)? };
    Ok(Some(Evidence { best: *best, embedding, frames }))
}

/// The vector of a shot and its weight.
fn weighed(burst: &mut Burst, index: usize, stages: &mut Stages) -> Result<(Embedding, f32), VisionError> {
    let shot = burst.shot(index);
    let embedding = if let Some(known) = &shot.embedding {
        known.clone()
    } else {
        let (embedding, symmetry) = stages.embed(&shot.chip)?;
        // The score stays that of the camera's measures, so that later frames can be compared with it (I9).
        shot.quality.symmetry = symmetry;
        shot.embedding.insert(embedding).clone()
    };
    Ok((embedding, shot.quality.score.max(LEAST_WEIGHT)))
}

#[cfg(test)]
mod tests;
