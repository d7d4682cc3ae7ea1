//! What the camera sees: generated guests at 1280 × 720, as MJPEG, rendered once.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};
use portico_cast::{Camera, ClipParams, cast, clip_cache, empty_clip_cache};
use portico_types::{Frame, PixelFormat, Tick};

/// Frames per second of all clips.
pub const RATE: u32 = 15;

/// Frames at the beginning in which the guest is not yet standing.
const ARRIVING: usize = 5;
/// Frames of the empty room; only their noise differs.
const EMPTY: usize = 6;

/// Frames that are played again and again.
pub struct Clip {
    jpegs: Vec<std::sync::Arc<[u8]>>,
    params: ClipParams,
}

/// A guest who stands before the kiosk and looks at it.
pub fn standing_guest(directory: &Path) -> Result<Clip> {
    let params = ClipParams { approach_s: 0.2, stay_s: 1.8, leave_s: 0.0, empty_s: 0.0, ..params() };
    let cast = cast();
    let guest = cast.first().context("the cast is empty")?;
    let path = clip_cache(&directory.join("clips"), guest, &params, &|_, _| {})?;
    Clip::read(&path, params, ARRIVING)
}

/// The room with nobody in it.
pub fn nobody(directory: &Path) -> Result<Clip> {
    let params = params();
    let path = empty_clip_cache(&directory.join("clips"), &params, EMPTY, &|_, _| {})?;
    Clip::read(&path, params, 0)
}

/// A usual webcam at 720p: the field of view of the kiosk's camera at twice its resolution.
fn params() -> ClipParams {
    let camera = Camera { width: 1280, height: 720, focal_px: 1200.0, ..Camera::KIOSK };
    ClipParams { frames_per_second: RATE, camera, ..ClipParams::default() }
}

impl Clip {
    fn read(path: &Path, params: ClipParams, skip: usize) -> Result<Self> {
        let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let starts = bytes.windows(3).enumerate().filter(|(_, three)| *three == [0xFF, 0xD8, 0xFF]);
        let mut bounds: Vec<usize> = starts.map(|(at, _)| at).collect();
        bounds.push(bytes.len());
        let jpegs = bounds.windows(2).skip(skip).map(|pair| bytes[pair[0]..pair[1]].into()).collect();
        Ok(Self { jpegs, params })
    }

    /// Frame number `number` of an endless recording, as a camera would give it.
    pub fn frame(&self, number: u64) -> Frame {
        let index = (number % self.jpegs.len() as u64) as usize;
        let captured_at = Tick::new(Duration::from_secs(number) / RATE);
        let (width, height) = (self.params.camera.width, self.params.camera.height);
        let (format, bytes) = (PixelFormat::Jpeg, self.jpegs[index].clone());
        Frame { sequence: number, captured_at, width, height, format, bytes }
    }
}
