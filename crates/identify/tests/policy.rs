//! The decision policy as a table: candidates in, conclusion out.

use portico_identify::{Calibration, DecisionParams, DecisionPolicy};
use portico_types::{AttendeeId, Candidate, Decision};

/// Names and scores, as a backend might list them.
type Scores<'a> = &'a [(&'a str, f32)];

fn candidates(scores: Scores<'_>) -> Vec<Candidate> {
    scores.iter().map(|(name, score)| Candidate { attendee: AttendeeId::new(*name), score: *score }).collect()
}

/// What `scores` come to in a gallery of `size`, as `accept ann`, `ask ann` or `unknown`.
fn conclusion(scores: Scores<'_>, size: usize, doubtful: &str) -> String {
    let decision = DecisionPolicy::default()
        .decide(&candidates(scores), size, &|attendee| attendee.as_str() == doubtful);
    match decision {
        Decision::Accept(candidate) => format!("accept {}", candidate.attendee),
        Decision::Ask(candidate) => format!("ask {}", candidate.attendee),
        Decision::Unknown => "unknown".to_owned(),
    }
}

#[test]
fn scores_margins_and_corrections_lead_to_the_expected_conclusions() {
    let table: &[(Scores<'_>, &str, &str, &str)] = &[
        (&[], "", "unknown", "nobody was found"),
        (&[("ann", 0.80)], "", "accept ann", "high and alone"),
        (&[("ann", 0.80), ("bob", 0.30)], "", "accept ann", "high and far ahead"),
        (
            &[("bob", 0.30), ("ann", 0.80)],
            "",
            "accept ann",
            "the order in which a backend answers is not trusted",
        ),
        (&[("ann", 0.80), ("bob", 0.77)], "", "ask ann", "too near to the second: perhaps siblings"),
        (&[("ann", 0.80), ("ann", 0.79)], "", "accept ann", "two pictures of one guest are no contradiction"),
        (&[("ann", 0.80)], "ann", "ask ann", "staff said that this was the wrong person"),
        (&[("ann", 0.80), ("bob", 0.30)], "bob", "accept ann", "a correction concerns only its own guest"),
        (&[("ann", 0.57)], "", "ask ann", "between the thresholds"),
        (&[("ann", 0.49)], "", "unknown", "below the floor"),
        (&[("ann", 0.49)], "ann", "unknown", "doubt never makes a stranger a guest"),
        (&[("ann", f32::NAN)], "", "unknown", "a score that is no number is no likeness"),
        (&[("bob", f32::NAN), ("ann", 0.80)], "", "accept ann", "nor does it hide another"),
    ];
    for (scores, doubtful, expected, why) in table {
        assert_eq!(conclusion(scores, 200, doubtful), *expected, "{why}: {scores:?}");
    }
}

#[test]
fn a_likeness_that_suffices_among_a_thousand_does_not_among_a_hundred_thousand() {
    assert_eq!(conclusion(&[("ann", 0.62)], 1_000, ""), "accept ann");
    assert_eq!(conclusion(&[("ann", 0.62)], 20_000, ""), "ask ann");
    assert_eq!(conclusion(&[("ann", 0.62)], 1_000_000, ""), "unknown");
}

#[test]
fn thresholds_rise_with_the_gallery_and_never_fall_below_their_floors() {
    let policy = DecisionPolicy::default();
    let params = DecisionParams::default();
    let mut former = policy.thresholds(0);
    assert!((former.accept - params.accept_floor).abs() < 1e-6);
    assert!((former.ask - params.ask_floor).abs() < 1e-6);
    for size in [1, 10, 100, 886, 1_000, 10_000, 100_000, 1_000_000] {
        let next = policy.thresholds(size);
        assert!(
            next.accept >= former.accept && next.ask >= former.ask,
            "more guests, more look-alikes: {size}"
        );
        assert!(next.ask < next.accept, "there is always a band in which the guest is asked: {size}");
        former = next;
    }
}

#[test]
fn the_threshold_meets_the_measured_point_of_the_baseline() {
    let policy = DecisionPolicy::new(DecisionParams { accept_floor: 0.0, ..DecisionParams::default() });
    let accept = policy.thresholds(886).accept;
    assert!((accept - 0.591).abs() < 0.002, "FPIR 1 % at 886 guests was measured at 0.591, not {accept}");
}

#[test]
fn without_a_calibration_nobody_is_recognised() {
    let calibration = Calibration { points: vec![(-3.0, 0.4)] };
    let policy = DecisionPolicy::new(DecisionParams { calibration, ..DecisionParams::default() });
    let decision = policy.decide(&candidates(&[("ann", 1.0)]), 10, &|_| false);
    assert_eq!(decision, Decision::Unknown, "one point says nothing about how fast the rate falls");
}
