//! Little goes well on the link: everything arrives, once, and no guest waits for it.

use crate::support::soak;

#[test]
fn over_a_link_that_fails_in_every_way_each_entry_arrives_once() {
    let (report, is_well) = soak(&["--hostile-link", "600", "--seed", "11"]);
    assert!(is_well, "{report}");
    assert_eq!(report["acknowledged"], 600, "{report}");
    let count = |name: &str| report[name].as_u64().unwrap();
    assert!(count("faulty_exchanges") * 2 >= count("exchanges"), "{report}");
    assert!(count("guests_by_backend") > 0 && count("guests_by_gallery") > 0, "{report}");
}
