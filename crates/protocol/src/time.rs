//! RFC 3339 on the wire, milliseconds inside.

use jiff::Timestamp;
use portico_types::UtcMillis;

/// A text that is no time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an RFC 3339 time such as 2026-11-21T09:30:00Z")]
pub struct TimeError(pub String);

/// `2026-11-21T09:30:00.25Z`; times outside the years −9999 to 9999 become 1970.
pub fn rfc3339(at: UtcMillis) -> String {
    Timestamp::from_millisecond(at.0).unwrap_or_default().to_string()
}

/// Reads any RFC 3339 time, whatever its offset.
pub fn utc_millis(text: &str) -> Result<UtcMillis, TimeError> {
    text.parse::<Timestamp>().map(|t| UtcMillis(t.as_millisecond())).map_err(|_| TimeError(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_survives_the_wire_to_the_millisecond() {
        let at = UtcMillis(1_795_253_400_250);
        assert_eq!(utc_millis(&rfc3339(at)), Ok(at));
        assert_eq!(utc_millis("2026-11-21T10:30:00+01:00"), utc_millis("2026-11-21T09:30:00Z"));
    }

    #[test]
    fn a_text_that_is_no_time_is_named_in_the_error() {
        assert!(utc_millis("yesterday").unwrap_err().to_string().contains("yesterday"));
    }
}
