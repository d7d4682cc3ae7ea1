//! What can be wrong with a configuration file.

use std::fmt;
use std::path::PathBuf;

/// A configuration file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// No such file, or no right to read it.
    #[error("cannot read the configuration {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// One or more keys are wrong.
    #[error("{} cannot be used:\n{}", path.display(), listed(problems))]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Everything that is wrong with it.
        problems: Vec<ConfigProblem>,
    },
}

fn listed(problems: &[ConfigProblem]) -> String {
    problems.iter().map(|problem| format!("  - {problem}")).collect::<Vec<_>>().join("\n")
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The key's path, e.g. `camera.source`; empty if the file is no TOML at all.
    pub path: String,
    /// What is wrong and what is allowed.
    pub message: String,
}

impl ConfigProblem {
    pub(super) fn new(path: String, message: String) -> Self {
        Self { path, message }
    }

    pub(super) fn syntax(error: &toml::de::Error) -> Self {
        Self { path: String::new(), message: error.to_string().trim_end().to_owned() }
    }
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            return f.write_str(&self.message);
        }
        write!(f, "{}: {}", self.path, self.message)
    }
}
