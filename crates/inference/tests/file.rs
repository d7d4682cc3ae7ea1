//! The file format: what is written is read back, and damage is an error.

use portico_inference::file::{FileError, read, write};
use portico_inference::graph::{
    Activation, ConstantId, Graph, GraphError, Node, Op, Output, Padding, Shape, ValueId, Window,
};
use portico_inference::{Model as _, Net};

fn small_graph() -> Graph {
    let window = Window { kernel: [2, 2], stride: [1, 1], padding: Padding::default() };
    let convolution = Op::Convolution {
        window,
        weights: ConstantId(0),
        bias: ConstantId(1),
        activation: Activation::Prelu(ConstantId(2)),
    };
    Graph {
        input: Shape::new(3, 3, 1),
        nodes: vec![
            Node { op: convolution, inputs: vec![ValueId::INPUT] },
            Node { op: Op::GlobalAverage, inputs: vec![ValueId(1)] },
        ],
        outputs: vec![Output { name: "mean".into(), value: ValueId(2) }],
        constants: vec![vec![1.0, 0.0, 0.0, -1.0], vec![0.5], vec![0.25]],
    }
}

#[test]
fn a_graph_survives_writing_and_reading() {
    let graph = small_graph();
    assert_eq!(read(&write(&graph).unwrap()).unwrap(), graph);
}

#[test]
fn a_net_runs_from_its_bytes() {
    let mut net = Net::from_bytes(&write(&small_graph()).unwrap()).unwrap();
    let outputs = net.run(&[1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 3.0]).unwrap();
    // Differences along the diagonals are 1, 1, 1 and -3.
    assert_eq!(outputs, [[(3.0 * 1.5 - 2.5 * 0.25) / 4.0]]);
}

#[test]
fn every_shortened_file_is_refused() {
    let bytes = write(&small_graph()).unwrap();
    for len in 0..bytes.len() {
        assert!(read(&bytes[..len]).is_err(), "cut to {len} of {} bytes", bytes.len());
    }
    let longer = [bytes.as_slice(), &[0]].concat();
    assert!(matches!(read(&longer), Err(FileError::Length)), "a byte to spare");
}

#[test]
fn no_flipped_bit_makes_loading_panic() {
    let bytes = write(&small_graph()).unwrap();
    for index in 0..bytes.len() {
        for bit in 0..8 {
            let mut damaged = bytes.clone();
            damaged[index] ^= 1 << bit;
            if let Ok(mut net) = Net::from_bytes(&damaged) {
                let [height, width, channels] = net.input_shape();
                let outputs = net.run(&vec![0.5; height * width * channels]).unwrap();
                assert_eq!(outputs.len(), 1, "a graph that is accepted can be run");
            }
        }
    }
}

#[test]
fn other_files_and_other_versions_are_told_apart() {
    assert!(matches!(read(b"something else altogether"), Err(FileError::NotANet)));
    let mut bytes = write(&small_graph()).unwrap();
    bytes[8] = 99;
    assert!(matches!(read(&bytes), Err(FileError::Version(99))));
}

#[test]
fn announced_sizes_are_not_believed() {
    let mut graph = small_graph();
    graph.nodes[1].op = Op::Resize {
        height: usize::MAX,
        width: usize::MAX,
        sampling: portico_inference::graph::Sampling::Corner,
    };
    let huge = read(&write(&graph).unwrap());
    assert!(matches!(huge, Err(FileError::Graph(GraphError::TooLarge { node: 1 }))));

    let mut bytes = write(&small_graph()).unwrap();
    let (from, to) = (b"\"constants\":[4,1,1]", b"\"constants\":[999,1]");
    let at = bytes.windows(from.len()).position(|window| window == from).expect("the header lists lengths");
    bytes[at..at + from.len()].copy_from_slice(to);
    assert!(matches!(read(&bytes), Err(FileError::Length)), "so many numbers are not there");
}

#[test]
fn inconsistent_graphs_are_refused_with_the_node() {
    let mut late = small_graph();
    late.nodes[0].inputs = vec![ValueId(2)];
    assert_eq!(late.shapes(), Err(GraphError::UnknownValue { node: 0 }), "values come before they are read");

    let mut short = small_graph();
    short.constants[0].pop();
    let expected = GraphError::ConstantLength { node: 0, expected: 4, found: 3 };
    assert_eq!(short.shapes(), Err(expected), "every tap has its weight");

    let mut alone = small_graph();
    alone.nodes[1].inputs.clear();
    assert_eq!(alone.shapes(), Err(GraphError::InputCount { node: 1, found: 0 }));

    let mut silent = small_graph();
    silent.outputs.clear();
    assert!(matches!(silent.shapes(), Err(GraphError::Interface(_))), "a net without outputs is of no use");
}
