//! The live picture for the screen: always the newest frame, as JPEG, never a queue (I5).

use std::sync::Arc;
use std::time::Duration;

use portico_camera::FrameSlot;
use portico_types::Tick;
use tokio::sync::watch;

use crate::clock::Timer;
use crate::kiosk::Shown;
use crate::runner::Equipment;

/// JPEG quality of frames that the camera does not deliver as JPEG.
const QUALITY_PERCENT: u8 = 80;

/// A look at a frame takes 10 to 20 ms. Until it is so old, the picture waits for it: a screen that is busy painting the
/// picture would show what was seen in it 20 ms later.
const LONGEST_LOOK: Duration = Duration::from_millis(30);

/// One picture for the screen.
#[derive(Clone)]
pub struct PreviewFrame {
    /// The frame's number; ask for the next with it.
    pub sequence: u64,
    /// JPEG bytes.
    pub jpeg: Arc<[u8]>,
}

/// Hands out the newest frame.
#[derive(Clone)]
pub struct Preview {
    slot: FrameSlot,
    /// Number of the newest frame whose observation is part of the view.
    observed: watch::Receiver<Option<u64>>,
    timer: Arc<dyn Timer>,
}

impl Preview {
    pub(crate) fn new(slot: FrameSlot, shown: &Shown, equipment: &Equipment) -> Self {
        Self { slot, observed: shown.observed.clone(), timer: Arc::clone(&equipment.timer) }
    }

    /// The newest frame after number `after`, as soon as there is one and the view shows what was seen in it; `None` if none
    /// came within `patience` or the picture is damaged.
    pub async fn next(&self, after: Option<u64>, patience: Duration) -> Option<PreviewFrame> {
        let slot = self.slot.clone();
        let taken = tokio::task::spawn_blocking(move || {
            let frame = slot.wait_newer(after, patience)?;
            let jpeg = portico_vision::preview_jpeg(&frame, QUALITY_PERCENT).ok()?;
            Some((PreviewFrame { sequence: frame.sequence, jpeg }, frame.captured_at))
        });
        let (frame, captured_at) = taken.await.ok().flatten()?;
        self.looked_at(frame.sequence, captured_at).await;
        Some(frame)
    }

    /// Ends when frame `sequence` has been dealt with; soon after its capture in any case, for nobody may be looking.
    async fn looked_at(&self, sequence: u64, captured_at: Tick) {
        let mut observed = self.observed.clone();
        let too_late = self.timer.wait_until(captured_at + LONGEST_LOOK);
        tokio::select! {
            biased;
            Ok(_) = observed.wait_for(|newest| *newest >= Some(sequence)) => {}
            () = too_late => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::{Pin, pin};
    use std::task::{Context, Waker};

    use portico_types::{Frame, PixelFormat};

    use super::*;
    use crate::equipped::Equipped;

    /// When the frame was captured.
    const CAPTURED: Tick = Tick::from_millis(1_000);

    /// A timer that stands at this moment.
    struct At(Tick);

    impl Timer for At {
        fn wait_until(&self, moment: Tick) -> Pin<Box<dyn Future<Output = ()> + Send>> {
            if moment <= self.0 { Box::pin(std::future::ready(())) } else { Box::pin(std::future::pending()) }
        }
    }

    fn preview(timer: Arc<dyn Timer>) -> (Preview, watch::Sender<Option<u64>>) {
        let (sender, observed) = watch::channel(None);
        (Preview { slot: FrameSlot::new(), observed, timer }, sender)
    }

    /// Frame 5, of one pixel.
    fn frame() -> Frame {
        let (format, bytes) = (PixelFormat::Rgb8, Arc::from([0; 3].as_slice()));
        Frame { sequence: 5, captured_at: CAPTURED, width: 1, height: 1, format, bytes }
    }

    fn is_over(looked: Pin<&mut impl Future<Output = ()>>) -> bool {
        looked.poll(&mut Context::from_waker(Waker::noop())).is_ready()
    }

    #[tokio::test]
    async fn a_picture_waits_for_what_was_seen_in_it() {
        let (preview, observed) = preview(Equipped::new().equipment.timer);
        let mut looked = pin!(preview.looked_at(5, CAPTURED));
        assert!(!is_over(looked.as_mut()));
        observed.send_replace(Some(4));
        assert!(!is_over(looked.as_mut()), "that was the one before");
        observed.send_replace(Some(5));
        assert!(is_over(looked.as_mut()));
    }

    #[tokio::test]
    async fn a_picture_at_which_nobody_looks_waits_until_it_is_as_old_as_the_longest_look() {
        for (age, waits) in [(0, true), (29, true), (30, false), (70, false)] {
            let now = CAPTURED + Duration::from_millis(age);
            let (preview, _observed) = preview(Arc::new(At(now)));
            assert_eq!(is_over(pin!(preview.looked_at(5, CAPTURED))), !waits, "{age} ms after its capture");
        }
    }

    #[tokio::test]
    async fn a_picture_that_is_asked_for_late_is_handed_out_at_once() {
        let (preview, _observed) = preview(Arc::new(At(CAPTURED + LONGEST_LOOK)));
        preview.slot.publish(frame());
        let next = tokio::time::timeout(Duration::from_secs(5), preview.next(None, Duration::ZERO));
        assert_eq!(next.await.unwrap().map(|picture| picture.sequence), Some(5));
    }

    #[tokio::test]
    async fn a_kiosk_that_ends_shows_its_last_picture_in_time() {
        let (preview, observed) = preview(Arc::new(At(CAPTURED + LONGEST_LOOK)));
        drop(observed);
        assert!(is_over(pin!(preview.looked_at(5, CAPTURED))));
    }
}
