//! Signs that a picture of a guest is held up to the camera instead of the guest's own face. They warn, and prove nothing.
//!
//! - `plane`: over the last second or so the face moved, and all of its movement is that of a flat sheet. Sees prints; a
//!   film on a screen has moving heads in it and passes.
//! - `lids`: the eyes blinked. Reported, and no reason to trust: a film blinks, and the landmark net sees blinks in a
//!   photograph that is tilted.
//!
//! What was measured, and which other cues did not tell anything, is in `docs/spoof.md`. Judges pictures of one track;
//! never knows whose face it is.

mod flow;
mod history;
mod lids;
mod plane;

use portico_types::SpoofSigns;

use crate::align::CHIP_SIDE;
use crate::params::SpoofParams;

use flow::Grey;
pub(crate) use history::Histories;

/// Distance between the eyes in a chip, in pixels.
const EYES: f32 = CHIP_SIDE as f32 * 0.314_6;

/// How much of a face's change of shape a plane leaves unexplained, 0 to 1: the `newest` picture against earlier ones.
/// `None` if it changed too little.
fn planarity<'a>(
    newest: &Grey,
    earlier: impl Iterator<Item = &'a Grey>,
    params: &SpoofParams,
) -> Option<f32> {
    let compared = earlier.filter_map(|grey| {
        let pairs = newest.follow(grey);
        if pairs.len() < params.least_features { None } else { plane::compare(&pairs) }
    });
    let mut changes: Vec<plane::Change> = compared.collect();
    // The pictures that differ most tell most.
    changes.sort_by(|a, b| b.shape.total_cmp(&a.shape));
    changes.truncate(params.telling_pictures);
    let mean = |of: fn(&plane::Change) -> f32| changes.iter().map(of).sum::<f32>() / changes.len() as f32;
    let (shape, depth) = (mean(|change| change.shape), mean(|change| change.depth));
    let enough = changes.len() == params.telling_pictures && shape >= params.least_change * EYES;
    enough.then(|| (depth / shape).min(1.0))
}

/// What all signs come to.
fn signs(planarity: Option<f32>, blinked: Option<bool>, params: &SpoofParams) -> SpoofSigns {
    let warning = planarity.is_some_and(|left| left <= params.flat);
    SpoofSigns { planarity, blinked, warning }
}

#[cfg(test)]
mod tests {
    use super::flow::tests::bumpy;
    use super::*;

    const MIDDLE: (f32, f32) = (57.0, 67.0);

    /// How much a plane leaves of three pictures in which each place went `way`, times 1, 1.1 and 1.2.
    fn left_by_a_plane(way: impl Fn(f32, f32) -> (f32, f32)) -> Option<f32> {
        let newest = bumpy(|_, _| (0.0, 0.0));
        let earlier: Vec<Grey> = [1.0, 1.1, 1.2]
            .iter()
            .map(|share| {
                bumpy(|x, y| {
                    let (right, down) = way(x - MIDDLE.0, y - MIDDLE.1);
                    (right * share, down * share)
                })
            })
            .collect();
        planarity(&newest, earlier.iter(), &SpoofParams::default())
    }

    #[test]
    fn a_picture_that_is_tilted_is_told_from_a_nose_that_moves_against_its_cheeks() {
        // Narrower, and a little smaller towards one side: a sheet turned away.
        let sheet = left_by_a_plane(|x, y| (-0.04 * x, y * x * 0.000_4)).unwrap();
        assert!(sheet < 0.3, "{sheet}");
        let nose = left_by_a_plane(|x, y| (2.0 * (-(x * x + y * y) / 300.0).exp(), 0.0)).unwrap();
        assert!(nose > 0.7, "{nose}");
    }

    #[test]
    fn of_a_face_that_keeps_its_shape_nothing_can_be_said() {
        assert_eq!(left_by_a_plane(|_, _| (1.5, -0.7)), None, "it only went aside");
        assert_eq!(left_by_a_plane(|x, y| (0.03 * x, 0.03 * y)), None, "it only came nearer");
        let one = bumpy(|_, _| (0.0, 0.0));
        assert_eq!(planarity(&one, std::iter::empty(), &SpoofParams::default()), None);
    }

    #[test]
    fn a_flat_face_warns_whatever_its_lids_seem_to_do() {
        let params = SpoofParams::default();
        assert!(signs(Some(0.3), None, &params).warning);
        assert!(signs(Some(0.3), Some(false), &params).warning);
        assert!(signs(Some(0.3), Some(true), &params).warning, "tilted paper seems to blink");
        assert!(!signs(Some(0.8), None, &params).warning);
        assert!(!signs(None, Some(false), &params).warning, "where nothing can be said nobody is warned of");
    }
}
