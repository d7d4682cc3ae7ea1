//! The budget, and the crop, in front of somebody who is not who he says (I4, I5).

use std::net::SocketAddr;
use std::sync::Arc;

use rcgen::generate_simple_self_signed;
use reqwest::Certificate;
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::backend::{BUDGET, Backend, PATIENT, ask, builder, identify, outcome};

/// TLS in front of a backend, with a certificate that it has made itself. Dropping it ends it.
struct Tls {
    base: String,
    certificate: CertificateDer<'static>,
    task: JoinHandle<()>,
}

impl Tls {
    /// The certificate is for `name`; the listener is at 127.0.0.1.
    async fn start(upstream: SocketAddr, name: &str) -> Self {
        let made = generate_simple_self_signed([name.to_owned()]).unwrap();
        let certificate = made.cert.der().clone();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("https://{}", listener.local_addr().unwrap());
        let task = tokio::spawn(listen(listener, TlsAcceptor::from(Arc::new(config)), upstream));
        Self { base, certificate, task }
    }
}

impl Drop for Tls {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn listen(listener: TcpListener, acceptor: TlsAcceptor, upstream: SocketAddr) {
    while let Ok((client, _)) = listener.accept().await {
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            // A client that does not like the certificate ends the handshake.
            let Ok(mut client) = acceptor.accept(client).await else { return };
            let mut server = TcpStream::connect(upstream).await.unwrap();
            let _ = copy_bidirectional(&mut client, &mut server).await;
        });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_nobody_vouches_for_is_an_error_within_the_budget_and_no_crop_is_sent() {
    let backend = Backend::start().await;
    let tls = Tls::start(backend.addr, "127.0.0.1").await;
    let identify = identify(builder().build().unwrap(), &tls.base);
    let error = ask(&identify, BUDGET).await.unwrap_err();
    assert!(error.is_transport(), "{error:?}");
    let error = ask(&identify, PATIENT).await.unwrap_err();
    assert_eq!(error.code(), "identify.transport", "{error:?}");
    assert_eq!(backend.requests(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trusted_certificate_counts_for_its_own_name_only() {
    let backend = Backend::start().await;
    for (name, expected) in [("127.0.0.1", "found"), ("elsewhere.invalid", "identify.transport")] {
        let tls = Tls::start(backend.addr, name).await;
        let trusted = Certificate::from_der(&tls.certificate).unwrap();
        let identify = identify(builder().tls_certs_only([trusted]).build().unwrap(), &tls.base);
        assert_eq!(outcome(&ask(&identify, PATIENT).await), expected, "{name}");
    }
    assert_eq!(backend.requests(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handshake_with_somebody_who_does_not_speak_tls_ends_within_the_budget() {
    let backend = Backend::start().await;
    let plain = identify(builder().build().unwrap(), &format!("https://{}", backend.addr));
    assert!(ask(&plain, BUDGET).await.unwrap_err().is_transport());

    let mute = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mute_at = format!("https://{}", mute.local_addr().unwrap());
    let mute = tokio::spawn(async move {
        let _held = mute.accept().await;
        std::future::pending::<()>().await;
    });
    let identify = identify(builder().build().unwrap(), &mute_at);
    assert_eq!(outcome(&ask(&identify, BUDGET).await), "identify.timeout");
    mute.abort();
}
