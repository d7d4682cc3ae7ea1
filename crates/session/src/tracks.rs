//! What has come of each followed face so far, so that no face is identified twice (I9).
//!
//! Knows tracks only, never whom they belong to.

use std::collections::BTreeMap;

use portico_types::{Subject, Tick, TrackId};

use crate::SessionPolicy;

/// How many tracks are remembered. Tracks are never reused, so the oldest has long left the picture.
const REMEMBERED: usize = 64;

/// What has come of a face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Standing {
    /// Its guest chose another way, or its search failed: waits until the guest asks for it.
    SetAside,
    /// Searched and not found.
    Missed {
        /// Quality score of the searched picture, 0 to 1.
        quality: f32,
        /// When the answer came.
        at: Tick,
    },
    /// Searched and concluded: never searched again.
    Concluded,
}

/// What the face now before the camera calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Regard {
    /// A new encounter.
    Newcomer,
    /// A second search: it was missed, and is clearly better to see now.
    Improved,
    /// Nothing: it has had its turn.
    Known,
}

/// What came of a challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// The guest did what was asked.
    Given,
    /// They did not.
    Missing,
}

/// The standing of every face that has had its turn, and what came of challenges.
#[derive(Default)]
pub(crate) struct Tracks {
    standings: BTreeMap<TrackId, Standing>,
    proofs: BTreeMap<TrackId, Proof>,
}

impl Tracks {
    /// What has come of `track`; `None` if it has not had its turn.
    pub(crate) fn standing(&self, track: TrackId) -> Option<Standing> {
        self.standings.get(&track).copied()
    }

    /// What came of the challenge to `track`; `None` if there was none.
    pub(crate) fn proof(&self, track: TrackId) -> Option<Proof> {
        self.proofs.get(&track).copied()
    }

    /// What `subject` calls for.
    pub(crate) fn regard(&self, subject: &Subject, now: Tick, policy: &SessionPolicy) -> Regard {
        match self.standing(subject.track) {
            None => Regard::Newcomer,
            Some(Standing::Missed { quality, at }) => {
                let score = subject.quality.map_or(0.0, |quality| quality.score);
                let better = score - quality >= policy.retry_gain;
                let rested = now.since(at) >= policy.retry_after;
                if subject.hint.is_none() && better && rested { Regard::Improved } else { Regard::Known }
            }
            Some(Standing::SetAside | Standing::Concluded) => Regard::Known,
        }
    }

    /// Notes what has come of `track`.
    pub(crate) fn note(&mut self, track: TrackId, standing: Standing) {
        self.standings.insert(track, standing);
        if self.standings.len() > REMEMBERED {
            self.standings.pop_first();
        }
    }

    /// Notes what came of a challenge.
    pub(crate) fn note_proof(&mut self, track: TrackId, proof: Proof) {
        self.proofs.insert(track, proof);
        if self.proofs.len() > REMEMBERED {
            self.proofs.pop_first();
        }
    }

    /// Leaves `track` alone until its guest asks, unless it has had its turn already.
    pub(crate) fn set_aside(&mut self, track: TrackId) {
        if self.standing(track).is_none() {
            self.note(track, Standing::SetAside);
        }
    }

    /// Gives `track` its turn if it was set aside.
    pub(crate) fn take_up(&mut self, track: TrackId) {
        if self.standing(track) == Some(Standing::SetAside) {
            self.standings.remove(&track);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_track_is_forgotten_first() {
        let mut tracks = Tracks::default();
        for track in 0..=REMEMBERED as u32 {
            tracks.note(TrackId(track), Standing::Concluded);
        }
        assert_eq!(tracks.standing(TrackId(0)), None, "memory must not grow with the evening");
        assert_eq!(tracks.standing(TrackId(1)), Some(Standing::Concluded));
    }

    #[test]
    fn setting_a_face_aside_never_reopens_a_concluded_one() {
        let mut tracks = Tracks::default();
        tracks.note(TrackId(1), Standing::Concluded);
        tracks.set_aside(TrackId(1));
        tracks.take_up(TrackId(1));
        assert_eq!(
            tracks.standing(TrackId(1)),
            Some(Standing::Concluded),
            "one guest, one identification (I9)"
        );
    }
}
