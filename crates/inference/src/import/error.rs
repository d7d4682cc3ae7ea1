//! Why a model cannot be imported.

use crate::graph::GraphError;

/// An import's failure. It is all or nothing: no partial graph is ever returned.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The model uses an operator that this importer does not know.
    #[error("operator {operator} (at `{node}`) is not supported")]
    UnknownOperator {
        /// The operator's name in the model's own format.
        operator: String,
        /// Which node.
        node: String,
    },
    /// A known operator is used in a way that is not supported.
    #[error("{operator} (at `{node}`): {reason}")]
    Unsupported {
        /// The operator's name in the model's own format.
        operator: String,
        /// Which node.
        node: String,
        /// What is not supported.
        reason: &'static str,
    },
    /// A node or output names a tensor that does not exist.
    #[error("tensor `{0}` is missing")]
    MissingTensor(String),
    /// The flatbuffer's offsets do not lead anywhere sensible.
    #[error("the flatbuffer is damaged: {0}")]
    Flatbuffer(&'static str),
    /// The JSON is not a graph model.
    #[error("the model's JSON is not usable: {0}")]
    Json(#[from] serde_json::Error),
    /// The weights do not have the size that the manifest says.
    #[error("the weights are not usable: {0}")]
    Weights(String),
    /// The graph is not the one that the repair is for, or did not turn out as expected.
    #[error("repair {repair} does not apply: {reason}")]
    Repair {
        /// The repair's name.
        repair: &'static str,
        /// What differs.
        reason: String,
    },
    /// The translated graph is not consistent.
    #[error("the model is not consistent: {0}")]
    Graph(#[from] GraphError),
}
