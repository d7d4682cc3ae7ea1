//! Nets in ONNX files, run by other people's engines behind our [`Model`]: for an operator's own net, which may use
//! operators that our executor does not know.
//!
//! What the file says of its input is compared with what the caller expects before anything runs, and one trial run
//! shows what comes out. Reading the file and checking that it is the right one is the caller's.

#[cfg(feature = "onnxruntime")]
mod onnx_runtime;
mod portable;
#[cfg(test)]
mod tests;

use std::path::Path;
#[cfg(feature = "onnxruntime")]
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::model::{Model, RunError};

/// Order of the numbers of a picture in an ONNX file's input, batch axis first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// Channels, rows, columns: what most published files take.
    Nchw,
    /// Rows, columns, channels: as in our own nets.
    Nhwc,
}

/// What runs a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Engine {
    /// The engine that is built in: the crate `rten`, which needs nothing from outside. One thread.
    Portable,
    /// Microsoft's ONNX Runtime, from this library file. One thread. A process loads it once: the first file wins.
    #[cfg(feature = "onnxruntime")]
    OnnxRuntime(PathBuf),
}

impl Engine {
    /// ONNX Runtime from this library file, if this build knows it.
    pub fn onnx_runtime(library: &Path) -> Result<Self, EngineError> {
        #[cfg(feature = "onnxruntime")]
        return Ok(Self::OnnxRuntime(library.to_owned()));
        #[cfg(not(feature = "onnxruntime"))]
        Err(EngineError::Engine(format!("this build does not know ONNX Runtime ({})", library.display())))
    }
}

/// Why an ONNX file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// The bytes are no ONNX model, or a damaged one.
    #[error("it is not an ONNX model ({0})")]
    NotOnnx(String),
    /// An operator, or a way of using it, is not known to the engine.
    #[error("it uses an operator that this engine cannot run ({0})")]
    Operator(String),
    /// The model wants more than one picture.
    #[error("it takes {0} inputs; a net with one is needed")]
    Inputs(usize),
    /// The input has another shape.
    #[error("its input is {found}, not {expected}")]
    InputShape {
        /// What the caller expects.
        expected: String,
        /// What the file says; `?` is a size that is left open.
        found: String,
    },
    /// The engine itself cannot be started.
    #[error("the engine cannot be started ({0})")]
    Engine(String),
    /// The trial run failed.
    #[error("it does not run: {0}")]
    Run(#[from] RunError),
}

/// Makes the net of an ONNX file ready. `input` is rows, columns and channels of the picture that it takes.
pub fn load(
    bytes: Vec<u8>,
    input: [usize; 3],
    layout: Layout,
    engine: &Engine,
) -> Result<Box<dyn Model>, EngineError> {
    let session: Box<dyn Session> = match engine {
        Engine::Portable => Box::new(portable::Portable::new(bytes)?),
        #[cfg(feature = "onnxruntime")]
        Engine::OnnxRuntime(library) => Box::new(onnx_runtime::OnnxRuntime::new(&bytes, library)?),
    };
    let [height, width, channels] = input;
    let shape = match layout {
        Layout::Nchw => [1, channels, height, width],
        Layout::Nhwc => [1, height, width, channels],
    };
    check_inputs(&session.inputs(), shape)?;
    let names = session.output_names();
    let mut net = Foreign { session, input, layout, shape, names, planar: Vec::new(), outputs: Vec::new() };
    net.run(&vec![0.0; height * width * channels])?;
    Ok(Box::new(net))
}

/// The sizes that a file gives for an input; `None` is one that is left open.
type Declared = Vec<Option<usize>>;

/// What one engine makes of one file.
trait Session: Send {
    /// One entry for each input.
    fn inputs(&self) -> Vec<Declared>;

    /// In the order in which [`Session::run`] returns them.
    fn output_names(&self) -> Vec<String>;

    /// Runs the net once. The error says what the engine said.
    fn run(&mut self, shape: [usize; 4], input: &[f32]) -> Result<Vec<Vec<f32>>, String>;
}

fn check_inputs(inputs: &[Declared], shape: [usize; 4]) -> Result<(), EngineError> {
    let [declared] = inputs else { return Err(EngineError::Inputs(inputs.len())) };
    let agrees = |(declared, wanted): (&Option<usize>, &usize)| declared.is_none_or(|size| size == *wanted);
    // A file may say nothing at all of its input; the trial run then shows whether it fits.
    if declared.is_empty() || declared.len() == 4 && declared.iter().zip(&shape).all(agrees) {
        return Ok(());
    }
    let named: Vec<_> =
        declared.iter().map(|size| size.map_or_else(|| "?".to_owned(), |size| size.to_string())).collect();
    let wanted = shape.map(|size| size.to_string());
    Err(EngineError::InputShape { expected: wanted.join("x"), found: named.join("x") })
}

/// A session as a [`Model`].
struct Foreign {
    session: Box<dyn Session>,
    input: [usize; 3],
    layout: Layout,
    shape: [usize; 4],
    names: Vec<String>,
    /// The input with its channels first, where the file wants it so.
    planar: Vec<f32>,
    outputs: Vec<Vec<f32>>,
}

impl Model for Foreign {
    fn input_shape(&self) -> [usize; 3] {
        self.input
    }

    fn output_names(&self) -> &[String] {
        &self.names
    }

    fn run(&mut self, input: &[f32]) -> Result<Vec<&[f32]>, RunError> {
        let expected = self.input.iter().product();
        if input.len() != expected {
            return Err(RunError::InputLength { expected, found: input.len() });
        }
        let numbers = match self.layout {
            Layout::Nhwc => input,
            Layout::Nchw => {
                let channels = self.input[2];
                self.planar.clear();
                for channel in 0..channels {
                    self.planar.extend(input.iter().skip(channel).step_by(channels));
                }
                &self.planar
            }
        };
        self.outputs = self.session.run(self.shape, numbers).map_err(RunError::Engine)?;
        Ok(self.outputs.iter().map(Vec::as_slice).collect())
    }
}
