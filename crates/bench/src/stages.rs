//! The stages as the kiosk runs them, with what surrounds each net: scaling, cutting out, mirroring.

use std::hint::black_box;
use std::path::Path;

use anyhow::{Context as _, Result};
use portico_vision::{DetectParams, Models, Square, decode};

use crate::clip::Clip;
use crate::report::Report;
use crate::stopwatch::milliseconds;
use crate::turns::{self, Contestant};

/// Times detection, landmarks and embedding of a guest at 720p.
pub fn measure(models: &Path, clip: &Clip, turns: usize, report: &mut Report) -> Result<()> {
    let Models { mut detector, mut landmarker, mut recogniser, .. } = Models::load(models)?;
    let picture = &decode(&clip.frame(0))?;
    let (square, params) = (Square::centre_of(picture), DetectParams::default());
    let found = detector.detect(picture, square, &params)?;
    let face = *found.first().context("the guest of the clip is not found")?;
    let chips = recogniser.blank();
    let mut contestants: [Contestant<'_>; 3] = [
        Box::new(move || milliseconds(1, || keep(detector.detect(picture, square, &params)))),
        Box::new(move || milliseconds(1, || keep(landmarker.find(picture, &face)))),
        Box::new(move || milliseconds(1, || keep(recogniser.embed(&chips)))),
    ];
    let times = turns::take(turns, &mut contestants)?;
    for (index, key) in ["detect_ms", "landmarks_ms", "embed_ms"].into_iter().enumerate() {
        report.add(key, times.median(index));
    }
    Ok(())
}

/// The result counts, what it says does not.
fn keep<T, E: Into<anyhow::Error>>(result: Result<T, E>) -> Result<()> {
    black_box(result.map_err(Into::into)?);
    Ok(())
}
