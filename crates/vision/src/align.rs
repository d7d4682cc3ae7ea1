//! Brings a face to the place, size and tilt that a recogniser was trained on. Nothing matters more for accuracy.

use portico_types::Point;

use crate::landmarks::{Landmarks, Place};
use crate::picture::RgbPicture;
use crate::similarity::Similarity;
use crate::warp::Warper;

/// Side in pixels of the aligned picture that faces are measured on.
pub const CHIP_SIDE: usize = 112;

/// Where eyes, nose tip and mouth corners lie in a chip of [`CHIP_SIDE`]: what ArcFace-style recognisers share.
const ARCFACE: [(Place, Point); 5] = [
    (Place::LeftEye, Point::new(38.2946, 51.6963)),
    (Place::RightEye, Point::new(73.5318, 51.5014)),
    (Place::NoseTip, Point::new(56.0252, 71.7366)),
    (Place::LeftMouth, Point::new(41.5493, 92.3655)),
    (Place::RightMouth, Point::new(70.7299, 92.2041)),
];

/// Where places of a face come to lie in an aligned picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    side: usize,
    anchors: Vec<(Place, Point)>,
}

impl Template {
    /// Places and where they belong, in pixels of a picture of `side` × `side`. `None` if that aligns nothing: fewer
    /// than two places, one place or one point twice, or a point outside the picture.
    pub fn new(side: usize, anchors: Vec<(Place, Point)>) -> Option<Self> {
        let inside = |at: f32| (0.0..side as f32).contains(&at);
        let fits = anchors.iter().all(|(_, point)| inside(point.x) && inside(point.y));
        let once = anchors.iter().enumerate().all(|(index, (place, point))| {
            anchors[..index].iter().all(|(other, there)| other != place && there != point)
        });
        (anchors.len() >= 2 && fits && once).then_some(Self { side, anchors })
    }

    /// The template that ArcFace-style recognisers share, for pictures of `side` pixels.
    pub fn arcface(side: usize) -> Self {
        let scale = side as f32 / CHIP_SIDE as f32;
        let anchors = ARCFACE.map(|(place, point)| (place, Point::new(point.x * scale, point.y * scale)));
        Self { side, anchors: anchors.to_vec() }
    }

    /// Rows and columns of the picture, in pixels.
    pub const fn side(&self) -> usize {
        self.side
    }
}

/// The best way to bring a face's places to where they belong. No more places than there are of them are looked at.
fn fitting(anchors: &[(Place, Point)], landmarks: &Landmarks) -> Option<Similarity> {
    let (mut from, mut to) = ([Point::default(); Place::COUNT], [Point::default(); Place::COUNT]);
    for (index, (place, point)) in anchors.iter().take(Place::COUNT).enumerate() {
        (from[index], to[index]) = (landmarks.place(*place), *point);
    }
    let count = anchors.len().min(Place::COUNT);
    Similarity::fitting(&from[..count], &to[..count])
}

/// An aligned face, `side` × `side` pixels of `R G B`.
#[derive(Clone, PartialEq, Eq)]
pub struct Chip {
    side: usize,
    pixels: Vec<u8>,
}

impl Default for Chip {
    fn default() -> Self {
        Self::black(CHIP_SIDE)
    }
}

impl std::fmt::Debug for Chip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Chip({side}x{side})", side = self.side)
    }
}

impl Chip {
    /// A black chip.
    pub fn black(side: usize) -> Self {
        Self { side, pixels: vec![0; side * side * 3] }
    }

    /// Rows and columns, in pixels.
    pub const fn side(&self) -> usize {
        self.side
    }

    /// The bytes, row by row from the top.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// Fills the chip from a face. Landmarks all in one place leave it black.
    pub(crate) fn align(
        &mut self,
        picture: &RgbPicture,
        landmarks: &Landmarks,
        (side, anchors): (usize, &[(Place, Point)]),
        warper: &mut Warper,
    ) {
        self.side = side;
        self.pixels.resize(side * side * 3, 0);
        match fitting(anchors, landmarks) {
            Some(to_chip) => warper.warp(picture, &to_chip, self.side, &mut self.pixels),
            None => self.pixels.fill(0),
        }
    }

    /// A chip of [`CHIP_SIDE`] with these bytes.
    #[cfg(test)]
    pub(crate) fn from_pixels(pixels: Vec<u8>) -> Self {
        assert_eq!(pixels.len(), CHIP_SIDE * CHIP_SIDE * 3, "a chip has one size");
        Self { side: CHIP_SIDE, pixels }
    }
}

/// One face, aligned in every way that somebody needs. Keeps its memory when it is filled again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chips {
    measured: Chip,
    further: Vec<Chip>,
}

impl Chips {
    /// The `ArcFace` chip of [`CHIP_SIDE`], which every face has: the one that is measured.
    pub const fn measured(&self) -> &Chip {
        &self.measured
    }

