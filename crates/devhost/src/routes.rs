//! The browser host's four addresses: calls, the view stream, the preview, and the built screens.

use std::convert::Infallible;
use std::path::Path;
use std::time::Duration;

use axum::extract::{RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::{Stream, StreamExt as _};
use portico_app::Kiosk;
use portico_app::contract::{Call, RpcError, dispatch};
use portico_host::{SEQUENCE_HEADER, frame_after};
use serde_json::Value;
use tokio_stream::wrappers::WatchStream;
use tower_http::services::ServeDir;

/// How long a request waits for a new frame before it answers "none".
const PATIENCE: Duration = Duration::from_secs(1);

/// The whole site; `screens` is the folder of the built UI. The gallery beside it (`npm run build:gallery`) is shown as well,
/// once it is built.
pub fn router(kiosk: Kiosk, screens: &Path) -> Router {
    Router::new()
        .route("/api/rpc", post(rpc))
        .route("/api/view", get(views))
        .route("/api/preview", get(preview))
        .nest_service("/gallery", ServeDir::new(screens.with_file_name("dist-gallery")))
        .fallback_service(ServeDir::new(screens))
        .with_state(kiosk)
        .layer(middleware::from_fn(own_pages_only))
}

/// Refuses pages of other sites, also those whose name was made to point here: this host has no login.
async fn own_pages_only(request: Request, next: Next) -> Response {
    let mut answer = if is_own_page(request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    };
    let policy = HeaderValue::from_static("same-origin");
    answer.headers_mut().insert(HeaderName::from_static("cross-origin-resource-policy"), policy);
    answer
}

fn is_own_page(headers: &HeaderMap) -> bool {
    let named = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(host) = named(header::HOST) else { return false };
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let local = matches!(name, "127.0.0.1" | "localhost");
    local && named(header::ORIGIN).is_none_or(|origin| origin.strip_prefix("http://") == Some(host))
}

async fn rpc(State(kiosk): State<Kiosk>, Json(call): Json<Value>) -> Response {
    let answer = match serde_json::from_value::<Call>(call) {
        Ok(call) => dispatch(&kiosk, call).await,
        Err(_) => Err(RpcError::malformed()),
    };
    match answer {
        Ok(reply) => Json(reply).into_response(),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, Json(error)).into_response(),
    }
}

async fn views(State(kiosk): State<Kiosk>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let views = WatchStream::new(kiosk.views()).map(|view| {
        let event = Event::default().json_data(&*view).unwrap_or_else(|error| {
            tracing::error!(%error, "a view cannot be encoded");
            Event::default().comment("unencodable view")
        });
        Ok(event)
    });
    Sse::new(views).keep_alive(KeepAlive::default())
}

async fn preview(State(kiosk): State<Kiosk>, RawQuery(query): RawQuery) -> Response {
    match kiosk.preview().next(frame_after(query.as_deref()), PATIENCE).await {
        Some(frame) => {
            let headers = [
                (header::CONTENT_TYPE.as_str(), "image/jpeg".to_owned()),
                (header::CACHE_CONTROL.as_str(), "no-store".to_owned()),
                (SEQUENCE_HEADER, frame.sequence.to_string()),
            ];
            (headers, frame.jpeg.to_vec()).into_response()
        }
        None => StatusCode::NO_CONTENT.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(headers: &[(&'static str, &'static str)]) -> bool {
        let pairs = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        is_own_page(&pairs.collect())
    }

    #[test]
    fn the_kiosks_own_pages_may_call() {
        assert!(asked(&[("host", "127.0.0.1:1430")]));
        assert!(asked(&[("host", "localhost:1430"), ("origin", "http://localhost:1430")]));
    }

    #[test]
    fn pages_of_other_sites_may_not_even_if_their_name_points_here() {
        assert!(!asked(&[("host", "evil.example:1430")]), "a name that was made to point to this machine");
        assert!(!asked(&[("host", "127.0.0.1:1430"), ("origin", "http://evil.example")]));
        assert!(!asked(&[]));
    }
}
