//! Processor time of looking at a camera's frames: everything that the vision thread does for them.

use std::path::Path;

use anyhow::Result;
use portico_vision::{Models, VisionParams, Watcher};

use crate::clip::{Clip, RATE};
use crate::report::Report;
use crate::stopwatch::processor_milliseconds;

/// Seconds of recording that are played: enough processor time to be counted well.
const SECONDS: u32 = 30;

/// Measures what a camera of 15 frames per second costs, in percent of one core: with a guest, and with nobody.
pub fn measure(models: &Path, guest: &Clip, nobody: &Clip, report: &mut Report) -> Result<()> {
    for (key, clip) in
        [("frame_loop_cpu_percent_at_15fps", guest), ("frame_loop_idle_cpu_percent_at_15fps", nobody)]
    {
        let mut watcher = Watcher::new(Models::load(models)?, VisionParams::default());
        // Memory is asked for and caches are filled before it counts.
        play(&mut watcher, clip, 0..u64::from(RATE))?;
        let before = processor_milliseconds();
        play(&mut watcher, clip, u64::from(RATE)..u64::from(RATE * (SECONDS + 1)))?;
        let used = before.zip(processor_milliseconds()).map(|(before, after)| after - before);
        report.add_if_known(key, used.map(|used| used / (f64::from(SECONDS) * 1e3) * 100.0));
    }
    Ok(())
}

fn play(watcher: &mut Watcher, clip: &Clip, numbers: std::ops::Range<u64>) -> Result<()> {
    for number in numbers {
        let frame = clip.frame(number);
        if watcher.is_due(&frame) {
            watcher.observe(&frame)?;
        }
    }
    Ok(())
}
