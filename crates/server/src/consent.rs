//! The texts that guests agree to, and the terms that go with them: one profile for each law, as data.
//!
//! The words are under `assets/consent` and compiled in. An event names a profile, says who answers for the data, and
//! may add a paragraph of its own and a shorter term; see `docs/consent.md`.

use std::collections::BTreeMap;

use portico_protocol::{ConsentProfile, ConsentText, ConsentWords, FaceEnrolment};
use serde::Deserialize;

use crate::error::BackendError;

/// Longest name of whoever answers for the data, in characters.
const LONGEST_NAME: usize = 200;
/// Longest paragraph of the event's own, in characters.
const LONGEST_PARAGRAPH: usize = 2_000;
/// Longest version of the event's own paragraph, in characters.
const LONGEST_VERSION: usize = 40;

/// What a law asks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Profile {
    version: u32,
    separate: bool,
    keep_days: u16,
    most_days: u16,
    text: BTreeMap<String, ConsentWords>,
}

impl Profile {
    /// The profile of this name.
    fn of(profile: ConsentProfile) -> Result<Self, BackendError> {
        Ok(toml::from_str(match profile {
            ConsentProfile::Eu => include_str!("../../../assets/consent/eu.toml"),
            ConsentProfile::Cn => include_str!("../../../assets/consent/cn.toml"),
            ConsentProfile::UsIl => include_str!("../../../assets/consent/us-il.toml"),
            ConsentProfile::Default => include_str!("../../../assets/consent/default.toml"),
        })?)
    }

    /// Why an event cannot enrol by these rules, in words for operators; `None` if it can.
    fn fault(&self, rules: &FaceEnrolment) -> Option<String> {
        let controller = rules.controller.trim();
        if controller.is_empty() || controller.chars().count() > LONGEST_NAME {
            return Some(format!(
                "faces are enrolled in the name of whoever answers for the data: 1 to {LONGEST_NAME} characters"
            ));
        }
        if rules.keep_days == 0 || rules.keep_days > self.most_days {
            return Some(format!(
                "the profile {} keeps faces for 1 to {} days, not {}",
                name(rules.profile),
                self.most_days,
                rules.keep_days
            ));
        }
        let addition = rules.addition.as_ref()?;
        let version = addition.version.as_str();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        if version.is_empty() || version.len() > LONGEST_VERSION || !version.chars().all(plain) {
            return Some(
                "the event's own paragraph needs a version of letters, digits, dots and hyphens".into(),
            );
        }
        // A guest would agree to something that the text in their language does not say.
        for language in self.text.keys() {
            let words = addition.paragraph.get(language).map_or("", |words| words.trim());
            if words.is_empty() || words.chars().count() > LONGEST_PARAGRAPH {
                return Some(format!(
                    "the event's own paragraph is needed in `{language}`, with 1 to {LONGEST_PARAGRAPH} characters"
                ));
            }
        }
        None
    }

    /// The text as guests of this event read it.
    fn text(self, rules: &FaceEnrolment) -> ConsentText {
        let fill = |words: &str| {
            words
                .replace("{days}", &rules.keep_days.to_string())
                .replace("{controller}", rules.controller.trim())
        };
        let addition = rules.addition.as_ref();
        let languages = self.text.into_iter().map(|(language, words)| {
            let own = addition.and_then(|addition| addition.paragraph.get(&language)).cloned();
            let paragraphs = words.paragraphs.iter().map(|words| fill(words)).chain(own).collect();
            let words =
                ConsentWords { title: fill(&words.title), paragraphs, statement: fill(&words.statement) };
            (language, words)
        });
        let languages = languages.collect();
        let mut version = format!("{}/{}", name(rules.profile), self.version);
        if let Some(addition) = addition {
            version = format!("{version}+{}", addition.version);
        }
        ConsentText { version, separate: self.separate, languages }
    }
}

/// For how many days a face is kept under this profile unless the event says otherwise.
pub fn usual_keep_days(profile: ConsentProfile) -> Result<u16, BackendError> {
    Ok(Profile::of(profile)?.keep_days)
}

/// Why an event cannot enrol by these rules, in words for operators; `None` if it can.
pub fn fault(rules: &FaceEnrolment) -> Result<Option<String>, BackendError> {
    Ok(Profile::of(rules.profile)?.fault(rules))
}

