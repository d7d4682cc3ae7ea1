//! The detector's numbers to boxes in the picture.

use portico_types::{FaceBox, Point};

use super::{Detection, NUMBERS, SIDE};
use crate::picture::Square;

/// Every anchor whose score, a logit, reaches `threshold` (0 to 1), carried from the input back to `square`.
pub(super) fn read(regressors: &[f32], scores: &[f32], threshold: f32, square: Square) -> Vec<Detection> {
    let least = (threshold / (1.0 - threshold)).ln();
    let numbers = regressors.as_chunks::<NUMBERS>().0;
    let hits = scores.iter().zip(numbers).enumerate().filter(|(_, (logit, _))| **logit >= least);
    hits.map(|(anchor, (logit, numbers))| detection(anchor, *logit, numbers, square)).collect()
}

fn detection(anchor: usize, logit: f32, numbers: &[f32; NUMBERS], square: Square) -> Detection {
    let cells = SIDE / 4;
    let cell_middle = |index: usize| (index as f32 + 0.5) * 4.0;
    let (anchor_x, anchor_y) = (cell_middle(anchor % cells), cell_middle(anchor / cells));
    let scale = square.side / SIDE as f32;
    let place =
        |x: f32, y: f32| Point::new(square.x + (anchor_x + x) * scale, square.y + (anchor_y + y) * scale);
    let [x, y, width, height, points @ ..] = numbers;
    let corner = place(x - width / 2.0, y - height / 2.0);
    Detection {
        score: 1.0 / (1.0 + (-logit).exp()),
        bounds: FaceBox { x: corner.x, y: corner.y, width: width * scale, height: height * scale },
        key_points: std::array::from_fn(|i| place(points[2 * i], points[2 * i + 1])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_anchors_above_the_threshold_become_boxes() {
        let scores = [0.3, 0.5, -0.1, 9.0];
        let found = read(&[0.0; 4 * NUMBERS], &scores, 0.6, Square { x: 0.0, y: 0.0, side: 192.0 });
        assert_eq!(found.len(), 2, "0.6 is a logit of 0.405");
        assert!(found[0].score > 0.6 && found[1].score > 0.999);
    }

    #[test]
    fn numbers_are_offsets_from_the_middle_of_the_anchors_cell() {
        let mut numbers = [0.0; NUMBERS];
        numbers[..6].copy_from_slice(&[2.0, -2.0, 20.0, 40.0, 1.0, 3.0]);
        // Second row, second column: the middle of its cell is (6, 6); the picture is twice the input's size.
        let found = detection(SIDE / 4 + 1, 0.0, &numbers, Square { x: 100.0, y: 10.0, side: 384.0 });
        assert_eq!(found.bounds, FaceBox { x: 96.0, y: -22.0, width: 40.0, height: 80.0 });
        assert_eq!(found.key_points[0], Point::new(114.0, 28.0));
    }
}
