//! Measures how usable a face picture is, and makes one score of the measures.
//!
//! The measures follow the capture-related ones of ISO/IEC 29794-5: size, pose, sharpness, exposure and its evenness,
//! contrast, open eyes, and, once the recogniser has looked, the symmetry of what it saw, which falls with whatever
//! covers or spoils one half. The score is the product of a ramp for each (see [`QualityParams`]), from 0 (useless) to
//! 1 (nothing to improve): a product, because one bad measure spoils a picture however good the others are. The ramps
//! of what the camera can measure are level over all ordinary pictures, where they say nothing about recognition;
//! symmetry, which does, orders these.

use portico_types::Quality;

use crate::align::{CHIP_SIDE, Chip};
use crate::landmarks::Landmarks;
use crate::params::QualityParams;

/// Pixels at the chip's edge that are left out: hair and background.
const RIM: usize = 15;
const CENTRE: usize = CHIP_SIDE - 2 * RIM;

/// All measures of a face `width_px` wide.
pub(crate) fn measure(chip: &Chip, landmarks: &Landmarks, width_px: f32, params: &QualityParams) -> Quality {
    let grey = grey_centre(chip);
    let (luma, contrast) = mean_and_deviation(&grey);
    let mut quality = Quality {
        score: 0.0,
        yaw_degrees: landmarks.yaw_degrees,
        pitch_degrees: landmarks.pitch_degrees,
        roll_degrees: landmarks.roll_degrees,
        sharpness: sharpness(&grey),
        luma,
        contrast,
        evenness: evenness(&grey),
        eyes_open: landmarks.eyes_open[0].min(landmarks.eyes_open[1]),
        symmetry: None,
        width_px,
    };
    quality.score = score(&quality, params);
    quality
}

/// The same measures once the recogniser has said how alike the face and its mirror image are.
pub(crate) fn with_symmetry(quality: &Quality, symmetry: Option<f32>, params: &QualityParams) -> Quality {
    let mut judged = Quality { symmetry, ..*quality };
    judged.score = score(&judged, params);
    judged
}

fn score(quality: &Quality, params: &QualityParams) -> f32 {
    // Alignment takes a tilt out again, so it counts half.
    let turn = quality.yaw_degrees.hypot(quality.pitch_degrees).hypot(quality.roll_degrees / 2.0);
    ramp(quality.width_px, params.width_px)
        * ramp(turn, params.turn_degrees)
        * ramp(quality.sharpness.max(1.0).log10(), params.log_sharpness)
        * ramp(quality.luma, params.dark_luma)
        * ramp(quality.luma, params.bright_luma)
        * ramp(quality.contrast, params.contrast)
        * ramp(quality.evenness, params.evenness)
        * ramp(quality.eyes_open, params.eyes_open)
        * quality.symmetry.map_or(1.0, |symmetry| ramp(symmetry, params.symmetry))
}

/// 0 at `bad`, 1 at `good`, linear between, level outside.
fn ramp(value: f32, (bad, good): (f32, f32)) -> f32 {
    ((value - bad) / (good - bad)).clamp(0.0, 1.0)
}

/// Grey levels of the chip's middle, `CENTRE * CENTRE` of them.
fn grey_centre(chip: &Chip) -> Vec<f32> {
    let rows = chip.pixels().chunks_exact(CHIP_SIDE * 3).skip(RIM).take(CENTRE);
    let pixels = rows.flat_map(|row| &row.as_chunks::<3>().0[RIM..RIM + CENTRE]);
    pixels.map(|pixel| grey(*pixel)).collect()
}

fn grey(pixel: [u8; 3]) -> f32 {
    let [r, g, b] = pixel.map(f32::from);
    0.299 * r + 0.587 * g + 0.114 * b
}

/// Mean grey level of every eighth pixel of every eighth row: enough to tell a bright room from a dark one.
pub(crate) fn room_luma(picture: &crate::picture::RgbPicture) -> f32 {
    let rows = picture.pixels().chunks_exact(picture.width().max(1) as usize * 3).step_by(8);
    let (mut sum, mut count) = (0.0, 0.0_f32);
    for pixel in rows.flat_map(|row| row.as_chunks::<3>().0.iter().step_by(8)) {
        sum += grey(*pixel);
        count += 1.0;
    }
    sum / count.max(1.0)
}

fn mean_and_deviation(values: &[f32]) -> (f32, f32) {
    let count = values.len() as f32;
    let mean = values.iter().sum::<f32>() / count;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / count;
    (mean, variance.sqrt())
}

/// The darker half's mean grey level as a share of the brighter half's. The halves are those of the aligned face, left
/// and right of the nose: light from above or below shades all faces alike, light from one side does not.
fn evenness(grey: &[f32]) -> f32 {
    let half = CENTRE / 2;
    let (mut left, mut right) = (0.0, 0.0);
    for row in grey.chunks_exact(CENTRE) {
        left += row[..half].iter().sum::<f32>();
        right += row[CENTRE - half..].iter().sum::<f32>();
    }
    // One grey level a pixel keeps a black picture from being divided by nothing.
    let least = (half * CENTRE) as f32;
    (left.min(right) + least) / (left.max(right) + least)
}

