//! A face opens in its own ticket and nowhere else, and comes out nearly as it went in.

use portico_types::{AttendeeId, Consent, TicketRefusal};
use proptest::prelude::*;

use super::*;
use crate::{TicketSigner, is_signed_ticket, verify_ticket};

const EVENT: &str = "northern-light-summit";
const NOW: UtcMillis = UtcMillis(1_800_000_000_000);
/// As many numbers as the shipped recogniser's vectors have.
const NUMBERS: usize = 192;

fn key() -> FaceKey {
    FaceKey::new([7; KEY_BYTES])
}

fn signer() -> TicketSigner {
    TicketSigner::new(&[1; 32], EVENT)
}

fn bare() -> Ticket {
    Ticket { attendee: AttendeeId::new("guest-01"), code: "K7P2QX".into(), not_after: None, face: None }
}

/// Numbers like a face's: about as many small as large ones, of either sign. `seed` tells people apart.
fn vector(seed: u32) -> Embedding {
    let mut state = u64::from(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1_u64 << 24) as f32 - 0.5
    };
    // Twelve uniform ones are nearly a normal one.
    let values = (0..NUMBERS).map(|_| (0..12).map(|_| uniform()).sum()).collect();
    Embedding::normalised(values).unwrap()
}

fn template(embedding: Embedding) -> Template {
    Template {
        id: TemplateId::new("t1"),
        attendee: AttendeeId::new("guest-01"),
        model: ModelId("model/1".into()),
        embedding,
        consent: Consent { text_version: "1".into(), language: "en".into(), agreed_at: UtcMillis(1_000) },
        expires_at: UtcMillis(NOW.0 + 5_000),
    }
}

fn sealed(ticket: &Ticket, embedding: &Embedding) -> Ticket {
    let face = key().seal(EVENT, ticket, &template(embedding.clone())).unwrap();
    Ticket { face: Some(face), ..ticket.clone() }
}

fn open(ticket: &Ticket) -> Option<TicketFace> {
    key().open(EVENT, ticket, &ModelId("model/1".into()))
}

#[test]
fn a_face_travels_in_its_ticket_and_opens_at_the_door() {
    let ticket = sealed(&bare(), &vector(1));
    let text = signer().sign(&ticket).unwrap();
    assert!(text.starts_with("PT2") && is_signed_ticket(&text), "{text}");
    let read = verify_ticket(&text.to_lowercase(), &[signer().key()], EVENT, NOW).unwrap();
    assert_eq!(read, ticket);
    let face = open(&read).unwrap();
    assert!(face.embedding.cosine(&vector(1)) > 0.999);
    assert_eq!(
        (face.template, face.expires_at),
        (FaceMark::of(&TemplateId::new("t1")), UtcMillis(NOW.0 + 5_000))
    );
    assert_eq!(sealed(&bare(), &vector(1)), ticket, "issuing again gives the same ticket");
    assert_ne!(
        sealed(&bare(), &vector(2)).face.unwrap().0[..NONCE_BYTES],
        ticket.face.unwrap().0[..NONCE_BYTES]
    );
}

#[test]
fn a_ticket_with_a_face_fits_a_code_of_65_modules() {
    let longest = Ticket {
        attendee: AttendeeId::new("0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6"),
        not_after: Some(NOW),
        ..bare()
    };
    let text = signer().sign(&sealed(&longest, &vector(1))).unwrap();
    assert!(text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()), "{text}");
    assert!(text.len() <= 535, "QR version 12 at error correction L holds 535, this has {}", text.len());
}

#[test]
fn a_face_opens_in_its_own_ticket_only() {
    let ticket = sealed(&bare(), &vector(1));
    assert!(open(&ticket).is_some());
    assert_eq!(open(&bare()), None, "a ticket without a face");
    for (what, other) in [
        ("another guest's", Ticket { attendee: AttendeeId::new("guest-02"), ..ticket.clone() }),
        ("a newer one", Ticket { code: "NEWER1".into(), ..ticket.clone() }),
        ("one of another end", Ticket { not_after: Some(NOW), ..ticket.clone() }),
    ] {
        assert_eq!(open(&other), None, "{what}");
    }
    let model = ModelId("model/1".into());
    assert_eq!(key().open("spring-fair", &ticket, &model), None, "of another event");
    assert_eq!(key().open(EVENT, &ticket, &ModelId("model/2".into())), None, "for another recogniser");
    assert_eq!(FaceKey::new([8; KEY_BYTES]).open(EVENT, &ticket, &model), None, "with another key");
}

