//! The one HTTP client of the kiosk: rustls, no redirects, no proxies from the environment.

use std::sync::Once;
use std::time::Duration;

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client cannot start: {0}")]
pub struct HttpError(#[from] reqwest::Error);

/// Builds the client. Time limits are set per call: each call knows how long its caller can wait (I4).
pub fn client() -> Result<reqwest::Client, HttpError> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // An error means that a provider is installed already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    let client = reqwest::Client::builder()
        .user_agent(concat!("portico/", env!("CARGO_PKG_VERSION")))
        // A captive portal answers with a redirect to its own page: that is no answer of the backend.
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .pool_idle_timeout(Duration::from_secs(30))
        .build()?;
    Ok(client)
}