/// Variance of the Laplacian: near zero where nothing has an edge.
fn sharpness(grey: &[f32]) -> f32 {
    let at = |x: usize, y: usize| grey[y * CENTRE + x];
    let inner = 1..CENTRE - 1;
    let edges: Vec<f32> = inner
        .clone()
        .flat_map(|y| inner.clone().map(move |x| (x, y)))
        .map(|(x, y)| at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4.0 * at(x, y))
        .collect();
    mean_and_deviation(&edges).1.powi(2)
}

#[cfg(test)]
mod tests {
    use portico_types::Point;

    use super::*;

    const FRONTAL: Landmarks = Landmarks {
        presence: 1.0,
        points: [Point::new(0.0, 0.0); 5],
        nose_base: Point::new(0.0, 0.0),
        yaw_degrees: 0.0,
        pitch_degrees: 0.0,
        roll_degrees: 0.0,
        eyes_open: [0.3; 2],
    };

    /// Stripes of `period` pixels between two grey levels.
    fn stripes(period: usize, dark: u8, bright: u8) -> Chip {
        let level = |i: usize| if i % CHIP_SIDE % period < period / 2 { dark } else { bright };
        Chip::from_pixels((0..CHIP_SIDE * CHIP_SIDE).flat_map(|i| [level(i); 3]).collect())
    }

    /// The chip with its left half darkened to `share`.
    fn shaded(chip: &Chip, share: f32) -> Chip {
        let darker = |(i, level): (usize, &u8)| {
            let left = i / 3 % CHIP_SIDE < CHIP_SIDE / 2;
            if left { (f32::from(*level) * share) as u8 } else { *level }
        };
        Chip::from_pixels(chip.pixels().iter().enumerate().map(darker).collect())
    }

    fn measured(chip: &Chip, landmarks: &Landmarks, width_px: f32) -> Quality {
        measure(chip, landmarks, width_px, &QualityParams::default())
    }

    #[test]
    fn a_portrait_scores_one_and_each_fault_lowers_it() {
        let good = stripes(8, 70, 160);
        let portrait = measured(&good, &FRONTAL, 200.0);
        assert!((portrait.score - 1.0).abs() < 1e-6, "{portrait:?}");
        let faults = [
            ("small", measured(&good, &FRONTAL, 60.0)),
            ("turned", measured(&good, &Landmarks { yaw_degrees: -30.0, ..FRONTAL }, 200.0)),
            ("nodding", measured(&good, &Landmarks { pitch_degrees: 30.0, ..FRONTAL }, 200.0)),
            ("dark", measured(&stripes(8, 10, 60), &FRONTAL, 200.0)),
            ("bright", measured(&stripes(8, 205, 255), &FRONTAL, 200.0)),
            ("flat and blurred", measured(&stripes(8, 120, 124), &FRONTAL, 200.0)),
            ("eyes shut", measured(&good, &Landmarks { eyes_open: [0.3, 0.05], ..FRONTAL }, 200.0)),
            ("one half in the dark", measured(&shaded(&good, 0.2), &FRONTAL, 200.0)),
            ("one half covered", with_symmetry(&portrait, Some(0.9), &QualityParams::default())),
        ];
        for (fault, quality) in faults {
            assert!(quality.score < 0.9, "{fault}: {quality:?}");
        }
    }

    #[test]
    fn the_recognisers_view_orders_what_the_camera_cannot_tell_apart() {
        let portrait = measured(&stripes(8, 70, 160), &FRONTAL, 200.0);
        let judged = |symmetry| with_symmetry(&portrait, Some(symmetry), &QualityParams::default()).score;
        assert!(judged(0.95) < judged(0.97) && judged(0.97) < judged(0.985));
        assert!(judged(1.0) <= portrait.score, "a second look can only find fault");
    }

    #[test]
    fn evenness_is_the_darker_halfs_share() {
        let even = stripes(8, 100, 140);
        assert!(measured(&even, &FRONTAL, 100.0).evenness > 0.95);
        let half_lit = measured(&shaded(&even, 0.5), &FRONTAL, 100.0).evenness;
        assert!((half_lit - 0.5).abs() < 0.03, "{half_lit}");
        let black = Chip::from_pixels(vec![0; CHIP_SIDE * CHIP_SIDE * 3]);
        assert!(measured(&black, &FRONTAL, 100.0).evenness.is_finite());
    }

    #[test]
    fn measures_are_those_of_the_grey_levels() {
        let quality = measured(&stripes(8, 100, 140), &FRONTAL, 100.0);
        assert!((quality.luma - 120.0).abs() < 1.0 && (quality.contrast - 20.0).abs() < 1.0, "{quality:?}");
        let even = measured(&stripes(2, 128, 128), &FRONTAL, 100.0);
        assert!(even.sharpness < 1e-3 && even.score < 1e-6, "an even grey is no face picture");
    }

    #[test]
    fn finer_detail_is_sharper() {
        let coarse = measured(&stripes(28, 100, 140), &FRONTAL, 100.0).sharpness;
        let fine = measured(&stripes(4, 100, 140), &FRONTAL, 100.0).sharpness;
        assert!(fine > 3.0 * coarse, "{fine} against {coarse}");
    }
}
