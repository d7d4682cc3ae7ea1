//! Whether a picture may hold a QR code: looks for the corner marks, whose dark and light stripes are as 1:1:3:1:1 in
//! whichever direction they are crossed.

use super::closer::Part;
use crate::luma::LumaPicture;
use crate::params::CodeParams;

/// Stripes of a mark, dark first.
const STRIPES: [usize; 5] = [1, 1, 3, 1, 1];
/// Modules across a mark.
const ACROSS: usize = 7;

/// One crossing of a mark: its middle and its whole width, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Crossing {
    middle: usize,
    width: usize,
}

impl Crossing {
    /// Whether both may be crossings of one mark, in neighbouring rows.
    fn continues(self, before: Self) -> bool {
        self.middle.abs_diff(before.middle) * 4 <= before.width
            && self.width.abs_diff(before.width) * 4 <= before.width
    }

    fn in_row(self, y: usize) -> Part {
        let left = self.middle - self.width.div_ceil(2);
        Part { left, top: y, right: left + self.width, bottom: y + 1 }
    }
}

/// Looks for marks. Keeps its memory from picture to picture.
#[derive(Default)]
pub(super) struct Marks {
    sums: Vec<u32>,
    row: Vec<Crossing>,
    before: Vec<Crossing>,
}

impl Marks {
    /// The part of `picture` in which two crossings lie one below the other, if any do.
    pub fn find(&mut self, picture: &LumaPicture, params: &CodeParams) -> Option<Part> {
        self.before.clear();
        let mut part: Option<Part> = None;
        for y in (0..picture.height()).step_by(params.row_step.max(1)) {
            self.cross(picture.row(y), params);
            let continued = |now: &&Crossing| self.before.iter().any(|before| now.continues(*before));
            for crossing in self.row.iter().filter(continued) {
                let found = crossing.in_row(y);
                part = Some(part.map_or(found, |part| part.with(found)));
            }
            std::mem::swap(&mut self.row, &mut self.before);
        }
        part
    }

    /// The crossings in a row of grey levels. What is darker than its surroundings in the row is dark, so that neither
    /// a dim screen nor a shadow matters.
    fn cross(&mut self, row: &[u8], params: &CodeParams) {
        self.row.clear();
        self.sums.clear();
        self.sums.push(0);
        self.sums.extend(row.iter().scan(0, |sum, grey| {
            *sum += u32::from(*grey);
            Some(*sum)
        }));
        // Wider than the dark middle of a mark that fills a good part of the row.
        let reach = (row.len() / 8).max(8);
        let mut runs = [0_usize; 5];
        let (mut dark_before, mut length) = (false, 0);
        for x in 0..=row.len() {
            let dark = x < row.len() && self.is_dark(row, x, reach, params.least_contrast);
            if dark == dark_before && x < row.len() {
                length += 1;
                continue;
            }
            runs.rotate_left(1);
            runs[4] = length;
            if dark_before && let Some(width) = mark_width(&runs, params.least_mark_px) {
                self.row.push(Crossing { middle: x - width / 2, width });
            }
            (dark_before, length) = (dark, 1);
        }
    }

    fn is_dark(&self, row: &[u8], x: usize, reach: usize, contrast: u32) -> bool {
        let (from, to) = (x.saturating_sub(reach), (x + reach + 1).min(row.len()));
        let (sum, count) = (self.sums[to] - self.sums[from], (to - from) as u32);
        (u32::from(row[x]) + contrast) * count < sum
    }
}

/// The width of the mark whose stripes are `runs`, if they are one's.
fn mark_width(runs: &[usize; 5], least: usize) -> Option<usize> {
    let width: usize = runs.iter().sum();
    // Blur and slant take from one stripe and give to the next: each may be off by three quarters of a module.
    let fits = |(run, modules): (&usize, usize)| (run * ACROSS).abs_diff(modules * width) * 4 <= width * 3;
    (width >= least && runs.iter().zip(STRIPES).all(fits)).then_some(width)
}

#[cfg(test)]
mod tests {
    use portico_types::{Frame, PixelFormat, Tick};

    use super::*;

    /// Rows of `module` px per stripe module, `light` and `dark` grey, the mark beginning at 40.
    fn picture(module: usize, light: u8, dark: u8, rows: usize) -> LumaPicture {
        let mut row = vec![light; 160];
        let mut x = 40;
        for (number, modules) in STRIPES.iter().enumerate() {
            let end = x + modules * module;
            if number.is_multiple_of(2) {
                row[x..end].fill(dark);
            }
            x = end;
        }
        let bytes: Vec<u8> =
            (0..60).flat_map(|y| if y < rows { row.clone() } else { vec![light; 160] }).collect();
        let bytes = [bytes, vec![128; 160 * 30]].concat().into();
        let (width, height, format) = (160, 60, PixelFormat::Nv12);
        let mut picture = LumaPicture::default();
        picture.take(&Frame { sequence: 1, captured_at: Tick::ZERO, width, height, format, bytes }).unwrap();
        picture
    }

    fn are_in(picture: &LumaPicture) -> bool {
        Marks::default().find(picture, &CodeParams::default()).is_some()
    }

    #[test]
    fn a_mark_is_seen_large_and_small_bright_and_dim() {
        assert!(are_in(&picture(3, 230, 20, 30)));
        assert!(are_in(&picture(10, 230, 20, 30)));
        assert!(are_in(&picture(4, 60, 30, 30)), "a dim screen");
    }

    #[test]
    fn a_mark_ends_where_its_last_stripe_does() {
        let part = Marks::default().find(&picture(3, 230, 20, 30), &CodeParams::default());
        let part = part.map(|part| (part.left, part.right, part.bottom));
        assert_eq!(part, Some((40, 61, 29)), "seven modules of three pixels, which is odd");
    }

    #[test]
    fn one_row_is_chance_and_a_wall_is_nothing() {
        assert!(!are_in(&picture(4, 230, 20, 1)));
        assert!(!are_in(&picture(4, 120, 120, 30)));
        assert!(!are_in(&picture(4, 120, 118, 30)), "less than a sensor's noise");
    }

    #[test]
    fn stripes_of_other_widths_are_no_mark() {
        assert_eq!(mark_width(&[4, 4, 12, 4, 4], 14), Some(28));
        assert_eq!(mark_width(&[4, 4, 4, 4, 4], 14), None, "a railing");
        assert_eq!(mark_width(&[1, 1, 3, 1, 1], 14), None, "too small for anything to be read");
    }
}
