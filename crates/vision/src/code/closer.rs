//! A closer look at the part of a picture that a code is in: enlarged, and from black to white. A dim telephone's white is
//! darker than the room, and a ticket that says much has modules of two or three pixels.

use crate::luma::LumaPicture;

/// Share of the darkest and of the lightest pixels that may be lost, in 64ths: reflections are few and bright.
const LOST: u32 = 1;

/// A part of a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub left: usize,
    pub top: usize,
    pub right: usize,
    pub bottom: usize,
}

impl Part {
    /// This and `other`.
    pub fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Half as much again on each side, within a picture of this size: of a code that is held aslant the fourth corner, which has
    /// no mark, may lie outside the other three.
    pub fn around(self, width: usize, height: usize) -> Self {
        let (more_x, more_y) = ((self.right - self.left) / 2 + 8, (self.bottom - self.top) / 2 + 8);
        Self {
            left: self.left.saturating_sub(more_x),
            top: self.top.saturating_sub(more_y),
            right: (self.right + more_x).min(width),
            bottom: (self.bottom + more_y).min(height),
        }
    }
}

/// A part of a picture, larger and with full contrast.
#[derive(Default)]
pub(super) struct Closer {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Closer {
    pub fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    pub fn grey(&self, x: usize, y: usize) -> u8 {
        self.pixels[y * self.width + x]
    }

    /// Takes what lies around `marks` in `picture`, keeping the memory: twice as large, unless that is longer than `longest`.
    pub fn look(&mut self, picture: &LumaPicture, marks: Part, longest: usize) {
        let levels = stretched(picture, marks);
        let part = marks.around(picture.width(), picture.height());
        let (width, height) = (part.right - part.left, part.bottom - part.top);
        self.pixels.clear();
        if width.max(height) * 2 > longest {
            (self.width, self.height) = (width, height);
            let rows = (part.top..part.bottom).map(|y| &picture.row(y)[part.left..part.right]);
            self.pixels.extend(rows.flatten().map(|grey| levels[usize::from(*grey)]));
            return;
        }
        (self.width, self.height) = (width * 2, height * 2);
        for y in 0..self.height {
            let (near, far) = neighbours(y, height);
            let (near, far) = (picture.row(part.top + near), picture.row(part.top + far));
            self.pixels.extend((0..self.width).map(|x| {
                let (left, right) = neighbours(x, width);
                let (left, right) = (part.left + left, part.left + right);
                let along = |row: &[u8]| 3 * u32::from(row[left]) + u32::from(row[right]);
                levels[((3 * along(near) + along(far)) / 16) as usize]
            }));
        }
    }
}

/// Of `length` pixels in a row, the one that pixel `at` of twice as many lies in, and the one that it lies next to: its
/// middle is a quarter of a pixel from the one's middle and three quarters from the other's.
fn neighbours(at: usize, length: usize) -> (usize, usize) {
    let near = at / 2;
    if at.is_multiple_of(2) { (near, near.saturating_sub(1)) } else { (near, (near + 1).min(length - 1)) }
}

/// What becomes of each grey level so that those of `part` reach from black to white.
fn stretched(picture: &LumaPicture, part: Part) -> [u8; 256] {
    let mut counts = [0_u32; 256];
    for y in part.top..part.bottom {
        for grey in &picture.row(y)[part.left..part.right] {
            counts[usize::from(*grey)] += 1;
        }
    }
    let lost = counts.iter().sum::<u32>() * LOST / 64;
    let levels = || counts.iter().copied().enumerate();
    let black = first_beyond(lost, levels());
    let white = first_beyond(lost, levels().rev()).max(black + 1);
    std::array::from_fn(|level| ((level.clamp(black, white) - black) * 255 / (white - black)) as u8)
}

/// The first level with which more than `lost` pixels are passed.
fn first_beyond(lost: u32, counts: impl Iterator<Item = (usize, u32)>) -> usize {
    let mut passed = counts.scan(0, |sum, (level, count)| {
        *sum += count;
        Some((level, *sum))
    });
    passed.find(|(_, sum)| *sum > lost).map_or(0, |(level, _)| level)
}

#[cfg(test)]
mod tests {
    use portico_types::{Frame, PixelFormat, Tick};

    use super::*;

    fn picture(width: u32, height: u32, grey: impl Fn(u32, u32) -> u8) -> LumaPicture {
        let rgb: Vec<u8> = (0..width * height).flat_map(|at| [grey(at % width, at / width); 3]).collect();
        let (format, captured_at) = (PixelFormat::Rgb8, Tick::ZERO);
        let mut picture = LumaPicture::default();
        picture.take(&Frame { sequence: 1, captured_at, width, height, format, bytes: rgb.into() }).unwrap();
        picture
    }

    #[test]
    fn a_dim_part_of_a_bright_room_reaches_from_black_to_white() {
        let dim = |x: u32, y: u32| (20..28).contains(&x) && (20..28).contains(&y);
        let room = picture(64, 64, |x, y| {
            if !dim(x, y) {
                200
            } else if x % 2 == 0 {
                20
            } else {
                44
            }
        });
        let mut closer = Closer::default();
        closer.look(&room, Part { left: 20, top: 20, right: 28, bottom: 28 }, 40);
        assert_eq!(closer.size(), (32, 32), "twelve more on each side, and not enlarged");
        assert_eq!((closer.grey(12, 12), closer.grey(13, 12), closer.grey(0, 0)), (0, 255, 255));
        closer.look(&room, Part { left: 20, top: 20, right: 28, bottom: 28 }, 64);
        assert_eq!(closer.size(), (64, 64));
        let steps = [24, 25, 26, 27].map(|x| closer.grey(x, 30));
        assert!(steps[1] < steps[2] && steps[0] > steps[1] && steps[2] < steps[3] + 1, "{steps:?}");
    }

    #[test]
    fn what_is_enlarged_lies_between_its_neighbours_and_never_outside_the_picture() {
        let ramp = picture(16, 4, |x, _| (x * 10) as u8);
        let mut closer = Closer::default();
        closer.look(&ramp, Part { left: 0, top: 0, right: 16, bottom: 4 }, 640);
        assert_eq!(closer.size(), (32, 8));
        let row: Vec<u8> = (0..32).map(|x| closer.grey(x, 3)).collect();
        assert!(row.is_sorted() && row[0] == 0 && row[31] == 255, "{row:?}");
    }

    #[test]
    fn a_wall_stays_a_wall() {
        let wall = picture(16, 16, |_, _| 90);
        let mut closer = Closer::default();
        closer.look(&wall, Part { left: 4, top: 4, right: 8, bottom: 8 }, 640);
        assert!((0..32).all(|x| closer.grey(x, x) == closer.grey(0, 0)), "nothing is made of nothing");
    }
}
