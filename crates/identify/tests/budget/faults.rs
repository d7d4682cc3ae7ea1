//! The budget under every fault that can befall an HTTP exchange.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use portico_proxy::{Chaos, Fault};

use crate::backend::{BUDGET, Backend, PATIENT, ask, identify_at, outcome};

const NEVER: Duration = Duration::from_hours(1);

/// Each fault in a form that ends by itself, and those that last in one that does not.
const FAULTS: [Fault; 19] = [
    Fault::None,
    Fault::Latency(Duration::from_millis(1)),
    Fault::Latency(NEVER),
    Fault::ResetBeforeApply,
    Fault::ResetAfterApply,
    Fault::HalfOpen,
    Fault::SlowDrip { piece_bytes: 32, pause: Duration::from_millis(1) },
    Fault::SlowDrip { piece_bytes: 1, pause: NEVER },
    Fault::Truncated { keep_bytes: 0 },
    Fault::Truncated { keep_bytes: 20 },
    Fault::DuplicatedRequest,
    Fault::DuplicatedBody,
    Fault::Garbled,
    Fault::Status(404),
    Fault::Status(502),
    Fault::TooMany { retry_after_s: 3600 },
    Fault::Unavailable { retry_after_s: 3600 },
    Fault::CaptivePortal,
    Fault::CaptiveRedirect,
];

/// What comes of an identification that suffers this and has time enough.
fn expected(fault: Fault) -> &'static str {
    match fault {
        Fault::Latency(NEVER) | Fault::HalfOpen | Fault::SlowDrip { pause: NEVER, .. } => "identify.timeout",
        Fault::None | Fault::Latency(_) | Fault::SlowDrip { .. } | Fault::DuplicatedRequest => "found",
        Fault::ResetBeforeApply | Fault::ResetAfterApply | Fault::Truncated { .. } => "identify.transport",
        Fault::DuplicatedBody | Fault::Garbled => "identify.malformed",
        Fault::Status(500..) | Fault::Unavailable { .. } => "identify.server",
        Fault::TooMany { .. } => "identify.too_many",
        Fault::Status(_) | Fault::CaptivePortal | Fault::CaptiveRedirect => "identify.foreign",
    }
}

async fn suffer(fault: Fault, budget: Duration) -> (&'static str, Backend) {
    let backend = Backend::start().await;
    let chaos = Chaos::start(backend.addr, move |_| fault).await.unwrap();
    let answer = ask(&identify_at(chaos.addr()), budget).await;
    (outcome(&answer), backend)
}

#[tokio::test(flavor = "multi_thread")]
async fn under_every_fault_the_call_ends_within_its_budget() {
    for fault in FAULTS {
        let (outcome, _) = suffer(fault, BUDGET).await;
        // On a busy machine what ends by itself may not do so in time.
        assert!([expected(fault), "identify.timeout"].contains(&outcome), "{fault:?} led to {outcome}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_that_ends_by_itself_is_called_by_its_name() {
    for fault in FAULTS.into_iter().filter(|&fault| expected(fault) != "identify.timeout") {
        let (outcome, _) = suffer(fault, PATIENT).await;
        assert_eq!(outcome, expected(fault), "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_asked_twice_while_the_guest_waits() {
    let asked = [
        (Fault::ResetAfterApply, 1),
        (Fault::Garbled, 1),
        (Fault::Truncated { keep_bytes: 20 }, 1),
        (Fault::ResetBeforeApply, 0),
        (Fault::Unavailable { retry_after_s: 0 }, 0),
    ];
    for (fault, requests) in asked {
        let backend = Backend::start().await;
        let chaos = Chaos::start(backend.addr, move |_| fault).await.unwrap();
        let answer = ask(&identify_at(chaos.addr()), PATIENT).await;
        assert!(answer.is_err(), "{fault:?}");
        assert_eq!(
            (chaos.stats().total(), backend.requests()),
            (1, requests),
            "{fault:?}: one attempt, no retry"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_any_fault_the_next_guest_is_found() {
    let backend = Backend::start().await;
    let present = Arc::new(Mutex::new(Fault::None));
    let script = Arc::clone(&present);
    let chaos = Chaos::start(backend.addr, move |_| *script.lock().unwrap()).await.unwrap();
    let identify = identify_at(chaos.addr());
    for fault in FAULTS {
        *present.lock().unwrap() = fault;
        let budget = if expected(fault) == "identify.timeout" { BUDGET } else { PATIENT };
        assert_eq!(outcome(&ask(&identify, budget).await), expected(fault), "{fault:?}");
        *present.lock().unwrap() = Fault::None;
        assert_eq!(outcome(&ask(&identify, PATIENT).await), "found", "after {fault:?}");
    }
}
