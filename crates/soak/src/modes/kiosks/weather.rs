//! The network before each kiosk: mostly up, and every few seconds not.

use std::sync::Arc;
use std::time::Duration;

use fastrand::Rng;
use portico_proxy::{LinkState, Proxy};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::Plan;

/// Changes one kiosk's link until `over`, and leaves it up. Says how often it was cut.
pub async fn change(link: Arc<Proxy>, plan: Plan, mut rng: Rng, over: CancellationToken) -> u64 {
    let mut cuts = 0;
    loop {
        tokio::select! {
            () = over.cancelled() => break,
            () = change_once(&link, plan, &mut rng) => cuts += 1,
        }
    }
    link.set(LinkState::Up);
    cuts
}

async fn change_once(link: &Proxy, plan: Plan, rng: &mut Rng) {
    sleep(plan.about(rng, 4.0)).await;
    link.set(match rng.u8(..4) {
        0 | 1 => LinkState::Refusing,
        2 => LinkState::Silent,
        _ => LinkState::CutMidBody { after_bytes: rng.u64(..4_000) },
    });
    sleep(plan.about(rng, 3.0)).await;
    link.set(if rng.bool() {
        LinkState::Up
    } else {
        LinkState::Slow { latency: Duration::from_millis(rng.u64(5..120)) }
    });
}
