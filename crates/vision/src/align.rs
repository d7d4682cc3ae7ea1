//! Brings a face to the place, size and tilt that the recogniser was trained on. Nothing matters more for accuracy.

use portico_types::Point;

use crate::picture::RgbPicture;
use crate::similarity::Similarity;
use crate::warp::Warper;

/// Side of an aligned picture in pixels.
pub const CHIP_SIDE: usize = 112;

/// Where eyes, nose tip and mouth corners lie in a chip: the template that ArcFace-style recognisers share.
const TEMPLATE: [Point; 5] = [
    Point::new(38.2946, 51.6963),
    Point::new(73.5318, 51.5014),
    Point::new(56.0252, 71.7366),
    Point::new(41.5493, 92.3655),
    Point::new(70.7299, 92.2041),
];

/// An aligned face: 112 × 112 pixels, `R G B`.
#[derive(Clone, PartialEq, Eq)]
pub struct Chip(Vec<u8>);

impl Default for Chip {
    fn default() -> Self {
        Self(vec![0; CHIP_SIDE * CHIP_SIDE * 3])
    }
}

impl std::fmt::Debug for Chip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Chip({CHIP_SIDE}x{CHIP_SIDE})")
    }
}

impl Chip {
    /// The bytes, row by row from the top.
    pub fn pixels(&self) -> &[u8] {
        &self.0
    }

    /// Fills the chip from the face whose five points these are. Points all in one place leave it black.
    pub(crate) fn align(&mut self, picture: &RgbPicture, points: &[Point; 5], warper: &mut Warper) {
        match Similarity::fitting(points, &TEMPLATE) {
            Some(to_chip) => warper.warp(picture, &to_chip, CHIP_SIDE, &mut self.0),
            None => self.0.fill(0),
        }
    }

    /// Replaces the bytes; there must be as many as before.
    #[cfg(test)]
    pub(crate) fn from_pixels(pixels: Vec<u8>) -> Self {
        assert_eq!(pixels.len(), CHIP_SIDE * CHIP_SIDE * 3, "a chip has one size");
        Self(pixels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A white picture with a black spot of 9 px at each point.
    fn spots(points: &[Point; 5]) -> RgbPicture {
        let mut pixels = vec![255; 400 * 400 * 3];
        for p in points {
            for y in p.y as usize - 4..=p.y as usize + 4 {
                for x in p.x as usize - 4..=p.x as usize + 4 {
                    pixels[(y * 400 + x) * 3..][..3].fill(0);
                }
            }
        }
        RgbPicture::new(400, 400, pixels).unwrap()
    }

    #[test]
    fn a_turned_face_comes_to_lie_on_the_template() {
        let turned = Similarity::upright(Point::new(40.0, 70.0), 56.0, -0.35, 180.0);
        let points = TEMPLATE.map(|p| turned.apply(p));
        let mut chip = Chip::default();
        chip.align(&spots(&points), &points, &mut Warper::default());
        for p in TEMPLATE {
            let at = (p.y.round() as usize * CHIP_SIDE + p.x.round() as usize) * 3;
            assert!(chip.pixels()[at] < 60, "the spot belongs at {p:?}");
        }
        assert!(chip.pixels()[(72 * CHIP_SIDE + 30) * 3] > 200, "and nowhere else");
    }

    #[test]
    fn points_without_extent_give_a_black_chip() {
        let mut chip = Chip::from_pixels(vec![9; CHIP_SIDE * CHIP_SIDE * 3]);
        chip.align(&spots(&TEMPLATE), &[Point::new(5.0, 5.0); 5], &mut Warper::default());
        assert!(chip.pixels().iter().all(|p| *p == 0));
    }
}