#[test]
fn every_changed_byte_of_the_seal_is_noticed_and_so_is_one_that_is_missing() {
    let ticket = sealed(&bare(), &vector(1));
    let face = ticket.face.clone().unwrap().0;
    for at in 0..face.len() {
        let mut changed = face.clone();
        changed[at] ^= 1;
        assert_eq!(open(&Ticket { face: Some(SealedFace(changed)), ..ticket.clone() }), None, "byte {at}");
        let cut = SealedFace(face[..at].to_vec());
        assert_eq!(open(&Ticket { face: Some(cut), ..ticket.clone() }), None, "cut at {at}");
    }
}

#[test]
fn a_ticket_whose_face_was_taken_off_or_exchanged_is_forged() {
    let (ada, eve) = (sealed(&bare(), &vector(1)), sealed(&bare(), &vector(2)));
    let bytes = |ticket: &Ticket| {
        data_encoding::BASE32_NOPAD.decode(&signer().sign(ticket).unwrap().as_bytes()[3..]).unwrap()
    };
    let (of_ada, of_eve) = (bytes(&ada), bytes(&eve));
    let verified = |prefix: &str, bytes: &[u8]| {
        let text = prefix.to_owned() + &data_encoding::BASE32_NOPAD.encode(bytes);
        verify_ticket(&text, &[signer().key()], EVENT, NOW)
    };
    assert!(verified("PT2", &of_ada).is_ok());
    let said = of_ada.len() - 64;
    let exchanged = [&of_eve[..said], &of_ada[said..]].concat();
    assert_eq!(verified("PT2", &exchanged), Err(TicketRefusal::Forged));
    let face = ada.face.unwrap().0.len();
    let taken_off = [&of_ada[..said - face], &of_ada[said..]].concat();
    for prefix in ["PT1", "PT2"] {
        assert_eq!(verified(prefix, &taken_off), Err(TicketRefusal::Forged), "{prefix}");
    }
    assert_eq!(verified("PT1", &of_ada), Err(TicketRefusal::Forged), "a form cannot pass for the other");
}

#[test]
fn what_is_too_large_is_not_sealed() {
    let long = Embedding::normalised(vec![1.0; MOST_NUMBERS + 1]).unwrap();
    assert_eq!(key().seal(EVENT, &bare(), &template(long)), Err(TicketTooLarge));
}

#[test]
fn a_key_travels_as_text_and_is_never_shown() {
    let json = serde_json::to_string(&key()).unwrap();
    assert_eq!(json, format!("\"{}\"", "07".repeat(KEY_BYTES)));
    assert_eq!(serde_json::from_str::<FaceKey>(&json).unwrap(), key());
    assert!(serde_json::from_str::<FaceKey>("\"0707\"").is_err());
    assert_eq!(format!("{:?}", key()), "FaceKey");
    let ticket = sealed(&bare(), &vector(1));
    assert!(format!("{ticket:?}").contains("SealedFace(232 bytes)"), "{ticket:?}");
}

#[test]
fn of_ten_thousand_comparisons_none_changes_by_more_than_two_thousandths() {
    let faces: Vec<Embedding> = (0..100).map(vector).collect();
    let opened: Vec<TicketFace> = faces.iter().map(|face| open(&sealed(&bare(), face)).unwrap()).collect();
    let lost = |kept: &TicketFace, face: &Embedding, probe: &Embedding| {
        (kept.embedding.cosine(probe) - face.cosine(probe)).abs()
    };
    let pairs = opened.iter().zip(&faces);
    let worst = pairs
        .flat_map(|(kept, face)| faces.iter().map(move |probe| lost(kept, face, probe)))
        .fold(0.0_f32, f32::max);
    println!("worst change of a cosine by a byte a number: {worst:.6}");
    assert!(worst < 0.0025, "{worst}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn no_vector_loses_more_than_half_a_step_in_each_number(
        values in prop::collection::vec(-1.0_f32..1.0, 2..=NUMBERS),
        probe in prop::collection::vec(-1.0_f32..1.0, NUMBERS),
    ) {
        let (Ok(face), Ok(probe)) = (Embedding::normalised(values.clone()), Embedding::normalised(probe[..values.len()].to_vec()))
        else { return Ok(()) };
        let kept = open(&sealed(&bare(), &face)).unwrap().embedding;
        let largest = face.values().iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
        // Half a step in each number is the length of what rounding takes away at most; scaling to unit length again
        // cannot more than double it.
        let bound = 2.0 * (values.len() as f32).sqrt() * largest / STEPS / 2.0 + 1e-5;
        let change = (kept.cosine(&probe) - face.cosine(&probe)).abs();
        prop_assert!(change <= bound, "{} > {}", change, bound);
    }
}
