//! Many kiosks, bad links: in the end all agree with each other and with the rule.

use crate::support::soak;

fn agree(seed: &str) {
    let (report, is_well) = soak(&["--kiosks", "4", "--minutes", "0.1", "--seed", seed]);
    assert!(is_well, "{report}");
    assert!(report["acknowledged"].as_u64().unwrap() > 20, "too little happened: {report}");
    assert!(report["cases"].as_u64().unwrap() > 0, "no link was cut: {report}");
    assert_eq!(report["conflicts_expected"], report["conflicts_found"], "{report}");
}

#[test]
fn guests_who_may_enter_once_are_found_out_when_two_kiosks_let_them_in() {
    agree("11");
}

#[test]
fn guests_who_may_come_back_are_found_out_when_two_gates_let_them_in_at_once() {
    agree("12");
}