    /// The chip of the template with this number, where the recogniser needs others.
    pub(crate) fn further(&self, index: usize) -> Option<&Chip> {
        self.further.get(index)
    }

    /// Fills the measured chip, and one more for each of `templates`.
    pub(crate) fn align(
        &mut self,
        picture: &RgbPicture,
        landmarks: &Landmarks,
        templates: &[Template],
        warper: &mut Warper,
    ) {
        self.measured.align(picture, landmarks, (CHIP_SIDE, &ARCFACE), warper);
        self.further.resize_with(templates.len(), Chip::default);
        for (chip, template) in self.further.iter_mut().zip(templates) {
            chip.align(picture, landmarks, (template.side, &template.anchors), warper);
        }
    }

    /// Black chips for these templates.
    pub(crate) fn black(templates: &[Template]) -> Self {
        let further = templates.iter().map(|template| Chip::black(template.side)).collect();
        Self { measured: Chip::default(), further }
    }

    /// A face of which only the measured chip is known.
    #[cfg(test)]
    pub(crate) const fn of(measured: Chip) -> Self {
        Self { measured, further: Vec::new() }
    }

    /// These chips with the measured one of others.
    #[cfg(test)]
    pub(crate) fn with_measured(self, other: &Self) -> Self {
        Self { measured: other.measured.clone(), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes::landmarks;

    const BASE: Point = Point::new(300.0, 300.0);

    /// A white picture with a black spot of 9 px at each point.
    fn spots(points: &[Point]) -> RgbPicture {
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

    fn is_black(chip: &Chip, at: Point) -> bool {
        chip.pixels()[(at.y.round() as usize * chip.side() + at.x.round() as usize) * 3] < 60
    }

    #[test]
    fn a_turned_face_comes_to_lie_on_the_template() {
        let turned = Similarity::upright(Point::new(40.0, 70.0), 56.0, -0.35, 180.0);
        let points = ARCFACE.map(|(_, point)| turned.apply(point));
        let mut chips = Chips::default();
        chips.align(&spots(&points), &landmarks(points, BASE), &[], &mut Warper::default());
        let chip = chips.measured();
        for (place, point) in ARCFACE {
            assert!(is_black(chip, point), "{place:?} belongs at {point:?}");
        }
        assert!(!is_black(chip, Point::new(30.0, 72.0)), "and nothing elsewhere");
    }

    #[test]
    fn each_template_has_a_chip_of_its_own_size_and_places() {
        let eyes = [Point::new(150.0, 120.0), Point::new(230.0, 120.0)];
        let base = Point::new(190.0, 190.0);
        let anchors = vec![
            (Place::LeftEye, Point::new(48.0, 47.0)),
            (Place::RightEye, Point::new(100.0, 47.0)),
            (Place::NoseBase, Point::new(74.0, 92.5)),
        ];
        let templates = [Template::new(150, anchors.clone()).unwrap(), Template::arcface(56)];
        let face = landmarks([eyes[0], eyes[1], base, base, base], base);
        let mut chips = Chips::default();
        let picture = spots(&[eyes[0], eyes[1], base]);
        for _ in 0..2 {
            chips.align(&picture, &face, &templates, &mut Warper::default());
        }
        let chip = chips.further(0).unwrap();
        assert!(anchors.iter().all(|(_, point)| is_black(chip, *point)), "three places fit exactly");
        assert_eq!(chip.side(), 150);
        assert_eq!(chips.further(1).map(Chip::side), Some(56));
        assert!(chips.further(2).is_none());
    }

    #[test]
    fn places_that_align_nothing_make_no_template() {
        let eye = (Place::LeftEye, Point::new(30.0, 40.0));
        assert!(Template::new(112, vec![eye]).is_none(), "one place leaves size and tilt open");
        assert!(Template::new(112, vec![eye, eye]).is_none());
        let same = (Place::RightEye, eye.1);
        assert!(Template::new(112, vec![eye, same]).is_none(), "two places in one point leave them open too");
        let outside = (Place::RightEye, Point::new(112.0, 40.0));
        assert!(Template::new(112, vec![eye, outside]).is_none());
        assert!(Template::new(112, vec![eye, (Place::RightEye, Point::new(80.0, 40.0))]).is_some());
    }

    #[test]
    fn points_without_extent_give_a_black_chip() {
        let mut chips = Chips::of(Chip::from_pixels(vec![9; CHIP_SIDE * CHIP_SIDE * 3]));
        let nowhere = landmarks([Point::new(5.0, 5.0); 5], Point::new(5.0, 5.0));
        chips.align(&spots(&ARCFACE.map(|(_, point)| point)), &nowhere, &[], &mut Warper::default());
        assert!(chips.measured().pixels().iter().all(|p| *p == 0));
    }
}
