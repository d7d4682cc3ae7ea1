//! Guests who do not exist, with made-up faces. The same name always gives the same guest.

use portico_types::{Attendee, AttendeeId, Consent, Embedding, ModelId, Template, TemplateId, UtcMillis};

/// Length of made-up face vectors.
const DIMENSION: u64 = 192;

/// A guest on the roster: not checked in, with a ticket code and a phone number that follow from the name.
pub fn attendee(name: &str) -> Attendee {
    let seed = hash(name);
    Attendee {
        id: AttendeeId::new(format!("guest-{}", slug(name))),
        name: name.to_owned(),
        company: None,
        ticket_code: ticket_code(seed),
        phone_last4: Some(format!("{:04}", seed % 10_000)),
        note: None,
        checked_in_at: None,
        checked_in_gate: None,
    }
}

/// A consent of long ago.
pub fn consent() -> Consent {
    Consent { text_version: "1".into(), language: "en".into(), agreed_at: UtcMillis(1_780_000_000_000) }
}

/// One face vector of `attendee`, grown from `seed`; it expires when the guests of these tests are history.
pub fn template(attendee: &Attendee, seed: u64) -> Template {
    Template {
        id: TemplateId::new(format!("{}/{seed}", attendee.id)),
        attendee: attendee.id.clone(),
        model: model(),
        embedding: embedding(seed),
        consent: consent(),
        expires_at: UtcMillis(1_900_000_000_000),
    }
}

/// The recogniser that made-up vectors claim to come from.
pub fn model() -> ModelId {
    ModelId("testkit/1".into())
}

/// A face vector. Those of different seeds are nearly perpendicular, as those of different people are.
pub fn embedding(seed: u64) -> Embedding {
    normalised(noise(seed))
}

/// Another vector of the same face: its cosine similarity to `face` is `cosine`.
pub fn resembling(face: &Embedding, cosine: f32, seed: u64) -> Embedding {
    let noise = normalised(noise(seed).into_iter().take(face.values().len()).collect());
    let along = noise.cosine(face);
    let across: Vec<f32> = noise.values().iter().zip(face.values()).map(|(n, f)| n - along * f).collect();
    let across = normalised(across);
    let sine = (1.0 - cosine * cosine).max(0.0).sqrt();
    normalised(face.values().iter().zip(across.values()).map(|(f, a)| cosine * f + sine * a).collect())
}

#[expect(clippy::expect_used, reason = "noise is finite and not zero; a test that gets here is itself wrong")]
fn normalised(values: Vec<f32>) -> Embedding {
    Embedding::normalised(values).expect("made-up vectors have a length")
}

/// Numbers from −1 to 1.
fn noise(seed: u64) -> Vec<f32> {
    let number = |place| mixed(seed.wrapping_mul(DIMENSION).wrapping_add(place)) >> 40;
    (0..DIMENSION).map(|place| number(place) as f32 / (1_u32 << 23) as f32 - 1.0).collect()
}

/// Spreads a number's bits (the finaliser of `SplitMix64`).
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0, |hash, byte| mixed(hash ^ u64::from(byte)))
}

/// Seven characters without those that look alike.
fn ticket_code(seed: u64) -> String {
    const LETTERS: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    (0..7).map(|place| char::from(LETTERS[(seed >> (place * 5)) as usize % LETTERS.len()])).collect()
}

/// Lower case, other letters than ASCII by their number, so that every name has its own.
fn slug(name: &str) -> String {
    let spell = |c: char| match c {
        'A'..='Z' | 'a'..='z' | '0'..='9' => c.to_ascii_lowercase().to_string(),
        ' ' => "-".to_owned(),
        other => format!("u{:x}", u32::from(other)),
    };
    name.chars().map(spell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_always_gives_the_same_guest_and_another_name_another() {
        let guest = attendee("Zhang Wei");
        assert_eq!(guest, attendee("Zhang Wei"));
        assert_eq!(guest.id.as_str(), "guest-zhang-wei");
        let other = attendee("Zhang Wéi");
        assert_ne!((guest.id, guest.ticket_code), (other.id, other.ticket_code));
    }

    #[test]
    fn a_ticket_code_has_seven_unmistakable_characters() {
        for seed in 0..100 {
            let code = attendee(&format!("Guest {seed}")).ticket_code;
            assert_eq!(code.len(), 7);
            assert!(code.chars().all(|c| c.is_ascii_alphanumeric() && !"01IOiol".contains(c)), "{code}");
        }
    }

    #[test]
    fn faces_of_different_seeds_are_strangers() {
        for seed in 1..200 {
            let alike = embedding(0).cosine(&embedding(seed));
            assert!(alike.abs() < 0.3, "seed {seed}: {alike}");
        }
    }

    #[test]
    fn a_resembling_face_resembles_as_much_as_was_asked_for() {
        let face = embedding(5);
        for cosine in [0.2, 0.55, 0.9, 1.0] {
            let alike = face.cosine(&resembling(&face, cosine, 77));
            assert!((alike - cosine).abs() < 1e-3, "{alike} instead of {cosine}");
        }
    }

    #[test]
    fn a_template_belongs_to_its_guest() {
        let guest = attendee("Zhang Wei");
        let template = template(&guest, 3);
        assert_eq!(template.attendee, guest.id);
        assert_eq!(template.embedding, embedding(3));
    }
}
