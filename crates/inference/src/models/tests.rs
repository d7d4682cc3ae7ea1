//! Preparing and loading, in a directory of its own, with a model made here.

use std::path::{Path, PathBuf};

use super::*;
use crate::Model as _;
use crate::import::tests::tfjs_model::doubling;

/// A manifest, the package that it names, and a place for what is imported.
struct Workshop {
    root: tempfile::TempDir,
}

impl Workshop {
    fn new() -> Self {
        let workshop = Self { root: tempfile::tempdir().unwrap() };
        let model = doubling();
        workshop.write("modules/@some/package/net.json", &model.json());
        workshop.write("modules/@some/package/net.bin", &model.bytes);
        workshop.describe("double/1");
        workshop
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// Writes the manifest with the files' SHA-256 as they are now.
    fn describe(&self, id: &str) {
        let sum = |name: &str| sha256(&std::fs::read(self.path("modules/@some/package").join(name)).unwrap());
        let text = format!(
            r#"
            [[model]]
            name = "double"
            id = "{id}"
            package = "@some/package"
            version = "1.0.0"
            format = "tfjs"
            licence = "MIT"
            training_data = "none"
            input = [2, 2, 1]
            normalisation = {{ subtract = 0.0, divide = 1.0 }}
            files = [
                {{ path = "net.json", sha256 = "{}" }},
                {{ path = "net.bin", sha256 = "{}" }},
            ]
            "#,
            sum("net.json"),
            sum("net.bin"),
        );
        self.write("manifest.toml", text.as_bytes());
    }

    fn prepare(&self) -> Result<(), ModelsError> {
        prepare(&self.path("manifest.toml"), &self.path("modules"), &self.path("out"), &mut |_, _, _| ())
    }

    fn open(&self) -> Result<ModelDir, ModelsError> {
        ModelDir::open(&self.path("out"))
    }

    /// Whether preparing again works without the packages, that is, whether nothing has to be imported.
    fn is_current(&self) -> bool {
        prepare(&self.path("manifest.toml"), Path::new("nowhere"), &self.path("out"), &mut |_, _, _| ())
            .is_ok()
    }
}

#[test]
fn a_prepared_model_can_be_loaded_and_run() {
    let workshop = Workshop::new();
    workshop.prepare().unwrap();
    let models = workshop.open().unwrap();
    let mut net = models.load("double").unwrap();
    assert_eq!(net.run(&[1.0, 2.0, 3.0, 4.0]).unwrap(), [[2.0, 4.0, 6.0, 8.0]]);
    assert_eq!(models.model_id("double").unwrap(), "double/1");
}

#[test]
fn progress_names_each_model_and_the_end() {
    let workshop = Workshop::new();
    let mut heard = Vec::new();
    let mut listen = |name: &str, done, total| heard.push((name.to_owned(), done, total));
    prepare(&workshop.path("manifest.toml"), &workshop.path("modules"), &workshop.path("out"), &mut listen)
        .unwrap();
    assert_eq!(heard, [("double".to_owned(), 0, 1), (String::new(), 1, 1)]);
}

#[test]
fn what_is_current_is_left_alone() {
    let workshop = Workshop::new();
    assert!(!workshop.is_current(), "nothing is imported yet");
    workshop.prepare().unwrap();
    assert!(workshop.is_current(), "nothing has changed since");
}

#[test]
fn a_new_id_an_altered_file_or_another_importer_means_importing_anew() {
    let workshop = Workshop::new();
    workshop.prepare().unwrap();
    workshop.describe("double/2");
    assert!(!workshop.is_current(), "the id has changed");

    workshop.prepare().unwrap();
    workshop.write("out/double.net", b"altered");
    assert!(!workshop.is_current(), "the imported file has changed");

    workshop.prepare().unwrap();
    let index = std::fs::read_to_string(workshop.path("out/index.toml")).unwrap();
    let current = format!("importer = {}", crate::import::IMPORTER_VERSION);
    assert!(index.contains(&current), "the index names the importer");
    workshop.write("out/index.toml", index.replace(&current, "importer = 0").as_bytes());
    assert!(!workshop.is_current(), "it was imported by another version");
}

#[test]
fn a_source_that_the_manifest_does_not_describe_is_refused() {
    let workshop = Workshop::new();
    workshop.write("modules/@some/package/net.bin", b"others");
    let refused = workshop.prepare();
    assert!(
        matches!(&refused, Err(ModelsError::Source { path, .. }) if path.ends_with("net.bin")),
        "{refused:?}"
    );
    assert!(workshop.open().is_err(), "nothing is imported from it");
}

#[test]
fn a_missing_or_altered_model_names_the_file_and_the_remedy() {
    let workshop = Workshop::new();
    let not_yet = workshop.open().unwrap_err().to_string();
    assert!(not_yet.contains("index.toml") && not_yet.contains("cargo xtask models"), "{not_yet}");

    workshop.prepare().unwrap();
    let unknown = workshop.open().unwrap().load("triple").err().map(|error| error.to_string());
    assert!(unknown.is_some_and(|message| message.contains("triple.net")), "the index does not list it");

    let mut bytes = std::fs::read(workshop.path("out/double.net")).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    workshop.write("out/double.net", &bytes);
    let altered = workshop.open().unwrap().load("double").err().map(|error| error.to_string()).unwrap();
    assert!(altered.contains("double.net was altered"), "one flipped bit in the weights: {altered}");
    assert!(altered.contains("cargo xtask models"), "{altered}");
}

#[test]
fn a_manifest_cannot_write_outside_its_directory() {
    let workshop = Workshop::new();
    let text = std::fs::read_to_string(workshop.path("manifest.toml")).unwrap();
    workshop.write("manifest.toml", text.replace("\"double\"", "\"../double\"").as_bytes());
    assert!(matches!(workshop.prepare(), Err(ModelsError::Manifest { .. })));
}

#[test]
fn settings_reach_the_models_user_and_may_change_without_importing_anew() {
    let workshop = Workshop::new();
    workshop.prepare().unwrap();
    assert!(workshop.open().unwrap().settings("double").unwrap().is_empty());

    let text = std::fs::read_to_string(workshop.path("manifest.toml")).unwrap();
    let text =
        text.replace("subtract = 0.0", "subtract = [1.0, 2.0, 3.0]") + "\n[model.settings]\ncolour = 'red'\n";
    workshop.write("manifest.toml", text.as_bytes());
    assert!(workshop.is_current(), "the imported file is the same");
    let models = workshop.open().unwrap();
    assert_eq!(models.settings("double").unwrap()["colour"].as_str(), Some("red"));
    let numbers = models.normalisation("double").unwrap().apply([11, 22, 33]);
    assert!(numbers.iter().zip([10.0, 20.0, 30.0]).all(|(a, b)| (a - b).abs() < 1e-6), "{numbers:?}");
}

#[test]
fn a_normalisation_that_divides_by_zero_is_refused() {
    let workshop = Workshop::new();
    let text = std::fs::read_to_string(workshop.path("manifest.toml")).unwrap();
    workshop.write("manifest.toml", text.replace("divide = 1.0", "divide = [1.0, 0.0, 1.0]").as_bytes());
    let refused = workshop.prepare().unwrap_err().to_string();
    assert!(refused.contains("manifest.toml") && refused.contains("divides by zero"), "{refused}");
}
