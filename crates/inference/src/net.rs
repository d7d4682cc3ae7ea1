//! The executor: a graph made ready to run, with all memory planned and allocated up front.
//!
//! One thread, no allocation while running but the list of outputs. Shapes are fixed when the net is loaded.

mod buffer;
mod compile;
mod kernel;
mod kernels;
mod plan;
mod simd;
#[cfg(test)]
pub(crate) mod tests;

use self::buffer::Buffer;
use self::kernel::{Kernel, Operands};
use self::plan::Source;
use self::simd::Simd;
use crate::file::{self, FileError};
use crate::graph::{Graph, GraphError, Shape};
use crate::model::{Model, RunError};

/// Why a net cannot be made ready.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The bytes are not a net.
    #[error(transparent)]
    File(#[from] FileError),
    /// The graph is not consistent, or needs more memory than any net that this executor is meant for.
    #[error(transparent)]
    Graph(#[from] GraphError),
}

/// A net that is ready to run.
pub struct Net {
    input: Shape,
    steps: Vec<Step>,
    /// Memory for values; one slot serves many values, one after another.
    slots: Vec<Buffer>,
    /// Where convolutions gather the pixels under their kernel.
    columns: Buffer,
    output_names: Vec<String>,
    outputs: Vec<Source>,
    simd: Simd,
}

/// One operator with all it needs.
struct Step {
    kernel: Kernel,
    inputs: Vec<Source>,
    slot: usize,
    len: usize,
}

impl Net {
    /// Makes the net of an imported file ready.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LoadError> {
        Ok(Self::from_graph(&file::read(bytes)?)?)
    }

    /// Makes a graph ready, for the fastest instructions that this processor has.
    pub fn from_graph(graph: &Graph) -> Result<Self, GraphError> {
        compile::compile(graph, Simd::detect())
    }
}

impl Model for Net {
    fn input_shape(&self) -> [usize; 3] {
        [self.input.height, self.input.width, self.input.channels]
    }

    fn output_names(&self) -> &[String] {
        &self.output_names
    }

    fn run(&mut self, input: &[f32]) -> Result<Vec<&[f32]>, RunError> {
        let expected = self.input.len();
        if input.len() != expected {
            return Err(RunError::InputLength { expected, found: input.len() });
        }
        for step in &self.steps {
            let mut target = std::mem::take(&mut self.slots[step.slot]);
            let operands = Operands { input, slots: &self.slots, sources: &step.inputs };
            step.kernel.run(self.simd, operands, target.first_mut(step.len), &mut self.columns);
            self.slots[step.slot] = target;
        }
        Ok(self.outputs.iter().map(|output| output.read(&[], &self.slots)).collect())
    }
}
