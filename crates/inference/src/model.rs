//! The one interface that users of a net need, so that tests can put a fake in its place.

/// A net that can be run.
pub trait Model: Send {
    /// Rows, columns and channels of the input.
    fn input_shape(&self) -> [usize; 3];

    /// Names of the outputs, in the order in which [`Model::run`] returns them.
    fn output_names(&self) -> &[String];

    /// Runs the net once. `input` holds rows × columns × channels numbers, channels innermost.
    fn run(&mut self, input: &[f32]) -> Result<Vec<&[f32]>, RunError>;
}

/// Why a net could not be run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// The input does not have the size that the net takes.
    #[error("the net takes {expected} numbers, not {found}")]
    InputLength {
        /// What [`Model::input_shape`] asks for.
        expected: usize,
        /// What was given.
        found: usize,
    },
    /// The engine behind the net gave up; what it said.
    #[error("the engine gave up: {0}")]
    Engine(String),
}
