use std::sync::Mutex;
use std::time::{Duration, Instant};

use rhumb_oci::media_type;
use rhumb_registry::{Error, Limits};
use rhumb_report::Diagnose;

use crate::fake::{Fake, Reply, builder, error};

/// Answers the first request with each of `first`, one after another, and then with tags.
fn then_tags(first: Vec<Reply>) -> impl Fn(&crate::fake::Seen) -> Reply {
    let first = Mutex::new(first);
    move |_| {
        let mut first = first.lock().unwrap();
        if first.is_empty() { Reply::new(200).json(r#"{"tags":["1"]}"#) } else { first.remove(0) }
    }
}

#[tokio::test]
async fn trouble_of_the_server_and_the_line_is_waited_out() {
    let first = vec![Reply::new(503), Reply::new(502), error(429, "TOOMANYREQUESTS", "slow down")];
    let fake = Fake::start(then_tags(first)).await;
    builder().build().tags(&fake.reference("a")).await.unwrap();
    assert_eq!(fake.seen().len(), 4);
}

#[tokio::test]
async fn retry_after_is_obeyed_by_everybody_who_asks_that_host() {
    let first = vec![Reply::new(429).header("retry-after", "1")];
    let fake = Fake::start(then_tags(first)).await;
    let client = builder().build();
    let reference = fake.reference("a");
    let start = Instant::now();
    let late = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        client.tags(&reference).await
    };
    let (one, two) = futures_util::future::join(client.tags(&reference), late).await;
    one.unwrap();
    two.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(fake.seen().len(), 3);
}

#[tokio::test]
async fn a_wait_that_falls_is_followed_down() {
    // As Azure counts down; one that says `0` and refuses again is not hammered on.
    let wait = |seconds: &str| Reply::new(429).header("retry-after", seconds);
    let fake = Fake::start(then_tags(vec![wait("1"), wait("0"), wait("0")])).await;
    let start = Instant::now();
    builder().build().tags(&fake.reference("a")).await.unwrap();
    let elapsed = start.elapsed();
    assert!(elapsed > Duration::from_secs(1) && elapsed < Duration::from_millis(1900));
    assert_eq!(fake.seen().len(), 4);
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_told_instead() {
    let fake = Fake::start(|_| {
        error(429, "TOOMANYREQUESTS", "pull rate limit").header("retry-after", "3600")
    })
    .await;
    let error = builder().build().tags(&fake.reference("a")).await.unwrap_err();
    assert!(matches!(error, Error::Busy { wait: Some(3600), .. }), "{error:?}");
    assert_eq!(error.hints()[0], "try again in 3600 s");
    assert_eq!(fake.seen().len(), 1);
}

#[tokio::test]
async fn a_registry_that_stays_down_is_given_up() {
    let fake = Fake::start(|_| Reply::new(503)).await;
    let error = builder().build().tags(&fake.reference("a")).await.unwrap_err();
    assert!(matches!(error, Error::Refused { .. }), "{error}");
    assert_eq!(fake.seen().len(), 5);
}

#[tokio::test]
async fn what_will_not_change_is_not_tried_again() {
    let client = builder().build();
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let start = Instant::now();
    let refused = client.tags(&format!("{unused}/a").parse().unwrap()).await.unwrap_err();
    assert!(refused.to_string().ends_with("connection refused"), "{refused}");
    let unknown = client.tags(&"no-such-host.invalid/a".parse().unwrap()).await.unwrap_err();
    assert!(unknown.to_string().contains("no such host"), "{unknown}");
    assert!(!unknown.hints().is_empty() && !refused.hints().is_empty());
    assert!(start.elapsed() < Duration::from_millis(800));
}

#[tokio::test]
async fn a_silent_server_is_given_up() {
    let fake = Fake::start(|_| Reply::new(200).delay(Duration::from_secs(5))).await;
    let mut limits = Limits::default();
    (limits.stall, limits.attempts) = (Duration::from_millis(40), 2);
    limits.first_pause = Duration::from_millis(1);
    let client = builder().limits(limits).build();
    let error = client.manifest(&fake.reference("a:1"), media_type::MANIFESTS).await.unwrap_err();
    assert!(error.to_string().contains("nothing arrived"), "{error}");
}

#[tokio::test]
async fn https_to_a_plain_server_says_so() {
    let fake = Fake::start(|_| Reply::new(200)).await;
    let client = builder().transport(rhumb_registry::Transport::Https).build();
    let error = client.tags(&fake.reference("a")).await.unwrap_err();
    assert!(
        error.to_string().ends_with("http: server gave HTTP response to HTTPS client"),
        "{error}"
    );
    assert_eq!(error.hints(), ["use `--plain-http` if the registry has no TLS"]);
}
