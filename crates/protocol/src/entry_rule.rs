//! How often a guest may enter: the event's rule, applied alike by the server and by every kiosk.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use portico_types::{EntryWindow, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How often a guest may enter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EntryRule {
    /// Once.
    #[default]
    Once,
    /// Once on each day of the venue's time zone.
    OncePerDay,
    /// As often as they like, for guests go out and come back.
    Reentry {
        /// Minutes for which an entry keeps its guest from entering at another gate (anti-passback): nobody walks
        /// from gate to gate faster, so whoever shows the same ticket there is somebody else. 0 turns it off.
        other_gate_minutes: u32,
    },
}

impl EntryRule {
    /// Which earlier entries count against entry `id` at time `at` in the venue's time zone (IANA). A time zone that
    /// this system does not know is taken for UTC.
    pub fn window(self, at: UtcMillis, time_zone: &str, id: &str) -> EntryWindow {
        match self {
            Self::Once => EntryWindow::whole_event(),
            Self::OncePerDay => {
                let (day, since) = local_day(at, time_zone);
                EntryWindow { slot: day, any_gate_since: since, other_gate_since: since }
            }
            Self::Reentry { other_gate_minutes } => EntryWindow {
                slot: id.to_owned(),
                any_gate_since: UtcMillis(i64::MAX),
                other_gate_since: match i64::from(other_gate_minutes) {
                    0 => UtcMillis(i64::MAX),
                    minutes => UtcMillis(at.0.saturating_sub(minutes * 60_000)),
                },
            },
        }
    }
}

/// The local day as `2026-11-21`, and when it began.
fn local_day(at: UtcMillis, time_zone: &str) -> (String, UtcMillis) {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let local = Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(zone);
    let began = local.start_of_day().map_or(at.0, |start| start.timestamp().as_millisecond());
    (local.date().to_string(), UtcMillis(began))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::utc_millis;

    fn at(text: &str) -> UtcMillis {
        utc_millis(text).unwrap()
    }

    #[test]
    fn a_day_begins_at_midnight_of_the_venue_not_of_greenwich() {
        let evening = EntryRule::OncePerDay.window(at("2026-11-21T15:59:00Z"), "Asia/Shanghai", "x");
        let night = EntryRule::OncePerDay.window(at("2026-11-21T16:01:00Z"), "Asia/Shanghai", "x");
        assert_eq!((evening.slot.as_str(), night.slot.as_str()), ("2026-11-21", "2026-11-22"));
        assert_eq!(night.any_gate_since, at("2026-11-21T16:00:00Z"));
        assert!(!night.counts(at("2026-11-21T15:59:00Z"), true), "yesterday's entry does not count");
    }

    #[test]
    fn once_means_ever() {
        let window = EntryRule::Once.window(at("2026-11-21T12:00:00Z"), "UTC", "x");
        assert!(window.counts(at("2020-01-01T00:00:00Z"), false));
    }

    #[test]
    fn with_reentry_only_a_recent_entry_at_another_gate_counts() {
        let now = at("2026-11-21T12:00:00Z");
        let window = EntryRule::Reentry { other_gate_minutes: 10 }.window(now, "UTC", "x");
        assert!(!window.counts(at("2026-11-21T11:59:00Z"), false));
        assert!(window.counts(at("2026-11-21T11:51:00Z"), true));
        assert!(!window.counts(at("2026-11-21T11:49:00Z"), true));
        let without = EntryRule::Reentry { other_gate_minutes: 0 }.window(now, "UTC", "x");
        assert!(!without.counts(now, true));
    }
}
