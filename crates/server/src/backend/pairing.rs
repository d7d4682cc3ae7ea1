//! Pairing codes, tokens and revocation. Codes and tokens are kept as SHA-256 only.

use std::collections::VecDeque;
use std::time::Duration;

use portico_protocol::{PairRequest, Paired};
use portico_types::{DeviceId, Tick, UtcMillis};
use sha2::{Digest as _, Sha256};

use super::{Backend, lock};
use crate::config::PairingParams;
use crate::database::devices::{self, DeviceKind, DeviceSummary, NewDevice, TokenOwner};
use crate::database::{gates, pairing_codes, sequence};
use crate::error::BackendError;
use crate::random::hex;

/// Longest accepted device name, in characters.
const LONGEST_NAME: usize = 80;

/// What a device may do beyond a kiosk's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceRight {
    /// Nothing.
    Kiosk,
    /// Import and export.
    Administer,
}

/// When wrong codes were tried.
#[derive(Debug, Default)]
pub(super) struct Guesses(VecDeque<Tick>);

impl Backend {
    /// A code with which one kiosk can pair within `valid_for`.
    pub fn new_pairing_code(&self, valid_for: Duration) -> Result<String, BackendError> {
        self.new_pairing_code_with(valid_for, DeviceRight::Kiosk)
    }

    /// A code with which one device can pair within `valid_for`, and what it may do then.
    pub fn new_pairing_code_with(
        &self,
        valid_for: Duration,
        right: DeviceRight,
    ) -> Result<String, BackendError> {
        let code = self.random.readable(self.pairing.code_length)?;
        let now = self.clock.utc();
        let expires_at =
            UtcMillis(now.0.saturating_add(i64::try_from(valid_for.as_millis()).unwrap_or(i64::MAX)));
        let may_administer = right == DeviceRight::Administer;
        self.database.write(|tx| pairing_codes::insert(tx, &hash(&code), expires_at, now, may_administer))?;
        Ok(code)
    }

    /// Turns a code into a device and its token, which is told only here.
    pub fn pair(&self, request: &PairRequest) -> Result<Paired, BackendError> {
        let tick = self.clock.now();
        lock(&self.guesses).check(tick, &self.pairing)?;
        check_name(&request.name)?;
        let (id, token) = (self.random.id()?, self.new_token()?);
        let code = request.code.trim().to_uppercase();
        let now = self.clock.utc();
        let paired = self.database.write(|tx| {
            let Some(may_administer) = pairing_codes::redeem(tx, &hash(&code), now)? else {
                return Err(BackendError::PairingRefused);
            };
            let known = gates::all(tx)?;
            if !known.iter().any(|gate| gate.id == request.gate) {
                let known: Vec<String> = known.into_iter().map(|gate| gate.id).collect();
                let known = known.join(", ");
                return Err(BackendError::Malformed(format!(
                    "there is no such gate; the event has: {known}"
                )));
            }
            let device = NewDevice {
                id: &id,
                kind: DeviceKind::Paired,
                name: request.name.trim(),
                gate: &request.gate,
                token_hash: &hash(&token),
                paired_at: now,
                may_administer,
            };
            devices::insert(tx, &device, sequence::next(tx)?)?;
            Ok(())
        });
        if matches!(paired, Err(BackendError::PairingRefused)) {
            lock(&self.guesses).0.push_back(tick);
        }
        paired?;
        tracing::info!(device = %id, "device paired");
        Ok(Paired { device_id: id, token })
    }

    /// The device of the kiosk that runs this server in its own process, with a fresh token: the same device for the
    /// same name, until it is revoked.
    pub fn ensure_local_device(&self, name: &str, gate: &str) -> Result<(DeviceId, String), BackendError> {
        check_name(name)?;
        let (new_id, token) = (self.random.id()?, self.new_token()?);
        let now = self.clock.utc();
        let id = self.database.write(|tx| {
            if let Some(id) = devices::renew_local(tx, name, gate, &hash(&token))? {
                return Ok::<_, BackendError>(id);
            }
            let device = NewDevice {
                id: &new_id,
                kind: DeviceKind::Local,
                name,
                gate,
                token_hash: &hash(&token),
                paired_at: now,
                may_administer: true,
            };
            devices::insert(tx, &device, sequence::next(tx)?)?;
            Ok(new_id)
        })?;
        Ok((DeviceId::new(id), token))
    }

    /// Ends a device's access for good.
    pub fn revoke(&self, device: &DeviceId) -> Result<(), BackendError> {
        let now = self.clock.utc();
        self.database.write(|tx| {
            if devices::revoke(tx, device.as_str(), now, sequence::next(tx)?)? {
                Ok(())
            } else {
                Err(BackendError::UnknownDevice)
            }
        })?;
        tracing::info!(%device, "device revoked");
        self.announce_changes()
    }

    /// All devices that ever paired.
    pub fn devices(&self) -> Result<Vec<DeviceSummary>, BackendError> {
        Ok(self.database.read(devices::all)?)
    }

    /// The device that a token belongs to.
    pub fn device_of(&self, token: &str) -> Result<DeviceId, BackendError> {
        match self.database.read(|c| devices::owner(c, &hash(token)))? {
            TokenOwner::Device(device) => Ok(device),
            TokenOwner::Revoked => Err(BackendError::DeviceRevoked),
            TokenOwner::Nobody => Err(BackendError::Unauthorised),
        }
    }

    /// Refuses a device that may not administer.
    pub fn check_may_administer(&self, device: &DeviceId) -> Result<(), BackendError> {
        let may = self.database.read(|c| devices::may_administer(c, device.as_str()))?;
        if may { Ok(()) } else { Err(BackendError::NotAllowed) }
    }

    /// Refuses a device that was revoked since its token was looked at.
    pub fn check_standing(&self, device: &DeviceId) -> Result<(), BackendError> {
        let stands = self.database.read(|c| devices::in_good_standing(c, device.as_str()))?;
        if stands { Ok(()) } else { Err(BackendError::DeviceRevoked) }
    }

    fn new_token(&self) -> Result<String, BackendError> {
        Ok(hex(&self.random.bytes::<32>()?))
    }
}

impl Guesses {
    /// Refuses further codes while too many wrong ones are recent.
    fn check(&mut self, now: Tick, params: &PairingParams) -> Result<(), BackendError> {
        while self.0.front().is_some_and(|oldest| now.since(*oldest) >= params.window) {
            self.0.pop_front();
        }
        match self.0.front() {
            Some(oldest) if self.0.len() >= params.failures => {
                let wait = params.window.saturating_sub(now.since(*oldest));
                Err(BackendError::PairingPaused(wait.max(Duration::from_secs(1))))
            }
            _ => Ok(()),
        }
    }
}

fn check_name(name: &str) -> Result<(), BackendError> {
    if name.trim().is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(BackendError::Malformed(format!("a device name has 1 to {LONGEST_NAME} characters")));
    }
    Ok(())
}

fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}
