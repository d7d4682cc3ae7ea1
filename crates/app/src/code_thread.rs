//! The thread that reads codes in the camera's frames. Its own, beside the one that looks at faces: a code is read
//! without any net, also where faces are not looked at, and neither of the two ever waits for the other.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use portico_camera::FrameSlot;
use portico_types::Frame;
use portico_vision::{CodeInterest, CodeReader};

/// How often the thread looks up from an empty slot, to see whether it is still wanted.
const ATTENTION: Duration = Duration::from_millis(200);

const CLOSED: u8 = 0;
const CASUAL: u8 = 1;
const SOUGHT: u8 = 2;

/// Tells the thread whether codes are looked for, and how eagerly. The thread ends when this is dropped.
#[derive(Debug)]
pub struct CodeWatch(Arc<AtomicU8>);

impl CodeWatch {
    /// Starts the thread, which looks for nothing yet. `seen` hears every code each time that it is read, with the
    /// frame that shows it; it must not block.
    pub fn spawn(
        reader: CodeReader,
        slot: FrameSlot,
        seen: impl Fn(String, &Frame) + Send + 'static,
    ) -> std::io::Result<Self> {
        let interest = Arc::new(AtomicU8::new(CLOSED));
        let wanted = Arc::downgrade(&interest);
        let read = move || watch(reader, &slot, &wanted, seen);
        thread::Builder::new().name("codes".into()).spawn(read)?;
        Ok(Self(interest))
    }

    /// Looks for codes with this interest from now on; `None`: not at all.
    pub fn set(&self, interest: Option<CodeInterest>) {
        let wanted = match interest {
            None => CLOSED,
            Some(CodeInterest::Casual) => CASUAL,
            Some(CodeInterest::Sought) => SOUGHT,
        };
        self.0.store(wanted, Ordering::Release);
    }
}

fn watch(mut reader: CodeReader, slot: &FrameSlot, wanted: &Weak<AtomicU8>, seen: impl Fn(String, &Frame)) {
    let mut last = None;
    while let Some(interest) = wanted.upgrade().map(|wanted| wanted.load(Ordering::Acquire)) {
        let Some(frame) = slot.wait_newer(last, ATTENTION) else { continue };
        last = Some(frame.sequence);
        let interest = match interest {
            CASUAL => CodeInterest::Casual,
            SOUGHT => CodeInterest::Sought,
            _ => continue,
        };
        if !reader.is_due(frame.captured_at, interest) {
            continue;
        }
        match reader.read(&frame) {
            Ok(codes) => {
                for code in codes {
                    seen(code, &frame);
                }
            }
            Err(error) => tracing::debug!(%error, sequence = frame.sequence, "frame skipped"),
        }
    }
}
