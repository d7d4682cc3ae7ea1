//! What this kiosk recognises faces with, or why it cannot.
//!
//! A kiosk without usable models is still a kiosk: tickets and staff go on, and the screen says so. Nothing here looks
//! at a face.

use std::path::Path;

use portico_identify::{Calibrations, DecisionParams, DecisionPolicy};
use portico_vision::{Models, Recognition};

use crate::contract::FacesView;

/// The folder of calibrations within the models folder.
const CALIBRATION_FOLDER: &str = "calibration";

/// Models, and what their scores mean.
pub(crate) struct Faces {
    /// `None` if faces are not recognised.
    pub(crate) models: Option<Models>,
    /// Judges scores.
    pub(crate) decision: DecisionPolicy,
    /// What the screens say of it.
    pub(crate) view: FacesView,
}

impl Faces {
    /// Loads what lies in `folder`. What is wrong with it is logged with what to do, and faces are off.
    pub(crate) fn load(folder: &Path, recognition: &Recognition) -> Self {
        let models = match Models::load_with(folder, recognition) {
            Ok(models) => models,
            Err(error) => {
                tracing::error!(error = chain(&error), "faces are not recognised: the models cannot be used");
                return Self::off(FacesView::NoModels);
            }
        };
        let model = &models.model_id().0;
        let calibrations = match Calibrations::load(&folder.join(CALIBRATION_FOLDER)) {
            Ok(calibrations) => calibrations,
            Err(error) => {
                tracing::error!(model, error = chain(&error), "faces are not recognised: no calibration");
                return Self::off(FacesView::NotCalibrated);
            }
        };
        if calibrations.get(models.model_id()).is_none() {
            let remedy = "measure it with `cargo xtask eval --faces DIR --calibrate FILE`";
            tracing::error!(model, remedy, "faces are not recognised: the recogniser has no calibration");
            return Self::off(FacesView::NotCalibrated);
        }
        let decision = DecisionPolicy::new(calibrations, DecisionParams::default());
        Self { models: Some(models), decision, view: FacesView::Ready }
    }

    fn off(view: FacesView) -> Self {
        Self { models: None, decision: DecisionPolicy::default(), view }
    }
}

/// An error with its causes. They name files and shapes, and nothing of any person.
fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}
