//! The recogniser of face-api from weights made here: all zero but for a path that can be followed by hand.

use serde_json::json;

use super::*;
use crate::import::ImportError;

/// Names and shapes of all weights, in the order of the published file.
fn shapes() -> Vec<(String, Vec<usize>)> {
    let mut shapes = convolution("conv32_down", 7, 3, 32);
    let blocks = [
        ("conv32_1", 32, 32),
        ("conv32_2", 32, 32),
        ("conv32_3", 32, 32),
        ("conv64_down", 32, 64),
        ("conv64_1", 64, 64),
        ("conv64_2", 64, 64),
        ("conv64_3", 64, 64),
        ("conv128_down", 64, 128),
        ("conv128_1", 128, 128),
        ("conv128_2", 128, 128),
        ("conv256_down", 128, 256),
        ("conv256_1", 256, 256),
        ("conv256_2", 256, 256),
        ("conv256_down_out", 256, 256),
    ];
    for (name, from, to) in blocks {
        shapes.extend(convolution(&format!("{name}/conv1"), 3, from, to));
        shapes.extend(convolution(&format!("{name}/conv2"), 3, to, to));
    }
    shapes.push(("fc".to_owned(), vec![256, 128]));
    shapes
}

fn convolution(name: &str, kernel: usize, from: usize, to: usize) -> Vec<(String, Vec<usize>)> {
    vec![
        (format!("{name}/conv/filters"), vec![kernel, kernel, from, to]),
        (format!("{name}/conv/bias"), vec![to]),
        (format!("{name}/scale/weights"), vec![to]),
        (format!("{name}/scale/biases"), vec![to]),
    ]
}

/// A net in which only what goes past the blocks carries anything: channel 0 is 3 from the first convolution on, and
/// the last product doubles it.
fn files(shapes: &[(String, Vec<usize>)]) -> (Vec<u8>, Vec<u8>) {
    let entries: Vec<_> = shapes
        .iter()
        .map(|(name, shape)| {
            let steps = json!({ "dtype": "uint8", "scale": 1.0, "min": 0.0 });
            json!({ "name": name, "shape": shape, "dtype": "float32", "quantization": steps })
        })
        .collect();
    let mut bytes = Vec::new();
    for (name, shape) in shapes {
        let mut own = vec![0_u8; shape.iter().product()];
        match name.as_str() {
            "conv32_down/scale/biases" => own[0] = 3,
            "fc" => own[0] = 2,
            _ => {}
        }
        bytes.extend(own);
    }
    (serde_json::to_vec(&json!([{ "weights": entries, "paths": ["a.bin"] }])).unwrap(), bytes)
}

#[test]
fn what_goes_past_the_blocks_arrives_at_the_end() {
    let (manifest, weights) = files(&shapes());
    let graph = import(Source::FaceApi { manifest: &manifest, weights: &weights }, None).unwrap();
    let found = run(&graph, &vec![0.5; 150 * 150 * 3]);
    assert_eq!(found[0].len(), 128);
    assert!((found[0][0] - 6.0).abs() < 1e-5, "pools, zeros and sums keep an even picture: {}", found[0][0]);
    assert!(found[0][1..].iter().all(|number| *number == 0.0), "channels must not mix");
}

#[test]
fn a_missing_weight_is_named() {
    let mut shapes = shapes();
    shapes.retain(|(name, _)| name != "conv128_2/conv1/scale/biases");
    let (manifest, weights) = files(&shapes);
    let refused = import(Source::FaceApi { manifest: &manifest, weights: &weights }, None);
    assert!(
        matches!(&refused, Err(ImportError::MissingTensor(name)) if name == "conv128_2/conv1/scale/biases"),
        "{refused:?}"
    );
}
