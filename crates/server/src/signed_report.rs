//! The erasure report as a file: its form, its signature, and checking both. Knows no database and no clock.
//!
//! The file is `{"report":R,` and, on lines of their own, `"public_key":"…",` and `"signature":"…"}`. R is JSON with the
//! fields in the order of [`ErasureReport`], indented by two spaces; the signature (Ed25519) is over the bytes of R as
//! they stand in the file.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

/// Stands first in every report, so that no other signed text can be taken for one.
pub(crate) const FORMAT: &str = "portico-erasure-report/1";

/// Which templates were erased, and who has forgotten them. Times are RFC 3339.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureReport {
    /// Name and version of this form.
    pub format: String,
    /// The event.
    pub event_id: String,
    /// When the report was made.
    pub generated_at: String,
    /// Erasures from before this time are left out; `None`: none are.
    pub since: Option<String>,
    /// Every kiosk that ever had access.
    pub kiosks: Vec<KioskRow>,
    /// The erasures, in the order in which they were done.
    pub erasures: Vec<ErasureRow>,
}

/// A kiosk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KioskRow {
    /// Its device id.
    pub id: String,
    /// What staff call it.
    pub name: String,
    /// When it was paired.
    pub paired_at: String,
    /// When its access was ended.
    pub revoked_at: Option<String>,
    /// Number of the last change of the gallery that it has applied.
    pub applied_change: Option<i64>,
    /// When it said so.
    pub applied_at: Option<String>,
}

/// An erased template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureRow {
    /// The template's id.
    pub template_id: String,
    /// Whose it was.
    pub attendee_id: String,
    /// `expired`, `withdrawn`, `removed` or `replaced`.
    pub reason: String,
    /// When the consent's term was over, if it was over when the template went.
    pub due_at: Option<String>,
    /// When the server erased it.
    pub erased_at: String,
    /// How many seconds after `due_at` that was, if any; a begun second counts.
    pub seconds_late: Option<i64>,
    /// When the server's write-ahead log, too, was known to be free of it.
    pub purged_at: Option<String>,
    /// Number of the change under which kiosks learn of it.
    pub change: i64,
    /// The kiosks that were paired by then.
    pub kiosks: Vec<Confirmation>,
}

/// What is known of one kiosk's copy of one template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// The kiosk's device id.
    pub id: String,
    /// What is known.
    pub state: KioskState,
    /// When the kiosk confirmed, or lost its access; `None` while that is pending.
    pub at: Option<String>,
}

/// What is known of a kiosk's copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KioskState {
    /// The kiosk has applied the erasure.
    Confirmed,
    /// It has not said so yet.
    Pending,
    /// Its access was ended before it said so: it will not say any more.
    Revoked,
}

/// A report whose signature is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedReport {
    /// What it says.
    pub report: ErasureReport,
    /// Fingerprint of the key that signed it.
    pub fingerprint: String,
}

/// Why a file is no valid report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReportFault {
    /// The file is something else, or what surrounds the report was changed.
    #[error("the file does not have the form of a signed report: {0}")]
    Form(String),
    /// The signature belongs to another text or another key.
    #[error("the signature does not fit: the report, the key or the signature was changed")]
    Signature,
    /// Somebody else has signed it.
    #[error("the report is signed with another key, whose fingerprint is {0}")]
    OtherKey(String),
    /// The key to compare with is none.
    #[error("the key to compare with is not 64 hexadecimal digits")]
    NoKey,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<'a> {
    #[serde(borrow)]
    report: &'a RawValue,
    public_key: String,
    signature: String,
}

/// A key's short name, to be compared by eye: SHA-256 of the public key.
pub fn fingerprint(public_key: &[u8; 32]) -> String {
    format!("SHA256:{}", hex::encode(Sha256::digest(public_key)))
}

/// Signs a report; the content of the file.
pub(crate) fn seal(report: &ErasureReport, key: &SigningKey) -> serde_json::Result<String> {
    let report = serde_json::to_string_pretty(report)?;
    let signature = key.sign(report.as_bytes());
    Ok(render(&report, key.verifying_key().as_bytes(), &signature.to_bytes()))
}

