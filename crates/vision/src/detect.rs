//! Finds faces in a square of a picture: scales it, runs the detector, and makes its numbers into boxes.
//!
//! The model is `BlazeFace` full range in its dense form: 192 × 192 × 3 in, one anchor per 4 × 4 px cell, and for each
//! anchor a score (as a logit) and 16 numbers in input pixels: box centre, box size, six key points.

mod boxes;
mod merge;

use portico_inference::Model;
use portico_types::{FaceBox, Point};

use crate::error::VisionError;
use crate::params::DetectParams;
use crate::picture::{RgbPicture, Square};
use crate::resize::{Rectangle, Scaler};

/// Side of the detector's input in pixels.
const SIDE: usize = 192;
/// Numbers per anchor.
const NUMBERS: usize = 16;
/// One anchor for each 4 × 4 px cell.
const ANCHORS: usize = (SIDE / 4) * (SIDE / 4);

/// A face that the detector found. In pixels of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detection {
    /// How sure the detector is, 0 to 1.
    pub score: f32,
    /// From brow to chin and cheek to cheek.
    pub bounds: FaceBox,
    /// Eyes (left, right as seen), nose tip, mouth, ears (left, right as seen).
    pub key_points: [Point; 6],
}

impl Detection {
    /// How far the line between the eyes is turned, in radians, clockwise as seen.
    pub fn roll(&self) -> f32 {
        let [left, right, ..] = self.key_points;
        (right.y - left.y).atan2(right.x - left.x)
    }
}

/// The first stage.
pub struct Detector {
    net: Box<dyn Model>,
    regressors: usize,
    scores: usize,
    scaler: Scaler,
    scaled: RgbPicture,
    input: Vec<f32>,
}

impl Detector {
    /// Takes a model and checks that it is a detector as far as its input tells.
    pub fn new(mut net: Box<dyn Model>) -> Result<Self, VisionError> {
        let wrong = |fault| VisionError::WrongModel { stage: "detector", fault };
        if net.input_shape() != [SIDE, SIDE, 3] {
            return Err(wrong("does not take 192x192x3"));
        }
        let mut input = vec![BLACK; SIDE * SIDE * 3];
        let outputs = net.run(&input)?;
        let sized = |length| outputs.iter().position(|output| output.len() == length);
        let regressors = sized(ANCHORS * NUMBERS).ok_or(wrong("gives no boxes"))?;
        let scores = sized(ANCHORS).ok_or(wrong("gives no scores"))?;
        input.fill(BLACK);
        Ok(Self { net, regressors, scores, scaler: Scaler::default(), scaled: RgbPicture::default(), input })
    }

    /// The faces in `square` that score at least `params.threshold`, best first.
    pub fn detect(
        &mut self,
        picture: &RgbPicture,
        square: Square,
        params: &DetectParams,
    ) -> Result<Vec<Detection>, VisionError> {
        if !self.fill(picture, square)? {
            return Ok(Vec::new());
        }
        let outputs = self.net.run(&self.input)?;
        let found = boxes::read(outputs[self.regressors], outputs[self.scores], params.threshold, square);
        Ok(merge::merge(found, params.same_face_overlap))
    }

    /// Scales the part of `square` that lies within the picture into its place in the input, black around it. False
    /// if nothing of it lies within.
    fn fill(&mut self, picture: &RgbPicture, square: Square) -> Result<bool, VisionError> {
        let (x, left, width) = overlap(square.x, square.side, picture.width());
        let (y, top, height) = overlap(square.y, square.side, picture.height());
        if width.pixels == 0 || height.pixels == 0 {
            return Ok(false);
        }
        let part = Rectangle { x, y, width: width.source, height: height.source };
        let size = (width.pixels as u32, height.pixels as u32);
        self.scaler.scale_part(picture, part, size, &mut self.scaled)?;
        self.input.fill(BLACK);
        let rows = self.scaled.pixels().chunks_exact(width.pixels * 3);
        for (row, line) in rows.enumerate() {
            let start = ((top + row) * SIDE + left) * 3;
            for (value, byte) in self.input[start..start + line.len()].iter_mut().zip(line) {
                *value = f32::from(*byte) / 127.5 - 1.0;
            }
        }
        Ok(true)
    }
}

