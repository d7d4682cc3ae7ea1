//! Whether a face changed its shape as a flat picture does when it is moved and tilted, or as a head does.
//!
//! Two views of a flat thing are related by a homography, whatever the camera and the movement. Two views of a head that
//! turned are not: the nose moves against the cheeks; nor are two views of a face that speaks or blinks. Movement that a
//! similarity explains (nearer, aside, tilted in the picture) says nothing either way and is taken out first.

use portico_types::Point;

use super::flow::Pair;
use crate::similarity::Similarity;

/// How the shape of a face changed from one picture to another, in pixels of the pictures (root mean square over its
/// features).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Change {
    /// What a similarity does not explain: how much there is to judge.
    pub shape: f32,
    /// What a homography does not explain either: what a flat picture cannot do.
    pub depth: f32,
}

/// Judges by features that were found in both pictures; `None` if they are in one place.
pub(super) fn compare(pairs: &[Pair]) -> Option<Change> {
    let (from, to): (Vec<Point>, Vec<Point>) = pairs.iter().copied().unzip();
    let similar = Similarity::fitting(&from, &to)?;
    let flat = Homography::fitting(&from, &to)?;
    let mean = |squares: f32| (squares / pairs.len() as f32).sqrt();
    let shape = pairs.iter().map(|(a, b)| similar.apply(*a).distance(*b).powi(2)).sum();
    let depth = pairs.iter().map(|(a, b)| flat.apply(*a).distance(*b).powi(2)).sum();
    Some(Change { shape: mean(shape), depth: mean(depth) })
}

/// `(x, y)` goes to `(a·x + b·y + c, d·x + e·y + f) / (g·x + h·y + 1)`, in coordinates of their own on either side.
struct Homography {
    numbers: [f64; 8],
    from: Frame,
    to: Frame,
}

impl Homography {
    /// The one that carries `from` onto `to` best, in the sense of the equations multiplied by the denominator.
    fn fitting(from: &[Point], to: &[Point]) -> Option<Self> {
        let (from_frame, to_frame) = (Frame::of(from)?, Frame::of(to)?);
        let mut sums = [[0.0; 9]; 8];
        for (p, q) in from.iter().zip(to) {
            let ((x, y), (u, v)) = (from_frame.within(*p), to_frame.within(*q));
            add(&mut sums, [x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y], u);
            add(&mut sums, [0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y], v);
        }
        Some(Self { numbers: solve(sums)?, from: from_frame, to: to_frame })
    }

    fn apply(&self, p: Point) -> Point {
        let (x, y) = self.from.within(p);
        let [a, b, c, d, e, f, g, h] = self.numbers;
        let scale = g * x + h * y + 1.0;
        self.to.out((a * x + b * y + c) / scale, (d * x + e * y + f) / scale)
    }
}

/// Coordinates around the middle of some points, about one unit across: least squares go wrong on plain pixels.
struct Frame {
    middle: (f64, f64),
    unit: f64,
}

impl Frame {
    fn of(points: &[Point]) -> Option<Self> {
        let count = points.len() as f64;
        let sum = |of: fn(&Point) -> f32| points.iter().map(|p| f64::from(of(p))).sum::<f64>();
        let middle = (sum(|p| p.x) / count, sum(|p| p.y) / count);
        let spread = |p: &Point| (f64::from(p.x) - middle.0).hypot(f64::from(p.y) - middle.1);
        let unit = points.iter().map(spread).sum::<f64>() / count;
        (unit.is_finite() && unit > f64::EPSILON).then_some(Self { middle, unit })
    }

    fn within(&self, p: Point) -> (f64, f64) {
        ((f64::from(p.x) - self.middle.0) / self.unit, (f64::from(p.y) - self.middle.1) / self.unit)
    }

    fn out(&self, x: f64, y: f64) -> Point {
        Point::new((x * self.unit + self.middle.0) as f32, (y * self.unit + self.middle.1) as f32)
    }
}

/// Adds an equation `row · numbers = value` to the normal equations.
fn add(sums: &mut [[f64; 9]; 8], row: [f64; 8], value: f64) {
    for (i, line) in sums.iter_mut().enumerate() {
        for (j, sum) in line.iter_mut().take(8).enumerate() {
            *sum += row[i] * row[j];
        }
        line[8] += row[i] * value;
    }
}

/// Solves eight equations by elimination; `None` if they do not determine the numbers.
fn solve(mut lines: [[f64; 9]; 8]) -> Option<[f64; 8]> {
    for step in 0..8 {
        let best = (step..8).max_by(|a, b| lines[*a][step].abs().total_cmp(&lines[*b][step].abs()))?;
        lines.swap(step, best);
        let pivot = lines[step];
        if pivot[step].abs() < 1e-9 {
            return None;
        }
        for (_, line) in lines.iter_mut().enumerate().filter(|(index, _)| *index != step) {
            let factor = line[step] / pivot[step];
            for (value, above) in line.iter_mut().zip(pivot).skip(step) {
                *value -= factor * above;
            }
        }
    }
    Some(std::array::from_fn(|index| lines[index][8] / lines[index][index]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points of a face in pixels around its middle; the third number is their height above its plane.
    fn relief() -> Vec<[f32; 3]> {
        let place = |i: usize| ((i % 9) as f32 * 8.0 - 32.0, (i / 9) as f32 * 8.0 - 36.0);
        (0..90)
            .map(|i| {
                let (x, y) = place(i);
                [x, y, 14.0 * (-(x * x + y * y) / 400.0).exp()]
            })
            .collect()
    }

    /// The face turned to the side, seen by a camera 300 px away. `raised` is how much of its relief it has.
    fn seen(turn_degrees: f32, raised: f32) -> Vec<Point> {
        let (sin, cos) = turn_degrees.to_radians().sin_cos();
        let project = |[x, y, z]: &[f32; 3]| {
            let (across, near) = (x * cos + z * raised * sin, z * raised * cos - x * sin);
            let scale = 300.0 / (300.0 - near);
            Point::new(56.0 + across * scale, 64.0 + y * scale)
        };
        relief().iter().map(project).collect()
    }

    fn pairs(from: Vec<Point>, to: Vec<Point>) -> Vec<Pair> {
        from.into_iter().zip(to).collect()
    }

    #[test]
    fn a_tilted_picture_is_explained_by_a_plane_and_a_turned_head_is_not() {
        let picture = compare(&pairs(seen(-10.0, 0.0), seen(12.0, 0.0))).unwrap();
        assert!(picture.shape > 0.5, "perspective changes its shape: {picture:?}");
        assert!(picture.depth < 0.01 * picture.shape, "and a plane explains that: {picture:?}");
        let head = compare(&pairs(seen(-10.0, 1.0), seen(12.0, 1.0))).unwrap();
        assert!(head.depth > 0.6 * head.shape, "the nose moved against the cheeks: {head:?}");
    }

    #[test]
    fn coming_nearer_is_no_change_of_shape() {
        let near = seen(0.0, 1.0);
        let far = near.iter().map(|p| Point::new(p.x * 0.7 + 40.0, p.y * 0.7 - 9.0)).collect();
        let change = compare(&pairs(near, far)).unwrap();
        assert!(change.shape < 1e-3, "{change:?}");
    }

    #[test]
    fn features_in_one_place_tell_nothing() {
        let nowhere = vec![Point::new(5.0, 5.0); 90];
        assert_eq!(compare(&pairs(nowhere.clone(), seen(0.0, 1.0))), None);
        assert_eq!(compare(&pairs(seen(0.0, 1.0), nowhere)), None);
        assert_eq!(compare(&[]), None);
    }
}
