//! Turns, scalings and shifts of the plane, and the one that carries one set of points onto another best.

use portico_types::Point;

/// `(x, y)` goes to `(a·x − b·y + dx, b·x + a·y + dy)`. Never mirrors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Similarity {
    a: f32,
    b: f32,
    dx: f32,
    dy: f32,
}

impl Similarity {
    /// The one with the least sum of squared distances between carried `from` and `to`; `None` if all of `from`
    /// are one point.
    pub(crate) fn fitting(from: &[Point], to: &[Point]) -> Option<Self> {
        let (from_mean, to_mean) = (mean(from), mean(to));
        let (mut spread, mut along, mut across) = (0.0, 0.0, 0.0);
        for (f, t) in from.iter().zip(to) {
            let (fx, fy) = (f.x - from_mean.x, f.y - from_mean.y);
            let (tx, ty) = (t.x - to_mean.x, t.y - to_mean.y);
            spread += fx * fx + fy * fy;
            along += fx * tx + fy * ty;
            across += fx * ty - fy * tx;
        }
        if spread <= f32::EPSILON || !spread.is_finite() {
            return None;
        }
        let (a, b) = (along / spread, across / spread);
        Some(Self::about(a, b, from_mean, to_mean))
    }

    /// Carries the square of side `width` around `centre`, turned by `radians` (clockwise as seen), onto the upright
    /// square from 0 to `side`.
    pub(crate) fn upright(centre: Point, width: f32, radians: f32, side: f32) -> Self {
        let scale = side / width;
        let middle = Point::new(side / 2.0, side / 2.0);
        Self::about(radians.cos() * scale, -radians.sin() * scale, centre, middle)
    }

    fn about(a: f32, b: f32, from: Point, to: Point) -> Self {
        Self { a, b, dx: to.x - (a * from.x - b * from.y), dy: to.y - (b * from.x + a * from.y) }
    }

    /// Where a point goes.
    pub(crate) fn apply(&self, p: Point) -> Point {
        Point::new(self.a * p.x - self.b * p.y + self.dx, self.b * p.x + self.a * p.y + self.dy)
    }

    /// How much longer things become.
    pub(crate) fn scale(&self) -> f32 {
        self.a.hypot(self.b)
    }

    /// The way back; `None` if everything goes to one point.
    pub(crate) fn inverse(&self) -> Option<Self> {
        let square = self.a * self.a + self.b * self.b;
        if square <= f32::MIN_POSITIVE || !square.is_finite() {
            return None;
        }
        let (a, b) = (self.a / square, -self.b / square);
        let back = Self { a, b, dx: 0.0, dy: 0.0 }.apply(Point::new(self.dx, self.dy));
        Some(Self { a, b, dx: -back.x, dy: -back.y })
    }

    /// How far a step to the right goes.
    pub(crate) fn step_right(&self) -> Point {
        Point::new(self.a, self.b)
    }
}

fn mean(points: &[Point]) -> Point {
    let count = points.len().max(1) as f32;
    let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), p| (x + p.x, y + p.y));
    Point::new(x / count, y / count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: Point, b: Point) -> bool {
        a.distance(b) < 1e-3
    }

    #[test]
    fn the_fit_of_moved_points_is_the_move_itself() {
        let from = [Point::new(1.0, 2.0), Point::new(7.0, 3.0), Point::new(4.0, 9.0)];
        let moved = Similarity { a: 0.6, b: -0.8, dx: 30.0, dy: -4.0 };
        let to = from.map(|p| moved.apply(p));
        let fit = Similarity::fitting(&from, &to).unwrap();
        assert!(from.iter().all(|p| near(fit.apply(*p), moved.apply(*p))), "{fit:?}");
        assert!((fit.scale() - 1.0).abs() < 1e-5);
    }

    #[test]
    fn the_way_back_leads_back() {
        let there = Similarity::upright(Point::new(120.0, 80.0), 50.0, 0.3, 192.0);
        let back = there.inverse().unwrap();
        let p = Point::new(101.0, 93.0);
        assert!(near(back.apply(there.apply(p)), p));
    }

    #[test]
    fn a_turned_square_is_set_upright() {
        let quarter = std::f32::consts::FRAC_PI_2;
        let map = Similarity::upright(Point::new(10.0, 10.0), 20.0, quarter, 100.0);
        assert!(near(map.apply(Point::new(10.0, 10.0)), Point::new(50.0, 50.0)));
        assert!(
            near(map.apply(Point::new(10.0, 20.0)), Point::new(100.0, 50.0)),
            "eyes one above the other must come to lie side by side"
        );
    }

    #[test]
    fn points_in_one_place_fit_nothing() {
        let same = [Point::new(3.0, 3.0); 5];
        assert!(Similarity::fitting(&same, &[Point::default(); 5]).is_none());
    }
}
