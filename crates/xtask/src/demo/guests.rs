//! Renders the generated guests' visits, once; later demos find them in the cache.

use std::path::{Path, PathBuf};

use anyhow::Result;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use portico_cast::{ClipParams, Guest, cast, clip_cache, empty_clip_cache};

/// Frames of the empty room: short, because the playlist strings several together.
const EMPTY_FRAMES: usize = 5;

/// The visits of everybody, and the room without anybody.
pub struct Clips {
    /// One clip a guest, in the order of the cast.
    pub visits: Vec<PathBuf>,
    /// The room without anybody.
    pub empty: PathBuf,
    /// Length of a visit in frames.
    pub visit_frames: usize,
    /// Length of `empty` in frames.
    pub empty_frames: usize,
    /// Frames per second of all of them.
    pub frames_per_second: u32,
}

/// Renders what is missing.
pub fn render(root: &Path) -> Result<Clips> {
    let (dir, params, guests) = (root.join("target/cast"), ClipParams::default(), cast());
    let bars = MultiProgress::new();
    let everybody = bars.add(bar(guests.len() as u64, "guests")?);
    let mut visits = Vec::new();
    for guest in &guests {
        visits.push(visit(&dir, guest, &params, &bars)?);
        everybody.inc(1);
    }
    let empty = empty_clip_cache(&dir, &params, EMPTY_FRAMES, &|_, _| {})?;
    everybody.finish_and_clear();
    Ok(Clips {
        visits,
        empty,
        visit_frames: params.frames(),
        empty_frames: EMPTY_FRAMES,
        frames_per_second: params.frames_per_second,
    })
}

fn visit(dir: &Path, guest: &Guest, params: &ClipParams, bars: &MultiProgress) -> Result<PathBuf> {
    let frames = bars.add(bar(params.frames() as u64, guest.slug())?);
    let clip = clip_cache(dir, guest, params, &|done, total| {
        frames.set_length(total as u64);
        frames.set_position(done as u64);
    })?;
    frames.finish_and_clear();
    Ok(clip)
}

fn bar(length: u64, name: &str) -> Result<ProgressBar> {
    let style = ProgressStyle::with_template("rendering {msg:24} {bar:30} {pos}/{len}")?;
    Ok(ProgressBar::new(length).with_style(style).with_message(name.to_owned()))
}
