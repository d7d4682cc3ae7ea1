//! What convolutions and products apply to each result: a bias, then an activation.
//!
//! All activations are one formula without branches, `min(max(x, 0), ceiling) + slope · min(x, 0)`.

/// Bias and activation per channel, with room for a whole register after the last channel.
#[derive(Clone, Debug)]
pub(in crate::net) struct Epilogue {
    bias: Vec<f32>,
    slopes: Vec<f32>,
    ceiling: f32,
}

/// An activation in numbers: slope below zero per channel, greatest result.
#[derive(Clone, Debug)]
pub(in crate::net) struct Curve {
    pub slopes: Vec<f32>,
    pub ceiling: f32,
}

/// No register holds more numbers.
const SPARE: usize = 32;

impl Epilogue {
    pub fn new(bias: &[f32], curve: Curve) -> Self {
        let mut bias = bias.to_vec();
        let mut slopes = curve.slopes;
        bias.extend([0.0; SPARE]);
        slopes.extend([0.0; SPARE]);
        Self { bias, slopes, ceiling: curve.ceiling }
    }

    /// The biases of `L` channels.
    #[inline(always)]
    pub fn bias<const L: usize>(&self, channel: usize) -> [f32; L] {
        load(&self.bias[channel..])
    }

    /// Applies the activation to results of `L` neighbouring channels.
    #[inline(always)]
    pub fn activate<const L: usize>(&self, channel: usize, mut sums: [f32; L]) -> [f32; L] {
        let slopes: [f32; L] = load(&self.slopes[channel..]);
        for (sum, slope) in sums.iter_mut().zip(slopes) {
            *sum = bend(*sum, slope, self.ceiling);
        }
        sums
    }
}

/// The formula of all activations.
#[inline(always)]
pub(in crate::net) fn bend(x: f32, slope: f32, ceiling: f32) -> f32 {
    x.max(0.0).min(ceiling) + slope * x.min(0.0)
}

/// The first `L` numbers of a slice that has at least so many.
#[inline(always)]
pub(in crate::net) fn load<const L: usize>(numbers: &[f32]) -> [f32; L] {
    let mut lanes = [0.0; L];
    lanes.copy_from_slice(&numbers[..L]);
    lanes
}
