//! Many boxes around one face to one box: weighted non-maximum suppression, as the detector was trained for.

use portico_types::{FaceBox, Point};

use super::Detection;

/// One detection for each group of boxes that overlap the group's best by more than `overlap`: the mean of the group,
/// weighted by score, with the best one's score. Best first.
pub(super) fn merge(mut found: Vec<Detection>, overlap: f32) -> Vec<Detection> {
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut merged = Vec::new();
    while let Some(best) = found.first().copied() {
        let mut sum = Sum::default();
        sum.add(&best);
        found.remove(0);
        found.retain(|other| {
            let same_face = best.bounds.overlap(&other.bounds) > overlap;
            if same_face {
                sum.add(other);
            }
            !same_face
        });
        merged.push(sum.mean(best.score));
    }
    merged
}

#[derive(Default)]
struct Sum {
    weight: f32,
    bounds: FaceBox,
    key_points: [Point; 6],
}

impl Sum {
    fn add(&mut self, part: &Detection) {
        let w = part.score;
        self.weight += w;
        self.bounds.x += part.bounds.x * w;
        self.bounds.y += part.bounds.y * w;
        self.bounds.width += part.bounds.width * w;
        self.bounds.height += part.bounds.height * w;
        for (sum, point) in self.key_points.iter_mut().zip(part.key_points) {
            *sum = Point::new(sum.x + point.x * w, sum.y + point.y * w);
        }
    }

    fn mean(&self, score: f32) -> Detection {
        let w = self.weight;
        let FaceBox { x, y, width, height } = self.bounds;
        Detection {
            score,
            bounds: FaceBox { x: x / w, y: y / w, width: width / w, height: height / w },
            key_points: self.key_points.map(|p| Point::new(p.x / w, p.y / w)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f32, score: f32) -> Detection {
        let bounds = FaceBox { x, y: 0.0, width: 100.0, height: 100.0 };
        Detection { score, bounds, key_points: [Point::new(x, 50.0); 6] }
    }

    #[test]
    fn boxes_around_one_face_become_their_weighted_mean() {
        let merged = merge(vec![at(0.0, 0.6), at(10.0, 0.9)], 0.3);
        assert_eq!(merged.len(), 1);
        assert!((merged[0].bounds.x - 6.0).abs() < 1e-4, "0.6·0 + 0.9·10 over 1.5");
        assert!((merged[0].key_points[3].x - 6.0).abs() < 1e-4);
        assert!((merged[0].score - 0.9).abs() < 1e-6, "merging must not lower the score");
    }

    #[test]
    fn two_faces_stay_two_and_the_better_comes_first() {
        let merged = merge(vec![at(0.0, 0.7), at(200.0, 0.95), at(4.0, 0.8)], 0.3);
        assert_eq!(merged.len(), 2);
        assert!(merged[0].bounds.x > 190.0 && merged[1].bounds.x < 5.0);
    }
}
