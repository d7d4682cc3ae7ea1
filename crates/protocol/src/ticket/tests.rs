//! What is believed and what is not: every bit counts, and so does every other key and event.

use proptest::prelude::*;

use super::*;

const EVENT: &str = "northern-light-summit";
const NOW: UtcMillis = UtcMillis(1_800_000_000_000);

fn signer(secret: u8) -> TicketSigner {
    TicketSigner::new(&[secret; 32], EVENT)
}

fn ada() -> Ticket {
    Ticket { attendee: AttendeeId::new("guest-01"), code: "K7P2QX".into(), not_after: None, face: None }
}

fn verified(text: &str) -> Result<Ticket, TicketRefusal> {
    verify_ticket(text, &[signer(1).key()], EVENT, NOW)
}

#[test]
fn what_was_signed_is_believed_however_it_was_scanned() {
    let text = signer(1).sign(&ada()).unwrap();
    assert_eq!(verified(&text), Ok(ada()));
    assert_eq!(verified(&format!(" {}\r", text.to_lowercase())), Ok(ada()), "a scanner with caps lock");
    assert_eq!(verified(&format!("{}-{} {}", &text[..40], &text[40..80], &text[80..])), Ok(ada()));
}

#[test]
fn a_ticket_fits_a_small_code_in_alphanumeric_mode() {
    let text = signer(1).sign(&ada()).unwrap();
    assert!(text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()), "{text}");
    assert!(text.len() <= 154, "QR version 6 at error correction M holds 154, this has {}", text.len());
    let uuid = Ticket { attendee: AttendeeId::new("0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6"), ..ada() };
    let text = signer(1).sign(&uuid).unwrap();
    assert_eq!(verified(&text), Ok(uuid));
    assert!(text.len() <= 178, "QR version 7 at error correction M holds 178, this has {}", text.len());
}

#[test]
fn plain_codes_are_no_signed_tickets() {
    for plain in ["", "K7P2QX", "PT1", "PT1-0001", "https://example.org/", &"A".repeat(200)] {
        assert!(!is_signed_ticket(plain), "{plain}");
    }
    let text = signer(1).sign(&ada()).unwrap();
    assert!(is_signed_ticket(&text) && is_signed_ticket(&text.to_lowercase()));
}

#[test]
fn another_key_is_forgery_and_any_of_several_keys_is_enough() {
    let text = signer(2).sign(&ada()).unwrap();
    assert_eq!(verified(&text), Err(TicketRefusal::Forged));
    assert_eq!(
        verify_ticket(&text, &[], EVENT, NOW),
        Err(TicketRefusal::Forged),
        "nobody is believed blindly"
    );
    assert_eq!(verify_ticket(&text, &[signer(1).key(), signer(2).key()], EVENT, NOW), Ok(ada()));
}

#[test]
fn a_ticket_of_another_event_is_told_from_a_forged_one() {
    let text = TicketSigner::new(&[1; 32], "spring-fair").sign(&ada()).unwrap();
    assert_eq!(verified(&text), Err(TicketRefusal::OtherEvent));
}

#[test]
fn a_ticket_is_good_until_its_last_second_is_over() {
    let end = UtcMillis(NOW.0 + 5_000);
    let text = signer(1).sign(&Ticket { not_after: Some(end), ..ada() }).unwrap();
    let at =
        |millis: i64| verify_ticket(&text, &[signer(1).key()], EVENT, UtcMillis(millis)).map(|t| t.not_after);
    assert_eq!(at(end.0 + 999), Ok(Some(end)));
    assert_eq!(at(end.0 + 1_000), Err(TicketRefusal::Expired));
}

#[test]
fn what_is_too_large_is_not_signed() {
    let long = Ticket { code: "X".repeat(256), ..ada() };
    assert_eq!(signer(1).sign(&long), Err(TicketTooLarge));
    let ever = Ticket { not_after: Some(UtcMillis(i64::MAX)), ..ada() };
    assert_eq!(signer(1).sign(&ever), Err(TicketTooLarge));
}

#[test]
fn a_key_survives_being_written_down() {
    let key = signer(1).key();
    assert_eq!(TicketKey::parse(&key.to_string()), Some(key.clone()));
    assert_eq!(TicketKey::parse(&key.to_string().to_uppercase()), Some(key));
    assert_eq!(TicketKey::parse("00ff"), None);
    assert_eq!(TicketKey::parse(&"zz".repeat(32)), None);
}

#[test]
fn every_flipped_bit_is_refused() {
    let text = signer(1).sign(&ada()).unwrap();
    let bytes = BASE32_NOPAD.decode(&text.as_bytes()[PREFIX.len()..]).unwrap();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let text = PREFIX.to_owned() + &BASE32_NOPAD.encode(&flipped);
        assert_eq!(verified(&text), Err(TicketRefusal::Forged), "bit {bit}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_ticket_survives_its_text(
        attendee in "\\PC{1,40}", code in "[A-Z0-9-]{1,24}", end in proptest::option::of(0_i64..4_000_000_000),
    ) {
        let not_after = end.map(|seconds| UtcMillis(seconds * 1_000));
        let ticket = Ticket { attendee: AttendeeId::new(attendee), code, not_after, face: None };
        let text = signer(1).sign(&ticket).unwrap();
        let read = verify_ticket(&text, &[signer(1).key()], EVENT, UtcMillis(0));
        prop_assert_eq!(read, Ok(ticket));
    }

    #[test]
    fn a_flipped_bit_in_the_text_is_refused_or_is_the_same_letter(at in 0_usize..146, bit in 0_u8..8, code in "[A-Z0-9]{6}") {
        let ticket = Ticket { code, ..ada() };
        let text = signer(1).sign(&ticket).unwrap();
        let at = at % text.len();
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1 << bit;
        let same_letter = bytes[at].eq_ignore_ascii_case(&text.as_bytes()[at]);
        if let Ok(flipped) = String::from_utf8(bytes) {
            let read = verified(&flipped);
            prop_assert_eq!(read, if same_letter { Ok(ticket) } else { Err(TicketRefusal::Forged) });
        }
    }

    #[test]
    fn nothing_that_anybody_types_is_believed_or_panics(text in "\\PC{0,300}") {
        prop_assert!(verified(&text).is_err());
        let marked = PREFIX.to_owned() + &text;
        prop_assert!(verified(&marked).is_err());
    }
}
