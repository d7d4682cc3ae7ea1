//! Follows one face by its landmarks, so that the detector need not look at every frame.
//!
//! The detector is the dearest stage after decoding, and the landmarks of a near face are read in every frame anyway:
//! how they moved since the last one says where the face is now. The box for the next frame is the detector's, moved
//! likewise. Whether it is still a face, the landmark model says itself.

use portico_types::{FaceBox, Point, Tick};

use crate::detect::Detection;
use crate::similarity::Similarity;

/// Where a face should be in the next frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Carried {
    /// As the detector would give it.
    pub detection: Detection,
    /// When the detector last saw the face.
    pub detected_at: Tick,
    points: [Point; 5],
}

impl Carried {
    /// A face that the detector has just found, with its landmarks.
    pub fn found(detection: Detection, points: [Point; 5], at: Tick) -> Self {
        Self { detection, detected_at: at, points }
    }

    /// The same face with the landmarks of the next frame.
    pub fn moved(self, points: [Point; 5]) -> Self {
        // Points all in one place tell nothing of movement.
        let Some(movement) = Similarity::fitting(&self.points, &points) else {
            return Self { points, ..self };
        };
        let bounds = self.detection.bounds;
        let (width, height) = (bounds.width * movement.scale(), bounds.height * movement.scale());
        let centre = movement.apply(bounds.centre());
        let detection = Detection {
            bounds: FaceBox { x: centre.x - width / 2.0, y: centre.y - height / 2.0, width, height },
            key_points: self.detection.key_points.map(|point| movement.apply(point)),
            ..self.detection
        };
        Self { detection, points, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face() -> Carried {
        let bounds = FaceBox { x: 100.0, y: 100.0, width: 80.0, height: 100.0 };
        let detection = Detection { score: 0.9, bounds, key_points: [Point::new(120.0, 130.0); 6] };
        let points = [(120.0, 130.0), (160.0, 130.0), (140.0, 150.0), (125.0, 170.0), (155.0, 170.0)];
        Carried::found(detection, points.map(|(x, y)| Point::new(x, y)), Tick::from_millis(40))
    }

    #[test]
    fn the_box_goes_where_the_landmarks_go_and_grows_with_them() {
        let before = face();
        // A step to the right and a quarter nearer.
        let after = before.moved(before.points.map(|p| Point::new(p.x * 1.25 + 10.0, p.y * 1.25)));
        let bounds = after.detection.bounds;
        let close = |a: f32, b: f32| (a - b).abs() < 0.01;
        assert!(close(bounds.width, 100.0) && close(bounds.height, 125.0), "{bounds:?}");
        assert!(close(bounds.centre().x, 185.0) && close(bounds.centre().y, 187.5), "{bounds:?}");
        assert!(close(after.detection.key_points[0].x, 160.0));
        assert_eq!(after.detected_at, before.detected_at, "the detector has not looked again");
    }

    #[test]
    fn landmarks_without_extent_move_nothing() {
        let flat = Carried { points: [Point::new(1.0, 1.0); 5], ..face() };
        let after = flat.moved([Point::new(9.0, 9.0); 5]);
        assert_eq!(after.detection, flat.detection);
    }
}
