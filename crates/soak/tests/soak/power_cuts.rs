//! The power goes: nothing that was acknowledged is lost, and the check would notice if it were.

use crate::support::{has_recorder, soak};

#[test]
fn what_was_acknowledged_survives_power_cuts_at_any_moment() {
    if !has_recorder() {
        return;
    }
    let (report, is_well) = soak(&["--power-cuts", "40", "--seed", "11"]);
    assert!(is_well, "{report}");
    assert_eq!(report["cases"], 40);
    assert!(report["acknowledged"].as_u64().unwrap() > 1_000, "too little was at stake: {report}");
    for fault in ["lost", "doubled", "half_written"] {
        assert_eq!(report[fault], 0, "{report}");
    }
}

#[test]
fn a_disk_that_forgets_the_syncs_of_the_log_is_found_out() {
    if !has_recorder() {
        return;
    }
    let (report, is_well) = soak(&["--power-cuts", "20", "--negative-control", "--seed", "11"]);
    assert!(is_well, "{report}");
    assert!(report["lost"].as_u64().unwrap() > 0, "{report}");
}
