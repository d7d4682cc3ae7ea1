//! Our JPEG decoder against libjpeg-turbo: the same frame of a guest, to RGB.

use std::hint::black_box;
use std::path::Path;

use anyhow::Result;
use portico_vision::decode;

use crate::clip::Clip;
use crate::report::Report;
use crate::stopwatch::milliseconds;
use crate::turns::{self, Contestant};
use crate::yardsticks::Yardsticks;

/// Runs in one turn.
const RUNS: u32 = 3;

/// Times decoding one frame.
pub fn measure(
    clip: &Clip,
    directory: &Path,
    yardsticks: &Yardsticks,
    turns: usize,
    report: &mut Report,
) -> Result<()> {
    let frame = clip.frame(0);
    std::fs::write(directory.join("frame.jpg"), &frame.bytes)?;
    let ours: Contestant<'_> = Box::new(move || {
        milliseconds(RUNS, || {
            black_box(decode(&frame)?);
            Ok(())
        })
    });
    let mut contestants = vec![ours];
    contestants.extend(yardsticks.contestant("turbo/frame", RUNS));
    let times = turns::take(turns, &mut contestants)?;
    let compared = contestants.len() == 2;
    report.add("decode_720p_ms", times.median(0));
    report.add_if_known("decode_turbo_ms", compared.then(|| times.median(1)));
    report.add_if_known("decode_vs_libjpeg_turbo", compared.then(|| times.ratio(0, 1)));
    Ok(())
}
