//! What can be wrong with a graph.

/// Why a graph is refused. `node` is the position in the list of nodes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GraphError {
    /// A node reads a value that does not exist yet.
    #[error("node {node} reads a value that no earlier node yields")]
    UnknownValue {
        /// Where.
        node: usize,
    },
    /// A node names a constant that does not exist.
    #[error("node {node} names a constant that does not exist")]
    UnknownConstant {
        /// Where.
        node: usize,
    },
    /// A node has too few or too many inputs.
    #[error("node {node} has {found} inputs")]
    InputCount {
        /// Where.
        node: usize,
        /// How many it has.
        found: usize,
    },
    /// A constant has the wrong number of numbers.
    #[error("node {node} has a constant of {found} numbers where {expected} belong")]
    ConstantLength {
        /// Where.
        node: usize,
        /// What its shape asks for.
        expected: usize,
        /// What there is.
        found: usize,
    },
    /// Input shapes do not fit the operator.
    #[error("node {node}: {reason}")]
    Shape {
        /// Where.
        node: usize,
        /// What does not fit.
        reason: &'static str,
    },
    /// A value, or the whole net, is larger than any net that this executor is meant for.
    #[error("node {node} yields a value that is too large")]
    TooLarge {
        /// Where.
        node: usize,
    },
    /// The input is empty or too large, or no output is named, or an output does not exist.
    #[error("the graph's {0} is not usable")]
    Interface(&'static str),
}
