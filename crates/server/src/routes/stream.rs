//! `GET /v1/stream`: server-sent events that say what to pull.
//!
//! Every stream begins by naming everything, so that nothing changes unseen between a pull and its stream. A reader
//! that is too slow is told everything again instead of being cut off.

use std::collections::VecDeque;
use std::convert::Infallible;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::Stream;
use futures_util::stream::unfold;
use portico_protocol::{Problem, StreamEvent};
use portico_types::DeviceId;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::backend::Change;
use crate::http::AppState;
use crate::http::caller::Caller;
use crate::http::failure::Failure;

const EVERYTHING: [StreamEvent; 4] =
    [StreamEvent::Event, StreamEvent::Roster, StreamEvent::Templates, StreamEvent::Conflicts];

/// One device's stream.
struct Listener {
    state: AppState,
    device: DeviceId,
    changes: Receiver<Change>,
    waiting: VecDeque<StreamEvent>,
    over: bool,
}

#[utoipa::path(get, path = "/v1/stream", tag = "event", security(("device" = [])),
    responses((status = 200, description = "Server-sent events; the data of each is a `StreamEvent`.",
            body = StreamEvent, content_type = "text/event-stream"),
        (status = "4XX", description = "`unauthorised` or `device_revoked`.", body = Problem,
            content_type = "application/problem+json")))]
pub async fn get(
    State(state): State<AppState>,
    Caller(device): Caller,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    let changes = state.backend().changes();
    // Asked again after subscribing: a revocation in between would otherwise be missed by both.
    check_standing(&state, &device).await?;
    let listener = Listener { state, device, changes, waiting: EVERYTHING.into(), over: false };
    let events = unfold(listener, |mut listener| async {
        let event = listener.next().await?;
        Some((Ok(sse(&event)), listener))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

impl Listener {
    async fn next(&mut self) -> Option<StreamEvent> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if self.over {
                return None;
            }
            let change = tokio::select! {
                () = self.state.stopping().cancelled() => return None,
                change = self.changes.recv() => change,
            };
            match change {
                Ok(Change::Roster) => self.waiting.push_back(StreamEvent::Roster),
                Ok(Change::Templates) => self.waiting.push_back(StreamEvent::Templates),
                Ok(Change::Conflicts) => self.waiting.push_back(StreamEvent::Conflicts),
                Ok(Change::Event) => self.waiting.push_back(StreamEvent::Event),
                Ok(Change::Revoked(device)) if device == self.device => self.end(),
                Ok(Change::Revoked(_)) => {}
                Err(RecvError::Lagged(_)) if check_standing(&self.state, &self.device).await.is_err() => {
                    self.end();
                }
                Err(RecvError::Lagged(_)) => self.waiting.extend(EVERYTHING),
                Err(RecvError::Closed) => return None,
            }
        }
    }

    fn end(&mut self) {
        self.waiting = [StreamEvent::Revoked].into();
        self.over = true;
    }
}

async fn check_standing(state: &AppState, device: &DeviceId) -> Result<(), Failure> {
    let device = device.clone();
    state.run(move |backend| backend.check_standing(&device)).await
}

fn sse(event: &StreamEvent) -> Event {
    // Writing a unit variant as JSON cannot fail.
    Event::default().json_data(event).unwrap_or_default()
}
