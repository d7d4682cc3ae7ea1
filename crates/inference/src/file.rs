//! The file format of imported nets: magic, version, a JSON header that describes the graph, then all constants
//! as little-endian `f32`.
//!
//! Files may be damaged or hostile: every length is checked against the bytes that are there before anything is
//! allocated, and the graph is proved consistent (see `graph`) before it is returned.

use serde::{Deserialize, Serialize};

use crate::graph::{Graph, GraphError, Node, Output, Shape};

const MAGIC: [u8; 8] = *b"PORTINET";
/// Raised whenever the meaning of the bytes changes; other versions are refused.
const VERSION: u32 = 1;
const PREFIX: usize = MAGIC.len() + 8;

/// Why bytes are not a usable net.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file does not start as an imported net does.
    #[error("not an imported net")]
    NotANet,
    /// Written by another version of this software.
    #[error("net file version {0} is not supported")]
    Version(u32),
    /// Fewer or more bytes than the header announces.
    #[error("the net file is cut short or has bytes to spare")]
    Length,
    /// The header does not describe a graph.
    #[error("the net file's header is damaged: {0}")]
    Header(String),
    /// The described graph is not consistent.
    #[error("the net file's graph is damaged: {0}")]
    Graph(#[from] GraphError),
}

#[derive(Serialize, Deserialize)]
struct Header<'a> {
    input: Shape,
    nodes: std::borrow::Cow<'a, [Node]>,
    outputs: std::borrow::Cow<'a, [Output]>,
    /// Length of each constant, in numbers.
    constants: Vec<usize>,
}

/// The graph as bytes of a file.
pub fn write(graph: &Graph) -> Result<Vec<u8>, FileError> {
    let header = Header {
        input: graph.input,
        nodes: graph.nodes.as_slice().into(),
        outputs: graph.outputs.as_slice().into(),
        constants: graph.constants.iter().map(Vec::len).collect(),
    };
    let header = serde_json::to_vec(&header).map_err(|error| FileError::Header(error.to_string()))?;
    let mut bytes = Vec::new();
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&(header.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&header);
    for number in graph.constants.iter().flatten() {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    Ok(bytes)
}

/// The graph that the bytes of a file hold.
pub fn read(bytes: &[u8]) -> Result<Graph, FileError> {
    let (prefix, rest) = bytes.split_at_checked(PREFIX).ok_or(FileError::NotANet)?;
    if prefix[..MAGIC.len()] != MAGIC {
        return Err(FileError::NotANet);
    }
    let version = word(&prefix[MAGIC.len()..]);
    if version != VERSION {
        return Err(FileError::Version(version));
    }
    let header_len = word(&prefix[MAGIC.len() + 4..]) as usize;
    let (header, numbers) = rest.split_at_checked(header_len).ok_or(FileError::Length)?;
    let header: Header<'_> =
        serde_json::from_slice(header).map_err(|error| FileError::Header(error.to_string()))?;
    let graph = Graph {
        input: header.input,
        constants: constants(&header.constants, numbers)?,
        nodes: header.nodes.into_owned(),
        outputs: header.outputs.into_owned(),
    };
    graph.shapes()?;
    Ok(graph)
}

fn constants(lengths: &[usize], mut bytes: &[u8]) -> Result<Vec<Vec<f32>>, FileError> {
    let mut constants = Vec::with_capacity(lengths.len());
    for &length in lengths {
        let size = length.checked_mul(4).ok_or(FileError::Length)?;
        let (own, rest) = bytes.split_at_checked(size).ok_or(FileError::Length)?;
        constants.push(own.as_chunks().0.iter().map(|chunk| f32::from_le_bytes(*chunk)).collect());
        bytes = rest;
    }
    if bytes.is_empty() { Ok(constants) } else { Err(FileError::Length) }
}

fn word(bytes: &[u8]) -> u32 {
    bytes.first_chunk().map_or(0, |chunk| u32::from_le_bytes(*chunk))
}
