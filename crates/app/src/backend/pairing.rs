//! Gets this device's token: known, stored from an earlier start, or for the one-use pairing code.

use std::time::Duration;

use portico_store::MetaKey;
use portico_ticketing::{BackendError, PairRequest, Paired, PorticoBackend, PorticoParams, Recovery};

use super::gallery;
use crate::kiosk::BackendAccess;
use crate::runner::Equipment;

/// Wait between attempts while the backend cannot be reached.
const NEXT_ATTEMPT: Duration = Duration::from_secs(2);

/// Who asks for a token.
pub(crate) struct Identity {
    /// What staff call this kiosk.
    pub(crate) name: String,
    /// The gate's id.
    pub(crate) gate: String,
}

impl BackendAccess {
    pub(super) fn url(&self) -> &str {
        match self {
            Self::Paired { url, .. } | Self::Remote { url, .. } => url,
        }
    }
}

/// The token; `None` if this kiosk cannot get one, which is logged with what to do.
pub(super) async fn token(
    access: &BackendAccess,
    identity: &Identity,
    client: &reqwest::Client,
    equipment: &Equipment,
) -> Option<String> {
    let (url, code) = match access {
        BackendAccess::Paired { token, .. } => return Some(token.clone()),
        BackendAccess::Remote { url, pairing_code } => (url, pairing_code),
    };
    if let Some(token) = stored(url, equipment).await {
        return Some(token);
    }
    let Some(code) = code else {
        tracing::error!("not paired with this backend; set backend.pairing_code to a code from its operator");
        return None;
    };
    let request =
        PairRequest { code: code.clone(), name: identity.name.clone(), gate: identity.gate.clone() };
    loop {
        match PorticoBackend::pair(client.clone(), url, &request, &PorticoParams::default()).await {
            Ok(paired) => return keep(url, paired, equipment).await,
            Err(error) if error.recovery() == Recovery::Retry => {
                wait(equipment, &error).await;
            }
            Err(error) => {
                tracing::error!(code = error.code(), %error, "pairing was refused; get a new pairing code");
                return None;
            }
        }
    }
}

async fn wait(equipment: &Equipment, error: &BackendError) {
    tracing::warn!(code = error.code(), "the backend cannot be reached for pairing; trying again");
    let pause = error.retry_after().unwrap_or(NEXT_ATTEMPT);
    equipment.timer.wait_until(equipment.clock.now() + pause).await;
}

/// The token of an earlier pairing with the same backend.
async fn stored(url: &str, equipment: &Equipment) -> Option<String> {
    let known = equipment
        .store
        .with(|store| {
            Ok::<_, portico_store::StoreError>((
                store.meta(MetaKey::BackendUrl)?,
                store.meta(MetaKey::DeviceToken)?,
            ))
        })
        .await;
    match known {
        Ok(Ok((Some(known_url), Some(token)))) if known_url == url => Some(token),
        Ok(Err(error)) => {
            tracing::error!(%error, "the stored pairing cannot be read");
            None
        }
        Ok(Ok(_)) | Err(_) => None,
    }
}

/// Stores a new pairing. What came from another backend, or was meant for it, must not mix with this one's.
async fn keep(url: &str, paired: Paired, equipment: &Equipment) -> Option<String> {
    let (url, token) = (url.to_owned(), paired.token.clone());
    let kept = equipment
        .store
        .with(move |store| {
            match store.meta(MetaKey::BackendUrl)? {
                Some(known) if known != url => store.leave_backend(&format!("made for {known}"))?,
                _ => store.forget_roster()?,
            }
            store.set_meta(MetaKey::BackendUrl, &url)?;
            store.set_meta(MetaKey::DeviceId, &paired.device_id)?;
            store.set_meta(MetaKey::DeviceToken, &paired.token)
        })
        .await;
    match kept {
        Ok(Ok(())) => {
            if gallery::reload(equipment).await.is_err() {
                tracing::error!("the gallery in memory is that of the former backend; please restart");
            }
            equipment.reload_doubtful().await;
            equipment.announce_queue().await;
            Some(token)
        }
        Ok(Err(error)) => {
            tracing::error!(%error, "the pairing cannot be stored; a new pairing code is needed");
            None
        }
        Err(_) => None,
    }
}
