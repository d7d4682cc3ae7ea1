//! Repairs of published graphs that were damaged when they were converted.
//!
//! A repair belongs to one published file, told by its SHA-256, and checks that it found exactly the damage that it
//! knows. It never touches weights.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Source;
use super::error::ImportError;
use super::slim_prelu;
use crate::graph::{Activation, Graph, Op};

/// A known repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Repair {
    /// The face recogniser `mobilefacenet`. Its conversion merged a `ReLU` into the 16 depthwise convolutions before
    /// a parametric `ReLU`, which kills what is below zero, and turned the sign of the slopes of all 33 of them: the
    /// graph computes `relu(x) + c · (x − |x|)` where the weights want the slope `−2c`. As published the net cannot
    /// tell people apart; with both undone it can.
    #[serde(rename = "mobilefacenet-prelu")]
    MobilefacenetPrelu,
}

/// SHA-256 of the files that hold the damaged graph and its weights.
const MOBILEFACENET: [&str; 2] = [
    "bfbf27662ca1080dfd1b0a884aa166c135c1b7746b57385ecb44268828beb82a",
    "c60e392478df0a2fd756f9a230c9935a04d136e9d3bf12e99a850d4802806089",
];
const MOBILEFACENET_PRELUS: usize = 33;
const MOBILEFACENET_MERGED_RELUS: usize = 16;

impl Repair {
    const fn name(self) -> &'static str {
        match self {
            Self::MobilefacenetPrelu => "mobilefacenet-prelu",
        }
    }

    fn refused(self, reason: String) -> ImportError {
        ImportError::Repair { repair: self.name(), reason }
    }

    /// Refuses every model but the one that this repair is for.
    pub(super) fn check_source(self, source: Source<'_>) -> Result<(), ImportError> {
        let Source::TfJs { json, weights } = source else {
            return Err(self.refused("the model has another format".into()));
        };
        for (bytes, expected) in [json, weights].into_iter().zip(MOBILEFACENET) {
            let found = format!("{:x}", Sha256::digest(bytes));
            if found != expected {
                return Err(self.refused(format!("it is for the file {expected}, not for {found}")));
            }
        }
        Ok(())
    }

    /// Mends the graph, as translated and not fused yet.
    pub(super) fn apply(self, graph: &mut Graph) -> Result<(), ImportError> {
        let damaged = slim_prelu::find(graph)?;
        let mut merged = 0;
        for found in &damaged {
            if found.lacks_relu {
                merged += usize::from(drop_merged_relu(graph, found));
            }
            slim_prelu::replace(graph, found, -2.0);
        }
        if (damaged.len(), merged) == (MOBILEFACENET_PRELUS, MOBILEFACENET_MERGED_RELUS) {
            return Ok(());
        }
        Err(self.refused(format!("found {} parametric and {merged} merged ReLUs", damaged.len())))
    }
}

/// Undoes the `ReLU` merged into the convolution that a parametric `ReLU` reads.
fn drop_merged_relu(graph: &mut Graph, found: &slim_prelu::SpeltOut) -> bool {
    let node = found.argument.node().and_then(|index| graph.nodes.get_mut(index));
    match node.map(|node| &mut node.op) {
        Some(Op::Depthwise { activation, .. }) if *activation == Activation::Relu => {
            *activation = Activation::Linear;
            true
        }
        _ => false,
    }
}
