//! The disk is full: guests are refused rather than forgotten, and with room again all goes on.

use crate::support::{has_recorder, soak};

#[test]
fn a_full_disk_refuses_guests_and_loses_none() {
    if !has_recorder() {
        return;
    }
    let (report, is_well) = soak(&["--disk-full", "--seed", "11"]);
    assert!(is_well, "{report}");
    assert!(report["refused"].as_u64().unwrap() > 0, "the disk was never full: {report}");
    assert!(report["admitted_on_ballast"].as_u64().unwrap() > 0, "the ballast was of no use: {report}");
    assert!(report["acknowledged"].as_u64().unwrap() > 0, "{report}");
}
