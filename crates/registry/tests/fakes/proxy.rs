use rhumb_registry::Proxies;
use rhumb_report::Secret;

use crate::fake::{Fake, Reply, builder};

fn tags() -> Reply {
    Reply::new(200).json(r#"{"tags":["1"]}"#)
}

#[tokio::test]
async fn a_proxy_is_asked_for_other_hosts_with_its_own_credential() {
    let proxy = Fake::start(|_| tags()).await;
    let proxies = Proxies {
        http: Some(Secret::new(format!("http://user:pass@{}", proxy.address()))),
        exceptions: Some("other.invalid,10.0.0.0/8".to_owned()),
        ..Proxies::default()
    };
    let client = builder().proxies(proxies).build();
    client.tags(&"registry.invalid/a".parse().unwrap()).await.unwrap();
    let seen = proxy.seen();
    assert_eq!(seen[0].line(), "GET http://registry.invalid/v2/a/tags/list");
    assert_eq!(seen[0].header("proxy-authorization"), "Basic dXNlcjpwYXNz");
    client.tags(&"other.invalid/a".parse().unwrap()).await.unwrap_err();
    let registry = Fake::start(|_| tags()).await;
    client.tags(&registry.reference("a")).await.unwrap();
    assert_eq!(proxy.seen().len(), 1, "{:?}", proxy.lines());
}

#[tokio::test]
async fn a_proxy_that_is_no_url_is_an_error_without_its_password() {
    let proxies = Proxies { all: Some(Secret::new("http://u:hunter2@")), ..Proxies::default() };
    let client = builder().proxies(proxies).build();
    let error = client.tags(&"registry.invalid/a".parse().unwrap()).await.unwrap_err();
    assert_eq!(error.to_string(), "setting up HTTP: a proxy's URL is not valid");
}
