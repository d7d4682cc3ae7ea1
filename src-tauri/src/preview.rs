//! The live picture: `preview://localhost/frame?after=SEQUENCE` answers with the newest JPEG as soon as there is one.

use std::time::Duration;

use portico_app::Kiosk;
use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager as _, UriSchemeContext, UriSchemeResponder, Wry};

/// How long a request waits for a new frame before it answers "none".
const PATIENCE: Duration = Duration::from_secs(1);

/// Answers one request of the `preview` scheme.
#[expect(clippy::needless_pass_by_value, reason = "the signature that Tauri asks for")]
pub fn serve(context: UriSchemeContext<'_, Wry>, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    let Some(kiosk) = context.app_handle().try_state::<Kiosk>() else {
        return responder.respond(empty(StatusCode::SERVICE_UNAVAILABLE));
    };
    let preview = kiosk.preview();
    let after = portico_host::frame_after(request.uri().query());
    tauri::async_runtime::spawn(async move {
        let answer = match preview.next(after, PATIENCE).await {
            Some(frame) => jpeg(frame.sequence, frame.jpeg.to_vec()),
            None => empty(StatusCode::NO_CONTENT),
        };
        responder.respond(answer);
    });
}

fn jpeg(sequence: u64, bytes: Vec<u8>) -> Response<Vec<u8>> {
    let answer = Response::builder()
        .header(header::CONTENT_TYPE, "image/jpeg")
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .header(header::ACCESS_CONTROL_EXPOSE_HEADERS, portico_host::SEQUENCE_HEADER)
        .header(portico_host::SEQUENCE_HEADER, sequence);
    answer.body(bytes).unwrap_or_else(|_| empty(StatusCode::INTERNAL_SERVER_ERROR))
}

fn empty(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, header::HeaderValue::from_static("*"));
    response
}
