//! The budget while a name is looked up. The system's lookup blocks a thread and cannot be called off.

use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::runtime::Runtime;
use tokio::task::spawn_blocking;

use crate::backend::{BUDGET, Backend, PATIENT, ask, builder, identify, identify_at, outcome};

/// Looks up as the system does, on a thread that blocks until the test has ended.
struct Stuck(Arc<Mutex<Receiver<()>>>);

impl Stuck {
    /// The lookups end when the sender is dropped.
    fn until_dropped() -> (Self, Sender<()>) {
        let (end, ended) = channel();
        (Self(Arc::new(Mutex::new(ended))), end)
    }
}

impl Resolve for Stuck {
    fn resolve(&self, _: Name) -> Resolving {
        let ended = Arc::clone(&self.0);
        Box::pin(async move {
            let lookup = move || ended.lock().unwrap().recv();
            // The sender never sends: this is the end of the test.
            let _ = spawn_blocking(lookup).await?;
            Ok(Box::new(std::iter::empty::<SocketAddr>()) as Addrs)
        })
    }
}

#[test]
fn a_name_that_does_not_exist_is_an_error_within_the_budget() {
    let runtime = Runtime::new().unwrap();
    let identify = identify(builder().build().unwrap(), "http://portico.invalid");
    let error = runtime.block_on(async { ask(&identify, BUDGET).await.unwrap_err() });
    assert!(error.is_transport(), "{error:?}");
    // A resolver that nobody answers must not hold up the end of the test.
    runtime.shutdown_background();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lookup_that_is_stuck_costs_the_budget_and_no_more() {
    let (stuck, _end) = Stuck::until_dropped();
    let identify = identify(builder().dns_resolver(stuck).build().unwrap(), "http://portico.invalid");
    for _ in 0..3 {
        assert_eq!(outcome(&ask(&identify, BUDGET).await), "identify.timeout", "also beside earlier ones");
    }
    let backend = Backend::start().await;
    let others = ask(&identify_at(backend.addr), PATIENT).await;
    assert_eq!(outcome(&others), "found", "stuck lookups hold up nobody else");
}
