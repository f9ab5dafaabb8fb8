use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rhumb_registry::{ClientCertificate, Credential, Error, Transport, Trouble};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

use crate::fake::{Fake, Reply, builder, error};

/// An authority, and files of what it issues.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    folder: tempfile::TempDir,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), certificate.pem()).unwrap();
        let certificate = certificate.der().clone();
        Self { issuer: Issuer::new(params, key), certificate, folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn issue(&self, name: &str) -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        std::fs::write(self.file("client.pem"), certificate.pem()).unwrap();
        std::fs::write(self.file("client.key"), key.serialize_pem()).unwrap();
        (certificate.der().clone(), PrivateKeyDer::try_from(key.serialize_der()).unwrap())
    }

    fn acceptor(&self, with_clients: bool) -> TlsAcceptor {
        let (certificate, key) = self.issue("127.0.0.1");
        let config = ServerConfig::builder();
        let config = if with_clients {
            let mut roots = RootCertStore::empty();
            roots.add(self.certificate.clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap();
            config.with_client_cert_verifier(verifier)
        } else {
            config.with_no_client_auth()
        };
        TlsAcceptor::from(Arc::new(config.with_single_cert(vec![certificate], key).unwrap()))
    }
}

fn tags() -> Reply {
    Reply::new(200).json(r#"{"tags":["1"]}"#)
}

#[tokio::test]
async fn certificates_are_checked_unless_told_otherwise() {
    let authority = Authority::new();
    let fake = Fake::start_tls(authority.acceptor(false), |_| tags()).await;
    let reference = fake.reference("a");
    let with = |transport| builder().transport(transport).build();
    let error = with(Transport::Https).tags(&reference).await.unwrap_err();
    assert!(matches!(error, Error::Connection { cause: Trouble::Tls { .. }, .. }), "{error:?}");
    let expected = format!(
        "Get \"https://{}/v2/a/tags/list?n=1000\": tls: failed to verify certificate: x509: certificate signed by unknown authority",
        fake.address()
    );
    assert_eq!(error.to_string(), expected);
    with(Transport::HttpsWithCa(authority.file("ca.pem"))).tags(&reference).await.unwrap();
    with(Transport::HttpsUnverified).tags(&reference).await.unwrap();
    let plain = with(Transport::PlainHttp).tags(&reference).await.unwrap_err();
    assert!(matches!(plain, Error::Connection { .. }), "{plain:?}");
    let other = Authority::new();
    with(Transport::HttpsWithCa(other.file("ca.pem"))).tags(&reference).await.unwrap_err();
}

/// A server with a certificate that it signed itself, as an authority, and the error of asking it
/// when that is said to be trusted.
async fn self_signed(name: &str, last_year: i32) -> Option<String> {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.not_after = rcgen::date_time_ymd(last_year, 1, 1);
    let certificate = params.self_signed(&key).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ca.pem");
    std::fs::write(&path, certificate.pem()).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(vec![certificate.der().clone()], key).unwrap();
    let fake = Fake::start_tls(TlsAcceptor::from(Arc::new(config)), |_| tags()).await;
    let client = builder().transport(Transport::HttpsWithCa(path)).build();
    client.tags(&fake.reference("a")).await.err().map(|error| error.to_string())
}

#[tokio::test]
async fn a_certificate_that_a_server_signed_itself_can_be_trusted() {
    assert_eq!(self_signed("127.0.0.1", 2150).await, None);
    let expired = self_signed("127.0.0.1", 2000).await.unwrap();
    assert!(expired.ends_with("x509: certificate has expired or is not yet valid"), "{expired}");
    let other = self_signed("other.example", 2150).await.unwrap();
    assert!(
        other.ends_with("x509: certificate is valid for other.example, not 127.0.0.1"),
        "{other}"
    );
}

#[tokio::test]
async fn a_client_certificate_is_shown() {
    let authority = Authority::new();
    let fake = Fake::start_tls(authority.acceptor(true), |_| tags()).await;
    authority.issue("client");
    let setup = builder().transport(Transport::HttpsWithCa(authority.file("ca.pem")));
    setup.clone().build().tags(&fake.reference("a")).await.unwrap_err();
    let certificate = ClientCertificate {
        certificate: authority.file("client.pem"),
        key: authority.file("client.key"),
    };
    setup.certificate(Some(certificate)).build().tags(&fake.reference("a")).await.unwrap();
}

#[tokio::test]
async fn files_that_hold_no_certificate_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ca.pem");
    let attempt = |path: &Path| {
        let client = builder().transport(Transport::HttpsWithCa(path.to_owned())).build();
        async move { client.tags(&"127.0.0.1:1/a".parse().unwrap()).await.unwrap_err() }
    };
    let missing = attempt(&path).await;
    let name = path.display();
    assert_eq!(
        missing.to_string(),
        format!(
            "can't create TLS config for client: can't read CA file: \"{name}\": open {name}: no such file or directory"
        )
    );
    std::fs::write(&path, "nothing").unwrap();
    let empty = attempt(&path).await;
    assert!(matches!(&empty, Error::TlsFile { path: named, .. } if *named == path), "{empty}");
    assert_eq!(
        empty.to_string(),
        "can't create TLS config for client: failed to append certificates from pem block"
    );
}

#[tokio::test]
async fn nothing_leads_from_https_to_http() {
    let authority = Authority::new();
    let plain = Fake::start(|_| tags()).await;
    let target = format!("http://{}/v2/a/tags/list", plain.address());
    let realm = format!("Bearer realm=\"http://{}/token\"", plain.address());
    let transport = Transport::HttpsWithCa(authority.file("ca.pem"));
    let replies = [
        Reply::new(307).header("location", target.clone()),
        tags().header("link", format!("<{target}>; rel=next")),
        error(401, "UNAUTHORIZED", "who").header("www-authenticate", realm),
    ];
    for reply in replies {
        let fake = Fake::start_tls(authority.acceptor(false), move |_| reply.clone()).await;
        let credential = Some(Credential::basic("user", "pass"));
        let client = builder().transport(transport.clone()).credential(credential).build();
        let error = client.tags(&fake.reference("a")).await.unwrap_err();
        assert!(matches!(error, Error::Answer { .. } | Error::Realm { .. }), "{error}");
    }
    assert_eq!(plain.seen().len(), 0);
}
