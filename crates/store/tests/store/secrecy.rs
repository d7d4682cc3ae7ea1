//! Nothing readable lies on disk.

use portico_store::MetaKey;
use portico_types::Attendee;

use crate::support::{Place, enter, guest, id};

fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn no_file_holds_a_name_a_code_or_a_token_in_the_clear() {
    let place = Place::new();
    let ada = Attendee { company: Some("Analytical Engines".into()), ..guest("Ada Byron") };
    let mut store = place.open_with(&[ada]);
    store.set_meta(MetaKey::DeviceToken, "token-of-this-kiosk").unwrap();
    enter(&mut store, 1, "ada-byron", 1_000);
    for moment in ["with the log", "after folding the log in"] {
        for (path, bytes) in place.files() {
            for secret in
                ["Byron", "byron", "TADABYRON", "Analytical", "token-of-this-kiosk", "SQLite format"]
            {
                assert!(!contains(&bytes, secret), "{secret} is readable in {} {moment}", path.display());
            }
        }
        store.checkpoint().unwrap();
    }
    assert_eq!(
        store.attendee(&id("ada-byron")).unwrap().unwrap().name,
        "Ada Byron",
        "yet the store reads it"
    );
}
