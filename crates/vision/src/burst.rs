//! Keeps the best recent picture of each track, and its memory.

use std::collections::VecDeque;
use std::time::Duration;

use portico_types::{Quality, Tick, TrackId};

use crate::align::Chips;
use crate::crop::Patch;

/// One frame's picture of one face.
#[derive(Clone, Debug)]
pub(crate) struct Shot {
    pub captured_at: Tick,
    /// Whether the gate let it pass; such a picture beats every other.
    pub passed: bool,
    pub quality: Quality,
    pub chip: Chips,
    pub patch: Patch,
}

impl Shot {
    fn beats(&self, other: &Self) -> bool {
        (self.passed, self.quality.score) >= (other.passed, other.quality.score)
    }
}

/// The shots of a track that may still become its best: each is better than all after it, so the first is the best,
/// and when it has aged the next takes its place.
#[derive(Default)]
struct Burst {
    shots: VecDeque<Shot>,
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
        })
    }

    /// Gives back a shot that came to nothing.
    pub(crate) fn discard(&mut self, shot: Shot) {
        self.spare.push(shot);
    }

    /// Adds the newest shot of a track.
    pub(crate) fn keep(&mut self, track: TrackId, shot: Shot) {
        let index = self.bursts.iter().position(|(id, _)| *id == track).unwrap_or_else(|| {
            self.bursts.push((track, Burst::default()));
            self.bursts.len() - 1
        });
        let shots = &mut self.bursts[index].1.shots;
        while let Some(beaten) = shots.pop_back_if(|last| shot.beats(last)) {
            self.spare.push(beaten);
        }
        shots.push_back(shot);
    }

    /// Drops what is older than `window` before `newest`, and the tracks that are no longer `alive`.
    pub(crate) fn age(&mut self, newest: Tick, window: Duration, alive: impl Fn(TrackId) -> bool) {
        let spare = &mut self.spare;
        self.bursts.retain_mut(|(track, burst)| {
            let alive = alive(*track);
            while let Some(old) =
                burst.shots.pop_front_if(|first| !alive || newest.since(first.captured_at) > window)
            {
                spare.push(old);
            }
            !burst.shots.is_empty()
        });
    }

    /// The best shot of a track.
    pub(crate) fn best(&self, track: TrackId) -> Option<&Shot> {
        self.bursts.iter().find(|(id, _)| *id == track).and_then(|(_, burst)| burst.shots.front())
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
mod tests {
    use super::*;

    const WINDOW: Duration = Duration::from_millis(400);
    const GUEST: TrackId = TrackId(7);

    /// Runs shots of (millis, score, passed) through a burst and says when its best was taken.
    fn best_of(shots: &[(u64, f32, bool)]) -> Option<u64> {
        let mut bursts = Bursts::default();
        for (millis, score, passed) in shots {
            let captured_at = Tick::from_millis(*millis);
            let mut shot = bursts.blank();
            shot.captured_at = captured_at;
            shot.quality.score = *score;
            shot.passed = *passed;
            bursts.keep(GUEST, shot);
            bursts.age(captured_at, WINDOW, |_| true);
        }
        bursts.best(GUEST).map(|shot| shot.captured_at.since_start().as_millis() as u64)
    }

    #[test]
    fn the_best_of_the_window_is_kept() {
        assert_eq!(
            best_of(&[(0, 0.5, true), (100, 0.9, true), (200, 0.7, true), (300, 0.8, true)]),
            Some(100)
        );
    }

    #[test]
    fn an_old_best_gives_way_to_the_next_best() {
        let shots = [(0, 0.9, true), (100, 0.6, true), (200, 0.8, true), (300, 0.5, true), (450, 0.4, true)];
        assert_eq!(best_of(&shots), Some(200), "a decision must concern whoever stands there now");
    }

    #[test]
    fn a_frame_that_passed_the_gate_beats_a_better_one_that_did_not() {
        assert_eq!(best_of(&[(0, 0.4, true), (100, 0.9, false)]), Some(0));
        assert_eq!(best_of(&[(0, 0.9, false), (100, 0.4, true)]), Some(100));
    }

    #[test]
    fn a_track_that_is_gone_leaves_no_picture() {
        let mut bursts = Bursts::default();
        let shot = bursts.blank();
        bursts.keep(GUEST, shot);
        bursts.age(Tick::ZERO, WINDOW, |_| false);
        assert!(bursts.best(GUEST).is_none());
    }

    #[test]
    fn memory_is_used_again() {
        let mut bursts = Bursts::default();
        for millis in 0..200 {
            let mut shot = bursts.blank();
            shot.captured_at = Tick::from_millis(millis * 33);
            shot.quality.score = (millis % 7) as f32;
            bursts.keep(GUEST, shot);
            bursts.age(Tick::from_millis(millis * 33), WINDOW, |_| true);
        }
        let held: usize = bursts.bursts.iter().map(|(_, b)| b.shots.len()).sum();
        assert!(held + bursts.spare.len() <= 14, "no more shots than fit the window, however long it runs");
    }
}
