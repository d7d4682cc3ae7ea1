//! What was seen of each track lately, as far as the signs need it. In memory only, and no longer than a moment.

use std::collections::VecDeque;

use portico_types::{SpoofSigns, Tick, TrackId};

use super::flow::Grey;
use super::{lids, planarity, signs};
use crate::align::Chip;
use crate::params::SpoofParams;

/// The memory of all tracks.
#[derive(Default)]
pub(crate) struct Histories {
    tracks: Vec<(TrackId, History)>,
    /// Pictures that nobody needs any more, for their memory.
    spare: Vec<Grey>,
}

#[derive(Default)]
struct History {
    /// Pictures, oldest first.
    pictures: VecDeque<(Tick, Grey)>,
    /// How far the eyes were open, oldest first.
    lids: VecDeque<(Tick, f32)>,
}

impl Histories {
    /// Notes a look at a track: its aligned face, and how far its eyes are open.
    pub(crate) fn note(
        &mut self,
        track: TrackId,
        at: Tick,
        chip: &Chip,
        eyes_open: [f32; 2],
        params: &SpoofParams,
    ) {
        let index = self.tracks.iter().position(|(id, _)| *id == track).unwrap_or_else(|| {
            self.tracks.push((track, History::default()));
            self.tracks.len() - 1
        });
        let history = &mut self.tracks[index].1;
        history.lids.push_back((at, f32::midpoint(eyes_open[0], eyes_open[1])));
        let last = history.pictures.back().map(|(at, _)| *at);
        if last.is_none_or(|last| at.since(last) >= params.spacing) {
            let mut grey = self.spare.pop().unwrap_or_default();
            grey.fill(chip);
            history.pictures.push_back((at, grey));
        }
    }

    /// Drops what is older than the params allow before `newest`, and the tracks that are no longer `alive`.
    pub(crate) fn age(&mut self, newest: Tick, params: &SpoofParams, alive: impl Fn(TrackId) -> bool) {
        let spare = &mut self.spare;
        self.tracks.retain_mut(|(track, history)| {
            let alive = alive(*track);
            while let Some((_, grey)) =
                history.pictures.pop_front_if(|(at, _)| !alive || newest.since(*at) > params.window)
            {
                spare.push(grey);
            }
            while history.lids.pop_front_if(|(at, _)| newest.since(*at) > params.lids_window).is_some() {}
            alive
        });
    }

    /// The signs of a track so far.
    pub(crate) fn signs(&self, track: TrackId, params: &SpoofParams) -> SpoofSigns {
        let Some((_, history)) = self.tracks.iter().find(|(id, _)| *id == track) else {
            return SpoofSigns::default();
        };
        let earlier = history.pictures.iter().rev().skip(1).map(|(_, grey)| grey);
        let newest = history.pictures.back();
        let planarity = newest.and_then(|(_, newest)| planarity(newest, earlier, params));
        signs(planarity, lids::blinked(history.lids.iter().copied(), params), params)
    }

    /// Forgets everything, and its memory with it.
    pub(crate) fn reset(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::CHIP_SIDE;

    const GUEST: TrackId = TrackId(3);

    fn note(histories: &mut Histories, millis: u64) {
        let (at, params) = (Tick::from_millis(millis), SpoofParams::default());
        let chip = Chip::from_pixels(vec![100; CHIP_SIDE * CHIP_SIDE * 3]);
        histories.age(at, &params, |_| true);
        histories.note(GUEST, at, &chip, [0.3; 2], &params);
    }

    #[test]
    fn pictures_are_kept_apart_and_not_for_long() {
        let mut histories = Histories::default();
        for frame in 0..600 {
            note(&mut histories, frame * 33);
        }
        let history = &histories.tracks[0].1;
        assert!((9..=11).contains(&history.pictures.len()), "{}", history.pictures.len());
        assert!(history.pictures.len() + histories.spare.len() <= 12, "memory is used again");
        assert!(history.lids.len() < 200, "lids are remembered for six seconds");
    }

    #[test]
    fn a_track_that_is_gone_leaves_nothing() {
        let mut histories = Histories::default();
        note(&mut histories, 100);
        histories.age(Tick::from_millis(133), &SpoofParams::default(), |_| false);
        assert!(histories.tracks.is_empty(), "no picture of a guest outlives their visit");
        assert_eq!(histories.signs(GUEST, &SpoofParams::default()), SpoofSigns::default());
    }
}
