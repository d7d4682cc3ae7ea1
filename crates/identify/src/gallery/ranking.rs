//! The best few guests of a search: each guest once, with their best score, in an order that depends on nothing else.

use std::cmp::Ordering;

use portico_types::{AttendeeId, Candidate};

/// The `capacity` best guests seen so far, best first; guests with equal scores in the order of their ids.
pub(super) struct Ranking<'g> {
    capacity: usize,
    best: Vec<(f32, &'g AttendeeId)>,
}

impl<'g> Ranking<'g> {
    /// An empty ranking of at most `capacity` guests.
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity, best: Vec::with_capacity(capacity.min(64) + 1) }
    }

    /// Takes note of one comparison. Almost all of a search's rows end at the first test.
    pub(super) fn offer(&mut self, score: f32, attendee: &'g AttendeeId) {
        if self.is_full() && self.best.last().is_none_or(|(worst, _)| score < *worst) || !score.is_finite() {
            return;
        }
        self.insert(score, attendee);
    }

    /// What has been found, best first.
    pub(super) fn into_candidates(self) -> Vec<Candidate> {
        self.best
            .into_iter()
            .map(|(score, attendee)| Candidate { attendee: attendee.clone(), score })
            .collect()
    }

    fn is_full(&self) -> bool {
        self.best.len() >= self.capacity
    }

    fn insert(&mut self, score: f32, attendee: &'g AttendeeId) {
        if let Some(known) = self.best.iter().position(|(_, other)| *other == attendee) {
            if self.best[known].0 >= score {
                return;
            }
            self.best.remove(known);
        }
        let place = self.best.partition_point(|entry| before(*entry, (score, attendee)) == Ordering::Less);
        self.best.insert(place, (score, attendee));
        self.best.truncate(self.capacity);
    }
}

/// Higher scores first, then lower ids.
fn before(a: (f32, &AttendeeId), b: (f32, &AttendeeId)) -> Ordering {
    b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1))
}
