//! The one command, and the view as a stream of events. Carries the contract and never interprets it.

use portico_app::Kiosk;
use portico_app::contract::{Call, RpcError, dispatch};
use serde_json::Value;
use tauri::{AppHandle, Emitter as _, State};

/// Event name of the view stream.
const VIEW_EVENT: &str = "view";

/// Takes one call of the contract.
#[tauri::command]
pub async fn rpc(kiosk: State<'_, Kiosk>, call: Value) -> Result<Value, RpcError> {
    let call: Call = serde_json::from_value(call).map_err(|_| RpcError::malformed())?;
    dispatch(&*kiosk, call).await
}

/// Sends every change of the view to the window.
pub fn stream_views(app: &AppHandle, kiosk: &Kiosk) {
    let (app, mut views) = (app.clone(), kiosk.views());
    tauri::async_runtime::spawn(async move {
        while views.changed().await.is_ok() {
            let view = views.borrow_and_update().clone();
            if let Err(error) = app.emit(VIEW_EVENT, &*view) {
                tracing::warn!(%error, "a view could not be sent to the window");
            }
        }
    });
}
