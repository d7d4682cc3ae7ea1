//! The importers on small models made here.

mod face_api_cases;
mod tfjs_cases;
pub(crate) mod tfjs_model;
mod tflite_cases;
mod tflite_model;

use super::{Source, import};
use crate::graph::Graph;
use crate::{Model as _, Net};

/// Runs a graph once; each output's numbers.
fn run(graph: &Graph, input: &[f32]) -> Vec<Vec<f32>> {
    let mut net = Net::from_graph(graph).expect("an imported graph is consistent");
    let outputs = net.run(input).expect("the input has the right size");
    outputs.into_iter().map(<[f32]>::to_vec).collect()
}

fn close(found: &[f32], expected: &[f32]) -> bool {
    found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-5)
}
