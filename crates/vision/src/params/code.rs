//! The tuned numbers of reading codes, with their origin.

use std::time::Duration;

/// Reading codes. Not part of [`VisionParams`](super::VisionParams): codes are read without any net, also where faces are not looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeParams {
    /// Least time between two looks as long as nobody was asked for a code.
    pub casual: Duration,
    /// Least time between two looks while a guest was.
    pub sought: Duration,
    /// Larger frames are halved until their longer side is no longer than this, in pixels.
    pub longest_px: usize,
    /// Every how many rows a corner mark is looked for.
    pub row_step: usize,
    /// By how many grey levels dark must be darker than its surroundings.
    pub least_contrast: u32,
    /// Narrowest corner mark, in pixels.
    pub least_mark_px: usize,
    /// Most codes that are read in one frame.
    pub most_codes: usize,
    /// Longest text that is handed on, in bytes.
    pub longest_text: usize,
}

impl Default for CodeParams {
    fn default() -> Self {
        Self {
            // Every second frame at 15 per second, so that a code is looked at 67 ms after it came at the latest.
            casual: Duration::from_millis(120),
            // Every frame at 15 per second.
            sought: Duration::from_millis(60),
            // A ticket held at arm's length needs no more, and a search takes time in proportion.
            longest_px: 1280,
            // The middle of the smallest mark that can be read is seven rows high.
            row_step: 2,
            // Above a sensor's noise, below what is left of a dim screen behind a veil of reflections.
            least_contrast: 6,
            // Two pixels a module: with fewer nothing is decoded.
            least_mark_px: 14,
            // A guest holds one; a few may hang on the wall behind.
            most_codes: 4,
            // A signed ticket has about 150, one with a face up to 535, with two recognisers' 750.
            longest_text: 1_024,
        }
    }
}
