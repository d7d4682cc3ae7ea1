//! The cast: who there is, one file each.

mod amara_okafor;
mod arjun_patel;
mod chen_jianguo;
mod fiona_byrne;
mod ingrid_solberg;
mod kwame_mensah;
mod leila_haddad;
mod lena_hoffmann;
mod li_na;
mod priya_raman;
mod rafael_mendes;
mod sofia_marino;
mod tomas_novak;
mod zhang_wei;

use crate::look::Look;

/// How many guests of the [`cast`] are meant to be enrolled; the others are strangers.
pub const ENROLLED: usize = 8;

/// An invented person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guest {
    name: &'static str,
    slug: &'static str,
    look: Look,
}

impl Guest {
    /// The name as a badge shows it.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// A name for files and addresses: small letters and hyphens.
    pub fn slug(&self) -> &'static str {
        self.slug
    }

    /// What the guest looks like.
    pub fn look(&self) -> &Look {
        &self.look
    }

    /// The same guest with another look: another light on the same part, or a tuning session.
    #[must_use]
    pub fn with_look(self, look: Look) -> Self {
        Self { look, ..self }
    }
}

/// In the order of [`cast`]. Every look was tuned by eye and with the recogniser.
static CAST: [Guest; 14] = [
    zhang_wei::GUEST,
    amara_okafor::GUEST,
    lena_hoffmann::GUEST,
    li_na::GUEST,
    rafael_mendes::GUEST,
    ingrid_solberg::GUEST,
    kwame_mensah::GUEST,
    leila_haddad::GUEST,
    tomas_novak::GUEST,
    priya_raman::GUEST,
    fiona_byrne::GUEST,
    chen_jianguo::GUEST,
    arjun_patel::GUEST,
    sofia_marino::GUEST,
];

/// Everybody: first the [`ENROLLED`], then the strangers.
pub fn cast() -> Vec<Guest> {
    CAST.to_vec()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_cast_is_large_enough_and_nobody_shares_a_slug() {
        let cast = cast();
        assert!(cast.len() >= ENROLLED + 4, "demos need strangers too");
        let slugs: BTreeSet<_> = cast.iter().map(Guest::slug).collect();
        assert_eq!(slugs.len(), cast.len(), "slugs name files");
        let plain = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(slugs.iter().all(|slug| slug.chars().all(plain)), "slugs are safe in paths and addresses");
    }

    #[test]
    fn faces_keep_believable_proportions() {
        for guest in cast() {
            let look = guest.look();
            let (nose, mouth, chin) = (look.nose.length, look.mouth.drop, look.face.chin_drop);
            assert!(mouth - nose > 0.20, "{}: room for an upper lip", guest.slug());
            assert!(chin - mouth > 0.28, "{}: room for a chin", guest.slug());
            assert!(look.eyes.spacing - look.eyes.width > 0.10, "{}: room for the nose", guest.slug());
            assert!(
                look.face.jaw_width < look.face.skull_width,
                "{}: jaws are narrower than skulls",
                guest.slug()
            );
        }
    }
}
