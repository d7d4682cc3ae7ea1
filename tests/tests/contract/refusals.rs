//! What the clients make of the backend's refusals.

use portico_tests::guests::ZHANG_WEI;
use portico_ticketing::{
    BackendError, PairRequest, PorticoBackend, PorticoParams, ProblemCode, Recovery, Ticketing as _,
};

use crate::rig::{Rig, backend, client};

#[tokio::test]
async fn a_pairing_code_works_once() {
    let Some(rig) = Rig::new().await else { return };
    let request = PairRequest { code: rig.venue.pairing_code(), name: "Second".into(), gate: "main".into() };
    let (url, params) = (rig.venue.url(), PorticoParams::default());
    let paired = PorticoBackend::pair(client(), &url, &request, &params).await.unwrap();
    backend(&rig.venue, &paired.token).event().await.unwrap();
    let refusal = PorticoBackend::pair(client(), &url, &request, &params).await.unwrap_err();
    assert!(
        matches!(refusal, BackendError::Problem { code: ProblemCode::PairingRefused, .. }),
        "{refusal:?}"
    );
    assert_eq!(refusal.recovery(), Recovery::Guide, "whoever typed the code can get another one");
}

#[tokio::test]
async fn a_token_that_nobody_gave_out_and_one_that_was_withdrawn_are_told_apart() {
    let Some(rig) = Rig::new().await else { return };
    let invented = backend(&rig.venue, "0123456789abcdef");
    assert!(matches!(invented.event().await, Err(BackendError::Unauthorised)));
    rig.venue.backend().revoke(&rig.device).unwrap();
    assert!(matches!(rig.backend.event().await, Err(BackendError::Revoked)));
    let entry = rig.entry(1, &ZHANG_WEI.id());
    assert!(matches!(rig.backend.check_ins(&[entry], None).await, Err(BackendError::Revoked)));
    assert_eq!(rig.venue.inside(), 0);
}