/// Checks a report's file, and against `pinned` (a public key in hexadecimal digits) who has signed it.
pub fn verify(file: &str, pinned: Option<&str>) -> Result<VerifiedReport, ReportFault> {
    let pinned = pinned.map(|key| bytes(key.trim()).ok_or(ReportFault::NoKey)).transpose()?;
    let form = |error: serde_json::Error| ReportFault::Form(error.to_string());
    let envelope: Envelope<'_> = serde_json::from_str(file).map_err(form)?;
    let damaged = |what: &str| ReportFault::Form(format!("the {what} has not the right digits"));
    let key: [u8; 32] = bytes(&envelope.public_key).ok_or_else(|| damaged("public key"))?;
    let signature: [u8; 64] = bytes(&envelope.signature).ok_or_else(|| damaged("signature"))?;
    // JSON leaves room between its parts that no signature covers; there is only one way to write this file.
    if render(envelope.report.get(), &key, &signature) != file {
        return Err(ReportFault::Form("it was written or changed by another program".to_owned()));
    }
    VerifyingKey::from_bytes(&key)
        .and_then(|key| {
            key.verify_strict(envelope.report.get().as_bytes(), &Signature::from_bytes(&signature))
        })
        .map_err(|_| ReportFault::Signature)?;
    let fingerprint = fingerprint(&key);
    if pinned.is_some_and(|pinned| pinned != key) {
        return Err(ReportFault::OtherKey(fingerprint));
    }
    let report: ErasureReport = serde_json::from_str(envelope.report.get()).map_err(form)?;
    if report.format != FORMAT {
        return Err(ReportFault::Form(format!("it is a `{}`, not a `{FORMAT}`", report.format)));
    }
    Ok(VerifiedReport { report, fingerprint })
}

fn render(report: &str, key: &[u8; 32], signature: &[u8; 64]) -> String {
    let (key, signature) = (hex::encode(key), hex::encode(signature));
    format!("{{\"report\":{report},\n\"public_key\":\"{key}\",\n\"signature\":\"{signature}\"}}\n")
}

fn bytes<const N: usize>(digits: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    hex::decode_to_slice(digits, &mut bytes).ok().map(|()| bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> ErasureReport {
        ErasureReport {
            format: FORMAT.into(),
            event_id: "fair".into(),
            generated_at: "2026-11-21T09:30:00Z".into(),
            since: None,
            kiosks: Vec::new(),
            erasures: vec![ErasureRow {
                template_id: "t1".into(),
                attendee_id: "ada".into(),
                reason: "expired".into(),
                due_at: Some("2026-11-21T09:00:00Z".into()),
                erased_at: "2026-11-21T09:00:01Z".into(),
                seconds_late: Some(1),
                purged_at: None,
                change: 7,
                kiosks: vec![Confirmation { id: "k".into(), state: KioskState::Pending, at: None }],
            }],
        }
    }

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    #[test]
    fn a_report_as_it_was_signed_is_valid_and_says_by_whom() {
        let file = seal(&report(), &key()).unwrap();
        let public_key = hex::encode(key().verifying_key().as_bytes());
        let verified = verify(&file, Some(&public_key)).unwrap();
        assert_eq!(verified.report, report());
        assert_eq!(verified.fingerprint, fingerprint(key().verifying_key().as_bytes()));
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let file = seal(&report(), &key()).unwrap();
        for at in 0..file.len() {
            // Other letters, other case, other white space.
            for change in [0x01, 0x20, 0x2A] {
                let mut changed = file.clone().into_bytes();
                changed[at] ^= change;
                let changed = String::from_utf8(changed).unwrap();
                assert!(verify(&changed, None).is_err(), "byte {at}: {changed}");
            }
        }
        assert!(verify(&format!("{file}\n"), None).is_err(), "bytes behind the end");
        assert!(verify(&file[..file.len() - 1], None).is_err(), "the last byte is missing");
    }

    #[test]
    fn a_report_of_another_server_is_not_taken_for_ours() {
        let file = seal(&report(), &SigningKey::from_bytes(&[8; 32])).unwrap();
        let ours = hex::encode(key().verifying_key().as_bytes());
        assert!(matches!(verify(&file, Some(&ours)), Err(ReportFault::OtherKey(_))));
        assert_eq!(verify(&file, Some("rubbish")), Err(ReportFault::NoKey));
    }

    #[test]
    fn another_signed_text_is_no_report() {
        let other = ErasureReport { format: "portico-guest-list/1".into(), ..report() };
        let file = seal(&other, &key()).unwrap();
        assert!(matches!(verify(&file, None), Err(ReportFault::Form(_))));
    }
}
