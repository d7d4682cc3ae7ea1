//! A long outage: what waited arrives when it is over.

use crate::support::soak;

#[test]
fn what_waited_through_a_long_outage_is_delivered_once() {
    let (report, is_well) = soak(&["--waiting", "1500", "--guests", "4000", "--seed", "11"]);
    assert!(is_well, "{report}");
    assert!(report["acknowledged"].as_u64().unwrap() >= 1_500, "{report}");
    for measured in ["commit_ms_p99_waiting", "commit_p99_vs_fsync", "drained_per_second", "search_ms_p95"] {
        assert!(report[measured].as_f64().unwrap() > 0.0, "{measured}: {report}");
    }
}
