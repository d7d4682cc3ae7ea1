//! Staff's personal PINs: how they are kept, and whose a typed one is.
//!
//! Every PIN of a kiosk is hashed with the same random salt, the same costs and the same pepper, so that one computation
//! tells whose a typed PIN is, however many members there are; `docs/staff.md` says what that costs and what it does not.

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, PasswordHasher as _, SaltString};
use argon2::{Algorithm, Argon2, ParamsBuilder, Version};
use portico_store::{PinVerifier, StaffMember};
use portico_types::StaffId;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::random::Random;

/// Why a PIN was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// Not four to twelve digits.
    #[error("a PIN is four to twelve digits")]
    Shape,
    /// The hash could not be made.
    #[error("the PIN's hash cannot be made")]
    Hash,
}

/// Marks hashes that the pepper went into; those of the time before personal PINs have no mark.
const PEPPERED: &[u8] = b"pepper1";

/// Checks a PIN's shape.
pub fn check_shape(pin: &str) -> Result<(), PinError> {
    let digits = pin.bytes().all(|b| b.is_ascii_digit());
    if digits && (4..=12).contains(&pin.len()) { Ok(()) } else { Err(PinError::Shape) }
}

/// Hashes and compares PINs. Everything takes tens of milliseconds: not for an async thread. Clones share the pepper.
#[derive(Clone)]
pub struct Pins {
    pepper: Arc<Zeroizing<[u8; 32]>>,
}

impl Pins {
    /// PINs of the kiosk whose pepper this is.
    pub fn new(pepper: Zeroizing<[u8; 32]>) -> Self {
        Self { pepper: Arc::new(pepper) }
    }

    /// What `pin` is to be compared with from now on, beside `members`.
    pub fn verifier(
        &self,
        pin: &str,
        members: &[StaffMember],
        random: &Random,
    ) -> Result<PinVerifier, PinError> {
        check_shape(pin)?;
        let salt = match members.iter().find_map(salt_of) {
            Some(salt) => salt,
            None => new_salt(random)?,
        };
        let hash = self.argon2(true)?.hash_password(pin.as_bytes(), &salt).map_err(|_| PinError::Hash)?;
        Ok(PinVerifier::new(hash.to_string()))
    }

    /// Whose PIN this is, of members who may open staff mode and of those who may not. One computation, and one more for
    /// a PIN that is still kept as it was before personal PINs.
    pub fn owner(&self, pin: &str, members: &[StaffMember]) -> Result<Option<StaffId>, PinError> {
        let mut computed: Vec<(Kept, Zeroizing<Vec<u8>>)> = Vec::new();
        let mut owner = None;
        // All are compared, so that the time does not tell whose it was.
        for member in members {
            let Some((kept, hash)) = read(member) else { continue };
            if computed.iter().all(|(known, _)| *known != kept) {
                let typed = self.compute(pin, &kept)?;
                computed.push((kept.clone(), typed));
            }
            let Some((_, typed)) = computed.iter().find(|(known, _)| *known == kept) else { continue };
            if bool::from(typed.as_slice().ct_eq(&hash)) {
                owner = owner.or(Some(member.id));
            }
        }
        Ok(owner)
    }

    fn compute(&self, pin: &str, kept: &Kept) -> Result<Zeroizing<Vec<u8>>, PinError> {
        let argon2 = self.argon2(kept.peppered)?;
        let hash = argon2.hash_password(pin.as_bytes(), &kept.salt).map_err(|_| PinError::Hash)?;
        let output = hash.hash.ok_or(PinError::Hash)?;
        Ok(Zeroizing::new(output.as_bytes().to_vec()))
    }

    /// 19 MiB, two passes, one lane: the least that OWASP's password storage advice names for argon2id. A tablet takes
    /// about 50 ms for it.
    fn argon2(&self, peppered: bool) -> Result<Argon2<'_>, PinError> {
        let mut params = ParamsBuilder::new();
        params.m_cost(19_456).t_cost(2).p_cost(1);
        if peppered {
            params.keyid(argon2::KeyId::new(PEPPERED).map_err(|_| PinError::Hash)?);
        }
        let params = params.build().map_err(|_| PinError::Hash)?;
        if !peppered {
            return Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params));
        }
        let pepper = self.pepper.as_slice();
        Argon2::new_with_secret(pepper, Algorithm::Argon2id, Version::V0x13, params)
            .map_err(|_| PinError::Hash)
    }
}

/// Whether a member's PIN is still kept as it was before personal PINs.
pub fn is_dated(member: &StaffMember) -> bool {
    read(member).is_some_and(|(kept, _)| !kept.peppered)
}

/// How a hash was made.
#[derive(Clone, PartialEq, Eq)]
struct Kept {
    salt: SaltString,
    peppered: bool,
}

