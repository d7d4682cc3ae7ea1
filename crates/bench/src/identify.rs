//! One identification: from the wish to know who stands there to the kiosk's own answer.

use std::cell::Cell;
use std::hint::black_box;
use std::path::Path;

use anyhow::{Context as _, Result};
use portico_identify::{Calibrations, DecisionParams, DecisionPolicy};
use portico_vision::{Models, VisionParams, Watcher};

use crate::clip::Clip;
use crate::crowd;
use crate::report::Report;
use crate::stopwatch::milliseconds;
use crate::turns::{self, Contestant};

/// Guests in the gallery.
const GUESTS: usize = 10_000;
/// Frames of a guest before the question: half a second, which fills the burst.
const FRAMES: u64 = 8;

/// Times sample (crop and face vectors of the burst), search and decision together. Every turn has a fresh burst, so
/// that nothing is known beforehand.
pub fn measure(models: &Path, clip: &Clip, turns: usize, report: &mut Report) -> Result<()> {
    let policy =
        DecisionPolicy::new(Calibrations::load(&models.join("calibration"))?, DecisionParams::default());
    let models = Models::load(models)?;
    let gallery = crowd::gallery(models.model_id(), GUESTS)?;
    let mut watcher = Watcher::new(models, VisionParams::default());
    let (mut number, frames) = (0, Cell::new(0));
    let once: Contestant<'_> = Box::new(|| {
        watcher.reset();
        let mut seen = None;
        for _ in 0..FRAMES {
            seen = watcher.observe(&clip.frame(number))?.subject;
            number += 1;
        }
        let track = seen.context("the guest of the clip is not seen")?.track;
        milliseconds(1, || {
            let sample = watcher.sample(track)?.context("the guest of the clip gives no sample")?;
            let found = gallery.find(&sample.embedding, sample.quality.score);
            black_box(policy.decide(&found, &|_| false));
            frames.set(sample.frames);
            Ok(())
        })
    });
    let times = turns::take(turns, &mut [once])?;
    report.add("identify_once_ms", times.median(0));
    report.add("identify_once_frames", frames.get() as f64);
    Ok(())
}
