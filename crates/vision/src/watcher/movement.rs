//! Whether anything moves before the camera, for as long as nobody is near: whoever comes, moves.
//!
//! Looking for faces takes long, a coarse picture of the brightness does not. Two of them in a row tell whether it is
//! worth looking now instead of at the next regular look.

use portico_types::{Frame, Tick};

use crate::error::VisionError;
use crate::luma::LumaPicture;
use crate::params::PaceParams;

/// Cells across and down.
const CELLS: (usize, usize) = (16, 12);
/// Every how many pixels, both ways, one is read: the noise of a hundred is gone.
const STEP: usize = 4;

/// Remembers the last coarse picture.
#[derive(Default)]
pub(super) struct Movement {
    picture: LumaPicture,
    cells: Vec<f32>,
    before: Vec<f32>,
    glanced_at: Option<Tick>,
    stirred_until: Option<Tick>,
}

impl Movement {
    /// Whether something moved a moment ago: then every frame is looked at, without asking again.
    pub fn is_recent(&self, at: Tick) -> bool {
        self.stirred_until.is_some_and(|until| at < until)
    }

    /// Whether something in `frame` has moved since the last one that was asked about. The first has nothing to be
    /// compared with, and tells nothing.
    pub fn is_in(&mut self, frame: &Frame, params: &PaceParams) -> Result<bool, VisionError> {
        let at = frame.captured_at;
        if self.glanced_at.is_some_and(|before| at.since(before) < params.attentive) {
            return Ok(false);
        }
        self.glanced_at = Some(at);
        self.picture.take(frame)?;
        std::mem::swap(&mut self.cells, &mut self.before);
        self.summarise();
        let comparable = self.before.len() == self.cells.len();
        let most =
            self.cells.iter().zip(&self.before).map(|(now, then)| (now - then).abs()).fold(0.0, f32::max);
        let moved = comparable && most >= params.least_stir;
        if moved {
            self.stirred_until = Some(at + params.stirred);
        }
        Ok(moved)
    }

    /// Forgets what was seen, as after a change of camera.
    pub fn reset(&mut self) {
        self.before.clear();
        self.cells.clear();
        (self.glanced_at, self.stirred_until) = (None, None);
    }

    /// The mean grey level of every cell.
    fn summarise(&mut self) {
        self.cells.clear();
        let (width, height) = (self.picture.width(), self.picture.height());
        for row in 0..CELLS.1 {
            let mut sums = [(0_u32, 0_u32); CELLS.0];
            for y in (row * height / CELLS.1..(row + 1) * height / CELLS.1).step_by(STEP) {
                let line = self.picture.row(y);
                for x in (0..width).step_by(STEP) {
                    let (sum, count) = &mut sums[x * CELLS.0 / width];
                    *sum += u32::from(line[x]);
                    *count += 1;
                }
            }
            self.cells.extend(sums.map(|(sum, count)| sum as f32 / count.max(1) as f32));
        }
    }
}

#[cfg(test)]
mod tests {
    use portico_types::PixelFormat;

    use super::*;

    /// A grey room of 640 × 480 with a block of `size` px at `left`; `noise` shifts every other pixel.
    fn frame(millis: u64, left: usize, size: usize, noise: u8) -> Frame {
        let mut grey: Vec<u8> = (0..640 * 480).map(|at| 120 + noise * (at % 2) as u8).collect();
        for y in 200..200 + size {
            grey[y * 640 + left..y * 640 + left + size].fill(60);
        }
        let bytes = [grey, vec![128; 640 * 240]].concat().into();
        let (captured_at, format) = (Tick::from_millis(millis), PixelFormat::Nv12);
        Frame { sequence: millis, captured_at, width: 640, height: 480, format, bytes }
    }

    fn asked(movement: &mut Movement, frame: &Frame) -> bool {
        movement.is_in(frame, &PaceParams::default()).unwrap()
    }

    #[test]
    fn whoever_walks_is_movement_and_a_noisy_room_is_none() {
        let mut movement = Movement::default();
        assert!(!asked(&mut movement, &frame(0, 300, 40, 0)), "nothing to compare with");
        assert!(!asked(&mut movement, &frame(66, 300, 40, 3)), "noise");
        assert!(!asked(&mut movement, &frame(132, 300, 40, 0)));
        assert!(asked(&mut movement, &frame(198, 306, 40, 0)), "a distant head, a few pixels on");
    }

    #[test]
    fn for_a_while_after_a_movement_nothing_is_asked_again() {
        let mut movement = Movement::default();
        asked(&mut movement, &frame(0, 300, 40, 0));
        asked(&mut movement, &frame(66, 320, 40, 0));
        let pace = PaceParams::default();
        let end = Tick::from_millis(66) + pace.stirred;
        assert!(movement.is_recent(Tick::from_millis(100)));
        assert!(!movement.is_recent(end));
        movement.reset();
        assert!(!movement.is_recent(Tick::from_millis(100)));
    }

    #[test]
    fn frames_that_come_faster_are_not_even_decoded() {
        let mut movement = Movement::default();
        asked(&mut movement, &frame(0, 300, 40, 0));
        let torn = Frame { bytes: vec![0; 3].into(), ..frame(33, 300, 40, 0) };
        assert!(!asked(&mut movement, &torn));
        let torn = Frame { captured_at: Tick::from_millis(66), ..torn };
        assert!(movement.is_in(&torn, &PaceParams::default()).is_err());
    }
}