/// A member's hash and how it was made. One that cannot be read opens nothing; it must not keep the others out.
fn read(member: &StaffMember) -> Option<(Kept, Vec<u8>)> {
    let read = PasswordHash::new(member.pin.as_str()).ok().and_then(|stored| {
        let peppered = stored.params.get("keyid").is_some();
        let salt = SaltString::from_b64(stored.salt?.as_str()).ok()?;
        Some((Kept { salt, peppered }, stored.hash?.as_bytes().to_vec()))
    });
    if read.is_none() {
        tracing::error!(member = %member.id, "a member's PIN cannot be read; a supervisor sets a new one");
    }
    read
}

fn salt_of(member: &StaffMember) -> Option<SaltString> {
    read(member).filter(|(kept, _)| kept.peppered).map(|(kept, _)| kept.salt)
}

fn new_salt(random: &Random) -> Result<SaltString, PinError> {
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    SaltString::encode_b64(&bytes).map_err(|_| PinError::Hash)
}

#[cfg(test)]
mod tests {
    use portico_types::{StaffRole, UtcMillis};
    use uuid::Uuid;

    use super::*;

    /// "8642" as a kiosk of the time before personal PINs kept it: a salt of its own, and no pepper. Made by the reference
    /// implementation.
    const OLD_PIN: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$BwcHBwcHBwcHBwcHBwcHBw$yP16VqwuyKCU/qdu4S7x/R/2HKXA6yBdLT8O85uZomM";

    fn pins(byte: u8) -> Pins {
        Pins::new(Zeroizing::new([byte; 32]))
    }

    fn member(n: u128, pin: PinVerifier) -> StaffMember {
        StaffMember {
            id: StaffId(Uuid::from_u128(n)),
            name: format!("Member {n}"),
            role: StaffRole::Volunteer,
            pin,
            created_at: UtcMillis(0),
            disabled_at: None,
        }
    }

    /// Members 1, 2, … with these PINs.
    fn staff(pins: &Pins, typed: &[&str]) -> Vec<StaffMember> {
        let mut members = Vec::new();
        for (n, pin) in (1..).zip(typed) {
            let verifier = pins.verifier(pin, &members, &Random::system()).unwrap();
            members.push(member(n, verifier));
        }
        members
    }

    #[test]
    fn a_typed_pin_finds_its_owner_and_a_wrong_one_nobody() {
        let pins = pins(1);
        let members = staff(&pins, &["2468", "1357", "000000"]);
        for (typed, owner) in [("2468", Some(1)), ("1357", Some(2)), ("000000", Some(3)), ("0000", None)] {
            let owner = owner.map(|n| StaffId(Uuid::from_u128(n)));
            assert_eq!(pins.owner(typed, &members), Ok(owner), "{typed}");
        }
    }

    #[test]
    fn all_members_share_one_salt_so_that_one_computation_tells_them_apart() {
        let members = staff(&pins(1), &["2468", "1357", "9999"]);
        let first = read(&members[0]).unwrap().0;
        assert!(members.iter().all(|member| read(member).is_some_and(|(kept, _)| kept == first)));
        let elsewhere = staff(&pins(1), &["2468"]);
        assert!(read(&elsewhere[0]).unwrap().0 != first, "and another kiosk has another");
    }

    #[test]
    fn the_same_pin_gives_the_same_verifier_which_is_how_the_database_refuses_a_second_one() {
        let pins = pins(1);
        let members = staff(&pins, &["2468"]);
        assert_eq!(pins.verifier("2468", &members, &Random::system()).unwrap(), members[0].pin);
    }

    #[test]
    fn what_is_kept_hides_the_pin_and_is_worth_nothing_without_the_pepper() {
        let members = staff(&pins(1), &["2468"]);
        let kept = members[0].pin.as_str();
        assert!(
            kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1,keyid=") && !kept.contains("2468"),
            "{kept}"
        );
        assert_eq!(pins(2).owner("2468", &members), Ok(None));
    }

    #[test]
    fn a_pin_from_before_personal_pins_opens_still_and_is_known_for_its_age() {
        let pins = pins(1);
        let mut members = staff(&pins, &["1357"]);
        members.push(member(9, PinVerifier::new(OLD_PIN)));
        assert_eq!(pins.owner("8642", &members), Ok(Some(StaffId(Uuid::from_u128(9)))));
        assert_eq!(members.iter().map(is_dated).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn a_hash_that_cannot_be_read_opens_nothing_and_keeps_nobody_out() {
        let pins = pins(1);
        let mut members = staff(&pins, &["2468"]);
        members.insert(0, member(9, PinVerifier::new("garbage")));
        assert_eq!(pins.owner("2468", &members), Ok(Some(StaffId(Uuid::from_u128(1)))));
        assert_eq!(pins.owner("garbage", &members), Ok(None));
    }

    #[test]
    fn a_pin_is_four_to_twelve_digits() {
        for bad in ["", "123", "12a4", "1234567890123", "１２３４"] {
            assert_eq!(check_shape(bad), Err(PinError::Shape), "{bad} must be refused");
        }
        assert_eq!(check_shape("0000"), Ok(()));
    }
}
