//! Plays recorded frames to a [`Watcher`] and takes samples at the pace of a kiosk, to measure what a kiosk would get.
//! Not used by one.

use std::time::Duration;

use portico_types::{Frame, Sample, Subject, Tick, TrackId};

use crate::error::VisionError;
use crate::watcher::Watcher;

/// The samples of a recording: one whenever a face was good enough for as long as `held`, and so on after each. The
/// first is the one that a kiosk with that intent time identifies with; its `spoof` says whether it would warn.
/// Frames come in their order, each with the time at which it was taken.
pub fn rehearse(
    watcher: &mut Watcher,
    frames: impl Iterator<Item = Frame>,
    held: Duration,
) -> Result<Vec<Sample>, VisionError> {
    let mut samples = Vec::new();
    let mut good: Option<(TrackId, Tick)> = None;
    for frame in frames {
        let at = frame.captured_at;
        let subject = watcher.observe(&frame)?.subject;
        let Some(Subject { track, hint: None, .. }) = subject else {
            good = None;
            continue;
        };
        let (_, since) = good.filter(|(last, _)| *last == track).unwrap_or((track, at));
        good = Some((track, since));
        if at.since(since) >= held
            && let Some(sample) = watcher.sample(track)?
        {
            samples.push(sample);
            good = None;
        }
    }
    Ok(samples)
}

#[cfg(test)]
mod tests {
    use portico_types::PixelFormat;

    use super::*;
    use crate::fakes::{Stage, checkered};
    use crate::params::VisionParams;

    #[test]
    fn a_sample_is_taken_once_a_face_was_held_and_again_after_that() {
        let stage = Stage::empty();
        let mut watcher = Watcher::new(stage.models(), VisionParams::default());
        let picture = checkered(640, 480);
        let frames = (0..40).map(|number| {
            // Nobody at first, then a good near face.
            stage.show(if number < 5 { &[] } else { &[(96.0, 96.0, 64.0)] });
            let captured_at = Tick::from_millis(number * 100);
            let (width, height, bytes) = (640, 480, picture.pixels().into());
            Frame { sequence: number + 1, captured_at, width, height, format: PixelFormat::Rgb8, bytes }
        });
        let samples = rehearse(&mut watcher, frames, Duration::from_millis(600)).unwrap();
        assert_eq!(samples.len(), 5, "held since 500 ms, and each time again from the frame after");
        assert!(samples.iter().all(|sample| !sample.spoof.warning), "nothing moved, so nothing can be said");
    }
}
