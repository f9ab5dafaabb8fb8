use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use rhumb_oci::media_type;
use rhumb_registry::{Blob, Credential};

use crate::fake::{Fake, Reply, Seen, builder, cache, error};

const USER_PASS: &str = "Basic dXNlcjpwYXNz";

fn user() -> Credential {
    Credential::basic("user", "pass")
}

fn challenge(header: impl Into<String>) -> Reply {
    error(401, "UNAUTHORIZED", "authentication required").header("www-authenticate", header)
}

/// `SCHEME realm="…/token",service="s",scope="SCOPE"` for the host that was asked.
fn realm(scheme: &str, scope: &str, request: &Seen) -> String {
    let host = request.header("host");
    format!("{scheme} realm=\"http://{host}/token\",service=\"s\",scope=\"{scope}\"")
}

fn manifest() -> Reply {
    let config = rhumb_oci::Descriptor::of(media_type::CHART_CONFIG, b"{}");
    let manifest = rhumb_oci::Manifest::new(config, vec![]).print();
    Reply::new(200).header("content-type", media_type::MANIFEST).body(manifest)
}

fn token(body: &str) -> Reply {
    Reply::new(200).json(body)
}

#[tokio::test]
async fn a_scheme_may_be_written_in_any_case() {
    for scheme in ["bearer", "BEARER"] {
        let fake = Fake::start(move |request| {
            if request.path.starts_with("/token") {
                return token(r#"{"token":"t"}"#);
            }
            match request.header("authorization") {
                "Bearer t" => manifest(),
                _ => challenge(realm(scheme, "repository:a:pull", request)),
            }
        })
        .await;
        builder().build().manifest(&fake.reference("a:1"), media_type::MANIFESTS).await.unwrap();
    }
}

/// Takes uploads of those who show what `right` says, and else says `asks`.
fn uploads(request: &Seen, right: &str, asks: String) -> Reply {
    match &*request.method {
        "GET" => token(r#"{"token":"t"}"#),
        _ if request.header("authorization") != right => challenge(asks),
        "POST" => Reply::new(202).header("location", "/upload"),
        _ => Reply::new(201),
    }
}

#[tokio::test]
async fn a_registry_that_asks_for_something_else_than_last_time_gets_it() {
    let basic = Arc::new(Mutex::new(true));
    let asks_basic = Arc::clone(&basic);
    let fake = Fake::start(move |request| {
        if *asks_basic.lock().unwrap() {
            return uploads(request, USER_PASS, "Basic realm=\"x\"".to_owned());
        }
        uploads(request, "Bearer t", realm("Bearer", "repository:a:pull,push", request))
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let setup = builder().credential(Some(user())).cache(Some(cache(folder.path())));
    let blob = Blob::from_bytes("t", &b"blob"[..]);
    for is_basic in [true, false, true] {
        *basic.lock().unwrap() = is_basic;
        setup.clone().build().push_blob(&fake.reference("a"), &blob).await.unwrap();
    }
}

#[tokio::test]
async fn a_token_for_too_little_is_followed_by_one_for_more() {
    let fake = Fake::start(|request| {
        if request.path.starts_with("/token") {
            let more = request.path.contains("metadata_read");
            return token(if more { r#"{"token":"more"}"# } else { r#"{"token":"less"}"# });
        }
        let scope = match request.header("authorization") {
            "Bearer more" => return manifest(),
            "Bearer less" => "repository:a:pull,metadata_read",
            _ => "repository:a:pull",
        };
        challenge(realm("Bearer", scope, request))
    })
    .await;
    let client = builder().build();
    client.manifest(&fake.reference("a:1"), media_type::MANIFESTS).await.unwrap();
    assert_eq!(fake.seen().len(), 5);
}

#[tokio::test]
async fn tokens_for_several_repositories_are_fetched_at_once() {
    let fake = Fake::start(|request| {
        if request.path.starts_with("/token") {
            return token(r#"{"token":"t"}"#).delay(Duration::from_millis(100));
        }
        let name = request.path.split('/').nth(2).unwrap();
        match request.header("authorization") {
            "Bearer t" => Reply::new(200).json(r#"{"tags":["1"]}"#),
            _ => challenge(realm("Bearer", &format!("repository:{name}:pull"), request)),
        }
    })
    .await;
    let client = builder().build();
    let references: Vec<_> = ["a", "b", "c", "d", "e", "f"].map(|name| fake.reference(name)).into();
    let start = Instant::now();
    let lists = join_all(references.iter().map(|reference| client.tags(reference))).await;
    assert!(lists.into_iter().all(|list| list.is_ok()));
    assert!(start.elapsed() < Duration::from_millis(400), "{:?}", start.elapsed());
}

#[tokio::test]
async fn the_life_of_a_token_may_be_told_in_many_ways() {
    for expires_in in [r#""300""#, "300.5", "0", "null", "-1", "1e300", r#""soon""#, "{}"] {
        let fake = Fake::start(move |request| {
            if request.path.starts_with("/token") {
                return token(&format!(r#"{{"token":"t","expires_in":{expires_in}}}"#));
            }
            match request.header("authorization") {
                "Bearer t" => manifest(),
                _ => challenge(realm("Bearer", "repository:a:pull", request)),
            }
        })
        .await;
        let client = builder().build();
        for _ in 0..2 {
            client.manifest(&fake.reference("a:1"), media_type::MANIFESTS).await.unwrap();
        }
        assert_eq!(fake.seen().len(), 4, "{expires_in}");
    }
}

#[tokio::test]
async fn a_store_that_uploads_are_sent_to_is_not_asked_for_tokens() {
    let store = Fake::start(|request| challenge(realm("Bearer", "x", request))).await;
    let place = format!("http://{}/bucket/1?signature=s", store.address());
    let fake = Fake::start(move |request| match request.header("authorization") {
        USER_PASS => Reply::new(202).header("location", place.clone()),
        _ => challenge("Basic realm=\"x\""),
    })
    .await;
    let client = builder().credential(Some(user())).build();
    let blob = Blob::from_bytes("t", &b"blob"[..]);
    client.push_blob(&fake.reference("a"), &blob).await.unwrap_err();
    assert!(store.seen().iter().all(|request| request.method == "PUT"), "{:?}", store.lines());
    assert!(store.seen().iter().all(|request| request.header("authorization").is_empty()));
}
