//! What staff set at the kiosk itself. Kept in its database, over what the configuration file says.

use portico_camera::webcam::Choice;
use portico_store::{MetaKey, Store, StoreError};
use serde::{Deserialize, Serialize};

use crate::config::{CameraConfig, Config};
use crate::contract::SettingChange;

/// What staff have set; what they have not is as configured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// Part of the camera's name.
    pub(crate) camera: Option<String>,
    /// Screen languages, the default first.
    pub(crate) languages: Option<Vec<String>>,
    /// Whether results sound.
    pub(crate) sounds: Option<bool>,
}

impl Settings {
    /// What was set before this start. Settings that cannot be read are as if they had never been made.
    pub(crate) fn known(store: &Store) -> Result<Self, StoreError> {
        let stored = store.meta(MetaKey::Settings)?;
        Ok(stored.map_or_else(Self::default, |json| {
            serde_json::from_str(&json).unwrap_or_else(|error| {
                tracing::warn!(%error, "the settings cannot be read; the configuration counts");
                Self::default()
            })
        }))
    }

    /// With `change` made.
    pub(crate) fn with(&self, change: SettingChange) -> Self {
        let mut settings = self.clone();
        match change {
            SettingChange::Sounds { on } => settings.sounds = Some(on),
            SettingChange::Languages { languages } => settings.languages = Some(languages),
            SettingChange::Camera { device } => settings.camera = device,
        }
        settings
    }

    /// The languages in force.
    pub(crate) fn languages(&self, config: &Config) -> Vec<String> {
        self.languages.clone().unwrap_or_else(|| config.languages.clone())
    }

    /// Whether results sound; they do unless staff have said otherwise.
    pub(crate) fn sounds(&self) -> bool {
        self.sounds.unwrap_or(true)
    }

    /// The camera in force.
    pub(crate) fn camera(&self, config: &Config) -> Choice {
        let configured = match &config.camera {
            CameraConfig::Webcam { device } => device.as_deref(),
            CameraConfig::Replay { .. } => None,
        };
        self.camera.as_deref().or(configured).map_or(Choice::First, Choice::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_staff_set_counts_over_the_configuration_and_nothing_else_does() {
        let mut config = Config::standalone("data".into());
        config.camera = CameraConfig::Webcam { device: Some("C920".into()) };
        let untouched = Settings::default();
        assert_eq!(untouched.languages(&config), config.languages);
        assert_eq!(untouched.camera(&config), Choice::Name("C920".into()));
        assert!(untouched.sounds());
        let set = untouched
            .with(SettingChange::Camera { device: Some("Brio".into()) })
            .with(SettingChange::Sounds { on: false })
            .with(SettingChange::Languages { languages: vec!["zh-CN".into()] });
        assert_eq!(set.languages(&config), ["zh-CN"]);
        assert_eq!(set.camera(&config), Choice::Name("Brio".into()));
        assert!(!set.sounds());
        let back = set.with(SettingChange::Camera { device: None });
        assert_eq!(back.camera(&config), Choice::Name("C920".into()));
    }

    #[test]
    fn settings_of_another_version_are_read_as_far_as_they_go() {
        let read: Settings = serde_json::from_str(r#"{ "sounds": false, "voice": "loud" }"#).unwrap();
        assert_eq!(read, Settings { sounds: Some(false), ..Settings::default() });
    }
}
