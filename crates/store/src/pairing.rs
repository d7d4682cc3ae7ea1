//! With which backend this kiosk is paired. What belongs together is written together: an address beside another backend's
//! secret would carry that secret to a stranger.

use sha2::{Digest as _, Sha256};

use crate::table::meta;
use crate::{MetaKey, Store, StoreError, restart, roster};

const CODE_DIGEST: &str = "pairing_code_digest";

/// What a backend answered to a pairing code.
#[derive(Clone, PartialEq, Eq)]
pub struct Pairing {
    /// Base address of the backend.
    pub url: String,
    /// The backend's id of this kiosk.
    pub device_id: String,
    /// The secret that this kiosk shows to the backend.
    pub token: String,
    /// The one-use code. Kept as a digest only, to tell whether another one was given to this kiosk since.
    pub code: String,
}

impl Store {
    /// Keeps a new pairing in place of the old one, all of it or nothing. What came from another backend, or was meant for
    /// it, does not mix with this one's; from the same backend everything is read anew, and what waits for it still waits.
    pub fn keep_pairing(&mut self, pairing: &Pairing) -> Result<(), StoreError> {
        let erased = self.write(|tx| {
            let erased = match meta::get(tx, MetaKey::BackendUrl.name())? {
                Some(known) if known == pairing.url => {
                    restart::begin_anew(tx)?;
                    0
                }
                Some(known) => roster::leave(tx, &known)?,
                None => roster::forget(tx)?,
            };
            meta::set(tx, MetaKey::BackendUrl.name(), &pairing.url)?;
            meta::set(tx, MetaKey::DeviceId.name(), &pairing.device_id)?;
            meta::set(tx, MetaKey::DeviceToken.name(), &pairing.token)?;
            meta::set(tx, CODE_DIGEST, &digest(&pairing.code))?;
            Ok(erased)
        })?;
        if erased > 0 {
            self.empty_log();
        }
        Ok(())
    }

    /// Whether this is the code that was tried last.
    pub fn is_tried_code(&self, code: &str) -> Result<bool, StoreError> {
        Ok(meta::get(self.reader(), CODE_DIGEST)?.is_some_and(|tried| tried == digest(code)))
    }

    /// Notes that the backend refused this code, so that it is not tried with every start.
    pub fn note_refused_code(&mut self, code: &str) -> Result<(), StoreError> {
        self.write(|tx| meta::set(tx, CODE_DIGEST, &digest(code)))
    }
}

fn digest(code: &str) -> String {
    hex::encode(Sha256::new_with_prefix(b"portico pairing code").chain_update(code).finalize())
}