/// The text as guests of an event with these rules read it.
pub fn text(rules: &FaceEnrolment) -> Result<ConsentText, BackendError> {
    Ok(Profile::of(rules.profile)?.text(rules))
}

/// The profile's name, as commands and versions of texts carry it.
pub fn name(profile: ConsentProfile) -> &'static str {
    match profile {
        ConsentProfile::Eu => "eu",
        ConsentProfile::Cn => "cn",
        ConsentProfile::UsIl => "us-il",
        ConsentProfile::Default => "default",
    }
}

#[cfg(test)]
mod tests {
    use portico_protocol::ConsentAddition;

    use super::*;

    const ALL: [ConsentProfile; 4] =
        [ConsentProfile::Eu, ConsentProfile::Cn, ConsentProfile::UsIl, ConsentProfile::Default];

    fn rules(profile: ConsentProfile) -> FaceEnrolment {
        FaceEnrolment {
            profile,
            controller: "Fair Ltd".into(),
            keep_days: 1,
            at_kiosk: true,
            addition: None,
            text: None,
        }
    }

    #[test]
    fn every_profile_reads_and_says_the_same_in_every_language() {
        for profile in ALL {
            let data = Profile::of(profile).unwrap();
            assert!((1..=data.most_days).contains(&data.keep_days), "{profile:?}");
            let text = text(&rules(profile)).unwrap();
            assert_eq!(text.version, format!("{}/1", name(profile)));
            let languages: Vec<_> = text.languages.keys().map(String::as_str).collect();
            assert_eq!(languages, ["de", "en", "zh-CN"], "{profile:?}");
            let lengths: Vec<_> = text.languages.values().map(|words| words.paragraphs.len()).collect();
            assert!(lengths.windows(2).all(|pair| pair[0] == pair[1]), "{profile:?}: {lengths:?}");
            for (language, words) in &text.languages {
                let all = format!("{} {} {}", words.title, words.paragraphs.join(" "), words.statement);
                assert!(!all.contains(['{', '}']), "a gap is left in {profile:?}, {language}");
                assert!(words.paragraphs.join(" ").contains('1'), "how long: {profile:?}, {language}");
                assert!(words.statement.contains("Fair Ltd"), "to whom: {profile:?}, {language}");
            }
        }
    }

    #[test]
    fn where_the_law_asks_for_an_act_of_its_own_there_is_one() {
        for profile in ALL {
            let separate = text(&rules(profile)).unwrap().separate;
            assert_eq!(separate, profile != ConsentProfile::Default, "{profile:?}");
        }
    }

    #[test]
    fn an_event_cannot_keep_faces_longer_than_the_profile_allows() {
        for profile in ALL {
            let most = Profile::of(profile).unwrap().most_days;
            assert_eq!(fault(&FaceEnrolment { keep_days: most, ..rules(profile) }).unwrap(), None);
            for keep_days in [0, most + 1] {
                let said = fault(&FaceEnrolment { keep_days, ..rules(profile) }).unwrap().unwrap();
                assert!(said.contains(&most.to_string()), "{said}");
            }
        }
        let nobody = FaceEnrolment { controller: " ".into(), ..rules(ConsentProfile::Eu) };
        assert!(fault(&nobody).unwrap().is_some(), "somebody has to answer for the data");
    }

    #[test]
    fn the_events_own_paragraph_is_read_in_every_language_and_named_in_the_version() {
        let paragraph = [("en", "Ours."), ("de", "Unseres."), ("zh-CN", "我们的。")];
        let paragraph = paragraph.map(|(language, words)| (language.to_owned(), words.to_owned())).into();
        let addition = ConsentAddition { version: "fair-2".into(), paragraph };
        let mut rules = FaceEnrolment { addition: Some(addition), ..rules(ConsentProfile::Eu) };
        assert_eq!(fault(&rules).unwrap(), None);
        let text = text(&rules).unwrap();
        assert_eq!(text.version, "eu/1+fair-2");
        assert_eq!(text.languages["de"].paragraphs.last().unwrap(), "Unseres.");
        rules.addition.as_mut().unwrap().paragraph.remove("de");
        assert!(fault(&rules).unwrap().unwrap().contains("`de`"));
    }
}
