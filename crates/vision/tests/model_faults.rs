//! A models directory in which something is wrong: what is said of it, and what works all the same. Skipped, with a
//! line that says so, where the models have not been imported.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "what fails here fails the test; a skipped one says so"
)]

use std::error::Error as _;
use std::fs;
use std::path::{Path, PathBuf};

use portico_inference::file;
use portico_inference::graph::{Graph, Node, Op, Output, Shape, ValueId};
use portico_inference::models::sha256;
use portico_vision::{Models, Recognition};

/// A copy of the imported models, to be spoilt.
struct Copy {
    folder: tempfile::TempDir,
}

impl Copy {
    fn new() -> Option<Self> {
        let beside_build = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/models");
        let models = std::env::var_os("PORTICO_MODELS").map_or(beside_build, PathBuf::from);
        if !models.join("index.toml").is_file() {
            println!("skipped: no imported models in {}", models.display());
            return None;
        }
        let copy = Self { folder: tempfile::tempdir().unwrap() };
        // The models alone: a folder with the calibrations lies beside them.
        let entries = fs::read_dir(models).unwrap().map(|entry| entry.unwrap().path());
        for file in entries.filter(|path| path.is_file()) {
            fs::copy(&file, copy.folder.path().join(file.file_name().unwrap())).unwrap();
        }
        Some(copy)
    }

    /// Puts a net that takes pictures of `side` and gives three numbers in the place of a model, and its sum into
    /// the index.
    fn replace(&self, name: &str, side: usize) {
        let path = self.folder.path().join(format!("{name}.net"));
        let before = sha256(&fs::read(&path).unwrap());
        let graph = Graph {
            input: Shape::new(side, side, 3),
            nodes: vec![Node { op: Op::GlobalAverage, inputs: vec![ValueId::INPUT] }],
            outputs: vec![Output { name: "mean".to_owned(), value: ValueId(1) }],
            constants: Vec::new(),
        };
        let bytes = file::write(&graph).unwrap();
        self.edit_index(&before, &sha256(&bytes));
        fs::write(path, bytes).unwrap();
    }

    fn edit_index(&self, from: &str, to: &str) {
        let path = self.folder.path().join("index.toml");
        let index = fs::read_to_string(&path).unwrap();
        assert!(index.contains(from), "`{from}` is to be replaced");
        fs::write(path, index.replace(from, to)).unwrap();
    }

    /// What is said when the models are loaded, causes included; `None` if they load.
    fn fault(&self, recognition: &Recognition) -> Option<String> {
        let error = Models::load_with(self.folder.path(), recognition).err()?;
        let cause = error.source().map(ToString::to_string).unwrap_or_default();
        Some(format!("{error}: {cause}"))
    }
}

#[test]
fn a_model_of_another_shape_is_named_with_its_stage_or_file() {
    for (name, side, said) in [
        ("detector", 64, ["detector", "192x192x3"]),
        ("landmarks", 192, ["landmarks", "468 points"]),
        ("recogniser", 112, ["recogniser.net", "3 numbers, not a vector of 192"]),
    ] {
        let Some(copy) = Copy::new() else { return };
        copy.replace(name, side);
        let fault = copy.fault(&Recognition::Single).unwrap();
        assert!(said.iter().all(|part| fault.contains(part)), "{name} of {side}: {fault}");
    }
}

#[test]
fn an_altered_model_is_named_with_the_remedy() {
    let Some(copy) = Copy::new() else { return };
    fs::write(copy.folder.path().join("recogniser.net"), b"PORTINET and so on").unwrap();
    let fault = copy.fault(&Recognition::Single).unwrap();
    assert!(fault.contains("recogniser.net was altered") && fault.contains("cargo xtask models"), "{fault}");
}

#[test]
fn without_its_partner_the_first_recogniser_works_alone() {
    let Some(copy) = Copy::new() else { return };
    assert_eq!(copy.fault(&Recognition::Fused), None);
    fs::remove_file(copy.folder.path().join("second-recogniser.net")).unwrap();
    let fault = copy.fault(&Recognition::Fused).unwrap();
    assert!(fault.contains("second-recogniser.net is missing"), "{fault}");
    assert_eq!(copy.fault(&Recognition::Single), None);
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    let Some(copy) = Copy::new() else { return };
    copy.edit_index("alignment = \"arcface\"", "alignment = \"passport\"");
    let fault = copy.fault(&Recognition::Single).unwrap();
    assert!(fault.contains("recogniser.net") && fault.contains("settings"), "{fault}");
}
