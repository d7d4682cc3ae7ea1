//! A new kiosk reads everything, over a good link and over one that breaks.

use serde_json::Value;

use crate::support::soak;

fn all_arrives(more: &[&str]) -> Value {
    let size = ["--first-sync", "--guests", "3000", "--templates", "1200", "--seed", "11"];
    let (report, is_well) = soak(&[&size[..], more].concat());
    assert!(is_well, "{report}");
    assert!(report["admitted_meanwhile"].as_u64().unwrap() > 0, "nobody came meanwhile: {report}");
    assert!(report["bytes_down_mb"].as_f64().unwrap() > 0.5, "{report}");
    report
}

#[test]
fn a_new_kiosk_has_the_whole_roster_and_gallery_after_its_first_sync() {
    all_arrives(&[]);
}

#[test]
fn a_first_sync_that_is_cut_goes_on_where_it_was() {
    let report = all_arrives(&["--cuts"]);
    assert!(report["cases"].as_u64().unwrap() > 0, "no connection was cut: {report}");
}
