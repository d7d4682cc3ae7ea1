//! Takes a turned and scaled square out of a picture, smoothly.
//!
//! Bilinear, with the picture's edge repeated outside it. A picture that has to shrink to half or less is first
//! averaged over whole blocks, because bilinear reading alone would skip pixels and shimmer.

use portico_types::Point;

use crate::picture::RgbPicture;
use crate::similarity::Similarity;

/// Keeps the memory for averaged blocks between calls.
#[derive(Default)]
pub(crate) struct Warper {
    averaged: RgbPicture,
}

impl Warper {
    /// Fills `target`, `side * side * 3` bytes of `R G B`, with what `to_target` carries onto it. Leaves it black if
    /// the transform has no inverse.
    pub(crate) fn warp(
        &mut self,
        picture: &RgbPicture,
        to_target: &Similarity,
        side: usize,
        target: &mut [u8],
    ) {
        let Some(to_picture) = to_target.inverse().filter(|_| picture.width() > 0 && picture.height() > 0)
        else {
            target.fill(0);
            return;
        };
        // Shrinking is taken off in whole blocks as far as it goes; rounding must not cost a block its last row.
        let block = ((to_picture.scale() * 1.001).min(1024.0) as usize).max(1);
        if block < 2 {
            let view = View { picture, block: 1.0, left: 0.0, top: 0.0 };
            view.read(&to_picture, side, target);
        } else {
            let area = Blocks::covering(picture, &to_picture, side, block);
            area.average(picture, &mut self.averaged);
            let (left, top) = (area.left as f32, area.top as f32);
            View { picture: &self.averaged, block: block as f32, left, top }.read(&to_picture, side, target);
        }
    }
}

/// The blocks of a picture that a warp will read.
struct Blocks {
    block: usize,
    left: usize,
    top: usize,
    columns: usize,
    rows: usize,
}

impl Blocks {
    fn covering(picture: &RgbPicture, to_picture: &Similarity, side: usize, block: usize) -> Self {
        let last = side as f32;
        let corners = [(0.0, 0.0), (last, 0.0), (0.0, last), (last, last)]
            .map(|(x, y)| to_picture.apply(Point::new(x, y)));
        let span = |of: fn(&Point) -> f32, length: u32| {
            let all = (length as usize).div_ceil(block);
            let low = corners.iter().map(of).fold(f32::INFINITY, f32::min) / block as f32 - 2.0;
            let high = corners.iter().map(of).fold(f32::NEG_INFINITY, f32::max) / block as f32 + 2.0;
            let first = (low.max(0.0) as usize).min(all - 1);
            (first, (high.max(0.0) as usize).clamp(first, all - 1) - first + 1)
        };
        let (left, columns) = span(|p| p.x, picture.width());
        let (top, rows) = span(|p| p.y, picture.height());
        Self { block, left, top, columns, rows }
    }

    fn average(&self, picture: &RgbPicture, into: &mut RgbPicture) {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let averaged = into.resized(self.columns as u32, self.rows as u32);
        for (index, mean) in averaged.as_chunks_mut::<3>().0.iter_mut().enumerate() {
            let x = (self.left + index % self.columns) * self.block;
            let y = (self.top + index / self.columns) * self.block;
            let (x_end, y_end) = ((x + self.block).min(width), (y + self.block).min(height));
            let mut sum = [0_u32; 3];
            for row in y..y_end {
                let line = &picture.pixels()[(row * width + x) * 3..(row * width + x_end) * 3];
                for pixel in line.as_chunks::<3>().0 {
                    sum = [
                        sum[0] + u32::from(pixel[0]),
                        sum[1] + u32::from(pixel[1]),
                        sum[2] + u32::from(pixel[2]),
                    ];
                }
            }
            let count = ((x_end - x) * (y_end - y)) as u32;
            *mean = sum.map(|s| ((s + count / 2) / count) as u8);
        }
    }
}

/// A picture, or the averaged part of one, read in the coordinates of the whole picture.
struct View<'a> {
    picture: &'a RgbPicture,
    block: f32,
    left: f32,
    top: f32,
}

