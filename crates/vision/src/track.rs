//! Follows faces from frame to frame, so that one guest is one track. Looks at boxes only, never at whose face it is.

use portico_types::{FaceBox, Tick, TrackId};

use crate::detect::Detection;
use crate::params::TrackParams;

/// A face of the current frame and the track that it continues.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Followed {
    pub track: TrackId,
    pub detection: Detection,
    /// Capture time of the first frame in which the track was near; the current one's if it never was.
    pub first_seen_at: Tick,
}

struct Track {
    id: TrackId,
    bounds: FaceBox,
    seen_at: Tick,
    near_since: Option<Tick>,
}

/// All tracks that are alive.
#[derive(Default)]
pub(crate) struct Tracker {
    used: u32,
    tracks: Vec<Track>,
}

impl Tracker {
    /// Takes the faces of a frame taken `at`, and says which track each belongs to. A face wider than `near_width`
    /// makes its track near.
    pub(crate) fn follow(
        &mut self,
        found: &[Detection],
        at: Tick,
        near_width: f32,
        params: &TrackParams,
    ) -> Vec<Followed> {
        self.tracks.retain(|track| at.since(track.seen_at) <= params.memory);
        let mut owners = self.assign(found, params);
        found
            .iter()
            .zip(&mut owners)
            .map(|(face, owner)| self.advance(*owner, face, at, near_width))
            .collect()
    }

    /// Whether the track has been seen lately.
    pub(crate) fn is_alive(&self, track: TrackId) -> bool {
        self.tracks.iter().any(|t| t.id == track)
    }

    /// Whether any face was `near_width` wide or wider when it was last seen.
    pub(crate) fn is_anybody_near(&self, near_width: f32) -> bool {
        self.tracks.iter().any(|track| track.bounds.width >= near_width)
    }

    /// Forgets all tracks; their numbers are not used again.
    pub(crate) fn reset(&mut self) {
        self.tracks.clear();
    }

    /// For each face the index of its track: the likeliest pairs first, each face and each track once.
    fn assign(&self, found: &[Detection], params: &TrackParams) -> Vec<Option<usize>> {
        let mut pairs = Vec::new();
        for (index, track) in self.tracks.iter().enumerate() {
            for (face, detection) in found.iter().enumerate() {
                if let Some(likeness) = likeness(&track.bounds, &detection.bounds, params) {
                    pairs.push((likeness, index, face));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut owners = vec![None; found.len()];
        for (_, index, face) in pairs {
            if owners[face].is_none() && !owners.contains(&Some(index)) {
                owners[face] = Some(index);
            }
        }
        owners
    }

    fn advance(&mut self, owner: Option<usize>, face: &Detection, at: Tick, near_width: f32) -> Followed {
        let index = owner.unwrap_or_else(|| {
            self.used += 1;
            self.tracks.push(Track {
                id: TrackId(self.used),
                bounds: face.bounds,
                seen_at: at,
                near_since: None,
            });
            self.tracks.len() - 1
        });
        let track = &mut self.tracks[index];
        track.bounds = face.bounds;
        track.seen_at = at;
        if face.bounds.width >= near_width {
            track.near_since.get_or_insert(at);
        }
        Followed { track: track.id, detection: *face, first_seen_at: track.near_since.unwrap_or(at) }
    }
}

/// How likely a face is the track's: overlapping boxes above close ones, `None` for neither.
fn likeness(last: &FaceBox, now: &FaceBox, params: &TrackParams) -> Option<f32> {
    let overlap = last.overlap(now);
    if overlap >= params.overlap {
        return Some(1.0 + overlap);
    }
    let distance = last.centre().distance(now.centre()) / last.width.max(1.0);
    let ratio = (last.width / now.width.max(1.0)).max(now.width / last.width.max(1.0));
    (distance <= params.centre_distance && ratio <= params.size_ratio).then_some(1.0 - distance)
}

#[cfg(test)]
mod tests {
    use portico_types::Point;

    use super::*;

    fn face(x: f32, width: f32) -> Detection {
        let bounds = FaceBox { x, y: 100.0, width, height: width };
        Detection { score: 0.9, bounds, key_points: [Point::default(); 6] }
    }

    fn follow(tracker: &mut Tracker, found: &[Detection], millis: u64) -> Vec<Followed> {
        tracker.follow(found, Tick::from_millis(millis), 60.0, &TrackParams::default())
    }

    #[test]
    fn a_moving_face_keeps_its_number() {
        let mut tracker = Tracker::default();
        let first = follow(&mut tracker, &[face(100.0, 100.0)], 0)[0].track;
        for step in 1..20_u8 {
            let moved = face(100.0 + f32::from(step) * 20.0, 100.0);
            assert_eq!(follow(&mut tracker, &[moved], u64::from(step) * 66)[0].track, first, "step {step}");
        }
    }

    #[test]
    fn a_short_gap_is_bridged_and_a_long_one_is_not() {
        let mut tracker = Tracker::default();
        let first = follow(&mut tracker, &[face(100.0, 100.0)], 0)[0].track;
        follow(&mut tracker, &[], 250);
        assert!(tracker.is_alive(first), "a blink of the detector");
        assert_eq!(follow(&mut tracker, &[face(105.0, 100.0)], 500)[0].track, first);
        let next = follow(&mut tracker, &[face(105.0, 100.0)], 1001)[0].track;
        assert_ne!(next, first, "after half a second it may be somebody else");
        assert!(!tracker.is_alive(first));
    }

    #[test]
    fn numbers_are_never_used_again() {
        let mut tracker = Tracker::default();
        let before = follow(&mut tracker, &[face(0.0, 80.0), face(300.0, 80.0)], 0);
        tracker.reset();
        let after = follow(&mut tracker, &[face(0.0, 80.0)], 33)[0].track;
        assert!(before.iter().all(|f| f.track != after), "a reset must not hand an old guest's number on");
    }

    #[test]
    fn two_faces_keep_apart_whatever_their_order() {
        let mut tracker = Tracker::default();
        let before = follow(&mut tracker, &[face(100.0, 100.0), face(180.0, 100.0)], 0);
        let after = follow(&mut tracker, &[face(190.0, 100.0), face(110.0, 100.0)], 66);
        assert_eq!([after[0].track, after[1].track], [before[1].track, before[0].track]);
    }

    #[test]
    fn another_face_elsewhere_is_another_track() {
        let mut tracker = Tracker::default();
        let first = follow(&mut tracker, &[face(100.0, 100.0)], 0)[0].track;
        assert_ne!(follow(&mut tracker, &[face(400.0, 100.0)], 66)[0].track, first);
        let mut tracker = Tracker::default();
        let near = follow(&mut tracker, &[face(100.0, 200.0)], 0)[0].track;
        let behind = face(160.0, 60.0);
        assert_ne!(
            follow(&mut tracker, &[behind], 66)[0].track,
            near,
            "a face behind the guest is not the guest"
        );
    }

    #[test]
    fn first_seen_counts_from_when_the_face_came_near() {
        let mut tracker = Tracker::default();
        let seen = |f: Vec<Followed>| f[0].first_seen_at;
        assert_eq!(seen(follow(&mut tracker, &[face(100.0, 50.0)], 0)), Tick::ZERO);
        assert_eq!(seen(follow(&mut tracker, &[face(100.0, 58.0)], 100)), Tick::from_millis(100));
        assert_eq!(seen(follow(&mut tracker, &[face(100.0, 62.0)], 200)), Tick::from_millis(200));
        assert_eq!(seen(follow(&mut tracker, &[face(100.0, 55.0)], 300)), Tick::from_millis(200));
    }
}
