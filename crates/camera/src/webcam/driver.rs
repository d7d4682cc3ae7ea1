//! The one thread that calls nokhwa, for as long as the [`super::Webcam`] lives.
//!
//! On Windows all calls must come from the thread that made the first; on macOS unread frames pile up, so the
//! stream is read without pause. A driver that hangs holds this thread and nobody else.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::thread;
use std::time::Duration;

use nokhwa::{Buffer, Camera};
use portico_types::{CameraFault, Clock, Frame, PixelFormat, Tick};

use super::mailbox::Mailbox;
use super::{CameraSwitch, Choice, device, formats};
use crate::{CameraError, Negotiated, Want, jpeg};

/// A driver's time stamp is believed if it is no older than this.
const CREDIBLE_AGE: Duration = Duration::from_secs(1);

/// The wish to open a camera and read it until the mailbox is closed.
pub(super) struct OpenRequest {
    pub choice: Choice,
    pub switch: CameraSwitch,
    pub want: Want,
    pub stream: Arc<Mailbox>,
    pub reply: SyncSender<Result<Negotiated, CameraError>>,
}

/// Starts the thread. It ends when the sender is dropped.
pub(super) fn start(clock: Arc<dyn Clock>) -> io::Result<Sender<OpenRequest>> {
    let (requests, inbox) = mpsc::channel();
    thread::Builder::new().name("camera-driver".into()).spawn(move || serve(&inbox, &*clock))?;
    Ok(requests)
}

fn serve(inbox: &Receiver<OpenRequest>, clock: &dyn Clock) {
    let mut sequence = 0;
    while let Ok(OpenRequest { choice, switch, want, stream, reply }) = inbox.recv() {
        let (mut camera, negotiated) = match guarded(|| device::open(&choice, &switch, &want)) {
            Ok(opened) => opened,
            Err(error) => {
                // Nobody may be waiting any more; the next request asks again.
                let _ = reply.send(Err(error));
                continue;
            }
        };
        if reply.send(Ok(negotiated)).is_ok() {
            read(&mut camera, &stream, clock, &mut sequence);
        }
        let closed = guarded(|| {
            drop(camera);
            Ok(())
        });
        if let Err(error) = closed {
            tracing::warn!(%error, "the camera did not close cleanly");
        }
    }
}

/// Reads frames until nobody wants them or the stream breaks.
fn read(camera: &mut Camera, stream: &Mailbox, clock: &dyn Clock, sequence: &mut u64) {
    while !stream.is_closed() {
        match guarded(|| Ok(camera.frame()?)) {
            Ok(buffer) => {
                *sequence += 1;
                stream.put(to_frame(&buffer, *sequence, captured_at(&buffer, clock)));
            }
            Err(error) => {
                // One lost picture looks like a broken stream to nokhwa; opening again mends both.
                stream.put(Err(error));
                return;
            }
        }
    }
}

/// nokhwa and the libraries below it panic in places; a camera must never take the kiosk down.
fn guarded<T>(call: impl FnOnce() -> Result<T, CameraError>) -> Result<T, CameraError> {
    catch_unwind(AssertUnwindSafe(call))
        .unwrap_or_else(|_| Err(CameraError::new(CameraFault::Driver, "the driver's library panicked")))
}

/// The driver's own time stamp is in wall-clock time. It is carried over as an age.
fn captured_at(buffer: &Buffer, clock: &dyn Clock) -> Tick {
    let now = clock.now();
    let wall = Duration::from_millis(u64::try_from(clock.utc().0).unwrap_or_default());
    let age = buffer.capture_timestamp().and_then(|stamp| wall.checked_sub(stamp));
    now - age.filter(|age| *age <= CREDIBLE_AGE).unwrap_or_default()
}

