//! Renders the generated guests' visits, once; later demos find them in the cache.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use portico_cast::{
    AttackParams, ClipParams, Guest, Picture, TicketParams, cast, clip_cache, empty_clip_cache, render_ticket,
};

/// Frames of the empty room: short, because the playlist strings several together.
const EMPTY_FRAMES: usize = 5;

/// The visits of everybody, and the room without anybody.
pub struct Clips {
    /// One clip a guest, in the order of the cast.
    pub visits: Vec<PathBuf>,
    /// One clip for each ticket that is held up, as long as a visit.
    pub tickets: Vec<PathBuf>,
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
        tickets: Vec::new(),
        empty,
        visit_frames: params.frames(),
        empty_frames: EMPTY_FRAMES,
        frames_per_second: params.frames_per_second,
    })
}

/// Pixels a module, and light modules around the code, of the pictures that the backend makes.
const TICKET_PICTURE: (u32, u32) = (8, 4);

/// Films each of these tickets being held up from the first frame to the last. Not kept for later demos: each has keys
/// of its own.
pub fn film_tickets(codes: &[PathBuf], clips: &mut Clips) -> Result<()> {
    let hold_s = clips.visit_frames as f32 / clips.frames_per_second as f32;
    let course = AttackParams { arrive_s: 0.0, hold_s, leave_s: 0.0, ..AttackParams::default() };
    let params = TicketParams { course, ..TicketParams::default() };
    for (hand, path) in codes.iter().enumerate() {
        let code = image::open(path).with_context(|| format!("no code at {}", path.display()))?.into_rgb8();
        let (module, quiet) = TICKET_PICTURE;
        let (modules, (width, height)) = (code.width() / module - 2 * quiet, code.dimensions());
        let picture = Picture { width, height, rgb: code.into_raw() };
        let frames = render_ticket(&picture, modules, hand as u32, &params, &|_, _| {})?;
        let clip = path.with_extension("mjpeg");
        std::fs::write(&clip, frames.concat()).with_context(|| format!("cannot write {}", clip.display()))?;
        clips.tickets.push(clip);
    }
    Ok(())
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
