//! Process-wide settings that the web view reads, made before any thread exists.

use std::env;
use std::path::Path;

/// Prepares the environment. Called first in `main`.
#[expect(
    unsafe_code,
    reason = "changing the environment is unsafe once there are threads; there are none yet"
)]
pub fn prepare(allow_automation: bool) {
    // WebKitGTK's DMA-BUF renderer without a GPU paints 10 instead of 30 frames per second.
    let without_gpu = cfg!(target_os = "linux") && !Path::new("/dev/dri").exists();
    if without_gpu && env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        // SAFETY: `main` has started no thread yet, so nobody reads the environment at the same time.
        unsafe { env::set_var("WEBKIT_DISABLE_DMABUF_RENDERER", "1") };
    }
    if !allow_automation {
        // Tauri obeys this variable in release builds too: whoever can set it could drive the kiosk.
        // SAFETY: as above.
        unsafe { env::remove_var("TAURI_WEBVIEW_AUTOMATION") };
    }
}
