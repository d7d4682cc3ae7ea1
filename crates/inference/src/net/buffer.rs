//! Memory for numbers, aligned so that no vector load crosses a cache line.

const LINE: usize = 64;

/// A fixed number of floats that start at a cache line.
#[derive(Default)]
pub(super) struct Buffer {
    numbers: Vec<f32>,
    start: usize,
}

impl Buffer {
    pub fn zeroed(len: usize) -> Self {
        let numbers = vec![0.0; len + LINE / size_of::<f32>()];
        // A pointer that cannot be aligned is no fault: alignment only makes loads faster.
        let start = numbers.as_ptr().align_offset(LINE).min(LINE / size_of::<f32>());
        Self { numbers, start }
    }

    pub fn from_slice(values: &[f32]) -> Self {
        let mut buffer = Self::zeroed(values.len());
        buffer.first_mut(values.len()).copy_from_slice(values);
        buffer
    }

    pub fn first(&self, len: usize) -> &[f32] {
        &self.numbers[self.start..self.start + len]
    }

    pub fn first_mut(&mut self, len: usize) -> &mut [f32] {
        &mut self.numbers[self.start..self.start + len]
    }
}
