//! The HTTP client, set up like the kiosk's.

use std::sync::Once;
use std::time::Duration;

use anyhow::Result;

/// A client that follows no redirects, asks no proxies, and leaves time limits to each call.
pub fn client() -> Result<reqwest::Client> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // An error means that a provider is installed already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    Ok(reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .pool_idle_timeout(Duration::from_secs(30))
        .build()?)
}
