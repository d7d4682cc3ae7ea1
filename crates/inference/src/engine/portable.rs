//! The built-in engine: the crate `rten`, kept to one thread, so that it takes no core from the screens.

use std::sync::Arc;

use rten::{Dimension, LoadErrorKind, NodeId, RunOptions, ThreadPool, Value};
use rten_tensor::{Tensor, TensorView};

use super::{Declared, EngineError, Session};

pub(super) struct Portable {
    model: rten::Model,
    input: Option<NodeId>,
    threads: Arc<ThreadPool>,
}

impl Portable {
    pub fn new(bytes: Vec<u8>) -> Result<Self, EngineError> {
        let model = rten::Model::load(bytes).map_err(|error| match error.kind() {
            LoadErrorKind::OperatorInvalid => EngineError::Operator(error.to_string()),
            _ => EngineError::NotOnnx(error.to_string()),
        })?;
        let input = model.input_ids().first().copied();
        Ok(Self { model, input, threads: Arc::new(ThreadPool::with_num_threads(1)) })
    }
}

impl Session for Portable {
    fn inputs(&self) -> Vec<Declared> {
        let sizes = |shape: Vec<Dimension>| {
            shape.into_iter().map(|size| match size {
                Dimension::Fixed(size) => Some(size),
                Dimension::Symbolic(_) => None,
            })
        };
        (0..self.model.input_ids().len())
            .map(|index| self.model.input_shape(index).map(sizes).into_iter().flatten().collect())
            .collect()
    }

    fn output_names(&self) -> Vec<String> {
        let name = |id: &NodeId| {
            self.model.node_info(*id).and_then(|node| node.name()).unwrap_or_default().to_owned()
        };
        self.model.output_ids().iter().map(name).collect()
    }

    fn run(&mut self, shape: [usize; 4], input: &[f32]) -> Result<Vec<Vec<f32>>, String> {
        let id = self.input.ok_or("it has no input")?;
        let view = TensorView::from_data(&shape, input);
        let options = RunOptions::default().with_thread_pool(Some(self.threads.clone()));
        let values = self
            .model
            .run(vec![(id, view.into())], self.model.output_ids(), Some(options))
            .map_err(|error| error.to_string())?;
        values.into_iter().map(numbers).collect()
    }
}

fn numbers(value: Value) -> Result<Vec<f32>, String> {
    let tensor = Tensor::<f32>::try_from(value).map_err(|error| error.to_string())?;
    Ok(tensor.into_data())
}
