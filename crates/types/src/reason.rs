//! Why something was refused: by name for screens, which say it in their own language, and in words.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why something was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reason {
    /// Its name, such as `not_on_roster`; `None` where all there is are words, as of an event system of another maker.
    pub code: Option<String>,
    /// What stands in its text, by name.
    pub values: BTreeMap<String, String>,
    /// The same in the words of whoever refused, for a name that the screen does not know.
    pub text: String,
}

impl Reason {
    /// The reason `code`, which is `text` in English, with what stands in its text.
    pub fn new(code: &str, text: &dyn fmt::Display, values: &[(&str, &dyn fmt::Display)]) -> Self {
        let values = values.iter().map(|(name, value)| ((*name).to_owned(), value.to_string()));
        Self { code: Some(code.to_owned()), values: values.collect(), text: text.to_string() }
    }
}

impl From<String> for Reason {
    /// Words without a name.
    fn from(text: String) -> Self {
        Self { code: None, values: BTreeMap::new(), text }
    }
}

impl From<&str> for Reason {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl fmt::Display for Reason {
    /// Its words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
