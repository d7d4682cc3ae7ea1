//! Bits turn in the files: whatever differs afterwards was reported, and nothing that was acknowledged is gone.

use crate::support::soak;

#[test]
fn a_bit_that_turns_anywhere_is_reported_and_costs_no_check_in() {
    let (report, is_well) = soak(&["--bit-flips", "20", "--seed", "11"]);
    assert!(is_well, "{report}");
    assert_eq!(report["cases"], 20);
    assert!(report["salvaged"].as_u64().unwrap() > 10, "the bits turned where nothing is: {report}");
    for fault in ["undetected", "lost", "doubled", "half_written"] {
        assert_eq!(report[fault], 0, "{report}");
        assert_eq!(report["garbled_pages"][fault], 0, "{report}");
    }
    assert_eq!(report["cut_files"]["half_written"], 0, "{report}");
}
