//! Generates Tauri's context and allows the one command that the UI may call.

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&["rpc"]);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error=the Tauri context cannot be built: {error:#}");
    }
}
