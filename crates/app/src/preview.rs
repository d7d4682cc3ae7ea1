//! The live picture for the screen: always the newest frame, as JPEG, never a queue (I5).

use std::sync::Arc;
use std::time::Duration;

use portico_camera::FrameSlot;

/// JPEG quality of frames that the camera does not deliver as JPEG.
const QUALITY_PERCENT: u8 = 80;

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
}

impl Preview {
    pub(crate) fn new(slot: FrameSlot) -> Self {
        Self { slot }
    }

    /// The newest frame after number `after`, as soon as there is one; `None` if none came within `patience` or the
    /// picture is damaged.
    pub async fn next(&self, after: Option<u64>, patience: Duration) -> Option<PreviewFrame> {
        let slot = self.slot.clone();
        let taken = tokio::task::spawn_blocking(move || {
            let frame = slot.wait_newer(after, patience)?;
            let jpeg = portico_vision::preview_jpeg(&frame, QUALITY_PERCENT).ok()?;
            Some(PreviewFrame { sequence: frame.sequence, jpeg })
        });
        taken.await.ok().flatten()
    }
}
