//! What can be wrong with a recogniser, and for an operator's own one: in which file, and what to do.

use std::path::PathBuf;

use portico_inference::RunError;
use portico_inference::engine::EngineError;

/// Why a net cannot be the recogniser that it is said to be.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RecogniserFault {
    /// Pictures of another size.
    #[error("it takes pictures of {}, not of {}", size(found), size(expected))]
    Input {
        /// What is wanted: rows, columns, channels.
        expected: [usize; 3],
        /// What the net takes.
        found: [usize; 3],
    },
    /// No output has the wanted length.
    #[error("it gives {} numbers, not a vector of {expected}", listed(found))]
    Dimension {
        /// What is wanted.
        expected: usize,
        /// The lengths of all outputs.
        found: Vec<usize>,
    },
    /// Numbers that are no numbers.
    #[error("its numbers are not finite")]
    NotFinite,
    /// A distance between vectors that no angle stands for.
    #[error(
        "its vectors differ in length, from {shortest} to {longest}, so that angles cannot stand for distances"
    )]
    Lengths {
        /// Length of the shortest vector of the trial.
        shortest: f32,
        /// Length of the longest.
        longest: f32,
    },
    /// It cannot be run.
    #[error("it does not run: {0}")]
    Run(#[from] RunError),
}

fn size(shape: &[usize; 3]) -> String {
    shape.map(|size| size.to_string()).join("x")
}

fn listed(lengths: &[usize]) -> String {
    let lengths: Vec<_> = lengths.iter().map(ToString::to_string).collect();
    if lengths.is_empty() { "no".to_owned() } else { lengths.join(" and ") }
}

/// An operator's own recogniser that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("recogniser {path}: {fault}; {remedy}", path = path.display(), remedy = fault.remedy())]
pub struct OwnRecogniserError {
    /// The file at fault: the entry, or the net.
    pub path: PathBuf,
    /// What is wrong with it.
    pub fault: OwnFault,
}

/// What is wrong with an operator's own recogniser.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum OwnFault {
    /// There is no entry that describes the net.
    #[error("no entry describes it; looked for {}", looked_for.join(" and "))]
    NoEntry {
        /// Where one would have been found.
        looked_for: Vec<String>,
    },
    /// The file cannot be read.
    #[error("it cannot be read ({0})")]
    Unreadable(String),
    /// The entry cannot be understood.
    #[error("this entry makes no sense: {0}")]
    Entry(String),
    /// The file is not the one that the entry describes.
    #[error("its SHA-256 is {found}, its entry says {expected}")]
    Hash {
        /// What the entry says.
        expected: String,
        /// What the file has.
        found: String,
    },
    /// The file is no net that an engine can run.
    #[error("{0}")]
    Engine(#[from] EngineError),
    /// The net is not what the entry says.
    #[error("{0}")]
    Net(#[from] RecogniserFault),
}

impl OwnFault {
    /// What the operator can do about it.
    fn remedy(&self) -> &'static str {
        match self {
            Self::NoEntry { .. } => "write one, as docs/own-recogniser.md describes",
            Self::Unreadable(_) => "check the path and the rights of the file",
            Self::Entry(_) => "correct it, as docs/own-recogniser.md describes",
            Self::Hash { .. } => {
                "fetch the file again; or, if another net is meant, give its entry the new sum and a new id"
            }
            Self::Engine(EngineError::NotOnnx(_)) => "name a file in ONNX format",
            Self::Engine(EngineError::Operator(_)) => {
                "export the net with an older operator set, or run it with ONNX Runtime (`onnx_runtime`)"
            }
            Self::Engine(EngineError::Inputs(_)) => "export the net with the picture as its only input",
            Self::Engine(EngineError::InputShape { .. }) => "correct `input` or `layout` in its entry",
            Self::Engine(EngineError::Engine(_)) => "correct `onnx_runtime` in its entry, or leave it out",
            Self::Engine(EngineError::Run(_)) | Self::Net(RecogniserFault::Run(_)) => {
                "check `input` and `layout` in its entry, or run it with ONNX Runtime (`onnx_runtime`)"
            }
            Self::Net(RecogniserFault::Input { .. }) => "correct `input` in its entry",
            Self::Net(RecogniserFault::Dimension { .. }) => "correct `dimension` in its entry",
            Self::Net(RecogniserFault::NotFinite) => {
                "correct `normalisation` in its entry, or fetch the net again"
            }
            Self::Net(RecogniserFault::Lengths { .. }) => "say `metric = \"cosine\"` in its entry",
        }
    }
}
