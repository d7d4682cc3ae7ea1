//! What the event says about enrolling faces: whose text guests read, and for how long a face may be kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The event's rules for enrolling faces. With them set, the backend takes no face whose consent does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FaceEnrolment {
    /// Whose law the text and the terms follow.
    pub profile: ConsentProfile,
    /// Who answers for the data, as guests read it.
    pub controller: String,
    /// For how many days from the agreement on a face may be kept.
    pub keep_days: u16,
    /// Whether kiosks offer guests to enrol.
    pub at_kiosk: bool,
    /// What the event adds to the profile's text.
    #[serde(default)]
    pub addition: Option<ConsentAddition>,
    /// What guests read, as the backend puts it together from the above. Whatever is set here is passed over.
    #[serde(default)]
    pub text: Option<ConsentText>,
}

/// Whose law a consent follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentProfile {
    /// The European Union.
    Eu,
    /// The People's Republic of China.
    Cn,
    /// Illinois.
    UsIl,
    /// Everywhere else.
    #[default]
    Default,
}

/// A paragraph of the event's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConsentAddition {
    /// Its version; goes up with every change of its words.
    pub version: String,
    /// Its words by language (BCP 47).
    pub paragraph: BTreeMap<String, String>,
}

/// The text of a consent, in every language that it can be agreed to in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConsentText {
    /// What a consent record names: the profile, the version of its text, and that of the event's addition.
    pub version: String,
    /// Whether the statement is ticked before agreeing, as an act of its own.
    pub separate: bool,
    /// The words by language (BCP 47). English is always among them.
    pub languages: BTreeMap<String, ConsentWords>,
}

/// The text of a consent in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConsentWords {
    /// The heading.
    pub title: String,
    /// What is read.
    pub paragraphs: Vec<String>,
    /// What is agreed to.
    pub statement: String,
}

impl FaceEnrolment {
    /// For how many milliseconds from the agreement on a face may be kept.
    pub fn keep_ms(&self) -> i64 {
        i64::from(self.keep_days) * 24 * 60 * 60 * 1_000
    }
}

impl ConsentText {
    /// The words for a guest who reads `language`, and the language that they really are in.
    pub fn words(&self, language: &str) -> Option<(&str, &ConsentWords)> {
        let found = self.languages.get_key_value(language).or_else(|| self.languages.get_key_value("en"));
        found.map(|(language, words)| (language.as_str(), words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_reads_another_language_gets_english_and_agrees_in_it() {
        let words = |title: &str| ConsentWords {
            title: title.into(),
            paragraphs: Vec::new(),
            statement: String::new(),
        };
        let languages = [("en".to_owned(), words("Hello")), ("de".to_owned(), words("Hallo"))].into();
        let text = ConsentText { version: "eu/1".into(), separate: true, languages };
        assert_eq!(text.words("de").unwrap().0, "de");
        let (language, words) = text.words("fr").unwrap();
        assert_eq!((language, words.title.as_str()), ("en", "Hello"), "a record must name what was shown");
    }
}
