//! Whether a consent is one that this event takes.

use portico_protocol::FaceEnrolment;
use portico_types::{Consent, DeviceId, UtcMillis};
use rusqlite::Connection;

use super::Backend;
use crate::consent;
use crate::database::event;
use crate::error::BackendError;

/// How far a device's clock may be ahead of ours. Kiosks correct theirs by our answers.
const CLOCK_SLACK_MS: i64 = 5 * 60 * 1_000;

/// What entitles the backend to keep a face, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The guest's consent.
    pub consent: Consent,
    /// When the template must be gone.
    pub expires_at: UtcMillis,
    /// The device that took the consent; `None` where it was given to the organiser, at registration.
    pub device: Option<DeviceId>,
}

impl Backend {
    /// Refuses an agreement that this event does not take, before anything is read for it.
    pub(crate) fn check_agreement(&self, agreement: &Agreement) -> Result<(), BackendError> {
        let now = self.clock.utc();
        self.database.read(|c| agreement.check(c, now))
    }
}

impl Agreement {
    /// Refuses a consent that says too little, that is over at `now`, or that does not fit the event's rules.
    pub(super) fn check(&self, connection: &Connection, now: UtcMillis) -> Result<(), BackendError> {
        let fail = |reason: &str| Err(BackendError::Malformed(reason.to_owned()));
        if self.consent.text_version.trim().is_empty() || self.consent.language.trim().is_empty() {
            return fail("the consent must name the version and the language of its text");
        }
        if self.expires_at <= now {
            return fail("`expires_at` has passed already");
        }
        match event::face_enrolment(connection)? {
            Some(rules) => self.check_rules(&rules, now),
            None => Ok(()),
        }
    }

    /// A consent that a device took was given to the text that the event shows. One of imported pictures was given to the
    /// organiser's own text, at registration; its term is bound all the same.
    fn check_rules(&self, rules: &FaceEnrolment, now: UtcMillis) -> Result<(), BackendError> {
        let refuse = |reason: String| Err(BackendError::ConsentRefused(reason));
        if self.expires_at.0 > self.consent.agreed_at.0.saturating_add(rules.keep_ms()) {
            return Err(BackendError::TermTooLong { days: rules.keep_days });
        }
        if self.device.is_none() {
            return Ok(());
        }
        let text = consent::text(rules)?;
        if self.consent.text_version != text.version {
            let (given, valid) = (&self.consent.text_version, &text.version);
            return refuse(format!("the consent is to the text `{given}`; this event's text is `{valid}`"));
        }
        if !text.languages.contains_key(&self.consent.language) {
            return refuse(format!("this event has no text in `{}`", self.consent.language));
        }
        if self.consent.agreed_at.0 > now.0.saturating_add(CLOCK_SLACK_MS) {
            return refuse("the consent was given in the future; set the device's clock".to_owned());
        }
        Ok(())
    }
}
