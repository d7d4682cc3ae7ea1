//! The options of `portico-server event set` about enrolling faces.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use portico_protocol::{ConsentAddition, ConsentProfile, FaceEnrolment};
use portico_server::usual_keep_days;

/// How faces are enrolled.
#[derive(Debug, Args)]
pub struct FaceOptions {
    /// Whose law the consent of guests follows: its text, its terms. Sets the days to those of the profile.
    #[arg(long, value_enum, value_name = "PROFILE")]
    consent_profile: Option<Profile>,
    /// Who answers for the faces, as guests read it.
    #[arg(long, value_name = "NAME")]
    controller: Option<String>,
    /// For how many days from the agreement on a face is kept, within what the profile allows.
    #[arg(long, value_name = "DAYS")]
    keep_faces_days: Option<u16>,
    /// Whether kiosks offer guests to enrol.
    #[arg(long, value_enum)]
    enrol_at_kiosk: Option<AtKiosk>,
    /// A paragraph of the event's own, as a JSON file: `{"version": "1", "paragraph": {"en": "…", "de": "…", …}}`.
    #[arg(long, value_name = "FILE")]
    consent_addition: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Profile {
    /// The European Union.
    Eu,
    /// The People's Republic of China.
    Cn,
    /// Illinois.
    UsIl,
    /// Everywhere else.
    Default,
    /// None: kiosks offer nothing, and consents are between guests and the organiser.
    Off,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum AtKiosk {
    /// They do.
    Offer,
    /// They do not.
    No,
}

impl FaceOptions {
    /// The rules after setting what is named.
    pub fn apply(self, before: Option<FaceEnrolment>) -> anyhow::Result<Option<FaceEnrolment>> {
        let nothing_named = self.controller.is_none()
            && self.keep_faces_days.is_none()
            && self.enrol_at_kiosk.is_none()
            && self.consent_addition.is_none();
        let mut rules = match (self.consent_profile, before) {
            (Some(Profile::Off), _) | (None, None) if nothing_named => return Ok(None),
            (Some(Profile::Off), _) => bail!("--consent-profile off stands alone"),
            (Some(profile), before) => renamed(profile.into(), before)?,
            (None, Some(rules)) => rules,
            (None, None) => bail!("say whose law the consent follows first: --consent-profile eu"),
        };
        rules.controller = self.controller.unwrap_or(rules.controller);
        if rules.controller.trim().is_empty() {
            bail!("say who answers for the faces: --controller NAME");
        }
        rules.keep_days = self.keep_faces_days.unwrap_or(rules.keep_days);
        rules.at_kiosk = self.enrol_at_kiosk.map_or(rules.at_kiosk, |at| at == AtKiosk::Offer);
        if let Some(path) = &self.consent_addition {
            let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            let addition: ConsentAddition =
                serde_json::from_str(&text).with_context(|| format!("{} is not as asked", path.display()))?;
            rules.addition = Some(addition);
        }
        Ok(Some(rules))
    }
}

/// The rules under another profile, with its term: a longer one of before might not be allowed.
fn renamed(profile: ConsentProfile, before: Option<FaceEnrolment>) -> anyhow::Result<FaceEnrolment> {
    let keep_days = usual_keep_days(profile)?;
    Ok(match before {
        Some(rules) if rules.profile == profile => rules,
        Some(rules) => FaceEnrolment { profile, keep_days, text: None, ..rules },
        None => FaceEnrolment {
            profile,
            controller: String::new(),
            keep_days,
            at_kiosk: true,
            addition: None,
            text: None,
        },
    })
}

impl From<Profile> for ConsentProfile {
    fn from(profile: Profile) -> Self {
        match profile {
            Profile::Eu => Self::Eu,
            Profile::Cn => Self::Cn,
            Profile::UsIl => Self::UsIl,
            Profile::Default | Profile::Off => Self::Default,
        }
    }
}
