//! An operator's own recogniser: a net made here, as an ONNX file with an entry, whole and with each fault.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::fs;
use std::path::PathBuf;

use portico_inference::export;
use portico_inference::graph::{Activation, ConstantId, Graph, Node, Op, Output, Shape, ValueId};
use portico_inference::models::sha256;
use portico_vision::Recogniser;

/// Mean of each colour, then four mixtures of them: a face vector of a kind.
fn net(weights: Vec<f32>, bias: Vec<f32>) -> Vec<u8> {
    let mixed =
        Op::FullyConnected { weights: ConstantId(0), bias: ConstantId(1), activation: Activation::Linear };
    let graph = Graph {
        input: Shape::new(112, 112, 3),
        nodes: vec![
            Node { op: Op::GlobalAverage, inputs: vec![ValueId::INPUT] },
            Node { op: mixed, inputs: vec![ValueId(1)] },
        ],
        outputs: vec![Output { name: "vector".to_owned(), value: ValueId(2) }],
        constants: vec![weights, bias],
    };
    export::onnx(&graph).unwrap()
}

fn good_net() -> Vec<u8> {
    net((0..12_u8).map(|number| f32::from(number) / 12.0 - 0.4).collect(), vec![0.1, 0.2, 0.3, 0.4])
}

/// A folder with a net and its entry.
struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new(net: &[u8]) -> Self {
        let bench = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(bench.path("mine.onnx"), net).unwrap();
        bench.describe(&[]);
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes an entry that is right but for these replacements.
    fn describe(&self, changes: &[(&str, &str)]) {
        let sum = sha256(&fs::read(self.path("mine.onnx")).unwrap());
        let right = format!(
            r#"
            id = "mine/1"
            file = "mine.onnx"
            sha256 = "{sum}"
            input = [112, 112, 3]
            layout = "nhwc"
            channels = "bgr"
            normalisation = {{ subtract = 127.5, divide = 128.0 }}
            alignment = "arcface"
            dimension = 4
            metric = "cosine"
            mirrored = true
            "#
        );
        let entry = changes.iter().fold(right, |entry, (from, to)| {
            assert!(entry.contains(from), "`{from}` is to be replaced");
            entry.replace(from, to)
        });
        fs::write(self.path("mine.toml"), entry).unwrap();
    }

    fn load(&self, name: &str) -> Result<Recogniser, String> {
        Recogniser::own(&self.path(name), &self.path("models")).map_err(|error| error.to_string())
    }

    /// The error of an entry with these changes.
    fn refused(&self, changes: &[(&str, &str)]) -> String {
        self.describe(changes);
        self.load("mine.toml").err().unwrap()
    }
}

#[test]
fn a_net_is_found_by_its_entry_and_its_entry_by_the_net() {
    let bench = Bench::new(&good_net());
    for name in ["mine.toml", "mine.onnx"] {
        let mut recogniser = bench.load(name).unwrap();
        assert_eq!(recogniser.model().0, "mine/1");
        let blank = recogniser.blank();
        assert_eq!(recogniser.embed(&blank).unwrap().values().len(), 4);
    }
    fs::create_dir(bench.path("models")).unwrap();
    fs::rename(bench.path("mine.toml"), bench.path("models/mine.toml")).unwrap();
    assert!(bench.load("mine.onnx").is_ok(), "an entry among the models serves a net that lies elsewhere");
    fs::remove_file(bench.path("models/mine.toml")).unwrap();
    let lost = bench.load("mine.onnx").err().unwrap();
    assert!(lost.contains("mine.toml") && lost.contains("write one"), "{lost}");
}

#[test]
fn places_spelt_out_give_the_face_a_chip_of_its_own() {
    let bench = Bench::new(&good_net());
    let places = "{ left_eye = [35, 40], right_eye = [77, 40], nose_base = [56, 78.5] }";
    bench.describe(&[("\"arcface\"", places)]);
    assert_eq!(bench.load("mine.toml").unwrap().templates().len(), 1);
    let outside = bench.refused(&[("\"arcface\"", "{ left_eye = [35, 40], right_eye = [770, 40] }")]);
    assert!(outside.contains("mine.toml") && outside.contains("inside 112x112"), "{outside}");
}

