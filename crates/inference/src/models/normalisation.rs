//! How the bytes of a picture become the numbers that a net was trained on.

use serde::{Deserialize, Serialize};

/// `(number − subtract) / divide`, for numbers from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Normalisation {
    /// Taken off first.
    pub subtract: PerChannel,
    /// Divided by then.
    pub divide: PerChannel,
}

/// One number for all channels, or one for each of three.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PerChannel {
    /// The same for all.
    All(f32),
    /// In the order of the net's channels.
    Each([f32; 3]),
}

impl PerChannel {
    /// The three numbers.
    pub const fn each(self) -> [f32; 3] {
        match self {
            Self::All(number) => [number; 3],
            Self::Each(numbers) => numbers,
        }
    }
}

impl Normalisation {
    /// One pixel's numbers.
    pub fn apply(&self, pixel: [u8; 3]) -> [f32; 3] {
        let (subtract, divide) = (self.subtract.each(), self.divide.each());
        std::array::from_fn(|channel| (f32::from(pixel[channel]) - subtract[channel]) / divide[channel])
    }

    /// Whether every byte becomes a finite number.
    pub fn is_usable(&self) -> bool {
        let finite = |numbers: [f32; 3]| numbers.iter().all(|number| number.is_finite());
        finite(self.subtract.each()) && finite(self.divide.each()) && !self.divide.each().contains(&0.0)
    }
}
