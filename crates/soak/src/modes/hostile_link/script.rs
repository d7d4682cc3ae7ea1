//! What befalls which exchange: every kind of fault in turn, in an order and at places that the seed decides.

use std::time::Duration;

use fastrand::Rng;
use portico_proxy::{Exchange, Fault};

/// Faulty exchanges of a hundred.
const FAULTY_PERCENT: u64 = 60;

/// A script for a link on which little goes well.
pub fn hostile(seed: u64) -> impl FnMut(&Exchange) -> Fault + Send + 'static {
    let mut rng = Rng::with_seed(seed ^ 0xc4a05);
    let mut turn: Vec<Fault> = Vec::new();
    move |_| {
        if rng.u64(..100) >= FAULTY_PERCENT {
            return Fault::None;
        }
        if turn.is_empty() {
            turn = all_kinds(&mut rng);
            rng.shuffle(&mut turn);
        }
        turn.pop().unwrap_or_default()
    }
}

/// Each kind once, with parameters of its own.
fn all_kinds(rng: &mut Rng) -> Vec<Fault> {
    vec![
        Fault::Latency(Duration::from_millis(rng.u64(2..60))),
        Fault::ResetBeforeApply,
        Fault::ResetAfterApply,
        Fault::HalfOpen,
        Fault::SlowDrip { piece_bytes: rng.usize(64..1_024), pause: Duration::from_millis(rng.u64(1..6)) },
        Fault::Truncated { keep_bytes: rng.u64(..2_000) },
        Fault::DuplicatedRequest,
        Fault::DuplicatedBody,
        Fault::Garbled,
        Fault::Status([400, 404, 500, 502, 504][rng.usize(..5)]),
        Fault::TooMany { retry_after_s: rng.u64(..3) },
        Fault::Unavailable { retry_after_s: rng.u64(..3) },
        Fault::CaptivePortal,
        Fault::CaptiveRedirect,
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn more_than_half_is_faulty_and_no_kind_is_left_out() {
        let mut script = hostile(3);
        let exchange = Exchange { number: 1, method: "GET".into(), path: "/".into() };
        let faults: Vec<Fault> = (0..2_000).map(|_| script(&exchange)).collect();
        assert!(faults.iter().filter(|fault| fault.is_fault()).count() > 1_000);
        let kinds: BTreeSet<&str> = faults.iter().map(Fault::name).collect();
        assert_eq!(
            kinds.len(),
            all_kinds(&mut Rng::with_seed(1)).len() + 1,
            "each of them, and none: {kinds:?}"
        );
    }
}
