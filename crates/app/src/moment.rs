//! Figures of what happened, for demos, diagnostics and tests: times and opaque ids, nothing personal.

use portico_types::{AttendeeId, DecisionSource, Method, Tick};
use serde::Serialize;

/// One thing that happened, with the time since the app started.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moment {
    /// When, in milliseconds since the app started.
    pub at_ms: u64,
    /// What.
    #[serde(flatten)]
    pub kind: MomentKind,
}

impl Moment {
    pub(crate) fn new(at: Tick, kind: MomentKind) -> Self {
        Self { at_ms: at.since_start().as_millis() as u64, kind }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "moment", rename_all = "snake_case")]
pub enum MomentKind {
    /// The first camera picture is on screen.
    PreviewPainted,
    /// The guest's screen changed.
    Shown {
        /// The view's `kind`.
        view: &'static str,
        /// Its revision.
        revision: u64,
    },
    /// A face was compared.
    Identified {
        /// Who compared.
        source: DecisionSource,
        /// `accept`, `ask` or `unknown`.
        decision: &'static str,
        /// From the capture of the chosen frame to the decision.
        decision_ms: u64,
    },
    /// A wish to enter was answered from disk.
    Admitted {
        /// Who.
        attendee: AttendeeId,
        /// How they were recognised.
        method: Method,
        /// `recorded`, `already_in` or `not_on_roster`.
        admission: &'static str,
        /// Whether the backend could not be reached at that time.
        offline: bool,
    },
    /// A greeting is on screen.
    Greeted {
        /// From the first frame with a face of at least 60 px to the painted greeting.
        glance_ms: u64,
    },
    /// A greeting is on screen for a guest who held a code before the camera.
    GreetedByCode {
        /// Number of that picture.
        frame: u64,
        /// From the picture in which the code was read to the painted greeting, in milliseconds.
        code_ms: u64,
    },
    /// The first sign that somebody was seen is on screen.
    Noticed {
        /// From the picture in which they were seen to that.
        feedback_ms: u64,
    },
    /// The number of entries that wait to be sent.
    Waiting {
        /// How many.
        entries: u64,
    },
}
