use std::io::Write;
use std::sync::{Arc, Mutex};

use rhumb_oci::{Descriptor, media_type};
use rhumb_registry::{Blob, Credential, Kind, Proxies};
use rhumb_report::{Diagnose as _, Secret};
use tracing_subscriber::fmt::MakeWriter;

use crate::fake::{Fake, Reply, Warnings, builder, cache, credentials, error};

/// What must not be seen: a password and what it is in `Basic`, tokens, signatures, and the state
/// of an upload.
const SECRETS: &[&str] =
    &["hunter2", "dXNlcjpodW50ZXIy", "access-t0ken", "ident-t0ken", "s1gnature", "st4te", "pr0xy"];

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// A registry with tokens, which sends downloads and uploads elsewhere by URLs with secrets.
async fn registry() -> Fake {
    let store = Fake::start(|_| error(403, "DENIED", "the signature is old")).await;
    let target = format!("http://{}/bucket?X-Amz-Signature=s1gnature", store.address());
    Fake::start(move |request| {
        let host = request.header("host");
        let path = request.path.split('?').next().unwrap();
        match (&*request.method, path) {
            (_, "/token") => Reply::new(200).json(r#"{"token":"access-t0ken"}"#),
            _ if request.header("authorization") != "Bearer access-t0ken" => {
                error(401, "UNAUTHORIZED", "who").header(
                    "www-authenticate",
                    format!("Bearer realm=\"http://user:hunter2@{host}/token\",service=\"s\""),
                )
            }
            ("POST", _) => Reply::new(202).header("location", "/upload?_state=st4te"),
            ("PUT", "/upload") => Reply::new(500),
            _ => Reply::new(307).header("location", target.clone()),
        }
    })
    .await
}

#[tokio::test]
async fn no_secret_is_logged_or_told() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    // For every thread, so what other tests log is looked at as well.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let mut told = Vec::new();
    let folder = tempfile::tempdir().unwrap();
    let fake = registry().await;
    let reference = fake.reference("a/web:1");
    let identity =
        Credential { identity_token: Secret::new("ident-t0ken"), ..Credential::default() };
    for credential in [Credential::basic("user", "hunter2"), identity.clone()] {
        let warnings = Arc::new(Warnings::default());
        let proxies = Proxies { http: Some(Secret::new("http://u:pr0xy@")), ..Proxies::default() };
        told.push(format!("{credential:?} {proxies:?}"));
        let setup = builder()
            .credential(Some(credential))
            .proxies(proxies)
            .cache(Some(cache(folder.path())))
            .reporter(Arc::<Warnings>::clone(&warnings));
        let client = setup.build();
        let blob = Descriptor::of("t", b"blob");
        let errors = [
            client.blob_bytes(&reference, &blob, Kind::Blob, 99).await.unwrap_err(),
            client.push_blob(&reference, &Blob::from_bytes("t", &b"b"[..])).await.unwrap_err(),
            client.manifest(&reference, media_type::MANIFESTS).await.unwrap_err(),
            client.tags(&"example.invalid/a".parse().unwrap()).await.unwrap_err(),
        ];
        for error in errors {
            told.push(format!("{error}\n{error:?}\n{:?}\n", error.hints()));
        }
        told.extend(warnings.all());
    }
    let broken = format!(r#"{{"auths":{{"{}":{{"auth":"hunter2!"}}}}}}"#, fake.address());
    let client = builder().credential_files(credentials(folder.path(), &broken)).build();
    let error = client.manifest(&reference, media_type::MANIFESTS).await.unwrap_err();
    told.push(format!("{error} {error:?}"));
    let told = told.join("\n");
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("/v2/a/web/blobs/"), "{log}");
    for secret in SECRETS {
        assert!(!log.contains(secret), "{secret} is logged: {log}");
        assert!(!told.contains(secret), "{secret} is told: {told}");
    }
    // What is remembered on disk holds none, either.
    for entry in std::fs::read_dir(folder.path().join("state/hosts")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(SECRETS.iter().all(|secret| !text.contains(secret)), "{text}");
    }
}
