//! The decision policy as a table: candidates in, conclusion out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use portico_identify::{Calibration, Calibrations, DecisionParams, DecisionPolicy, Found};
use portico_types::{AttendeeId, Candidate, Decision, ModelId};

/// Names and scores, as a backend might list them.
type Scores<'a> = &'a [(&'a str, f32)];

/// Round numbers in the manner of the real ones: judged scores fall a little with the gallery, plain ones rise.
const CALIBRATION: &str = r#"
model = "test/1"
margin = 0.08
fpir = [0.1, 0.01, 0.001]

[provenance]
pictures = "none"
protocol_sha256 = "0"
identities = 400
strangers = 1000
guests = 1000

[weights]
probe = 0.4
gallery = 0.4

[[sizes]]
guests = 1
judged = [0.2, 0.3, 0.4]
plain = [0.2, 0.3, 0.4]

[[sizes]]
guests = 10
judged = [0.26, 0.36, 0.46]
plain = [0.35, 0.45, 0.55]

[[sizes]]
guests = 1000
judged = [0.20, 0.27, 0.33]
plain = [0.52, 0.59, 0.64]

[[pairs]]
fmr = 0.001
score = 0.45

[[pairs]]
fmr = 0.0001
score = 0.53
"#;

fn policy() -> DecisionPolicy {
    let mut calibrations = Calibrations::default();
    calibrations.insert(Calibration::parse(CALIBRATION).unwrap());
    DecisionPolicy::new(calibrations, DecisionParams::default())
}

/// A search that found `scores`; `crowding` as whoever searched said.
fn found(scores: Scores<'_>, size: usize, crowding: Option<f32>) -> Found {
    let candidate =
        |(name, score): &(&str, f32)| Candidate { attendee: AttendeeId::new(*name), score: *score };
    Found {
        candidates: scores.iter().map(candidate).collect(),
        crowding,
        model: ModelId("test/1".into()),
        gallery_size: size,
        face_found: true,
        quality: 0.9,
    }
}

/// What a search comes to, as `accept ann`, `ask ann` or `unknown`.
fn conclusion(found: &Found, doubtful: &str) -> String {
    match policy().decide(found, &|attendee| attendee.as_str() == doubtful) {
        Decision::Accept(candidate) => format!("accept {}", candidate.attendee),
        Decision::Ask(candidate) => format!("ask {}", candidate.attendee),
        Decision::Unknown => "unknown".to_owned(),
    }
}

#[test]
fn scores_margins_and_corrections_lead_to_the_expected_conclusions() {
    let table: &[(Scores<'_>, &str, &str, &str)] = &[
        (&[], "", "unknown", "nobody was found"),
        (&[("ann", 0.80), ("bob", 0.30)], "", "accept ann", "high and far ahead"),
        (
            &[("bob", 0.30), ("ann", 0.80)],
            "",
            "accept ann",
            "the order in which a backend answers is not trusted",
        ),
        (&[("ann", 0.80), ("bob", 0.74)], "", "ask ann", "too near to the second: perhaps siblings"),
        (&[("ann", 0.80), ("ann", 0.79)], "", "accept ann", "two pictures of one guest are no contradiction"),
        (&[("ann", 0.80), ("bob", 0.3)], "ann", "ask ann", "staff said that this was the wrong person"),
        (&[("ann", 0.80), ("bob", 0.3)], "bob", "accept ann", "a correction concerns only its own guest"),
        (&[("ann", 0.52), ("bob", 0.3)], "", "ask ann", "between the thresholds"),
        (&[("ann", 0.44), ("bob", 0.3)], "", "unknown", "below both"),
        (&[("ann", 0.44)], "ann", "unknown", "doubt never makes a stranger a guest"),
        (&[("ann", f32::NAN)], "", "unknown", "a score that is no number is no likeness"),
        (&[("bob", f32::NAN), ("ann", 0.80)], "", "accept ann", "nor does it hide another"),
    ];
    for (scores, doubtful, expected, why) in table {
        assert_eq!(conclusion(&found(scores, 200, Some(0.3)), doubtful), *expected, "{why}: {scores:?}");
    }
}

#[test]
fn a_face_that_resembles_many_needs_a_higher_score() {
    let distinct = [("ann", 0.60), ("bob", 0.30), ("cem", 0.28), ("dan", 0.27)];
    assert_eq!(conclusion(&found(&distinct, 500, Some(0.3)), ""), "accept ann");
    let common = [("ann", 0.60), ("bob", 0.51), ("cem", 0.50), ("dan", 0.49)];
    assert_eq!(
        conclusion(&found(&common, 500, Some(0.3)), ""),
        "ask ann",
        "the same score means less among look-alikes"
    );
    assert_eq!(
        conclusion(&found(&distinct, 500, Some(0.55)), ""),
        "ask ann",
        "nor does it mean much for a guest whom many others resemble"
    );
}

#[test]
fn a_backend_that_does_not_know_its_crowding_is_judged_by_plain_scores_and_its_size() {
    let scores = [("ann", 0.66), ("bob", 0.30)];
    assert_eq!(conclusion(&found(&scores, 500, None), ""), "accept ann");
    assert_eq!(conclusion(&found(&scores, 10_000, None), ""), "ask ann", "more guests, more look-alikes");
    assert_eq!(conclusion(&found(&scores, 500, Some(f32::NAN)), ""), "accept ann", "no number, no judgement");
}

#[test]
fn a_single_guest_is_not_greeted_more_easily_than_many_are() {
    assert_eq!(conclusion(&found(&[("ann", 0.52)], 1, Some(0.0)), ""), "ask ann", "below the pair's floor");
    assert_eq!(conclusion(&found(&[("ann", 0.44)], 1, Some(0.0)), ""), "unknown", "below the lower floor");
    assert_eq!(conclusion(&found(&[("ann", 0.60)], 1, Some(0.0)), ""), "accept ann");
}

#[test]
fn there_is_always_a_band_in_which_the_guest_is_asked() {
    let model = ModelId("test/1".into());
    for size in [0, 1, 2, 10, 100, 886, 1_000, 10_000, 100_000, 1_000_000] {
        let thresholds = policy().thresholds(&model, size).unwrap();
        assert!(thresholds.ask < thresholds.accept, "{size}: {thresholds:?}");
    }
}

#[test]
fn a_recogniser_without_a_calibration_recognises_nobody() {
    let other = Found { model: ModelId("other/1".into()), ..found(&[("ann", 1.0)], 10, Some(0.0)) };
    assert_eq!(policy().decide(&other, &|_| false), Decision::Unknown, "its scores mean nothing here");
    assert!(!policy().knows(&other.model) && policy().evidence(&other).is_none());
}

#[test]
fn a_calibration_that_makes_no_sense_is_refused_with_what_is_wrong() {
    for (from, to, fault) in [
        ("fpir = [0.1, 0.01, 0.001]", "fpir = [0.001, 0.01, 0.1]", "falling"),
        ("judged = [0.26, 0.36, 0.46]", "judged = [0.46, 0.36, 0.26]", "do not rise"),
        ("judged = [0.26, 0.36, 0.46]", "judged = [0.26, 0.36]", "do not rise"),
        ("plain = [0.35, 0.45, 0.55]", "plain = [0.35, 0.45, nan]", "do not rise"),
        ("guests = 10\n", "guests = 5000\n", "not growing"),
        ("margin = 0.08", "margin = 7", "between 0 and 1"),
        ("score = 0.53", "score = 0.35", "pair scores"),
        ("margin = 0.08", "", "margin"),
    ] {
        let damaged = CALIBRATION.replacen(from, to, 1);
        let refused = Calibration::parse(&damaged).unwrap_err();
        assert!(refused.contains(fault), "{to}: {refused}");
    }
}

#[test]
fn a_written_calibration_is_read_as_it_was() {
    let calibration = Calibration::parse(CALIBRATION).unwrap();
    assert_eq!(Calibration::parse(&calibration.to_text().unwrap()).unwrap(), calibration);
}

#[test]
fn a_face_against_one_ticket_is_judged_by_pairs_alone() {
    let compared = |score: f32, doubtful| {
        let ada = Candidate { attendee: AttendeeId::new("ada"), score };
        policy().compare(&ModelId("test/1".into()), ada.clone(), doubtful)
    };
    let ada = |score| Candidate { attendee: AttendeeId::new("ada"), score };
    assert_eq!(compared(0.53, false), Decision::Accept(ada(0.53)), "one pair of strangers in ten thousand");
    assert_eq!(compared(0.529, false), Decision::Ask(ada(0.529)));
    assert_eq!(compared(0.45, false), Decision::Ask(ada(0.45)), "one in a thousand");
    assert_eq!(compared(0.449, false), Decision::Unknown);
    assert_eq!(compared(f32::NAN, false), Decision::Unknown);
    assert_eq!(compared(0.9, true), Decision::Ask(ada(0.9)), "staff have corrected this guest before");
    let of_other = policy().compare(&ModelId("other/1".into()), ada(0.9), false);
    assert_eq!(of_other, Decision::Unknown, "a score without a calibration means nothing");
}
