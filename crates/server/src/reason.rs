//! Reasons of imports as the wire tells them.

use std::fmt::Display;

use portico_protocol::ImportReason;

/// The reason `code` with what stands in its text, which is `text` in English.
pub(crate) fn reason(code: &str, text: &dyn Display, values: &[(&str, &dyn Display)]) -> ImportReason {
    ImportReason {
        code: code.to_owned(),
        values: values.iter().map(|(name, value)| ((*name).to_owned(), value.to_string())).collect(),
        text: text.to_string(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::path::Path;

    use super::*;

    /// The kiosk's screens have a text for `reason`, and every value that it asks for.
    pub(crate) fn assert_screens_say(reason: &ImportReason) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/lib/locales/en.json");
        let texts: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let text = texts[format!("staff.import.why.{}", reason.code)].as_str();
        let mut text = text.unwrap_or_else(|| panic!("no text for {}", reason.code)).to_owned();
        for (name, value) in &reason.values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        assert!(!text.contains('{'), "{}: {text}", reason.code);
    }
}
