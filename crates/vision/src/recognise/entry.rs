//! What a manifest entry says of a recogniser beyond its file: how it wants the face, and how its vectors compare.

use std::collections::BTreeMap;

use portico_inference::models::Normalisation;
use portico_types::Point;
use serde::Deserialize;

use super::Preparation;
use crate::align::Template;
use crate::landmarks::Place;

/// Order of the colours of a pixel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChannelOrder {
    /// Red first.
    #[default]
    Rgb,
    /// Blue first.
    Bgr,
}

impl ChannelOrder {
    /// A pixel of `R G B` in this order.
    pub(super) const fn ordered(self, [red, green, blue]: [u8; 3]) -> [u8; 3] {
        match self {
            Self::Rgb => [red, green, blue],
            Self::Bgr => [blue, green, red],
        }
    }
}

/// How two vectors are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Metric {
    /// By their angle.
    #[default]
    Cosine,
    /// By their distance. Among vectors of one length the angle orders all pairs in the same way (the square of the
    /// distance of unit vectors is 2 − 2 · cosine), so these become cosines; vectors of many lengths are refused.
    Euclidean,
}

/// Where the face lies in the picture.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub(super) enum Alignment {
    /// A template that has a name.
    Named(Named),
    /// Places by name, each at x and y in pixels of the input.
    Places(BTreeMap<PlaceName, [f32; 2]>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Named {
    /// Five points at the places that most recognisers of today share, scaled to the input.
    ArcFace,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PlaceName {
    LeftEye,
    RightEye,
    NoseTip,
    LeftMouth,
    RightMouth,
    NoseBase,
}

impl From<PlaceName> for Place {
    fn from(name: PlaceName) -> Self {
        match name {
            PlaceName::LeftEye => Self::LeftEye,
            PlaceName::RightEye => Self::RightEye,
            PlaceName::NoseTip => Self::NoseTip,
            PlaceName::LeftMouth => Self::LeftMouth,
            PlaceName::RightMouth => Self::RightMouth,
            PlaceName::NoseBase => Self::NoseBase,
        }
    }
}

impl Alignment {
    /// The template for pictures of `side` pixels.
    pub(super) fn template(&self, side: usize) -> Result<Template, String> {
        match self {
            Self::Named(Named::ArcFace) => Ok(Template::arcface(side)),
            Self::Places(places) => {
                let anchors = places.iter().map(|(name, [x, y])| (Place::from(*name), Point::new(*x, *y)));
                Template::new(side, anchors.collect()).ok_or_else(|| {
                    format!("`alignment` needs two or more places, apart and inside {side}x{side} pixels")
                })
            }
        }
    }
}

/// The table `settings` of a recogniser's entry in the models' manifest.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    dimension: usize,
    mirrored: bool,
    alignment: Alignment,
    /// For a second recogniser: how its opinion is joined with the first's.
    pub fusion: Option<Fusion>,
}

/// One recogniser out of two.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fusion {
    /// Names the joined vectors.
    pub id: String,
    /// Share of this recogniser's cosine, 0 to 1; the first has the rest.
    pub weight: f32,
}

impl Settings {
    pub(crate) fn read(table: &toml::Table) -> Result<Self, String> {
        table.clone().try_into().map_err(|error: toml::de::Error| error.message().to_owned())
    }

    /// How pictures of `side` pixels are prepared.
    pub(crate) fn preparation(
        &self,
        side: usize,
        normalisation: Normalisation,
    ) -> Result<Preparation, String> {
        Ok(Preparation {
            template: self.alignment.template(side)?,
            channels: ChannelOrder::Rgb,
            normalisation,
            mirrored: self.mirrored,
            dimension: self.dimension,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Result<Settings, String> {
        Settings::read(&text.parse().unwrap())
    }

    #[test]
    fn a_template_is_named_or_spelt_out() {
        let normalisation = toml::from_str("subtract = 0.0\ndivide = 255.0").unwrap();
        let named = settings("dimension = 2\nmirrored = true\nalignment = 'arcface'").unwrap();
        assert_eq!(named.preparation(160, normalisation).unwrap().template, Template::arcface(160));
        let spelt =
            "dimension = 2\nmirrored = true\nalignment = { left_eye = [30, 40], right_eye = [80.5, 40] }";
        let spelt = settings(spelt).unwrap();
        let anchors =
            vec![(Place::LeftEye, Point::new(30.0, 40.0)), (Place::RightEye, Point::new(80.5, 40.0))];
        assert_eq!(
            spelt.preparation(112, normalisation).unwrap().template,
            Template::new(112, anchors).unwrap()
        );
        assert!(spelt.preparation(64, normalisation).is_err(), "80 lies outside 64 pixels");
    }

    #[test]
    fn what_is_not_known_is_refused() {
        assert!(settings("dimension = 2\nmirrored = true\nalignment = 'passport'").is_err());
        assert!(settings("dimension = 2\nmirrored = true\nalignment = { ear = [1, 2] }").is_err());
        assert!(settings("dimension = 2\nmirrored = true\nalignment = 'arcface'\ncolour = 'red'").is_err());
    }
}
