//! `Retry-After`: how long a backend asks to be left alone, as a number of seconds or as a date.
//!
//! A date is compared with the answer's own `Date`, which the same clock wrote: the kiosk's clock, which may be wrong,
//! has no part in it.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// A wait beyond this is a mistake of whoever wrote it.
const LONGEST: Duration = Duration::from_hours(24);

/// The wait that the answer asks for, if it asks for one that can be understood. A date in the past is no wait.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let asked = text(headers, &RETRY_AFTER)?;
    seconds(asked).or_else(|| Some(until(date(asked)?, date(text(headers, &DATE)?)?)))
}

fn seconds(asked: &str) -> Option<Duration> {
    let digits = !asked.is_empty() && asked.bytes().all(|byte| byte.is_ascii_digit());
    // So many digits that they are no number mean: very long.
    digits.then(|| asked.parse().map_or(LONGEST, Duration::from_secs).min(LONGEST))
}

fn until(then: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(then.duration_since(now)).unwrap_or_default().min(LONGEST)
}

fn date(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(text).ok()
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn seconds_and_dates_are_understood_and_nonsense_is_bounded_or_ignored() {
        let noon = Some("Sat, 21 Nov 2026 12:00:00 GMT");
        let table = [
            ("7", None, Some(7), "seconds need no date"),
            ("0", noon, Some(0), "at once"),
            ("Sat, 21 Nov 2026 12:00:09 GMT", noon, Some(9), "a date counts from the answer's own date"),
            ("Sat, 21 Nov 2026 11:00:00 GMT", noon, Some(0), "a date in the past is no wait"),
            ("Sat, 21 Nov 2026 12:00:09 GMT", None, None, "a date without a clock to compare it with"),
            ("Sat, 21 Nov 2026 12:00:09 GMT", Some("noon"), None, "a date beside a clock that shows nothing"),
            ("Thu, 30 Dec 9999 12:00:00 GMT", noon, Some(86_400), "the end of time"),
            ("99999999", noon, Some(86_400), "three years"),
            ("99999999999999999999999999", noon, Some(86_400), "more than a number holds"),
            ("-5", noon, None, "a wait that is over before it began"),
            ("1.5", noon, None, "no whole number"),
            ("soon", noon, None, "no time at all"),
            ("", noon, None, "nothing"),
        ];
        for (asked, date, expected, why) in table {
            let mut headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(asked))]);
            headers.extend(date.map(|date| (DATE, HeaderValue::from_static(date))));
            assert_eq!(retry_after(&headers), expected.map(Duration::from_secs), "{why}: {asked:?}");
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