impl View<'_> {
    fn read(&self, to_picture: &Similarity, side: usize, target: &mut [u8]) {
        let step = to_picture.step_right();
        let (step_x, step_y) = (step.x / self.block, step.y / self.block);
        // Pixel centres lie on whole numbers, so the centre of the first block lies at (block − 1) / 2.
        let shift = (self.block - 1.0) / 2.0;
        for (row, line) in target.chunks_exact_mut(side * 3).enumerate() {
            let start = to_picture.apply(Point::new(0.0, row as f32));
            let x = (start.x - shift) / self.block - self.left;
            let y = (start.y - shift) / self.block - self.top;
            for (column, pixel) in line.as_chunks_mut::<3>().0.iter_mut().enumerate() {
                let along = column as f32;
                *pixel = self.pixel(x + step_x * along, y + step_y * along);
            }
        }
    }

    fn pixel(&self, x: f32, y: f32) -> [u8; 3] {
        let (right, bottom) = (self.picture.width() as usize - 1, self.picture.height() as usize - 1);
        let (x, y) = (x.clamp(0.0, right as f32), y.clamp(0.0, bottom as f32));
        let (x0, y0) = (x as usize, y as usize);
        let (x1, y1) = ((x0 + 1).min(right), (y0 + 1).min(bottom));
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let pixels = self.picture.pixels().as_chunks::<3>().0;
        let (upper, lower) = (y0 * (right + 1), y1 * (right + 1));
        let corners = [pixels[upper + x0], pixels[upper + x1], pixels[lower + x0], pixels[lower + x1]];
        let weights = [(1.0 - fx) * (1.0 - fy), fx * (1.0 - fy), (1.0 - fx) * fy, fx * fy];
        std::array::from_fn(|channel| {
            let sum: f32 = corners.iter().zip(weights).map(|(c, w)| f32::from(c[channel]) * w).sum();
            (sum + 0.5) as u8
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Red grows to the right, green downwards.
    fn slopes(width: u32, height: u32) -> RgbPicture {
        let pixels = (0..height).flat_map(|y| (0..width).flat_map(move |x| [x as u8, y as u8, 7])).collect();
        RgbPicture::new(width, height, pixels).unwrap()
    }

    fn taken(picture: &RgbPicture, centre: Point, width: f32, side: usize) -> Vec<[u8; 3]> {
        let mut target = vec![0; side * side * 3];
        let map = Similarity::upright(centre, width, 0.0, side as f32);
        Warper::default().warp(picture, &map, side, &mut target);
        target.as_chunks::<3>().0.to_vec()
    }

    #[test]
    fn at_its_own_size_a_cut_is_a_copy() {
        let cut = taken(&slopes(100, 100), Point::new(50.0, 40.0), 16.0, 16);
        assert_eq!(cut[0], [42, 32, 7]);
        assert_eq!(cut[16 * 3 + 5], [47, 35, 7]);
    }

    #[test]
    fn shrinking_averages_and_stays_in_place() {
        let cut = taken(&slopes(240, 240), Point::new(120.0, 120.0), 160.0, 16);
        let middle = cut[8 * 16 + 8];
        assert!(
            middle[0].abs_diff(120) <= 1 && middle[1].abs_diff(120) <= 1,
            "no shift by averaging: {middle:?}"
        );
        let stripes: Vec<u8> = (0..200 * 200).flat_map(|i| [if i % 2 == 0 { 0 } else { 200 }; 3]).collect();
        let grey = taken(&RgbPicture::new(200, 200, stripes).unwrap(), Point::new(100.0, 100.0), 160.0, 16);
        assert!(
            grey.iter().all(|p| p[0].abs_diff(100) <= 1),
            "fine stripes must become even grey, not shimmer"
        );
    }

    #[test]
    fn the_edge_is_repeated_outside_the_picture() {
        for width in [16.0, 80.0] {
            let cut = taken(&slopes(40, 40), Point::new(0.0, 0.0), width, 16);
            assert!(cut[0][0] <= 2 && cut[0][1] <= 2 && cut[0][2] == 7, "width {width}: {:?}", cut[0]);
        }
        let far = taken(&slopes(40, 40), Point::new(5000.0, -5000.0), 300.0, 16);
        assert!(far.iter().all(|p| p[0] >= 35 && p[1] <= 9), "far outside only the corner is left");
    }
}
