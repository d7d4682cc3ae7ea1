//! Small neural networks on the CPU: importers, a graph, a file format and an executor.
//!
//! Knows nothing of faces or pictures: numbers go in, numbers come out. `import` reads published models, `models`
//! keeps the imported ones on disk and checks them, `net` runs them on one thread. Nothing here touches the network.

pub mod export;
pub mod file;
pub mod graph;
pub mod import;
mod model;
pub mod models;
mod net;

pub use model::{Model, RunError};
pub use net::{LoadError, Net};
