//! What the screens can say, by their locale files.

use std::path::Path;

use portico_types::Reason;
use serde_json::Value;

const LANGUAGES: [&str; 3] = ["en", "zh-CN", "de"];

/// Checks that the screens have a text for `reason` in every language, and every value that it asks for. `about` is what
/// was refused: an `import`, or an entry of the `queue`.
///
/// # Panics
/// If they do not.
pub fn assert_screens_say(about: &str, reason: &Reason) {
    let code = reason.code.as_deref().unwrap_or_default();
    assert!(!code.is_empty(), "it has no name: {reason}");
    for language in LANGUAGES {
        let text = text_of(language, &format!("staff.{about}.why.{code}"));
        assert!(!text.is_empty(), "no text for {code} in {language}");
        let values = &reason.values;
        let filled =
            values.iter().fold(text, |text, (name, value)| text.replace(&format!("{{{name}}}"), value));
        assert!(!filled.contains('{'), "{code} in {language}: {filled}");
    }
}

/// Every form of a message; nothing if there is none.
fn text_of(language: &str, message: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/lib/locales");
    let file = std::fs::read(folder.join(format!("{language}.json"))).unwrap_or_default();
    let texts: Value = serde_json::from_slice(&file).unwrap_or_default();
    match &texts[message] {
        Value::Object(forms) => forms.values().filter_map(Value::as_str).collect(),
        text => text.as_str().unwrap_or_default().to_owned(),
    }
}
