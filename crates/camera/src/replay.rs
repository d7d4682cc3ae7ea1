//! Recordings in place of a camera: for development, demos, journeys and machines without one.
//!
//! A [`Replay`] plays a [`Playlist`] at its own speed by the injected clock. A frame that is late is left out:
//! the newest that is due wins, as with a camera.

mod playlist;
mod progress;
mod reader;
mod timeline;

use std::sync::Arc;
use std::time::Duration;

use portico_types::{CameraFault, Clock, Frame, PixelFormat, Tick};

use crate::{CameraError, FrameSource, Negotiated, Pacer, ParkPacer, Want};
pub use playlist::{Gap, Item, Playlist};
pub use progress::{Playing, Progress};
use reader::Reader;
use timeline::{Picture, Rate, Timeline};

/// What comes after the last picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeat {
    /// [`CameraFault::Ended`], for ever.
    #[default]
    Once,
    /// The first picture.
    Forever,
}

/// How a recording is played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplayParams {
    /// Frames per second, at least 1.
    pub fps: u32,
    /// What comes after the end.
    pub repeat: Repeat,
    /// How much of the beginning is left out the first time.
    pub start_at: Duration,
}

impl Default for ReplayParams {
    /// The rate at which `portico_cast` writes guests.
    fn default() -> Self {
        Self { fps: 15, repeat: Repeat::Once, start_at: Duration::ZERO }
    }
}

/// A recording as a source of frames.
pub struct Replay {
    playlist: Playlist,
    params: ReplayParams,
    clock: Arc<dyn Clock>,
    pacer: Box<dyn Pacer>,
    progress: Progress,
    run: Option<Run>,
    sequence: u64,
    ended: bool,
}

/// A recording being played.
struct Run {
    timeline: Timeline,
    opened: Tick,
    /// The slot that was due when the recording was opened.
    first: u64,
    /// The first slot that has not been played, counted over all repetitions.
    next: u64,
    reader: Reader,
}

impl Replay {
    /// Plays `playlist` by `clock`.
    pub fn new(playlist: Playlist, params: ReplayParams, clock: Arc<dyn Clock>) -> Self {
        let pacer = Box::new(ParkPacer::new(Arc::clone(&clock)));
        Self::with_pacer(playlist, params, clock, pacer)
    }

    /// As [`new`](Self::new), but waits by `pacer`.
    pub fn with_pacer(
        playlist: Playlist,
        params: ReplayParams,
        clock: Arc<dyn Clock>,
        pacer: Box<dyn Pacer>,
    ) -> Self {
        let progress = Progress::default();
        Self { playlist, params, clock, pacer, progress, run: None, sequence: 0, ended: false }
    }

    /// A view of what is being played, for other threads.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Whether slot `slot` lies behind the end.
    fn is_over(&self, timeline: &Timeline, slot: u64) -> bool {
        self.params.repeat == Repeat::Once && slot >= timeline.slots()
    }
}

impl FrameSource for Replay {
    fn open(&mut self, _want: &Want) -> Result<Negotiated, CameraError> {
        if self.ended {
            return Err(over());
        }
        let timeline = Timeline::build(&self.playlist, Rate::new(self.params.fps))?;
        let first = timeline.rate().slot_at(self.params.start_at);
        if self.is_over(&timeline, first) {
            return Err(over());
        }
        let Picture { width, height, .. } = *timeline.cue(first).picture;
        let opened = self.clock.now();
        self.run = Some(Run { timeline, opened, first, next: first, reader: Reader::default() });
        let name = self.playlist.name.clone();
        Ok(Negotiated { name, width, height, format: PixelFormat::Jpeg, fps: self.params.fps.max(1) })
    }

    fn next(&mut self, deadline: Tick) -> Result<Option<Frame>, CameraError> {
        let Some(run) = &self.run else {
            return Err(CameraError::new(CameraFault::Driver, "the recording is not open"));
        };
        if self.is_over(&run.timeline, run.next) {
            self.ended = true;
            return Err(over());
        }
        let due = run.due(run.next);
        if self.clock.now() < due {
            self.pacer.wait_until(due.min(deadline));
        }
        let now = self.clock.now();
        if now < due { Ok(None) } else { self.play(now).map(Some) }
    }

    fn close(&mut self) {
        self.run = None;
        self.progress.set(None);
    }
}

impl Replay {
    /// Reads the newest picture that is due.
    fn play(&mut self, now: Tick) -> Result<Frame, CameraError> {
        let Some(run) = &mut self.run else { return Err(over()) };
        let due = run.timeline.rate().slot_at(run.timeline.rate().due(run.first) + now.since(run.opened));
        let slot = match self.params.repeat {
            Repeat::Once => due.min(run.timeline.slots() - 1),
            Repeat::Forever => due,
        };
        let cue = run.timeline.cue(slot);
        let bytes = run.reader.read(cue.picture)?;
        let (width, height) = (cue.picture.width, cue.picture.height);
        self.sequence += slot + 1 - run.next;
        self.progress.set(cue.item.map(|item| Playing { item, lap: slot / run.timeline.slots() }));
        let captured_at = run.due(slot);
        run.next = slot + 1;
        Ok(Frame { sequence: self.sequence, captured_at, width, height, format: PixelFormat::Jpeg, bytes })
    }
}

impl Run {
    /// When slot `slot` is to be seen.
    fn due(&self, slot: u64) -> Tick {
        let rate = self.timeline.rate();
        self.opened + rate.due(slot).saturating_sub(rate.due(self.first))
    }
}

fn over() -> CameraError {
    CameraError::new(CameraFault::Ended, "the recording is over")
}

#[cfg(test)]
mod tests;
