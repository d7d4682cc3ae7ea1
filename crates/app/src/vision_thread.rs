//! The one thread that looks at frames: newest frame in, observation out, and samples on request.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, TryRecvError};
use std::thread;
use std::time::Duration;

use portico_camera::FrameSlot;
use portico_types::{Observation, Sample, TrackId};
use portico_vision::Watcher;
use tokio::sync::oneshot;

use crate::stage_times::StageTimes;

/// How long a request for a sample may wait for the thread to look up from an empty slot.
const ATTENTION: Duration = Duration::from_millis(10);

enum Request {
    Sample { track: TrackId, answer: oneshot::Sender<Option<Sample>> },
}

/// What became of a frame.
#[derive(Debug)]
pub enum Look {
    /// It was looked at.
    Seen(Observation),
    /// It was not, because nobody is near and a later one is soon enough: its number.
    PassedOver(u64),
}

/// Whether frames are good enough to look at: closed while the camera warms up or is gone.
#[derive(Clone, Debug, Default)]
pub struct Gate(Arc<AtomicBool>);

impl Gate {
    /// Opens or closes; whether that changed anything.
    pub fn set_open(&self, open: bool) -> bool {
        self.0.swap(open, Ordering::AcqRel) != open
    }

    fn is_open(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// Asks the vision thread. The thread ends when the last handle is dropped.
#[derive(Clone)]
pub struct VisionHandle {
    requests: mpsc::Sender<Request>,
}

impl VisionHandle {
    /// Starts the thread. `dealt_with` hears of every frame taken while the gate is open and the pictures are whole; it
    /// must not block.
    pub fn spawn(
        watcher: Watcher,
        slot: FrameSlot,
        gate: Gate,
        times: StageTimes,
        dealt_with: impl Fn(Look) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (requests, inbox) = mpsc::channel();
        let looker = Looker { watcher, slot, gate, times, last: None };
        thread::Builder::new().name("vision".into()).spawn(move || looker.run(&inbox, dealt_with))?;
        Ok(Self { requests })
    }

    /// Nobody who looks: without usable models there is no sample of anybody.
    pub fn blind() -> Self {
        Self { requests: mpsc::channel().0 }
    }

    /// The best recent picture of `track`; `None` if the face is gone or the thread has ended.
    pub async fn sample(&self, track: TrackId) -> Option<Sample> {
        let (answer, answered) = oneshot::channel();
        self.requests.send(Request::Sample { track, answer }).ok()?;
        answered.await.ok().flatten()
    }
}

struct Looker {
    watcher: Watcher,
    slot: FrameSlot,
    gate: Gate,
    times: StageTimes,
    last: Option<u64>,
}

impl Looker {
    fn run(mut self, inbox: &mpsc::Receiver<Request>, dealt_with: impl Fn(Look)) {
        loop {
            match inbox.try_recv() {
                Ok(request) => self.answer(request),
                Err(TryRecvError::Empty) => {
                    if let Some(look) = self.look() {
                        dealt_with(look);
                    }
                }
                Err(TryRecvError::Disconnected) => return,
            }
        }
    }

    fn answer(&mut self, Request::Sample { track, answer }: Request) {
        let mut watch = self.times.watch();
        let sample = self
            .watcher
            .sample_watched(track, &mut |stage| watch.ended(stage.into()))
            .unwrap_or_else(|error| {
                tracing::warn!(%error, "no sample could be made");
                None
            });
        // Whoever asked may have given up.
        let _ = answer.send(sample);
    }

    fn look(&mut self) -> Option<Look> {
        let frame = self.slot.wait_newer(self.last, ATTENTION)?;
        self.last = Some(frame.sequence);
        if !self.gate.is_open() {
            self.watcher.reset();
            return None;
        }
        if !self.watcher.is_due(&frame) {
            return Some(Look::PassedOver(frame.sequence));
        }
        let mut watch = self.times.watch();
        match self.watcher.observe_watched(&frame, &mut |stage| watch.ended(stage.into())) {
            Ok(observation) => Some(Look::Seen(observation)),
            Err(error) => {
                tracing::debug!(%error, sequence = frame.sequence, "frame skipped");
                None
            }
        }
    }
}
