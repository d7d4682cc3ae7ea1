//! Importers: published model files in, one [`Graph`] out.
//!
//! `tflite` and `tfjs` only translate, operator by operator; `face_api` adds the structure that its files lack;
//! `repair` mends one known graph; `fuse` then merges what can be merged exactly. An operator or option that is not
//! known is an error that names it: a net is imported whole or not at all.

mod builder;
mod error;
mod face_api;
mod fuse;
mod repair;
mod rewrite;
mod slim_prelu;
mod tensor;
#[cfg(test)]
pub(crate) mod tests;
mod tfjs;
mod tflite;
mod weights;

pub use error::ImportError;
pub use repair::Repair;

use crate::graph::Graph;

/// Raised whenever the same source would import to other numbers: cached imports are then made anew.
pub const IMPORTER_VERSION: u32 = 1;

/// A published model, as bytes.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// A TensorFlow Lite flatbuffer.
    TfLite(&'a [u8]),
    /// A TensorFlow.js graph model: its JSON and the one file of weights.
    TfJs {
        /// Topology and weights manifest.
        json: &'a [u8],
        /// The weights, all shards in order.
        weights: &'a [u8],
    },
    /// The face recogniser of face-api: a list of weights in JSON and the one file of them.
    FaceApi {
        /// Names, shapes and types of the weights.
        manifest: &'a [u8],
        /// The weights in that order.
        weights: &'a [u8],
    },
}

/// Translates a model, mends it where asked, and fuses what can be fused.
pub fn import(source: Source<'_>, repair: Option<Repair>) -> Result<Graph, ImportError> {
    let mut graph = match source {
        Source::TfLite(bytes) => tflite::import(bytes)?,
        Source::TfJs { json, weights } => tfjs::import(json, weights)?,
        Source::FaceApi { manifest, weights } => face_api::import(manifest, weights)?,
    };
    if let Some(repair) = repair {
        repair.check_source(source)?;
        repair.apply(&mut graph)?;
    }
    slim_prelu::collapse(&mut graph)?;
    fuse::fuse(&mut graph)?;
    graph.shapes()?;
    Ok(graph)
}
