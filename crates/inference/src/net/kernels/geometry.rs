//! Where a moving window lies on its picture.

use std::ops::Range;

use crate::graph::{Shape, Window};

/// A window with the picture it moves over and the picture that results.
#[derive(Clone, Copy, Debug)]
pub(in crate::net) struct Geometry {
    pub window: Window,
    pub input: Shape,
    pub output: Shape,
}

/// A window's place along one axis: the first pixel of the picture that it sees, and which of its taps see one.
#[derive(Clone, Debug)]
pub(in crate::net) struct Place {
    /// Pixel under the first tap that sees one.
    pub first: usize,
    /// The taps that see a pixel.
    pub taps: Range<usize>,
}

impl Geometry {
    #[inline(always)]
    pub fn rows(&self, output_row: usize) -> Place {
        let Window { kernel, stride, padding } = self.window;
        place(output_row * stride[0], padding.top, kernel[0], self.input.height)
    }

    #[inline(always)]
    pub fn columns(&self, output_column: usize) -> Place {
        let Window { kernel, stride, padding } = self.window;
        place(output_column * stride[1], padding.left, kernel[1], self.input.width)
    }

    /// The output columns whose windows lie wholly on the picture, from left to right.
    pub fn whole_columns(&self) -> Range<usize> {
        let Window { kernel, stride, padding } = self.window;
        let start = padding.left.div_ceil(stride[1]).min(self.output.width);
        let room = (self.input.width + padding.left).checked_sub(kernel[1]);
        let end = room.map_or(0, |room| room / stride[1] + 1).min(self.output.width);
        start..end.max(start)
    }
}

/// `offset` is the window's start on the padded picture.
#[inline(always)]
fn place(offset: usize, padding: usize, kernel: usize, size: usize) -> Place {
    let start = padding.saturating_sub(offset).min(kernel);
    let end = (size + padding).saturating_sub(offset).min(kernel);
    Place { first: (offset + start).saturating_sub(padding), taps: start..end.max(start) }
}