/// Cuts the picture out of the driver's buffer, which may be larger.
fn to_frame(buffer: &Buffer, sequence: u64, captured_at: Tick) -> Result<Frame, CameraError> {
    let torn =
        || CameraError::new(CameraFault::Torn, format!("{} bytes hold no picture", buffer.buffer().len()));
    let size = buffer.resolution();
    let (mut width, mut height) = (size.width(), size.height());
    let format = formats::layout(buffer.source_frame_format())
        .ok_or_else(|| CameraError::new(CameraFault::Format, "the camera has changed its format"))?;
    let pixels = width as usize * height as usize;
    let range = match format {
        PixelFormat::Jpeg => {
            let picture = jpeg::first(buffer.buffer(), (width, height)).ok_or_else(torn)?;
            (width, height) = (picture.width, picture.height);
            picture.range
        }
        PixelFormat::Yuyv => 0..pixels * 2,
        PixelFormat::Nv12 => 0..pixels * 3 / 2,
        PixelFormat::Rgb8 => 0..pixels * 3,
    };
    let bytes = buffer.buffer().get(range).ok_or_else(torn)?.into();
    Ok(Frame { sequence, captured_at, width, height, format, bytes })
}

#[cfg(test)]
mod tests {
    use nokhwa::utils::{FrameFormat, Resolution};

    use super::*;
    use crate::fakes::{self, ManualClock};

    fn buffer(width: u32, height: u32, format: FrameFormat, bytes: &[u8]) -> Buffer {
        Buffer::new(Resolution::new(width, height), bytes, format)
    }

    fn fault(result: Result<Frame, CameraError>) -> CameraFault {
        result.unwrap_err().fault
    }

    #[test]
    fn a_jpeg_buffer_is_cut_to_its_picture_and_tells_its_size() {
        let picture = fakes::jpeg(800, 600, 1);
        let padded = [&picture[..], &[0; 1000]].concat();
        let frame = to_frame(&buffer(640, 480, FrameFormat::MJPEG, &padded), 7, Tick::ZERO).unwrap();
        assert_eq!(*frame.bytes, *picture);
        assert_eq!((frame.sequence, frame.width, frame.height), (7, 800, 600));
    }

    #[test]
    fn raw_buffers_are_cut_to_what_their_size_needs() {
        for (format, bytes) in [(FrameFormat::YUYV, 16), (FrameFormat::NV12, 12), (FrameFormat::RAWRGB, 24)] {
            let frame = to_frame(&buffer(4, 2, format, &[9; 100]), 1, Tick::ZERO).unwrap();
            assert_eq!(frame.bytes.len(), bytes, "{format}");
        }
    }

    #[test]
    fn a_buffer_that_is_too_short_is_torn() {
        assert_eq!(
            fault(to_frame(&buffer(4, 2, FrameFormat::YUYV, &[9; 15]), 1, Tick::ZERO)),
            CameraFault::Torn
        );
        assert_eq!(
            fault(to_frame(&buffer(4, 2, FrameFormat::MJPEG, &[9; 15]), 1, Tick::ZERO)),
            CameraFault::Torn
        );
    }

    #[test]
    fn a_panic_in_a_driver_is_a_fault_like_any_other() {
        let result: Result<(), CameraError> =
            guarded(|| std::panic::resume_unwind(Box::new("as nokhwa does")));
        assert_eq!(result.unwrap_err().fault, CameraFault::Driver);
    }

    #[test]
    fn the_drivers_time_stamp_counts_if_it_is_credible() {
        let clock = ManualClock::default();
        clock.advance(Duration::from_secs(100));
        let wall = Duration::from_millis(clock.utc().0 as u64);
        let stamped = |stamp| Buffer::with_timestamp(Resolution::new(1, 1), &[], FrameFormat::YUYV, stamp);
        let at = |stamp| captured_at(&stamped(stamp), &clock);
        assert_eq!(at(wall.checked_sub(Duration::from_millis(40))), Tick::from_millis(99_960));
        let now = clock.now();
        assert_eq!(at(None), now);
        assert_eq!(at(Some(wall + Duration::from_secs(9))), now, "a stamp from the future is no stamp");
        assert_eq!(at(Some(Duration::from_secs(5))), now, "nor is one from another epoch");
    }
}
