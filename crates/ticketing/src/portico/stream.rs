//! `GET /v1/stream`: bytes of the response in, [`StreamEvent`]s out.

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use portico_protocol::StreamEvent;
use reqwest::Response;

use super::exchange::unreachable;
use crate::BackendError;
use crate::backend::EventStream;
use crate::sse::EventParser;

/// A response that is being listened to.
struct Listening {
    response: Response,
    parser: EventParser,
    ready: VecDeque<StreamEvent>,
    silence: Duration,
}

/// The events of `response`, until it ends, breaks, or is silent (not even a keep-alive) for longer than `silence`.
pub(super) fn events(response: Response, silence: Duration) -> EventStream {
    let listening = Listening { response, parser: EventParser::default(), ready: VecDeque::new(), silence };
    stream::unfold(Some(listening), |state| async move {
        let mut listening = state?;
        match listening.next().await {
            Ok(Some(event)) => Some((Ok(event), Some(listening))),
            Ok(None) => None,
            Err(error) => Some((Err(error), None)),
        }
    })
    .boxed()
}

impl Listening {
    async fn next(&mut self) -> Result<Option<StreamEvent>, BackendError> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Ok(Some(event));
            }
            let chunk = tokio::time::timeout(self.silence, self.response.chunk())
                .await
                .map_err(|_| BackendError::Timeout { allowed: self.silence })?
                .map_err(unreachable)?;
            let Some(chunk) = chunk else { return Ok(None) };
            let texts =
                self.parser.push(&chunk).map_err(|_| BackendError::Malformed("stream event too long"))?;
            self.ready.extend(texts.iter().filter_map(|text| read(text)));
        }
    }
}

/// Events of later versions of the contract are passed over.
fn read(text: &str) -> Option<StreamEvent> {
    serde_json::from_str(text).inspect_err(|_| tracing::debug!("unknown stream event passed over")).ok()
}
