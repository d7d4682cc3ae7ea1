//! What a mode found, as figures.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// The figures of one run. Those that a mode does not measure are left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// What was done.
    pub mode: &'static str,
    /// With which seed.
    pub seed: u64,
    /// How many times the worst was done: power cuts, fillings of the disk.
    pub cases: u64,
    /// Entries, undos and corrections that were judged, summed over all cases.
    pub events: u64,
    /// Those of them that had been acknowledged.
    pub acknowledged: u64,
    /// What was acknowledged and is not there.
    pub lost: u64,
    /// What is there twice.
    pub doubled: u64,
    /// What is there in parts, or contradicts itself.
    pub half_written: u64,
    /// Entries that were refused, so that nobody took them for made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<u64>,
    /// Faults that were made on purpose and that nobody noticed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undetected: Option<u64>,
    /// Time until the kiosk's database was open again, in milliseconds: the worst of a hundred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovery_ms_p99: Option<f64>,
    /// How much the process had grown at the end, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rss_growth_percent: Option<f64>,
    /// Guests who were let in twice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conflicts_expected: Option<u64>,
    /// Those of them that were shown to staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conflicts_found: Option<u64>,
    /// Whether losses were provoked on purpose: then it is finding none that is a fault.
    #[serde(skip_serializing_if = "is_false")]
    pub negative_control: bool,
    /// Guests who waited longer than the event's policy allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late: Option<u64>,
    /// What only this mode measures.
    #[serde(flatten)]
    pub figures: BTreeMap<&'static str, Value>,
}

impl Report {
    /// Whether nothing was found that should not be.
    pub fn is_well(&self) -> bool {
        let unseen = self.undetected.unwrap_or(0) + self.late.unwrap_or(0);
        let agreed = self.conflicts_expected == self.conflicts_found;
        unseen == 0 && agreed && (self.negative_control || self.lost + self.doubled + self.half_written == 0)
    }

    /// Adds something that only this mode measures.
    pub fn figure(&mut self, name: &'static str, value: impl Into<Value>) {
        self.figures.insert(name, value.into());
    }

    /// Adds a measure of time or the like, with three decimals.
    pub fn measure(&mut self, name: &'static str, value: f64) {
        self.figure(name, thousandths(value));
    }

    /// The value that `share` (0 to 1) of all `times_ms` do not exceed.
    pub fn percentile(times_ms: &mut [f64], share: f64) -> Option<f64> {
        times_ms.sort_by(f64::total_cmp);
        let place = ((times_ms.len() as f64 * share).ceil() as usize).saturating_sub(1);
        times_ms.get(place).copied().map(thousandths)
    }
}

fn thousandths(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references over")]
fn is_false(value: &bool) -> bool {
    !value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_loss_is_a_failure_and_a_refusal_is_none() {
        assert!(Report { refused: Some(9), undetected: Some(0), ..Report::default() }.is_well());
        assert!(!Report { lost: 1, ..Report::default() }.is_well());
        assert!(!Report { doubled: 1, ..Report::default() }.is_well());
        assert!(!Report { half_written: 1, ..Report::default() }.is_well());
        assert!(!Report { undetected: Some(1), ..Report::default() }.is_well());
        assert!(!Report { late: Some(1), ..Report::default() }.is_well());
    }

    #[test]
    fn a_conflict_that_is_missing_or_too_many_is_a_failure() {
        let report = |expected, found| Report {
            conflicts_expected: Some(expected),
            conflicts_found: Some(found),
            ..Report::default()
        };
        assert!(report(3, 3).is_well());
        assert!(!report(3, 2).is_well());
        assert!(!report(2, 3).is_well());
    }

    #[test]
    fn a_negative_control_fails_when_it_finds_nothing() {
        let control = Report { negative_control: true, ..Report::default() };
        assert!(Report { lost: 5, undetected: Some(0), ..control.clone() }.is_well());
        assert!(!Report { lost: 0, undetected: Some(1), ..control }.is_well());
    }

    #[test]
    fn figures_that_were_not_measured_are_left_out() {
        let text = serde_json::to_string(&Report::default()).unwrap();
        assert!(text.contains("\"lost\":0") && !text.contains("refused") && !text.contains("null"), "{text}");
    }

    #[test]
    fn the_99th_percentile_of_a_hundred_times_is_the_99th_of_them() {
        let mut times: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(Report::percentile(&mut times, 0.99), Some(99.0));
        assert_eq!(Report::percentile(&mut [], 0.99), None);
    }
}
