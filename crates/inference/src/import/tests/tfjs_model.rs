//! Writes small TensorFlow.js graph models.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

/// A model under construction.
#[derive(Default)]
pub(crate) struct TfJsModel {
    nodes: Vec<Value>,
    weights: Vec<Value>,
    pub bytes: Vec<u8>,
    pub signature: Option<Value>,
}

impl TfJsModel {
    /// A model whose input is called `picture`.
    pub fn new(height: usize, width: usize, channels: usize) -> Self {
        let axes: Vec<_> = [-1, height as i64, width as i64, channels as i64]
            .iter()
            .map(|size| json!({ "size": size.to_string() }))
            .collect();
        let mut model = Self::default();
        model.node("Placeholder", "picture", &[], json!({ "shape": { "shape": { "dim": axes } } }));
        model
    }

    #[expect(clippy::needless_pass_by_value, reason = "callers write the JSON in place")]
    pub fn node(&mut self, op: &str, name: &str, inputs: &[&str], attributes: Value) {
        self.nodes.push(json!({ "name": name, "op": op, "input": inputs, "attr": attributes }));
    }

    pub fn floats(&mut self, name: &str, shape: &[usize], numbers: &[f32]) {
        self.constant(name, json!({ "name": name, "shape": shape, "dtype": "float32" }));
        self.bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    }

    pub fn integers(&mut self, name: &str, shape: &[usize], numbers: &[i32]) {
        self.constant(name, json!({ "name": name, "shape": shape, "dtype": "int32" }));
        self.bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    }

    /// A constant kept in fewer bytes.
    #[expect(clippy::needless_pass_by_value, reason = "callers write the JSON in place")]
    pub fn quantised(&mut self, name: &str, shape: &[usize], quantization: Value, bytes: &[u8]) {
        let entry = json!({ "name": name, "shape": shape, "dtype": "float32", "quantization": quantization });
        self.constant(name, entry);
        self.bytes.extend(bytes);
    }

    fn constant(&mut self, name: &str, entry: Value) {
        self.weights.push(entry);
        self.node("Const", name, &[], json!({}));
    }

    pub fn json(&self) -> Vec<u8> {
        let mut model = json!({
            "modelTopology": { "node": self.nodes },
            "weightsManifest": [{ "paths": ["weights.bin"], "weights": self.weights }],
        });
        if let Some(signature) = &self.signature {
            model["signature"] = signature.clone();
        }
        serde_json::to_vec(&model).expect("a JSON value can be written")
    }
}

/// Attributes of an operator with a window.
pub(crate) fn windowed(stride: usize, padding: &str, fused: &[&str]) -> Value {
    let fused: Vec<_> = fused.iter().map(|name| BASE64_STANDARD.encode(name)).collect();
    let list = |size: usize| json!({ "list": { "i": ["1", size.to_string(), size.to_string(), "1"] } });
    json!({
        "strides": list(stride), "ksize": list(2), "dilations": list(1),
        "padding": { "s": BASE64_STANDARD.encode(padding) },
        "fused_ops": { "list": { "s": fused } },
    })
}

/// A whole small model, 2 × 2 × 1 to one number per pixel: twice the input.
pub(crate) fn doubling() -> TfJsModel {
    let mut model = TfJsModel::new(2, 2, 1);
    model.floats("weights", &[1, 1, 1, 1], &[2.0]);
    model.node("Conv2D", "double", &["picture", "weights"], windowed(1, "SAME", &[]));
    model
}
