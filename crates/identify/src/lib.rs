//! Who is this face? Three answers, each usable without the others: the backend's identify endpoint
//! ([`HttpIdentify`]), the kiosk's own [`Gallery`], and the [`DecisionPolicy`] that concludes from what either found.
//!
//! Knows nothing of the store, of the session and of when to ask whom; that is composed in `app`.

mod error;
mod gallery;
mod http;
mod policy;
mod probe;

pub use error::IdentifyError;
pub use gallery::{Gallery, GalleryError};
pub use http::{ANSWER_LIMIT_BYTES, HttpIdentify};
pub use policy::{Calibration, DecisionParams, DecisionPolicy, Thresholds};
pub use probe::{Found, Identify, Probe};
