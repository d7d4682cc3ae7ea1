//! The kiosk's configuration file: TOML, read once at start.
//!
//! Every bad key is reported at once, with its path and what is allowed there. Paths are relative to the file.

mod problem;
mod reader;
mod screens;

use std::path::{Path, PathBuf};

use portico_vision::Recognition;

pub use problem::{ConfigError, ConfigProblem};
use reader::Reader;
pub(crate) use screens::LANGUAGES;
pub use screens::{ScreensConfig, Theme};

/// What the kiosk is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// What staff call this kiosk.
    pub name: String,
    /// The id of the gate it stands at.
    pub gate: String,
    /// Screen languages (BCP 47), the default first.
    pub languages: Vec<String>,
    /// Folder of the database and its key.
    pub data_dir: PathBuf,
    /// Folder of the imported models; `None` means the ones that came with the app.
    pub models_dir: Option<PathBuf>,
    /// Which recogniser makes the face vectors, here and in an embedded backend.
    pub recognition: Recognition,
    /// Where the event backend is.
    pub backend: BackendConfig,
    /// Where pictures come from.
    pub camera: CameraConfig,
    /// Staff mode.
    pub staff: StaffConfig,
    /// How screens look and sound.
    pub screens: ScreensConfig,
}

/// Where the event backend is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackendConfig {
    /// Inside this process, on a loopback port.
    Embedded,
    /// Somewhere else.
    Remote {
        /// Base address, e.g. `https://checkin.example.org`.
        url: String,
        /// One-use code for the first start.
        pairing_code: Option<String>,
    },
}

/// Where pictures come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CameraConfig {
    /// A camera of this machine.
    Webcam {
        /// Part of its name, or its number; `None` takes the first that works.
        device: Option<String>,
    },
    /// Recordings, one after the other.
    Replay {
        /// MJPEG files or folders of JPEG pictures.
        playlist: Vec<PathBuf>,
        /// Pace.
        frames_per_second: u32,
        /// Whether the playlist starts again at its end.
        repeat: Repeat,
    },
}

/// What happens at the end of a playlist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// The camera counts as ended.
    Once,
    /// From the start again.
    Forever,
}

/// Staff mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffConfig {
    /// PIN of the first supervisor, for kiosks that are set up unattended. Has no effect while a supervisor can open staff
    /// mode.
    pub initial_pin: Option<String>,
    /// Seconds without a touch after which staff mode closes.
    pub auto_lock_seconds: u32,
}

impl Config {
    /// The configuration of a single tablet that brings its own backend and keeps its data in `data_dir`.
    pub fn standalone(data_dir: PathBuf) -> Self {
        Self {
            name: "Kiosk".into(),
            gate: "main".into(),
            languages: LANGUAGES.map(Into::into).to_vec(),
            data_dir,
            models_dir: None,
            recognition: Recognition::Single,
            backend: BackendConfig::Embedded,
            camera: CameraConfig::Webcam { device: None },
            staff: StaffConfig { initial_pin: None, auto_lock_seconds: 60 },
            screens: ScreensConfig::default(),
        }
    }

    /// Reads the file at `path`.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
        let base = path.parent().unwrap_or(Path::new("."));
        Self::parse(&text, base).map_err(|problems| ConfigError::Invalid { path: path.to_owned(), problems })
    }

    /// Reads `text`; relative paths in it start at `base`.
    pub fn parse(text: &str, base: &Path) -> Result<Self, Vec<ConfigProblem>> {
        let table = text.parse::<toml::Table>().map_err(|error| vec![ConfigProblem::syntax(&error)])?;
        let mut root = Reader::new(&table);
        let config = Self {
            name: root.section("kiosk").text("name", "Kiosk"),
            gate: root.section("kiosk").text("gate", "main"),
            languages: root.section("kiosk").choices("languages", &LANGUAGES),
            data_dir: base.join(root.section("kiosk").required_text("data_dir", "a folder")),
            models_dir: root.section("kiosk").optional_text("models_dir").map(|dir| base.join(dir)),
            recognition: recognition(&mut root, base),
            backend: backend(&mut root),
            camera: camera(&mut root, base),
            staff: StaffConfig {
                initial_pin: root.section("staff").digits("initial_pin", 4..=12),
                auto_lock_seconds: root.section("staff").integer("auto_lock_seconds", 10..=600, 60),
            },
            screens: ScreensConfig::read(&mut root),
        };
        root.finish(config)
    }
}

fn recognition(root: &mut Reader<'_>, base: &Path) -> Recognition {
    match root.section("recognition").choice("use", &["single", "fused", "own"], "single") {
        "own" => Recognition::Own(base.join(
            root.section("recognition").required_text("own", "the entry of a recogniser or its ONNX file"),
        )),
        "fused" => Recognition::Fused,
        _ => Recognition::Single,
    }
}

