//! Which of several cameras is meant. By name rather than by number: numbers change when a camera is replugged.

use portico_types::CameraFault;

use crate::CameraError;

/// The camera to be used, as the configuration says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Whichever comes first.
    #[default]
    First,
    /// The system's number, such as 2 for `/dev/video2`.
    Index(u32),
    /// The first whose name contains this, in any case.
    Name(String),
}

impl Choice {
    /// Reads a configuration value: empty for the first camera, digits for a number, else a part of the name.
    pub fn parse(text: &str) -> Self {
        match text.trim() {
            "" => Self::First,
            text => text.parse().map_or_else(|_| Self::Name(text.to_owned()), Self::Index),
        }
    }

    /// The place in `cameras` (number and name each) of the one that is meant.
    pub(super) fn pick(&self, cameras: &[(u32, String)]) -> Result<usize, CameraError> {
        let found = match self {
            Self::First => (!cameras.is_empty()).then_some(0),
            Self::Index(index) => cameras.iter().position(|(number, _)| number == index),
            Self::Name(part) => {
                let part = part.to_lowercase();
                cameras.iter().position(|(_, name)| name.to_lowercase().contains(&part))
            }
        };
        found.ok_or_else(|| {
            let names: Vec<&str> = cameras.iter().map(|(_, name)| name.as_str()).collect();
            CameraError::new(CameraFault::NotFound, format!("wanted {self:?}, connected are {names:?}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cameras() -> [(u32, String); 3] {
        [(0, "Integrated Camera".into()), (2, "HD Pro Webcam C920".into()), (4, "HD Pro Webcam C920".into())]
    }

    #[test]
    fn a_configuration_value_is_a_number_a_name_or_nothing() {
        assert_eq!(Choice::parse(" "), Choice::First);
        assert_eq!(Choice::parse("2"), Choice::Index(2));
        assert_eq!(Choice::parse(" C920 "), Choice::Name("C920".into()));
        assert_eq!(Choice::parse("-1"), Choice::Name("-1".into()));
    }

    #[test]
    fn a_camera_is_found_by_a_part_of_its_name_or_by_its_number() {
        assert_eq!(Choice::First.pick(&cameras()), Ok(0));
        assert_eq!(Choice::Name("c920".into()).pick(&cameras()), Ok(1));
        assert_eq!(Choice::Index(4).pick(&cameras()), Ok(2));
    }

    #[test]
    fn a_camera_that_is_not_there_is_not_found_and_the_log_says_what_is() {
        for choice in [Choice::Index(1), Choice::Name("Brio".into())] {
            let error = choice.pick(&cameras()).unwrap_err();
            assert_eq!(error.fault, CameraFault::NotFound);
            assert!(error.detail.contains("C920"), "{error}");
        }
        assert_eq!(Choice::First.pick(&[]).unwrap_err().fault, CameraFault::NotFound);
    }
}