/// What a black pixel is to the model.
const BLACK: f32 = -1.0;

/// A length in the picture and the same length in the input.
struct Length {
    source: f64,
    pixels: usize,
}

/// Where the span from `start` over `side` meets a picture of `length`: its start in the picture, its start in the
/// input, and how long it is in both.
fn overlap(start: f32, side: f32, length: u32) -> (f64, usize, Length) {
    let scale = SIDE as f64 / f64::from(side);
    let begin = f64::from(start).max(0.0);
    let end = f64::from(start + side).min(f64::from(length));
    let source = (end - begin).max(0.0);
    let first = (((begin - f64::from(start)) * scale).round() as usize).min(SIDE);
    // A sliver thinner than one input pixel still counts as one.
    let least = usize::from(source > 0.0);
    let pixels = ((source * scale).round() as usize).max(least).min(SIDE - first);
    (begin, first, Length { source, pixels })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes::{FakeNet, blank};

    fn no_faces() -> Vec<Vec<f32>> {
        vec![vec![0.0; ANCHORS * NUMBERS], vec![-20.0; ANCHORS]]
    }

    /// One face of 48 × 48 input pixels, `at` cells from the left and the top.
    fn one_face(at: usize) -> Vec<Vec<f32>> {
        let mut outputs = no_faces();
        let anchor = at * (SIDE / 4) + at;
        outputs[0][anchor * NUMBERS..][..8].copy_from_slice(&[0.0, 0.0, 48.0, 48.0, -10.0, -5.0, 10.0, -5.0]);
        outputs[1][anchor] = 3.0;
        outputs
    }

    #[test]
    fn a_face_comes_back_in_pixels_of_the_picture() {
        let mut detector = Detector::new(FakeNet::boxed([SIDE, SIDE, 3], one_face(24))).unwrap();
        let picture = blank(640, 480);
        let found = detector.detect(&picture, Square::centre_of(&picture), &DetectParams::default()).unwrap();
        assert_eq!(found.len(), 1);
        let middle = found[0].bounds.centre();
        assert!((middle.x - (80.0 + 245.0)).abs() < 1.0 && (middle.y - 245.0).abs() < 1.0, "{middle:?}");
        assert!((found[0].bounds.width - 120.0).abs() < 0.5, "48 of 192 px in a square of 480 px are 120 px");
        assert!(found[0].roll().abs() < 1e-6);
    }

    #[test]
    fn the_outputs_may_come_in_either_order() {
        let mut outputs = one_face(10);
        outputs.reverse();
        let mut detector = Detector::new(FakeNet::boxed([SIDE, SIDE, 3], outputs)).unwrap();
        let picture = blank(192, 192);
        let found = detector.detect(&picture, Square::centre_of(&picture), &DetectParams::default()).unwrap();
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_model_of_another_shape_is_refused_at_once() {
        let small = Detector::new(FakeNet::boxed([128, 128, 3], no_faces()));
        assert!(matches!(small, Err(VisionError::WrongModel { stage: "detector", .. })));
        let sparse = Detector::new(FakeNet::boxed([SIDE, SIDE, 3], vec![vec![0.0; 896]]));
        assert!(matches!(sparse, Err(VisionError::WrongModel { .. })));
    }

    #[test]
    fn the_picture_lies_in_the_middle_of_a_letterbox() {
        let mut detector = Detector::new(FakeNet::boxed([SIDE, SIDE, 3], no_faces())).unwrap();
        let white = RgbPicture::new(100, 50, vec![255; 100 * 50 * 3]).unwrap();
        assert!(detector.fill(&white, Square::around(&white, 0.0)).unwrap());
        let row = |y: usize| detector.input[(y * SIDE + 96) * 3];
        assert_eq!([row(47), row(48), row(143), row(144)].map(|v| v as i32), [-1, 1, 1, -1]);
    }
}
