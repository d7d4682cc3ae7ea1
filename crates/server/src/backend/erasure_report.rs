//! The signed report of what was erased, and the key that signs it.

use ed25519_dalek::SigningKey;
use portico_protocol::rfc3339;
use portico_types::UtcMillis;

use super::Backend;
use crate::database::erasure_confirmations::{self, Confirmations};
use crate::database::erasures::{self, Erasure};
use crate::database::gallery_applied::{self, Kiosk};
use crate::database::{event, report_key};
use crate::error::BackendError;
use crate::signed_report::{Confirmation, ErasureReport, ErasureRow, FORMAT, KioskRow, KioskState, seal};

impl Backend {
    /// The file of a signed report on all erasures since a time, or on all.
    pub fn erasure_report(&self, since: Option<UtcMillis>) -> Result<String, BackendError> {
        // What is over must not be missing from what is signed, even if no server has run since.
        self.erase_expired()?;
        let now = self.clock.utc();
        let report = self.database.read(|c| {
            let event_id = event::id(c)?.ok_or(BackendError::UnknownEvent)?;
            let kiosks = gallery_applied::kiosks(c)?;
            let erasures = erasures::since(c, since.unwrap_or(UtcMillis(i64::MIN)))?;
            let first = erasures.first().map_or(i64::MAX, |erasure| erasure.change);
            let confirmed = erasure_confirmations::from(c, first)?;
            Ok::<_, BackendError>(ErasureReport {
                format: FORMAT.to_owned(),
                event_id,
                generated_at: rfc3339(now),
                since: since.map(rfc3339),
                erasures: erasures.iter().map(|e| erasure_row(e, &kiosks, &confirmed)).collect(),
                kiosks: kiosks.into_iter().map(kiosk_row).collect(),
            })
        })?;
        Ok(seal(&report, &self.signing_key()?)?)
    }

    /// The public key with which this server signs its reports.
    pub fn report_key(&self) -> Result<[u8; 32], BackendError> {
        Ok(self.signing_key()?.verifying_key().to_bytes())
    }

    /// The key is made when it is first needed.
    fn signing_key(&self) -> Result<SigningKey, BackendError> {
        let secret = if let Some(secret) = self.database.read(report_key::get)? {
            secret
        } else {
            let (fresh, now) = (self.random.bytes::<32>()?, self.clock.utc());
            self.database.write(|tx| report_key::keep(tx, &fresh, now))?
        };
        Ok(SigningKey::from_bytes(&secret))
    }
}

fn kiosk_row(kiosk: Kiosk) -> KioskRow {
    KioskRow {
        id: kiosk.device,
        name: kiosk.name,
        paired_at: rfc3339(kiosk.paired_at),
        revoked_at: kiosk.revoked_at.map(rfc3339),
        applied_change: kiosk.applied.map(|(change, _)| change),
        applied_at: kiosk.applied.map(|(_, at)| rfc3339(at)),
    }
}

fn erasure_row(erasure: &Erasure, kiosks: &[Kiosk], confirmed: &Confirmations) -> ErasureRow {
    ErasureRow {
        template_id: erasure.template.clone(),
        attendee_id: erasure.attendee.clone(),
        reason: erasure.reason.name().to_owned(),
        due_at: erasure.due_at.map(rfc3339),
        erased_at: rfc3339(erasure.erased_at),
        seconds_late: erasure.due_at.and_then(|due| seconds_late(due, erasure.erased_at)),
        purged_at: erasure.purged_at.map(rfc3339),
        change: erasure.change,
        kiosks: kiosks
            .iter()
            // A kiosk that was paired later was never told of this template.
            .filter(|kiosk| kiosk.paired_at <= erasure.erased_at)
            .map(|kiosk| confirmation(kiosk, confirmed.get(&(erasure.change, kiosk.device.clone()))))
            .collect(),
    }
}

fn confirmation(kiosk: &Kiosk, confirmed_at: Option<&UtcMillis>) -> Confirmation {
    let (state, at) = match (confirmed_at, kiosk.revoked_at) {
        (Some(at), _) => (KioskState::Confirmed, Some(*at)),
        (None, Some(at)) => (KioskState::Revoked, Some(at)),
        (None, None) => (KioskState::Pending, None),
    };
    Confirmation { id: kiosk.device.clone(), state, at: at.map(rfc3339) }
}

fn seconds_late(due: UtcMillis, erased: UtcMillis) -> Option<i64> {
    let late_ms = erased.0.saturating_sub(due.0);
    (late_ms > 0).then(|| late_ms.saturating_add(999) / 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_begun_second_counts_as_late_and_being_on_time_does_not() {
        assert_eq!(seconds_late(UtcMillis(5_000), UtcMillis(5_000)), None);
        assert_eq!(seconds_late(UtcMillis(5_000), UtcMillis(5_001)), Some(1));
        assert_eq!(seconds_late(UtcMillis(5_000), UtcMillis(7_000)), Some(2));
    }
}
