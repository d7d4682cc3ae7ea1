//! Gets this device's token: known, stored from an earlier start, or for a one-use pairing code that was not tried yet.

use std::time::Duration;

use portico_store::{MetaKey, Pairing};
use portico_ticketing::{
    BackendError, PairRequest, Paired, PorticoBackend, PorticoParams, ProblemCode, Recovery,
};

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
    let earlier = stored(url, equipment).await;
    let Some(code) = untried(code.as_deref(), earlier.is_some(), equipment).await else {
        if earlier.is_none() {
            tracing::error!(
                "not paired with this backend; set backend.pairing_code to a code from its operator"
            );
        }
        return earlier;
    };
    let request =
        PairRequest { code: code.clone(), name: identity.name.clone(), gate: identity.gate.clone() };
    loop {
        match PorticoBackend::pair(client.clone(), url, &request, &PorticoParams::default()).await {
            Ok(paired) => return keep(url, code, paired, equipment).await,
            Err(error) if is_worth_waiting(&error, earlier.is_some()) => {
                wait(equipment, &error).await;
            }
            Err(error) => return refused(code, &error, earlier, equipment).await,
        }
    }
}

/// The configured code, if this kiosk is to be paired with it: it has no pairing yet, or the operator has given it
/// another code than the one it was paired by, as after its access was withdrawn.
async fn untried(code: Option<&str>, is_paired: bool, equipment: &Equipment) -> Option<String> {
    let code = code?.to_owned();
    let sought = code.clone();
    let tried = match equipment.store.with(move |store| store.is_tried_code(&sought)).await {
        Ok(Ok(tried)) => tried,
        Ok(Err(error)) => {
            tracing::error!(%error, "the stored pairing cannot be read");
            true
        }
        Err(_) => true,
    };
    (!is_paired || !tried).then_some(code)
}

/// Whether to ask again. A kiosk with an earlier pairing waits only where that would not help it either.
fn is_worth_waiting(error: &BackendError, is_paired: bool) -> bool {
    use BackendError::{Foreign, Timeout, TooMany, Unreachable};
    let nobody_answers = matches!(error, Unreachable(_) | Foreign { .. } | Timeout { .. } | TooMany { .. });
    nobody_answers || (!is_paired && error.recovery() == Recovery::Retry)
}

/// A code that is not taken costs a kiosk its earlier pairing no more than a code that stayed in its configuration.
async fn refused(
    code: String,
    error: &BackendError,
    earlier: Option<String>,
    equipment: &Equipment,
) -> Option<String> {
    if earlier.is_none() {
        tracing::error!(code = error.code(), %error, "pairing was refused; get a new pairing code");
        return None;
    }
    tracing::warn!(
        code = error.code(), %error,
        "the pairing code was refused and the earlier pairing goes on; if access was withdrawn, get a new pairing code"
    );
    if matches!(error, BackendError::Problem { code: ProblemCode::PairingRefused, .. }) {
        match equipment.store.with(move |store| store.note_refused_code(&code)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the refused code is tried again with the next start"),
            Err(error) => tracing::debug!(%error, "no more pairing"),
        }
    }
    earlier
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

/// Stores a new pairing in place of an earlier one.
async fn keep(url: &str, code: String, paired: Paired, equipment: &Equipment) -> Option<String> {
    let token = paired.token.clone();
    let Paired { device_id, token: secret, .. } = paired;
    let pairing = Pairing { url: url.to_owned(), device_id, token: secret, code };
    match equipment.store.with(move |store| store.keep_pairing(&pairing)).await {
        Ok(Ok(())) => {
            if gallery::reload(equipment).await.is_err() {
                tracing::error!("the gallery in memory is that of the former backend; please restart");
            }
            equipment.reload_doubtful().await;
            equipment.reload_withdrawn().await;
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
