//! The JSON of a graph model: nodes, their attributes, their order.

use std::collections::{BTreeMap, HashMap, HashSet};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;

use crate::import::error::ImportError;
use crate::import::weights::Group;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Model {
    #[serde(rename = "modelTopology")]
    pub topology: Topology,
    pub weights_manifest: Vec<Group>,
    signature: Option<Signature>,
}

#[derive(Deserialize)]
pub(super) struct Topology {
    pub node: Vec<Node>,
}

#[derive(Deserialize)]
struct Signature {
    #[serde(default)]
    outputs: BTreeMap<String, SignatureEntry>,
}

#[derive(Deserialize)]
struct SignatureEntry {
    name: String,
}

#[derive(Deserialize)]
pub(super) struct Node {
    pub name: String,
    pub op: String,
    #[serde(default, rename = "input")]
    inputs: Vec<String>,
    #[serde(default, rename = "attr")]
    attributes: HashMap<String, serde_json::Value>,
}

impl Model {
    /// Output names and the nodes that yield them.
    pub fn signature_outputs(&self) -> Vec<(String, String)> {
        let outputs = self.signature.iter().flat_map(|signature| &signature.outputs);
        outputs.map(|(name, entry)| (name.clone(), entry.name.clone())).collect()
    }

    /// Nodes that compute something which no other node reads.
    pub fn unread_nodes(&self) -> impl Iterator<Item = &str> {
        let nodes = &self.topology.node;
        let read: HashSet<_> =
            nodes.iter().flat_map(|node| &node.inputs).map(|name| base_name(name)).collect();
        nodes
            .iter()
            .filter(|node| node.op != "Const" && node.op != "Placeholder")
            .map(|node| node.name.as_str())
            .filter(move |name| !read.contains(name))
    }
}

impl Node {
    /// Name of the node that yields input `index`.
    pub fn input(&self, index: usize) -> Result<&str, ImportError> {
        let name = self.inputs.get(index).map(|name| base_name(name));
        name.ok_or_else(|| ImportError::MissingTensor(format!("input {index} of {}", self.name)))
    }

    pub const fn input_count(&self) -> usize {
        self.inputs.len()
    }

    /// A text attribute; empty where it is absent.
    pub fn text(&self, name: &str) -> String {
        self.attributes.get(name).and_then(|value| decode(value.get("s")?)).unwrap_or_default()
    }

    /// An attribute that is a list of texts; empty where it is absent.
    pub fn texts(&self, name: &str) -> Vec<String> {
        let list = self.attributes.get(name).and_then(|value| value.get("list")?.get("s")?.as_array());
        list.into_iter().flatten().filter_map(decode).collect()
    }

    /// An attribute that is a list of counts; empty where it is absent.
    pub fn counts(&self, name: &str) -> Vec<usize> {
        let list = self.attributes.get(name).and_then(|value| value.get("list")?.get("i")?.as_array());
        list.into_iter().flatten().filter_map(count).collect()
    }

    pub fn flag(&self, name: &str) -> bool {
        self.attributes.get(name).and_then(|value| value.get("b")?.as_bool()).unwrap_or_default()
    }

    /// The shape of a placeholder; the batch axis, which may be open, counts as one.
    pub fn shape(&self) -> Result<Vec<usize>, ImportError> {
        let axes = self.attributes.get("shape").and_then(|value| value.get("shape")?.get("dim")?.as_array());
        let sizes = axes.into_iter().flatten().enumerate().map(|(axis, size)| match axis {
            0 => Some(1),
            _ => size.get("size").and_then(count),
        });
        sizes
            .collect::<Option<_>>()
            .ok_or_else(|| ImportError::MissingTensor(format!("shape of {}", self.name)))
    }
}

fn decode(value: &serde_json::Value) -> Option<String> {
    String::from_utf8(BASE64_STANDARD.decode(value.as_str()?).ok()?).ok()
}

/// A number, which the JSON of protocol buffers may write as text.
fn count(value: &serde_json::Value) -> Option<usize> {
    match value {
        serde_json::Value::String(text) => text.parse().ok(),
        other => usize::try_from(other.as_u64()?).ok(),
    }
}

/// A node's name without the mark of a control input and the number of an output.
pub(super) fn base_name(name: &str) -> &str {
    let name = name.strip_prefix('^').unwrap_or(name);
    name.split_once(':').map_or(name, |(base, _)| base)
}

/// The nodes in an order in which every node comes after all that it reads.
pub(super) fn run_order(nodes: &[Node]) -> Result<Vec<&Node>, ImportError> {
    let by_name: HashMap<&str, usize> =
        nodes.iter().enumerate().map(|(index, node)| (node.name.as_str(), index)).collect();
    let mut state = vec![Visit::Unseen; nodes.len()];
    let mut order = Vec::with_capacity(nodes.len());
    let mut stack: Vec<usize> = (0..nodes.len()).rev().collect();
    while let Some(&index) = stack.last() {
        match state[index] {
            Visit::Unseen => state[index] = Visit::Open,
            Visit::Open => {
                state[index] = Visit::Done;
                order.push(&nodes[index]);
            }
            Visit::Done => {}
        }
        if state[index] == Visit::Done {
            stack.pop();
            continue;
        }
        for input in &nodes[index].inputs {
            let source = *by_name
                .get(base_name(input))
                .ok_or_else(|| ImportError::MissingTensor(base_name(input).to_owned()))?;
            match state[source] {
                Visit::Unseen => stack.push(source),
                Visit::Open => {
                    return Err(ImportError::MissingTensor(format!("{input}, which needs itself")));
                }
                Visit::Done => {}
            }
        }
    }
    Ok(order)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    Unseen,
    Open,
    Done,
}
