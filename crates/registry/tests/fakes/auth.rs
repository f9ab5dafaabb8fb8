use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::{Arc, Mutex};

use rhumb_oci::media_type;
use rhumb_registry::{Blob, Credential, CredentialFiles, Error, IfExists, Push};
use rhumb_report::{Diagnose, Secret};

use crate::fake::{
    Fake, Reply, Seen, Warnings, builder, builder_at, cache, credentials, error, login_for, now,
};

const USER_PASS: &str = "Basic dXNlcjpwYXNz";

fn manifest() -> Reply {
    let config = rhumb_oci::Descriptor::of(media_type::CHART_CONFIG, b"{}");
    let manifest = rhumb_oci::Manifest::new(config, vec![]).print();
    Reply::new(200).header("content-type", media_type::MANIFEST).body(manifest)
}

fn challenge(header: impl Into<String>) -> Reply {
    error(401, "UNAUTHORIZED", "authentication required").header("www-authenticate", header)
}

/// A registry that wants tokens from `/token` of its own, which are made by `token`.
async fn bearer(
    token: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
    accepted: impl Fn(&str) -> bool + Send + Sync + 'static,
) -> Fake {
    Fake::start(move |request| {
        if request.path.starts_with("/token") {
            return token(request);
        }
        if accepted(request.header("authorization")) {
            return if request.method == "POST" { Reply::new(201) } else { manifest() };
        }
        challenge(format!(
            "Negotiate, Bearer realm=\"http://{}/token\",service=\"svc, one\",scope=\"repository:a/web:pull\"",
            request.header("host")
        ))
    })
    .await
}

