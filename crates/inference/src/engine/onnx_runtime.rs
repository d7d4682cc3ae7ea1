//! Microsoft's ONNX Runtime as an engine, loaded at run time from a library that the operator provides.
//!
//! Built only with the feature `onnxruntime`. The library is not part of Portico; any version from 1.17 on will do.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use ort::environment::Environment;
use ort::session::{Session as Run, SessionOutputs};
use ort::value::{TensorRef, ValueType};

use super::{Declared, EngineError, Session};

/// A process has one environment, and cannot make another after the first has gone.
static ENVIRONMENT: Mutex<Option<Environment>> = Mutex::new(None);

pub(super) struct OnnxRuntime {
    session: Run,
}

impl OnnxRuntime {
    pub fn new(bytes: &[u8], library: &Path) -> Result<Self, EngineError> {
        let environment = environment(library)?;
        let failed = |error: String| EngineError::Engine(error);
        let mut builder = Run::builder(&environment)
            .map_err(|error| failed(error.to_string()))?
            .with_intra_threads(1)
            .map_err(|error| failed(error.to_string()))?;
        let session = builder.commit_from_memory(bytes).map_err(|error| refused(&error.to_string()))?;
        Ok(Self { session })
    }
}

/// The runtime tells its reasons in words only.
fn refused(message: &str) -> EngineError {
    let known = ["NOT_IMPLEMENTED", "is not a registered function/op", "Unsupported", "NotImplemented"];
    if known.iter().any(|mark| message.contains(mark)) {
        return EngineError::Operator(message.to_owned());
    }
    EngineError::NotOnnx(message.to_owned())
}

fn environment(library: &Path) -> Result<Environment, EngineError> {
    // A panic elsewhere leaves the slot as it was: empty or filled.
    let mut slot = ENVIRONMENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(environment) = slot.as_ref() {
        return Ok(environment.clone());
    }
    let library = std::path::absolute(library).map_err(|error| EngineError::Engine(error.to_string()))?;
    let environment = ort::init_from(library)
        .map_err(|error| EngineError::Engine(error.to_string()))?
        .with_name("portico")
        .with_telemetry(false)
        .build()
        .map_err(|error| EngineError::Engine(error.to_string()))?;
    *slot = Some(environment.clone());
    Ok(environment)
}

impl Session for OnnxRuntime {
    fn inputs(&self) -> Vec<Declared> {
        let sizes = |kind: &ValueType| match kind {
            // A size that is left open is below zero.
            ValueType::Tensor { shape, .. } => shape.iter().map(|size| usize::try_from(*size).ok()).collect(),
            _ => Declared::new(),
        };
        self.session.inputs().iter().map(|input| sizes(input.dtype())).collect()
    }

    fn output_names(&self) -> Vec<String> {
        self.session.outputs().iter().map(|output| output.name().to_owned()).collect()
    }

    fn run(&mut self, shape: [usize; 4], input: &[f32]) -> Result<Vec<Vec<f32>>, String> {
        let count = self.session.outputs().len();
        let picture = TensorRef::from_array_view((shape, input)).map_err(|error| error.to_string())?;
        let outputs = self.session.run(ort::inputs![picture]).map_err(|error| error.to_string())?;
        (0..count).map(|index| numbers(&outputs, index)).collect()
    }
}

fn numbers(outputs: &SessionOutputs<'_>, index: usize) -> Result<Vec<f32>, String> {
    let (_, numbers) = outputs[index].try_extract_tensor::<f32>().map_err(|error| error.to_string())?;
    Ok(numbers.to_vec())
}