#[test]
fn each_fault_of_an_entry_names_the_entry_and_the_key() {
    let bench = Bench::new(&good_net());
    for (from, to, said) in [
        ("\"arcface\"", "\"passport\"", "alignment"),
        ("id = \"mine/1\"", "id = \" \"", "`id`"),
        ("[112, 112, 3]", "[112, 96, 3]", "`input`"),
        ("divide = 128.0", "divide = 0.0", "`normalisation`"),
        ("mirrored = true", "mirror = true", "mirror"),
        ("\"cosine\"", "\"manhattan\"", "manhattan"),
    ] {
        let error = bench.refused(&[(from, to)]);
        assert!(error.contains("mine.toml") && error.contains("docs/own-recogniser.md"), "{error}");
        assert!(error.contains(said), "`{said}` must be said: {error}");
    }
}

#[test]
fn each_fault_of_a_net_names_the_file_and_what_to_do() {
    let bench = Bench::new(&good_net());
    let faults = [
        (bench.refused(&[("[112, 112, 3]", "[96, 96, 3]")]), "1x112x112x3, not 1x96x96x3", "`input`"),
        (bench.refused(&[("nhwc", "nchw")]), "1x112x112x3, not 1x3x112x112", "`layout`"),
        (
            bench.refused(&[("dimension = 4", "dimension = 512")]),
            "4 numbers, not a vector of 512",
            "`dimension`",
        ),
        (bench.refused(&[("\"cosine\"", "\"euclidean\"")]), "differ in length", "cosine"),
    ];
    for (error, fault, remedy) in faults {
        assert!(error.contains("mine.onnx"), "{error}");
        assert!(error.contains(fault) && error.contains(remedy), "{fault}; {remedy}: {error}");
    }
    fs::remove_file(bench.path("mine.onnx")).unwrap();
    let missing = bench.load("mine.toml").err().unwrap();
    assert!(missing.contains("mine.onnx") && missing.contains("check the path"), "{missing}");
}

#[test]
fn another_file_than_the_one_described_is_refused() {
    let bench = Bench::new(&good_net());
    fs::write(bench.path("mine.onnx"), net(vec![1.0; 12], vec![0.0; 4])).unwrap();
    let error = bench.load("mine.toml").err().unwrap();
    assert!(error.contains("mine.onnx") && error.contains("SHA-256") && error.contains("new id"), "{error}");
}

#[test]
fn what_no_engine_can_run_is_refused_before_the_first_face() {
    let text = Bench::new(b"This is not a net.").load("mine.toml").err().unwrap();
    assert!(text.contains("mine.onnx") && text.contains("not an ONNX model"), "{text}");

    let mut foreign = good_net();
    let place = foreign.windows(4).position(|part| part == b"Gemm").unwrap();
    foreign[place..place + 4].copy_from_slice(b"Gymm");
    let operator = Bench::new(&foreign).load("mine.toml").err().unwrap();
    assert!(operator.contains("Gymm") && operator.contains("onnx_runtime"), "{operator}");

    let wild = Bench::new(&net(vec![f32::INFINITY; 12], vec![0.0; 4])).load("mine.toml").err().unwrap();
    assert!(wild.contains("not finite"), "{wild}");
}

#[test]
fn distances_of_vectors_of_one_length_are_angles() {
    // Only the bias counts, so that every vector has its length.
    let bench = Bench::new(&net(vec![0.0; 12], vec![1.0, 2.0, 2.0, 0.0]));
    bench.describe(&[("\"cosine\"", "\"euclidean\"")]);
    assert!(bench.load("mine.toml").is_ok());
}

#[cfg(not(feature = "onnxruntime"))]
#[test]
fn a_build_without_onnx_runtime_says_so() {
    let bench = Bench::new(&good_net());
    let error =
        bench.refused(&[("mirrored = true", "mirrored = true\nonnx_runtime = \"libonnxruntime.so\"")]);
    assert!(error.contains("does not know ONNX Runtime") && error.contains("leave it out"), "{error}");
}
