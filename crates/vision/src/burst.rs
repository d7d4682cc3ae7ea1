//! Keeps the recent pictures of each track, and their memory; chooses the best, and those that can speak for the same
//! person beside it.

use std::collections::VecDeque;
use std::time::Duration;

use portico_types::{Embedding, Quality, Tick, TrackId};

use crate::align::Chips;
use crate::crop::Patch;
use crate::params::BurstParams;

/// One frame's picture of one face.
#[derive(Clone, Debug)]
pub(crate) struct Shot {
    pub captured_at: Tick,
    /// Whether the gate let it pass; such a picture beats every other.
    pub passed: bool,
    pub quality: Quality,
    pub chip: Chips,
    pub patch: Patch,
    /// The chip's vector, once somebody asked for it.
    pub embedding: Option<Embedding>,
}

/// The shots of a track's window in the order in which they were taken.
#[derive(Default)]
pub(crate) struct Burst {
    shots: VecDeque<Shot>,
}

impl Burst {
    /// Indices of the shots to judge a face by: the best, then the next best that passed the gate and lie apart from
    /// all chosen before. Empty if there is no shot.
    pub(crate) fn evidence(&self, params: &BurstParams) -> Vec<usize> {
        let Some(newest) = self.shots.back().map(|shot| shot.captured_at) else { return Vec::new() };
        let worth = |shot: &Shot| {
            let age = newest.since(shot.captured_at).as_secs_f32();
            shot.quality.score - params.score_lost_per_second * age
        };
        let mut order: Vec<usize> = (0..self.shots.len()).collect();
        // Of equals the later one comes first.
        order.sort_by(|a, b| {
            let (first, second) = (&self.shots[*b], &self.shots[*a]);
            let by_worth = first.passed.cmp(&second.passed).then(worth(first).total_cmp(&worth(second)));
            by_worth.then(b.cmp(a))
        });
        let mut chosen: Vec<usize> = Vec::with_capacity(params.frames);
        for index in order {
            let shot = &self.shots[index];
            let apart = |other: &usize| self.gap(*other, shot.captured_at) >= params.spacing;
            let eligible = chosen.is_empty() || (shot.passed && chosen.iter().all(apart));
            if eligible && chosen.len() < params.frames.max(1) {
                chosen.push(index);
            }
        }
        chosen
    }

    /// One of the shots.
    pub(crate) fn shot(&mut self, index: usize) -> &mut Shot {
        &mut self.shots[index]
    }

    fn gap(&self, index: usize, at: Tick) -> Duration {
        let other = self.shots[index].captured_at;
        at.since(other).max(other.since(at))
    }
}

/// The bursts of all tracks.
#[derive(Default)]
pub(crate) struct Bursts {
    bursts: Vec<(TrackId, Burst)>,
    /// Shots that nobody needs any more, for their memory.
    spare: Vec<Shot>,
}

impl Bursts {
    /// A shot to fill; its content is meaningless.
    pub(crate) fn blank(&mut self) -> Shot {
        self.spare.pop().unwrap_or_else(|| Shot {
            captured_at: Tick::ZERO,
            passed: false,
            quality: NO_QUALITY,
            chip: Chips::default(),
            patch: Patch::default(),
            embedding: None,
        })
    }

    /// Gives back a shot that came to nothing.
    pub(crate) fn discard(&mut self, shot: Shot) {
        self.spare.push(Shot { embedding: None, ..shot });
    }

    /// Adds the newest shot of a track.
    pub(crate) fn keep(&mut self, track: TrackId, shot: Shot) {
        let index = self.bursts.iter().position(|(id, _)| *id == track).unwrap_or_else(|| {
            self.bursts.push((track, Burst::default()));
            self.bursts.len() - 1
        });
        self.bursts[index].1.shots.push_back(shot);
    }

    /// Drops what is older than `window` before `newest`, and the tracks that are no longer `alive`.
    pub(crate) fn age(&mut self, newest: Tick, window: Duration, alive: impl Fn(TrackId) -> bool) {
        let spare = &mut self.spare;
        self.bursts.retain_mut(|(track, burst)| {
            let alive = alive(*track);
            while let Some(old) =
                burst.shots.pop_front_if(|first| !alive || newest.since(first.captured_at) > window)
            {
                spare.push(Shot { embedding: None, ..old });
            }
            !burst.shots.is_empty()
        });
    }

    /// The recent shots of a track.
    pub(crate) fn of(&mut self, track: TrackId) -> Option<&mut Burst> {
        self.bursts.iter_mut().find(|(id, _)| *id == track).map(|(_, burst)| burst)
    }

    /// Forgets all pictures, and their memory with them.
    pub(crate) fn reset(&mut self) {
        *self = Self::default();
    }
}

const NO_QUALITY: Quality = Quality {
    score: 0.0,
    yaw_degrees: 0.0,
    pitch_degrees: 0.0,
    roll_degrees: 0.0,
    sharpness: 0.0,
    luma: 0.0,
    contrast: 0.0,
    evenness: 0.0,
    eyes_open: 0.0,
    symmetry: None,
    width_px: 0.0,
};

#[cfg(test)]
mod tests;
