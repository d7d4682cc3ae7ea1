//! Measures the time from a guest's first glance to the painted greeting.

use std::time::Duration;

use portico_session::{Effect, GuestView};
use portico_types::{Observation, Tick, TrackId};

use crate::contract::View;

/// Follows one encounter at a time.
#[derive(Debug, Default)]
pub(super) struct Glance {
    latest: Option<(TrackId, Tick)>,
    encounter: Option<Tick>,
    awaited: Option<(u64, Tick)>,
}

impl Glance {
    /// Vision looked at a frame.
    pub(super) fn observed(&mut self, observation: &Observation) {
        if let Some(subject) = &observation.subject {
            self.latest = Some((subject.track, subject.first_seen_at));
        }
    }

    /// The session wants something done; an identification starts the encounter that is measured.
    pub(super) fn effect(&mut self, effect: &Effect) {
        if let Effect::Identify { track, .. } = effect {
            self.encounter = self.latest.filter(|(seen, _)| seen == track).map(|(_, since)| since);
        }
    }

    /// The screen changes to another kind of view.
    pub(super) fn shown(&mut self, view: &View) {
        match view.guest {
            GuestView::Welcome { .. } | GuestView::AlreadyIn { .. } => {
                self.awaited = self.encounter.take().map(|since| (view.revision, since));
            }
            // The guest typed something: what followed is not the machine's time.
            GuestView::Confirm { .. } | GuestView::Ticket { .. } | GuestView::Name { .. } => {
                self.encounter = None;
            }
            _ => {}
        }
    }

    /// The screen has painted `revision`; the glance's length if that was the greeting.
    pub(super) fn painted(&mut self, now: Tick, revision: u64) -> Option<Duration> {
        let (_, since) = self.awaited.take_if(|(awaited, _)| *awaited <= revision)?;
        Some(now.since(since))
    }
}
