//! The kiosk's window: the whole screen, no way out for guests.

use tauri::{AppHandle, WebviewUrl, WebviewWindowBuilder, WindowEvent};

/// Reads `1280x800`.
pub fn parse_size(text: &str) -> Result<(u32, u32), String> {
    let parsed = text.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    parsed
        .filter(|(w, h)| *w >= 320 && *h >= 320)
        .ok_or_else(|| "a size such as 1280x800, 320 at least".into())
}

/// Whether an address is one of the app's own pages: `tauri://localhost`, on Windows `http://tauri.localhost`.
fn is_own_page(scheme: &str, host: Option<&str>, port: Option<u16>) -> bool {
    if cfg!(windows) {
        return scheme == "http" && host == Some("tauri.localhost") && port.is_none();
    }
    scheme == "tauri"
}

/// Opens it.
pub fn open(app: &AppHandle, windowed: Option<(u32, u32)>) -> tauri::Result<()> {
    let mut builder = WebviewWindowBuilder::new(app, "kiosk", WebviewUrl::App("index.html".into()))
        .title("Portico")
        .zoom_hotkeys_enabled(false)
        // The kiosk shows its own pages and nothing else.
        .on_navigation(|url| is_own_page(url.scheme(), url.host_str(), url.port()));
    builder = match windowed {
        Some((width, height)) => builder.inner_size(f64::from(width), f64::from(height)).decorations(false),
        None => builder.fullscreen(true).closable(false),
    };
    let window = builder.build()?;
    if windowed.is_none() {
        // `closable(false)` does not stop Alt+F4.
        window.on_window_event(|event| {
            if let WindowEvent::CloseRequested { api, .. } = event {
                api.prevent_close();
            }
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::parse_size;

    #[test]
    fn a_window_size_is_read_and_rubbish_is_refused() {
        assert_eq!(parse_size("1280x800"), Ok((1280, 800)));
        for bad in ["1280", "x", "0x0", "1280x", "ax800"] {
            assert!(parse_size(bad).is_err(), "{bad} is no window size");
        }
    }
}
