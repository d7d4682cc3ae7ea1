//! Chooses the one face that the kiosk attends to: the widest, for it is the nearest.

use portico_types::TrackId;

use crate::params::GateParams;
use crate::track::Followed;

/// The choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Which of the faces.
    pub index: usize,
    /// Whether another near face is about as wide.
    pub contested: bool,
}

/// The widest face, with a bonus for the one chosen before; `None` if all are too far away to be attended to.
pub(crate) fn choose(faces: &[Followed], before: Option<TrackId>, params: &GateParams) -> Option<Choice> {
    let weight = |face: &Followed| {
        let bonus = if before == Some(face.track) { params.stickiness } else { 1.0 };
        face.detection.bounds.width * bonus
    };
    let (index, chosen) = faces
        .iter()
        .enumerate()
        .filter(|(_, face)| face.detection.bounds.width >= params.notice_width_px)
        .max_by(|(_, a), (_, b)| weight(a).total_cmp(&weight(b)))?;
    let contested = faces.iter().filter(|face| face.track != chosen.track).any(|other| {
        let width = other.detection.bounds.width;
        width >= params.near_width_px && width * params.dominance > weight(chosen)
    });
    Some(Choice { index, contested })
}

#[cfg(test)]
mod tests {
    use portico_types::{FaceBox, Point, Tick};

    use super::*;
    use crate::detect::Detection;

    fn faces(widths: &[f32]) -> Vec<Followed> {
        let face = |(index, width): (usize, &f32)| Followed {
            track: TrackId(index as u32),
            detection: Detection {
                score: 0.9,
                bounds: FaceBox { x: 0.0, y: 0.0, width: *width, height: *width },
                key_points: [Point::default(); 6],
            },
            first_seen_at: Tick::ZERO,
        };
        widths.iter().enumerate().map(face).collect()
    }

    fn chosen(widths: &[f32], before: Option<u32>) -> Option<Choice> {
        choose(&faces(widths), before.map(TrackId), &GateParams::default())
    }

    #[test]
    fn the_widest_face_is_chosen() {
        assert_eq!(chosen(&[80.0, 150.0, 60.0], None), Some(Choice { index: 1, contested: false }));
    }

    #[test]
    fn two_alike_contest_each_other() {
        assert_eq!(chosen(&[140.0, 150.0], None), Some(Choice { index: 1, contested: true }));
        let far_pair = chosen(&[50.0, 55.0], None);
        assert_eq!(far_pair, Some(Choice { index: 1, contested: false }), "far faces are asked closer first");
    }

    #[test]
    fn the_choice_does_not_flutter_between_two_alike() {
        assert_eq!(chosen(&[140.0, 150.0], Some(0)).map(|c| c.index), Some(0));
        assert_eq!(
            chosen(&[100.0, 150.0], Some(0)).map(|c| c.index),
            Some(1),
            "but a clearly nearer guest wins"
        );
    }

    #[test]
    fn passers_by_are_not_attended_to() {
        assert_eq!(chosen(&[30.0, 38.0], None), None);
        assert_eq!(chosen(&[], None), None);
    }
}