fn token(text: &str) -> Reply {
    Reply::new(200).json(format!(r#"{{"access_token":"{text}","expires_in":300}}"#))
}

#[tokio::test]
async fn basic_is_sent_after_it_is_asked_for_and_remembered() {
    for challenged in ["Basic realm=\"x\"", "basic realm=\"x\"", "BASIC"] {
        let fake = Fake::start(move |request| match request.header("authorization") {
            USER_PASS => manifest(),
            _ => challenge(challenged),
        })
        .await;
        let folder = tempfile::tempdir().unwrap();
        let files = credentials(folder.path(), &login_for(fake.address()));
        let setup = builder().credential_files(files).cache(Some(cache(folder.path())));
        let reference = fake.reference("a/web:1");
        let client = setup.clone().build();
        for _ in 0..2 {
            client.manifest(&reference, media_type::MANIFESTS).await.unwrap();
        }
        assert_eq!(fake.seen().len(), 3);
        // A later process knows what the host asks for.
        setup.build().manifest(&reference, media_type::MANIFESTS).await.unwrap();
        assert_eq!(fake.seen().len(), 4);
    }
}

#[tokio::test]
async fn tokens_are_fetched_once_for_parallel_requests_and_until_they_expire() {
    let count = Arc::new(Mutex::new(0));
    let counter = Arc::clone(&count);
    let fake = bearer(
        move |_| {
            *counter.lock().unwrap() += 1;
            token("t")
        },
        |authorization| authorization == "Bearer t",
    )
    .await;
    let time = now();
    let client = builder_at(Arc::clone(&time)).build();
    let reference = fake.reference("a/web:1");
    let pulls = (0..5).map(|_| client.manifest(&reference, media_type::MANIFESTS));
    futures_util::future::try_join_all(pulls).await.unwrap();
    assert_eq!(*count.lock().unwrap(), 1);
    let asked = fake.seen().into_iter().find(|request| request.path.starts_with("/token")).unwrap();
    assert_eq!(asked.path, "/token?service=svc%2C+one&scope=repository%3Aa%2Fweb%3Apull");
    assert_eq!(asked.header("authorization"), "");
    *time.lock().unwrap() += 289;
    client.manifest(&reference, media_type::MANIFESTS).await.unwrap();
    assert_eq!(*count.lock().unwrap(), 1);
    *time.lock().unwrap() += 2;
    client.manifest(&reference, media_type::MANIFESTS).await.unwrap();
    assert_eq!(*count.lock().unwrap(), 2);
}

#[tokio::test]
async fn a_revoked_token_costs_one_new_token() {
    let revoked = Arc::new(Mutex::new(String::new()));
    let (count, gone) = (Mutex::new(0), Arc::clone(&revoked));
    let fake = bearer(
        move |_| {
            let mut count = count.lock().unwrap();
            *count += 1;
            token(&format!("t{count}"))
        },
        move |authorization| {
            authorization.starts_with("Bearer t") && authorization != *gone.lock().unwrap()
        },
    )
    .await;
    let client = builder().build();
    let reference = fake.reference("a/web:1");
    client.manifest(&reference, media_type::MANIFESTS).await.unwrap();
    *revoked.lock().unwrap() = "Bearer t1".into();
    let before = fake.seen().len();
    client.manifest(&reference, media_type::MANIFESTS).await.unwrap();
    let lines = fake.lines();
    assert_eq!(
        lines[before..],
        ["GET /v2/a/web/manifests/1", "GET /token", "GET /v2/a/web/manifests/1"]
    );
}

#[tokio::test]
async fn an_identity_token_is_exchanged_by_post() {
    let fake = bearer(
        |request| {
            let body = String::from_utf8(request.body.clone()).unwrap();
            let right = request.method == "POST"
                && body.contains("grant_type=refresh_token&refresh_token=id%2Ftoken")
                && body.contains("scope=repository%3Aa%2Fweb%3Apull")
                && body.contains("client_id=rhumb");
            if right { token("t") } else { Reply::new(401) }
        },
        |authorization| authorization == "Bearer t",
    )
    .await;
    let folder = tempfile::tempdir().unwrap();
    let config = format!(r#"{{"auths":{{"{}":{{"identitytoken":"id/token"}}}}}}"#, fake.address());
    let files = credentials(folder.path(), &config);
    let client = builder().credential_files(files).build();
    client.manifest(&fake.reference("a/web:1"), media_type::MANIFESTS).await.unwrap();
}

#[tokio::test]
async fn a_password_goes_by_get_and_by_post_only_where_that_is_needed() {
    // As GHCR: GET alone. As a service without GET. As ACR: the password is a refresh token.
    let cases: [(&str, &str, fn(&Seen) -> bool); 3] = [
        ("user", "GET", |request| request.header("authorization") == USER_PASS),
        ("user", "POST", |request| {
            request.body.starts_with(b"grant_type=password&username=user&password=pass")
        }),
        ("00000000-0000-0000-0000-000000000000", "POST", |request| {
            request.body.starts_with(b"grant_type=refresh_token&refresh_token=pass")
        }),
    ];
    for (user, method, right) in cases {
        let fake = bearer(
            move |request| match request.method == method {
                true if right(request) => token("t"),
                true => Reply::new(401),
                false if user == "user" => Reply::new(405),
                false => Reply::new(400),
            },
            |authorization| authorization == "Bearer t",
        )
        .await;
        let client = builder().credential(Some(Credential::basic(user, "pass"))).build();
        client.manifest(&fake.reference("a/web:1"), media_type::MANIFESTS).await.unwrap();
    }
}

#[tokio::test]
async fn a_push_asks_for_one_token_and_is_not_refused_twice() {
    let fake = Fake::start(|request| {
        let right = request.header("authorization") == "Bearer t";
        match &*request.method {
            _ if request.path.starts_with("/token") => token("t"),
            _ if !right => challenge(format!(
                "Bearer realm=\"http://{}/token\",service=\"s\"",
                request.header("host")
            )),
            "POST" => Reply::new(202).header("location", "/upload"),
            "PUT" => Reply::new(201),
            _ => Reply::new(404),
        }
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let files = credentials(folder.path(), &login_for(fake.address()));
    let client = builder().credential_files(files).build();
    let blobs = vec![Blob::from_bytes("t", &b"a"[..]), Blob::from_bytes("t", &b"b"[..])];
    let push = Push {
        reference: fake.reference("a/web:1"),
        media_type: media_type::MANIFEST.into(),
        manifest: rhumb_oci::Manifest::new(blobs[0].descriptor.clone(), vec![]).print().into(),
        blobs,
        if_exists: IfExists::Overwrite,
    };
    client.push(&push).await.unwrap();
    let lines = fake.lines();
    assert_eq!(lines.len(), 1 + 1 + 6, "{lines:?}");
    let asked = &fake.seen()[1];
    assert!(asked.path.contains("scope=repository%3Aa%2Fweb%3Apull%2Cpush"), "{}", asked.path);
    assert_eq!(asked.header("authorization"), USER_PASS);
}

#[tokio::test]
async fn a_stale_login_does_not_hide_what_is_public() {
    // As GHCR: the token service refuses the login, and knows anonymous tokens.
    let ghcr = bearer(
        |request| match request.header("authorization") {
            "" => token("anonymous"),
            _ => error(403, "DENIED", "denied"),
        },
        |authorization| authorization == "Bearer anonymous",
    )
    .await;
    // As ECR: the registry refuses an expired login with 403 and serves others.
    let asked = Mutex::new(0);
    let ecr = Fake::start(move |request| match request.header("authorization") {
        "" => {
            let mut asked = asked.lock().unwrap();
            *asked += 1;
            if *asked == 1 { challenge("Basic realm=\"ecr\"") } else { manifest() }
        }
        _ => error(
            403,
            "DENIED",
            "Your authorization token has expired. Reauthenticate and try again.",
        ),
    })
    .await;
    for fake in [ghcr, ecr] {
        let folder = tempfile::tempdir().unwrap();
        let files = credentials(folder.path(), &login_for(fake.address()));
        let warnings = Arc::new(Warnings::default());
        let reporter = Arc::clone(&warnings);
        let client = builder().credential_files(files).reporter(reporter).build();
        client.manifest(&fake.reference("a/web:1"), media_type::MANIFESTS).await.unwrap();
        let warnings = warnings.all();
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].contains("refused the stored credential"), "{warnings:?}");
    }
}

#[tokio::test]
async fn a_wrong_password_is_an_error_with_a_next_step_and_no_secret() {
    let fake = Fake::start(|_| challenge("Basic realm=\"x\"")).await;
    let credential = Credential::basic("user", "hunter2");
    let client = builder().credential(Some(credential.clone())).build();
    let reference = fake.reference("a/web:1");
    let error = client.manifest(&reference, media_type::MANIFESTS).await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("response status code 401: unauthorized: authentication required")
    );
    assert!(error.hints()[0].contains("registry login"));
    assert!(!format!("{error:?} {client:?}", client = credential).contains("hunter2"));
    assert_eq!(fake.seen().len(), 2);
    let login = client.login(fake.address(), &credential).await.unwrap_err();
    assert_eq!(login.to_string(), format!("authenticating to \"{}\"", fake.address()));
    assert!(matches!(login, Error::Login { .. }));
}

#[tokio::test]
async fn two_credentials_serve_two_parts_of_one_host() {
    let fake = Fake::start(|request| {
        match (request.path.starts_with("/v2/one/"), request.header("authorization")) {
            (_, "") => challenge("Basic realm=\"x\""),
            (true, "Basic b25lOjE=") | (false, "Basic aG9zdDpo") => manifest(),
            _ => error(403, "DENIED", "not yours"),
        }
    })
    .await;
    let host = fake.address();
    let config = format!(
        r#"{{"auths":{{"{host}":{{"auth":"aG9zdDpo"}},"{host}/one":{{"auth":"b25lOjE="}},"{host}/on":{{"auth":"eDp4"}}}}}}"#
    );
    let folder = tempfile::tempdir().unwrap();
    let client = builder().credential_files(credentials(folder.path(), &config)).build();
    for repository in ["one/web:1", "two/web:1"] {
        client.manifest(&fake.reference(repository), media_type::MANIFESTS).await.unwrap();
    }
}

#[tokio::test]
async fn a_token_service_that_would_leak_the_password_is_not_asked() {
    let fake = Fake::start(|_| challenge("Bearer realm=\"http://169.254.169.254/token\"")).await;
    let client = builder().credential(Some(Credential::basic("user", "pass"))).build();
    let error = client.manifest(&fake.reference("a:1"), media_type::MANIFESTS).await.unwrap_err();
    assert!(matches!(error, Error::Realm { .. }), "{error}");
}

#[tokio::test]
async fn login_stores_what_works_beside_what_was_there() {
    let fake = Fake::start(|request| match request.header("authorization") {
        USER_PASS => Reply::new(200),
        _ => challenge("Basic realm=\"x\""),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let files =
        credentials(folder.path(), r#"{"HttpHeaders":{"a":"b"},"auths":{"h":{"auth":"dTpw"}}}"#);
    let path = files.helm.clone();
    let client = builder().credential_files(files).build();
    let place = format!("{}/team", fake.address());
    client.login(&place, &Credential::basic("user", "wrong")).await.unwrap_err();
    assert!(!std::fs::read_to_string(&path).unwrap().contains("team"));
    client.login(&place, &Credential::basic("user", "pass")).await.unwrap();
    let written: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(written["HttpHeaders"]["a"], "b");
    assert_eq!(written["auths"]["h"]["auth"], "dTpw");
    assert_eq!(written["auths"][&place]["auth"], "dXNlcjpwYXNz");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    client.logout(&place).await.unwrap();
    assert!(!std::fs::read_to_string(&path).unwrap().contains("team"));
}

#[tokio::test]
async fn an_open_registry_still_checks_a_login() {
    let fake = Fake::start(|request| match request.header("authorization") {
        "" | USER_PASS => Reply::new(200),
        _ => error(401, "UNAUTHORIZED", "wrong"),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let client = builder().credential_files(credentials(folder.path(), "")).build();
    client.login(fake.address(), &Credential::basic("user", "wrong")).await.unwrap_err();
    client.login(fake.address(), &Credential::basic("user", "pass")).await.unwrap();
}

fn helper(folder: &Path, name: &str, script: &str) {
    let path = folder.join(format!("docker-credential-{name}"));
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[tokio::test]
async fn helpers_get_store_and_erase() {
    let fake = Fake::start(|request| match request.header("authorization") {
        USER_PASS => manifest(),
        _ => challenge("Basic realm=\"x\""),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let script = format!(
        "echo $1 >>{log}; cat >>{log}; echo >>{log}; [ $1 = get ] && echo '{{\"Username\":\"user\",\"Secret\":\"pass\"}}'; true",
        log = log.display()
    );
    helper(folder.path(), "fake", &script);
    let mut files = credentials(folder.path(), r#"{"credsStore":"fake"}"#);
    files.helper_folders = vec![folder.path().to_owned()];
    let client = builder().credential_files(files.clone()).build();
    for _ in 0..2 {
        client.manifest(&fake.reference("a/web:1"), media_type::MANIFESTS).await.unwrap();
    }
    let said = std::fs::read_to_string(&log).unwrap();
    assert_eq!(said, format!("get\n{}\n", fake.address()));
    let stored = client.login(fake.address(), &Credential::basic("user", "pass")).await.unwrap();
    assert_eq!((stored.helper.as_deref(), stored.note), (Some("fake"), None));
    assert!(!std::fs::read_to_string(&files.helm).unwrap().contains("dXNlcjpwYXNz"));
    client.logout(fake.address()).await.unwrap();
    let said = std::fs::read_to_string(&log).unwrap();
    assert!(said.contains(r#""Secret":"pass""#) && said.contains("erase\n"), "{said}");
}

#[tokio::test]
async fn a_helper_that_keeps_nothing_is_a_note_and_one_that_fails_an_error() {
    let fake = Fake::start(|request| match request.header("authorization") {
        USER_PASS => Reply::new(200),
        _ => challenge("Basic realm=\"x\""),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    helper(folder.path(), "ecr-login", "echo 'not implemented'; exit 1");
    helper(folder.path(), "broken", "echo 'no keyring' >&2; exit 1");
    let attempt = |name: &str| {
        let config = format!(r#"{{"credHelpers":{{"{}":"{name}"}}}}"#, fake.address());
        let mut files: CredentialFiles = credentials(folder.path(), &config);
        files.helper_folders = vec![folder.path().to_owned()];
        builder().credential_files(files).build()
    };
    let credential = Credential {
        username: "user".into(),
        password: Secret::new("pass"),
        ..Credential::default()
    };
    let stored = attempt("ecr-login").login(fake.address(), &credential).await.unwrap();
    assert!(stored.note.unwrap().contains("not implemented"));
    let error = attempt("broken").login(fake.address(), &credential).await.unwrap_err();
    assert_eq!(error.to_string(), "credential helper `docker-credential-broken`: no keyring");
    let error = attempt("absent").login(fake.address(), &credential).await.unwrap_err();
    assert!(matches!(error, Error::Helper { .. }), "{error}");
}

#[tokio::test]
async fn files_are_asked_in_order() {
    let fake = Fake::start(|request| match request.header("authorization") {
        "" => challenge("Basic realm=\"x\""),
        _ => manifest(),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let host = fake.address();
    let write = |name: &str, key: &str, auth: &str| {
        let path = folder.path().join(name);
        let text = format!(r#"{{"auths":{{"{key}":{{"auth":"{auth}"}}}}}}"#);
        std::fs::write(&path, text).unwrap();
        path
    };
    let reference = fake.reference("a/web:1");
    let mut files = CredentialFiles {
        helm: folder.path().join("absent.json"),
        docker: Some(folder.path().join("absent.json")),
        containers: vec![write("auth.json", &format!("{host}/a"), "YzpjCg==")],
        helper_folders: vec![],
    };
    let sent = |files: &CredentialFiles| {
        let client = builder().credential_files(files.clone()).build();
        let reference = reference.clone();
        let fake = &fake;
        async move {
            client.manifest(&reference, media_type::MANIFESTS).await.unwrap();
            fake.seen().pop().unwrap().header("authorization").to_owned()
        }
    };
    assert_eq!(sent(&files).await, "Basic YzpjCg==");
    files.docker = Some(write("docker.json", &format!("https://{host}/v1/"), "ZDpk"));
    assert_eq!(sent(&files).await, "Basic ZDpk");
    files.helm = write("helm.json", host, "aDpo");
    assert_eq!(sent(&files).await, "Basic aDpo");
}
