use std::path::Path;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, SignatureScheme};
use rustls_platform_verifier::Verifier;

use super::validity;
use crate::tls_file;
use crate::{ClientCertificate, Error, TlsFileProblem};

/// TLS that trusts what is in a PEM file, besides what the system trusts.
pub(super) fn config(
    path: &Path,
    certificate: Option<&ClientCertificate>,
) -> Result<ClientConfig, Error> {
    let trusted = tls_file::authorities(path)?;
    let provider = Arc::new(aws_lc_rs::default_provider());
    let inner = Verifier::new_with_extra_roots(trusted.clone(), Arc::clone(&provider))
        .map_err(|_| TlsFileProblem::NoAuthority.of(path))?;
    let verifier = Arc::new(Trusting { inner, trusted });
    let builder = with_versions(provider)?.dangerous().with_custom_certificate_verifier(verifier);
    let mut config = match certificate {
        None => builder.with_no_client_auth(),
        Some(files) => {
            let (chain, key) = tls_file::pair(files)?;
            builder
                .with_client_auth_cert(chain, key)
                .map_err(|error| TlsFileProblem::Pair(error.to_string()).of(&files.certificate))?
        }
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn with_versions(
    provider: Arc<CryptoProvider>,
) -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, Error> {
    let builder = ClientConfig::builder_with_provider(provider);
    builder
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Setup { problem: error.to_string() })
}

/// Trusts what authorities vouch for and, as Go's programs do, a certificate that is itself among
/// the trusted ones. Many registries have one that they signed themselves, as an authority.
#[derive(Debug)]
struct Trusting {
    inner: Verifier,
    trusted: Vec<CertificateDer<'static>>,
}

impl Trusting {
    /// Checks the rest of a certificate whose authority is not in question.
    fn check(
        certificate: &CertificateDer<'_>,
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        verify_server_name(&ParsedCertificate::try_from(certificate)?, name)?;
        match validity::of(certificate) {
            None => Err(CertificateError::BadEncoding.into()),
            Some(valid) if now.as_secs() < valid.start => Err(CertificateError::NotValidYet.into()),
            Some(valid) if now.as_secs() > valid.end => Err(CertificateError::Expired.into()),
            Some(_) => Ok(ServerCertVerified::assertion()),
        }
    }
}

impl ServerCertVerifier for Trusting {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if self.trusted.iter().any(|trusted| trusted == end_entity) {
            return Self::check(end_entity, server_name, now);
        }
        self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}
