//! What a journey leaves behind: every view that the screen was sent, and every moment.

use std::sync::{Arc, Mutex, PoisonError};

use portico_app::{Kiosk, Moment, MomentKind};
use portico_types::DecisionSource;
use tokio::sync::broadcast::Receiver;

/// Keeps a kiosk's views and moments.
pub struct Journal {
    views: Arc<Mutex<Vec<String>>>,
    moments: Receiver<Moment>,
    kept: Vec<Moment>,
}

impl Journal {
    /// Starts to keep what `kiosk` shows; ends with it.
    pub fn of(kiosk: &Kiosk) -> Self {
        let views = Arc::<Mutex<Vec<String>>>::default();
        let (mut shown, keep) = (kiosk.views(), Arc::clone(&views));
        tokio::spawn(async move {
            while shown.changed().await.is_ok() {
                let view = shown.borrow_and_update().clone();
                let json = serde_json::to_string(&*view).expect("a view can be encoded");
                keep.lock().unwrap_or_else(PoisonError::into_inner).push(json);
            }
        });
        Self { views, moments: kiosk.moments(), kept: Vec::new() }
    }

    /// Every view that the screen was sent, as JSON, since they were last taken.
    pub fn take_views(&mut self) -> Vec<String> {
        std::mem::take(&mut *self.views.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Everything that happened.
    pub fn moments(&mut self) -> &[Moment] {
        while let Ok(moment) = self.moments.try_recv() {
            self.kept.push(moment);
        }
        &self.kept
    }

    /// Who decided about each face that was compared.
    pub fn identifications(&mut self) -> Vec<DecisionSource> {
        let source = |moment: &Moment| match moment.kind {
            MomentKind::Identified { source, .. } => Some(source),
            _ => None,
        };
        self.moments().iter().filter_map(source).collect()
    }
}
