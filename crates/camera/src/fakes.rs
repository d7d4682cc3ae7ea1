//! What this crate's own tests share. Other crates' tests use `portico-testkit`, which builds upon this crate.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use portico_types::{Clock, Frame, PixelFormat, Tick, UtcMillis};

use crate::Pacer;

/// A clock that stands still until it is told otherwise.
#[derive(Clone, Default)]
pub struct ManualClock(Arc<AtomicU64>);

impl ManualClock {
    /// Turns the clock forward.
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(by.as_nanos() as u64, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Tick {
        Tick::new(Duration::from_nanos(self.0.load(Ordering::SeqCst)))
    }

    fn utc(&self) -> UtcMillis {
        UtcMillis(1_800_000_000_000 + self.now().since_start().as_millis() as i64)
    }
}

impl Pacer for ManualClock {
    fn wait_until(&mut self, when: Tick) {
        self.advance(when.since(self.now()));
    }
}

/// A frame whose bytes differ from those of every other sequence number.
pub fn frame(sequence: u64) -> Frame {
    Frame {
        sequence,
        captured_at: Tick::ZERO,
        width: 1,
        height: 1,
        format: PixelFormat::Rgb8,
        bytes: Arc::from(sequence.to_le_bytes().as_slice()),
    }
}

/// The skeleton of a JPEG: every segment that the walk meets, with entropy data made of `fill`, a stuffed byte
/// and a restart marker.
pub fn jpeg(width: u16, height: u16, fill: u8) -> Vec<u8> {
    skeleton(width, height, fill, b"JFIF\0")
}

/// As [`jpeg`], with another whole picture in its application segment.
pub fn jpeg_with_thumbnail(width: u16, height: u16) -> Vec<u8> {
    skeleton(width, height, 5, &jpeg(16, 12, 6))
}

fn skeleton(width: u16, height: u16, fill: u8, application: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8];
    segment(&mut bytes, 0xE0, application);
    let [h1, h0] = height.to_be_bytes();
    let [w1, w0] = width.to_be_bytes();
    segment(&mut bytes, 0xC0, &[8, h1, h0, w1, w0, 1, 1, 0x11, 0]);
    segment(&mut bytes, 0xC4, &[0; 17]);
    segment(&mut bytes, 0xDA, &[1, 1, 0, 0, 63, 0]);
    bytes.extend([fill, fill, 0xFF, 0x00, fill, 0xFF, 0xD3, fill]);
    bytes.extend([0xFF, 0xD9]);
    bytes
}

fn segment(bytes: &mut Vec<u8>, marker: u8, body: &[u8]) {
    bytes.extend([0xFF, marker]);
    bytes.extend((body.len() as u16 + 2).to_be_bytes());
    bytes.extend(body);
}
