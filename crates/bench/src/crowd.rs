//! Invented face vectors: as many as a large event has guests.

use anyhow::Result;
use portico_identify::Gallery;
use portico_types::{AttendeeId, Consent, Embedding, ModelId, Template, TemplateId, UtcMillis};

/// Numbers per vector, as the default recogniser makes them.
pub const DIMENSION: usize = 192;

/// A vector that depends on its number only (xorshift).
pub fn vector(number: usize) -> Result<Embedding> {
    let mut state = number as u64 * 2 + 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1 << 23) as f32 - 1.0
    };
    Ok(Embedding::normalised((0..DIMENSION).map(|_| next()).collect())?)
}

/// A gallery of `size` guests with vectors 1 to `size`.
pub fn gallery(model: &ModelId, size: usize) -> Result<Gallery> {
    let mut gallery = Gallery::new(model.clone());
    for number in 1..=size {
        gallery.upsert(&Template {
            id: TemplateId::new(format!("t{number}")),
            attendee: AttendeeId::new(format!("a{number}")),
            model: model.clone(),
            embedding: vector(number)?,
            consent: Consent { text_version: "1".into(), language: "en".into(), agreed_at: UtcMillis(0) },
            expires_at: UtcMillis(i64::MAX),
        })?;
    }
    Ok(gallery)
}
