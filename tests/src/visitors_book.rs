//! Notes every call that the backend has answered, so that journeys can wait for one or show that there was none.

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::journey::PATIENCE;

/// The book. Clones are the same book.
#[derive(Clone)]
pub struct VisitorsBook(watch::Sender<Vec<String>>);

impl Default for VisitorsBook {
    fn default() -> Self {
        Self(watch::Sender::new(Vec::new()))
    }
}

impl VisitorsBook {
    /// `routes`, with every answered call noted.
    pub fn beside(&self, routes: Router) -> Router {
        routes.layer(from_fn_with_state(self.clone(), note))
    }

    /// Every answered call as `METHOD /path`, in the order of the answers.
    pub fn calls(&self) -> Vec<String> {
        self.0.borrow().clone()
    }

    /// How often `call` was answered.
    pub fn count(&self, call: &str) -> usize {
        self.0.borrow().iter().filter(|noted| *noted == call).count()
    }

    /// Waits until `call` was answered at least `times` times.
    pub async fn until(&self, call: &str, times: usize) {
        let mut book = self.0.subscribe();
        let enough = |calls: &Vec<String>| calls.iter().filter(|noted| *noted == call).count() >= times;
        let noted = timeout(PATIENCE, book.wait_for(enough)).await.is_ok();
        assert!(noted, "{call} was not answered {times} times, only: {:?}", self.calls());
    }
}

async fn note(State(book): State<VisitorsBook>, request: Request, next: Next) -> Response {
    let call = format!("{} {}", request.method(), request.uri().path());
    let response = next.run(request).await;
    book.0.send_modify(|calls| calls.push(call));
    response
}
