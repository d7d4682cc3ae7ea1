//! Where the small features of an aligned face have gone in another picture of it, to a fraction of a pixel.
//!
//! The mesh would be easier to compare, but it is a model's idea of a face: over a tilted photograph it changes much as
//! over a head. Pixels do not interpret. Iterated least squares over small windows (after Lucas and Kanade).

use portico_types::Point;

use crate::align::{CHIP_SIDE, Chip};

/// Where windows stand: from the brows to below the mouth, clear of hair and background, and so far from the edge that
/// a window which has gone as far as it may still lies within.
const COLUMNS: std::ops::Range<usize> = 24..90;
const ROWS: std::ops::Range<usize> = 30..98;
const STEP: usize = 8;
/// A window reaches this far from its middle.
const REACH: usize = 5;
const SIDE: usize = 2 * REACH + 1;
const PIXELS: usize = SIDE * SIDE;
/// Steps after which a window that still moves is given up.
const ITERATIONS: usize = 10;
/// A step this short, in pixels, is the last.
const SETTLED: f32 = 0.01;
/// Least mean square of the gradient in its weaker direction, in levels a pixel: without one a window slides along.
const LEAST_TEXTURE: f32 = 3.0;
/// Greatest way of a feature between two aligned faces, in pixels. Windows stand further than this from the edge.
const FARTHEST: f32 = 6.0;
/// Greatest difference that may be left, as a share of the window's own contrast.
const MOST_LEFT: f32 = 0.5;

/// A feature in one picture and in another.
pub(super) type Pair = (Point, Point);

/// The grey levels of an aligned face, a little smoothed: `CHIP_SIDE * CHIP_SIDE` of them. The outermost are not filled.
#[derive(Clone, Default)]
pub(super) struct Grey(Vec<f32>);

impl Grey {
    /// Takes over the levels of `chip`, keeping the memory.
    pub fn fill(&mut self, chip: &Chip) {
        let pixels = chip.pixels().as_chunks::<3>().0;
        let level = |at: usize| {
            let [r, g, b] = pixels[at].map(f32::from);
            0.299 * r + 0.587 * g + 0.114 * b
        };
        let across = |at: usize| (level(at - 1) + 2.0 * level(at) + level(at + 1)) / 4.0;
        self.0.resize(pixels.len(), 0.0);
        // Noise of single pixels carries nothing.
        for row in 1..CHIP_SIDE - 1 {
            let (start, end) = (row * CHIP_SIDE + 1, (row + 1) * CHIP_SIDE - 1);
            for at in start..end {
                self.0[at] = (across(at - CHIP_SIDE) + 2.0 * across(at) + across(at + CHIP_SIDE)) / 4.0;
            }
        }
    }

    /// The features of `self` that are found again in `other`.
    pub fn follow(&self, other: &Self) -> Vec<Pair> {
        let places = ROWS.step_by(STEP).flat_map(|y| COLUMNS.step_by(STEP).map(move |x| (x, y)));
        places.filter_map(|(x, y)| Window::around(self, x, y)?.found_in(other)).collect()
    }

    fn at(&self, x: usize, y: usize) -> f32 {
        self.0[y * CHIP_SIDE + x]
    }

    /// The level between pixels.
    fn between(&self, x: f32, y: f32) -> f32 {
        let (left, top) = (x as usize, y as usize);
        let (along, down) = (x - left as f32, y - top as f32);
        let row = |y: usize| self.at(left, y) + (self.at(left + 1, y) - self.at(left, y)) * along;
        row(top) + (row(top + 1) - row(top)) * down
    }
}

/// A small square of a picture.
struct Window {
    middle: Point,
    /// Levels less their mean.
    levels: [f32; PIXELS],
    /// Slopes to the right and downwards.
    slopes: [(f32, f32); PIXELS],
    /// Sums of the slopes' products: right with right, right with down, down with down.
    products: (f32, f32, f32),
}

impl Window {
    /// The window around a place; `None` if there is nothing in it that could be found again.
    fn around(grey: &Grey, x: usize, y: usize) -> Option<Self> {
        let place = |index: usize| (x + index % SIDE - REACH, y + index / SIDE - REACH);
        let levels: [f32; PIXELS] = std::array::from_fn(|index| {
            let (x, y) = place(index);
            grey.at(x, y)
        });
        let slopes = std::array::from_fn(|index| {
            let (x, y) = place(index);
            ((grey.at(x + 1, y) - grey.at(x - 1, y)) / 2.0, (grey.at(x, y + 1) - grey.at(x, y - 1)) / 2.0)
        });
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for (right, down) in slopes {
            (xx, xy, yy) = (xx + right * right, xy + right * down, yy + down * down);
        }
        let weaker = f32::midpoint(xx, yy) - ((xx - yy) / 2.0).hypot(xy);
        let middle = Point::new(x as f32, y as f32);
        let levels = without_mean(&levels);
        (weaker >= LEAST_TEXTURE * PIXELS as f32).then_some(Self {
            middle,
            levels,
            slopes,
            products: (xx, xy, yy),
        })
    }

