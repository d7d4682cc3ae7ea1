//! Notes every call that the backend has answered, so that journeys can wait for one or show that there was none.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::journey::PATIENCE;

/// The book. Clones are the same book.
#[derive(Clone)]
pub struct VisitorsBook {
    calls: watch::Sender<Vec<String>>,
    /// The call whose next answer gets lost.
    lost: Arc<Mutex<Option<String>>>,
    /// The call that the backend is too broken to hear.
    failing: Arc<Mutex<Option<String>>>,
}

impl Default for VisitorsBook {
    fn default() -> Self {
        Self { calls: watch::Sender::new(Vec::new()), lost: Arc::default(), failing: Arc::default() }
    }
}

impl VisitorsBook {
    /// `routes`, with every answered call noted.
    pub fn beside(&self, routes: Router) -> Router {
        routes.layer(from_fn_with_state(self.clone(), note))
    }

    /// Every answered call as `METHOD /path`, in the order of the answers.
    pub fn calls(&self) -> Vec<String> {
        self.calls.borrow().clone()
    }

    /// How often `call` was answered.
    pub fn count(&self, call: &str) -> usize {
        self.calls.borrow().iter().filter(|noted| *noted == call).count()
    }

    /// The next time that `call` is made, the backend does what it is told, and its answer gets lost.
    pub fn loses_next(&self, call: &str) {
        *self.lost() = Some(call.to_owned());
    }

    /// Until told otherwise, `call` is answered with an error of the server, and nothing is done.
    pub fn fails(&self, call: Option<&str>) {
        *self.failing.lock().unwrap_or_else(PoisonError::into_inner) = call.map(ToOwned::to_owned);
    }

    fn is_failing(&self, call: &str) -> bool {
        self.failing.lock().unwrap_or_else(PoisonError::into_inner).as_deref() == Some(call)
    }

    fn lost(&self) -> MutexGuard<'_, Option<String>> {
        self.lost.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `call` was answered at least `times` times.
    pub async fn until(&self, call: &str, times: usize) {
        let mut book = self.calls.subscribe();
        let enough = |calls: &Vec<String>| calls.iter().filter(|noted| *noted == call).count() >= times;
        let noted = timeout(PATIENCE, book.wait_for(enough)).await.is_ok();
        assert!(noted, "{call} was not answered {times} times, only: {:?}", self.calls());
    }
}

async fn note(State(book): State<VisitorsBook>, request: Request, next: Next) -> Response {
    let call = format!("{} {}", request.method(), request.uri().path());
    let response = if book.is_failing(&call) {
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    } else {
        next.run(request).await
    };
    let is_lost = book.lost().take_if(|lost| *lost == call).is_some();
    book.calls.send_modify(|calls| calls.push(call));
    if is_lost {
        let broken = stream::once(async { Err::<Vec<u8>, _>(std::io::Error::other("the line is cut")) });
        return Response::new(Body::from_stream(broken));
    }
    response
}
