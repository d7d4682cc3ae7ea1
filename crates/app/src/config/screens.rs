//! How this kiosk's screens look and sound: section `[screens]`.

use super::reader::Reader;

/// Languages that the screens speak (BCP 47).
pub(crate) const LANGUAGES: [&str; 3] = ["en", "zh-CN", "de"];

const THEMES: [&str; 3] = ["dark", "light", "system"];

/// How screens look and sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScreensConfig {
    /// The guests' screen.
    pub theme: Theme,
    /// Staff's sheet.
    pub staff_theme: Theme,
    /// How loud tones and speech are, in percent; 0 mutes them.
    pub volume: u8,
    /// Whether results are also spoken, where the device has a voice of its own for the guest's language.
    pub speech: bool,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark.
    Dark,
    /// Light.
    Light,
    /// As the operating system has it.
    System,
}

impl Default for ScreensConfig {
    fn default() -> Self {
        Self { theme: Theme::Dark, staff_theme: Theme::System, volume: 70, speech: false }
    }
}

impl ScreensConfig {
    pub(super) fn read(root: &mut Reader<'_>) -> Self {
        let usual = Self::default();
        Self {
            theme: theme(root.section("screens").choice("theme", &THEMES, "dark")),
            staff_theme: theme(root.section("screens").choice("staff_theme", &THEMES, "system")),
            volume: root.section("screens").integer("volume", 0..=100, usual.volume.into()) as u8,
            speech: root.section("screens").choice("speech", &["off", "on"], "off") == "on",
        }
    }
}

fn theme(text: &str) -> Theme {
    match text {
        "light" => Theme::Light,
        "system" => Theme::System,
        _ => Theme::Dark,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::Config;
    use super::*;

    fn parse(section: &str) -> Result<ScreensConfig, String> {
        let text = format!("[kiosk]\ndata_dir = 'data'\n{section}");
        match Config::parse(&text, Path::new(".")) {
            Ok(config) => Ok(config.screens),
            Err(problems) => Err(problems.iter().map(ToString::to_string).collect()),
        }
    }

    #[test]
    fn screens_are_dark_audible_and_silent_of_speech_unless_told_otherwise() {
        assert_eq!(parse("").unwrap(), ScreensConfig::default());
        let told = "[screens]\ntheme = 'light'\nstaff_theme = 'dark'\nvolume = 0\nspeech = 'on'";
        let expected =
            ScreensConfig { theme: Theme::Light, staff_theme: Theme::Dark, volume: 0, speech: true };
        assert_eq!(parse(told).unwrap(), expected);
    }

    #[test]
    fn bad_values_are_named_with_what_is_allowed() {
        assert!(parse("[screens]\ntheme = 'pink'").unwrap_err().contains("dark, light, system"));
        assert!(parse("[screens]\nvolume = 101").unwrap_err().contains("0 to 100"));
        assert!(parse("[screens]\nspeech = true").unwrap_err().contains("off, on"));
    }
}