fn backend(root: &mut Reader<'_>) -> BackendConfig {
    match root.section("backend").choice("mode", &["embedded", "remote"], "embedded") {
        "remote" => BackendConfig::Remote {
            url: root.section("backend").url("url"),
            pairing_code: root.section("backend").optional_text("pairing_code"),
        },
        _ => BackendConfig::Embedded,
    }
}

fn camera(root: &mut Reader<'_>, base: &Path) -> CameraConfig {
    match root.section("camera").choice("source", &["webcam", "replay"], "webcam") {
        "replay" => CameraConfig::Replay {
            playlist: root
                .section("camera")
                .texts("playlist", "MJPEG files or folders of JPEG pictures")
                .into_iter()
                .map(|item| base.join(item))
                .collect(),
            frames_per_second: root.section("camera").integer("frames_per_second", 1..=60, 15),
            repeat: match root.section("camera").choice("repeat", &["once", "forever"], "forever") {
                "once" => Repeat::Once,
                _ => Repeat::Forever,
            },
        },
        _ => CameraConfig::Webcam { device: root.section("camera").optional_text("device") },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: &str = r#"
        [kiosk]
        name = "Entrance left"
        gate = "a"
        languages = ["zh-CN", "en"]
        data_dir = "data"
        [backend]
        mode = "remote"
        url = "http://127.0.0.1:9000"
        pairing_code = "ABCD-1234"
        [camera]
        source = "replay"
        playlist = ["clips/1.mjpeg"]
        repeat = "once"
        [staff]
        initial_pin = "2468"
    "#;

    #[test]
    fn a_whole_file_is_read_and_its_paths_start_at_the_file() {
        let config = Config::parse(FULL, Path::new("/venue")).unwrap();
        assert_eq!(config.data_dir, Path::new("/venue/data"));
        assert_eq!(config.languages, ["zh-CN", "en"]);
        let CameraConfig::Replay { playlist, repeat, .. } = config.camera else {
            panic!("replay was asked for")
        };
        assert_eq!(playlist, [Path::new("/venue/clips/1.mjpeg")]);
        assert_eq!(repeat, Repeat::Once);
    }

    #[test]
    fn every_bad_key_is_named_with_its_path_and_what_is_allowed() {
        let bad = r#"
            [kiosk]
            languages = ["tlh"]
            colour = "red"
            [backend]
            mode = "cloud"
            [camera]
            source = "replay"
            playlist = 7
            frames_per_second = 500
            [staff]
            initial_pin = "12a"
            auto_lock_seconds = "soon"
        "#;
        let problems = Config::parse(bad, Path::new(".")).unwrap_err();
        let text = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        for path in [
            "kiosk.data_dir",
            "kiosk.languages",
            "kiosk.colour",
            "backend.mode",
            "camera.playlist",
            "camera.frames_per_second",
            "staff.initial_pin",
            "staff.auto_lock_seconds",
        ] {
            assert!(text.contains(path), "{path} must be named in:\n{text}");
        }
        assert!(text.contains("embedded, remote"), "what is allowed must be said:\n{text}");
        assert!(text.contains("1 to 60"), "ranges must be said:\n{text}");
        assert_eq!(problems.len(), 8, "and nothing else is complained about:\n{text}");
    }

    #[test]
    fn a_recogniser_is_chosen_and_an_own_one_is_named() {
        let parse = |section: &str| {
            Config::parse(&format!("[kiosk]\ndata_dir = 'data'\n{section}"), Path::new("/venue"))
                .map(|config| config.recognition)
        };
        assert_eq!(parse("").unwrap(), Recognition::Single);
        assert_eq!(parse("[recognition]\nuse = 'fused'").unwrap(), Recognition::Fused);
        let own = parse("[recognition]\nuse = 'own'\nown = 'nets/mine.toml'").unwrap();
        assert_eq!(own, Recognition::Own("/venue/nets/mine.toml".into()));
        let problems = parse("[recognition]\nuse = 'own'").unwrap_err();
        assert!(problems[0].to_string().contains("recognition.own"), "{}", problems[0]);
        assert!(parse("[recognition]\nuse = 'best'").unwrap_err()[0].to_string().contains("fused"));
    }

    #[test]
    fn text_that_is_not_toml_is_one_clear_problem_with_its_line() {
        let problems = Config::parse("[kiosk\nname=", Path::new(".")).unwrap_err();
        assert_eq!(problems.len(), 1);
        assert!(problems[0].to_string().contains("line 1"), "{}", problems[0]);
    }

    #[test]
    fn a_missing_file_names_itself() {
        let error = Config::load(Path::new("/nowhere/portico.toml")).unwrap_err();
        assert!(error.to_string().contains("/nowhere/portico.toml"));
    }
}
