//! Who is this face? Three answers, each usable without the others: the backend's identify endpoint
//! ([`HttpIdentify`]), the kiosk's own [`Gallery`], and the [`DecisionPolicy`] that concludes from what either found.
//!
//! Knows nothing of the store, of the session and of when to ask whom; that is composed in `app`.

mod calibration;
mod error;
mod evidence;
mod gallery;
mod http;
mod policy;
mod probe;

pub use calibration::{
    Calibration, CalibrationError, Calibrations, PairRate, Provenance, SizedScores, Weights,
};
pub use error::IdentifyError;
pub use evidence::{Evidence, LOOK_ALIKES, Strength, judged};
pub use gallery::{Gallery, GalleryError};
pub use http::{ANSWER_LIMIT_BYTES, HttpIdentify};
pub use policy::{DecisionParams, DecisionPolicy, Thresholds};
pub use probe::{Found, Identify, Probe};
