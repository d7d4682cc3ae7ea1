//! The live picture for the screen: always the newest frame, as JPEG, never a queue (I5).

use std::sync::Arc;
use std::time::Duration;

use portico_camera::FrameSlot;
use portico_types::Clock;
use tokio::sync::watch;

use crate::clock::Timer;
use crate::kiosk::Shown;
use crate::runner::Equipment;

/// JPEG quality of frames that the camera does not deliver as JPEG.
const QUALITY_PERCENT: u8 = 80;

/// A look at a frame takes 10 to 20 ms. For so long the picture waits for it: a screen that is busy painting the picture would
/// show what was seen in it 20 ms later.
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
    clock: Arc<dyn Clock>,
    timer: Arc<dyn Timer>,
}

impl Preview {
    pub(crate) fn new(slot: FrameSlot, shown: &Shown, equipment: &Equipment) -> Self {
        let (clock, timer) = (Arc::clone(&equipment.clock), Arc::clone(&equipment.timer));
        Self { slot, observed: shown.observed.clone(), clock, timer }
    }

    /// The newest frame after number `after`, as soon as there is one and the view shows what was seen in it; `None` if none
    /// came within `patience` or the picture is damaged.
    pub async fn next(&self, after: Option<u64>, patience: Duration) -> Option<PreviewFrame> {
        let slot = self.slot.clone();
        let taken = tokio::task::spawn_blocking(move || {
            let frame = slot.wait_newer(after, patience)?;
            let jpeg = portico_vision::preview_jpeg(&frame, QUALITY_PERCENT).ok()?;
            Some(PreviewFrame { sequence: frame.sequence, jpeg })
        });
        let frame = taken.await.ok().flatten()?;
        self.looked_at(frame.sequence).await;
        Some(frame)
    }

    /// Ends when frame `sequence` has been dealt with; soon in any case, for nobody may be looking.
    async fn looked_at(&self, sequence: u64) {
        let mut observed = self.observed.clone();
        let too_late = self.timer.wait_until(self.clock.now() + LONGEST_LOOK);
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

    use portico_types::Tick;

    use super::*;
    use crate::equipped::Equipped;

    /// A timer whose moment has always come.
    struct Over;

    impl Timer for Over {
        fn wait_until(&self, _: Tick) -> Pin<Box<dyn Future<Output = ()> + Send>> {
            Box::pin(std::future::ready(()))
        }
    }

    fn preview(timer: Arc<dyn Timer>) -> (Preview, watch::Sender<Option<u64>>) {
        let (sender, observed) = watch::channel(None);
        let clock = Equipped::new().equipment.clock;
        (Preview { slot: FrameSlot::new(), observed, clock, timer }, sender)
    }

    fn is_over(looked: Pin<&mut impl Future<Output = ()>>) -> bool {
        looked.poll(&mut Context::from_waker(Waker::noop())).is_ready()
    }

    #[tokio::test]
    async fn a_picture_waits_for_what_was_seen_in_it() {
        let (preview, observed) = preview(Equipped::new().equipment.timer);
        let mut looked = pin!(preview.looked_at(5));
        assert!(!is_over(looked.as_mut()));
        observed.send_replace(Some(4));
        assert!(!is_over(looked.as_mut()), "that was the one before");
        observed.send_replace(Some(5));
        assert!(is_over(looked.as_mut()));
    }

    #[tokio::test]
    async fn a_picture_at_which_nobody_looks_does_not_wait_for_ever() {
        let (preview, _observed) = preview(Arc::new(Over));
        assert!(is_over(pin!(preview.looked_at(5))));
    }

    #[tokio::test]
    async fn a_kiosk_that_ends_shows_its_last_picture_in_time() {
        let (preview, observed) = preview(Arc::new(Over));
        drop(observed);
        assert!(is_over(pin!(preview.looked_at(5))));
    }
}
