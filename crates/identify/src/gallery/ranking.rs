//! The best few guests of a search: each guest once, with their best score, in an order that depends on nothing else.

use std::cmp::Ordering;

use portico_types::{AttendeeId, Candidate};

use super::vectors::Offers;

/// The `capacity` best guests seen so far, best first; guests with equal scores in the order of their ids.
pub(super) struct Ranking<'g, Owner> {
    capacity: usize,
    best: Vec<(f32, &'g AttendeeId)>,
    /// Whose row it is.
    owner: Owner,
}

impl<'g, Owner: Fn(usize) -> &'g AttendeeId> Offers for Ranking<'g, Owner> {
    fn floor(&self) -> Option<f32> {
        if self.is_full() { self.best.last().map(|(worst, _)| *worst) } else { None }
    }

    fn offer(&mut self, row: usize, score: f32) {
        if score.is_finite() && self.floor().is_none_or(|worst| score >= worst) {
            self.insert(score, (self.owner)(row));
        }
    }
}

impl<'g, Owner: Fn(usize) -> &'g AttendeeId> Ranking<'g, Owner> {
    /// An empty ranking of at most `capacity` guests, and of at least one.
    pub(super) fn new(capacity: usize, owner: Owner) -> Self {
        let capacity = capacity.max(1);
        Self { capacity, best: Vec::with_capacity(capacity.min(64) + 1), owner }
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