    /// The window's middle, and where it is in `other`.
    fn found_in(&self, other: &Grey) -> Option<Pair> {
        let (xx, xy, yy) = self.products;
        let determinant = xx * yy - xy * xy;
        let mut found = self.middle;
        let mut left = f32::INFINITY;
        for _ in 0..ITERATIONS {
            let differences = self.differences(other, found);
            left = differences.iter().map(|d| d * d).sum();
            let (mut right, mut down) = (0.0, 0.0);
            for (difference, (to_right, downwards)) in differences.iter().zip(self.slopes) {
                right += difference * to_right;
                down += difference * downwards;
            }
            let step = ((yy * right - xy * down) / determinant, (xx * down - xy * right) / determinant);
            found = Point::new(found.x + step.0, found.y + step.1);
            // Also false for a place that is no number.
            let near = found.distance(self.middle) <= FARTHEST;
            if !near {
                return None;
            }
            if step.0.hypot(step.1) < SETTLED {
                break;
            }
        }
        let contrast: f32 = self.levels.iter().map(|level| level * level).sum();
        (left <= contrast * MOST_LEFT * MOST_LEFT).then_some((self.middle, found))
    }

    /// How much brighter the window is than the square of `other` around a place, both less their means: light may
    /// change meanwhile.
    fn differences(&self, other: &Grey, around: Point) -> [f32; PIXELS] {
        let (left, top) = (around.x - REACH as f32, around.y - REACH as f32);
        let seen: [f32; PIXELS] = std::array::from_fn(|index| {
            other.between(left + (index % SIDE) as f32, top + (index / SIDE) as f32)
        });
        let seen = without_mean(&seen);
        std::array::from_fn(|index| self.levels[index] - seen[index])
    }
}

fn without_mean(levels: &[f32; PIXELS]) -> [f32; PIXELS] {
    let mean = levels.iter().sum::<f32>() / PIXELS as f32;
    levels.map(|level| level - mean)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A chip with soft bumps, moved by a place's own way.
    pub(in crate::spoof) fn bumpy(way: impl Fn(f32, f32) -> (f32, f32)) -> Grey {
        let level = |index: usize| {
            let (x, y) = ((index % CHIP_SIDE) as f32, (index / CHIP_SIDE) as f32);
            let (right, down) = way(x, y);
            let (x, y) = (x - right, y - down);
            (128.0 + 60.0 * (x * 0.45).sin() * (y * 0.37).cos() + 30.0 * (0.2 * x + 0.31 * y).sin()) as u8
        };
        let pixels = (0..CHIP_SIDE * CHIP_SIDE).flat_map(|index| [level(index); 3]).collect();
        let mut grey = Grey::default();
        grey.fill(&Chip::from_pixels(pixels));
        grey
    }

    #[test]
    fn a_way_of_less_than_a_pixel_is_measured() {
        let pairs = bumpy(|_, _| (0.0, 0.0)).follow(&bumpy(|_, _| (0.4, -1.3)));
        assert!(pairs.len() > 60, "nearly every window of a textured face is found: {}", pairs.len());
        for (from, to) in pairs {
            let (right, down) = (to.x - from.x, to.y - from.y);
            assert!((right - 0.4).abs() < 0.1 && (down + 1.3).abs() < 0.1, "({right}, {down})");
        }
    }

    #[test]
    fn brighter_light_moves_nothing() {
        let dim = bumpy(|_, _| (0.0, 0.0));
        let bright = Grey(dim.0.iter().map(|level| level + 25.0).collect());
        assert!(dim.follow(&bright).iter().all(|(from, to)| from.distance(*to) < 0.02));
    }

    #[test]
    fn a_window_that_goes_as_far_as_it_may_stays_within_the_picture() {
        let farthest = FARTHEST as usize + REACH + 2;
        assert!(COLUMNS.end + farthest <= CHIP_SIDE && ROWS.end + farthest <= CHIP_SIDE);
        assert!(COLUMNS.start >= farthest);
        assert!(ROWS.start >= farthest);
        let pairs = bumpy(|_, _| (0.0, 0.0)).follow(&bumpy(|x, y| (x * 0.4, y * 0.4)));
        assert!(pairs.iter().all(|(from, to)| from.distance(*to) <= FARTHEST));
    }

    #[test]
    fn where_nothing_is_nothing_is_found() {
        let mut even = Grey::default();
        even.fill(&Chip::from_pixels(vec![120; CHIP_SIDE * CHIP_SIDE * 3]));
        assert!(even.follow(&bumpy(|_, _| (0.0, 0.0))).is_empty());
        assert!(bumpy(|_, _| (0.0, 0.0)).follow(&even).is_empty(), "and a face is not found on a wall");
    }
}
