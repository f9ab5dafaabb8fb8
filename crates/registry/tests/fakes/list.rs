use rhumb_oci::{Descriptor, Digest, Index, media_type};
use rhumb_registry::Error;

use crate::fake::{Fake, Reply, builder, error};

#[tokio::test]
async fn tags_are_read_page_by_page() {
    let fake = Fake::start(|request| match &*request.path {
        "/v2/a/tags/list?n=1000" => Reply::new(200)
            .header("link", r#"</v2/a/tags/list?last=v2&n=2>; rel="next""#)
            .json(r#"{"name":"a","tags":["1.0","v2","!"]}"#),
        "/v2/a/tags/list?last=v2&n=2" => {
            Reply::new(200).header("link", "<list?page=3>; rel=next").json(r#"{"tags":null}"#)
        }
        "/v2/a/tags/list?page=3" => Reply::new(200).json(r#"{"tags":["latest"]}"#),
        _ => error(404, "NAME_UNKNOWN", "no"),
    })
    .await;
    let tags = builder().build().tags(&fake.reference("a")).await.unwrap();
    assert_eq!(tags.iter().map(ToString::to_string).collect::<Vec<_>>(), ["1.0", "v2", "latest"]);
}

#[tokio::test]
async fn pages_without_an_end_end() {
    let circle = Fake::start(|request| {
        let next = if request.path.contains("page=1") { "page=2" } else { "page=1" };
        Reply::new(200)
            .header("link", format!("</v2/a/tags/list?{next}>; rel=next"))
            .json(r#"{"tags":["1"]}"#)
    })
    .await;
    let error = builder().build().tags(&circle.reference("a")).await.unwrap_err();
    assert!(error.to_string().contains("lead back to one another"), "{error}");
    assert!(circle.seen().len() < 5);
    let endless = Fake::start(|request| {
        let page: u64 =
            request.path.split_once("page=").map_or(0, |(_, page)| page.parse().unwrap());
        Reply::new(200)
            .header("link", format!("</v2/a/tags/list?page={}>; rel=next", page + 1))
            .json(r#"{"tags":["1"]}"#)
    })
    .await;
    let error = builder().build().tags(&endless.reference("a")).await.unwrap_err();
    assert!(matches!(error, Error::TooManyPages { pages: 1000, .. }), "{error}");
}

#[tokio::test]
async fn the_catalog_is_read_where_it_is_allowed() {
    let fake = Fake::start(|_| Reply::new(200).json(r#"{"repositories":["a/web","b"]}"#)).await;
    let registry = fake.address().parse().unwrap();
    assert_eq!(builder().build().catalog(&registry).await.unwrap().len(), 2);
    let closed = Fake::start(|_| error(403, "DENIED", "no catalog")).await;
    let error = builder().build().catalog(&closed.address().parse().unwrap()).await.unwrap_err();
    assert!(matches!(error, Error::Denied { .. }), "{error}");
}

fn index() -> Vec<u8> {
    let of = |kind: &str| {
        let mut descriptor = Descriptor::of(media_type::MANIFEST, kind.as_bytes());
        descriptor.artifact_type = Some(kind.to_owned());
        descriptor
    };
    Index::new(vec![of("application/sig"), of("application/sbom")]).print()
}

#[tokio::test]
async fn referrers_come_from_the_api_filtered_if_need_be() {
    let fake =
        Fake::start(|_| Reply::new(200).header("content-type", media_type::INDEX).body(index()))
            .await;
    let subject = Digest::of(b"subject");
    let client = builder().build();
    let all = client.referrers(&fake.reference("a"), &subject, None).await.unwrap();
    assert_eq!(all.len(), 2);
    let some = client.referrers(&fake.reference("a"), &subject, Some("application/sig")).await;
    assert_eq!(some.unwrap(), all[..1]);
}

#[tokio::test]
async fn referrers_come_from_the_tag_where_the_api_is_missing() {
    let subject = Digest::of(b"subject");
    let tag = format!("/v2/a/manifests/sha256-{}", subject.hex());
    for api in [Reply::new(404), Reply::new(405), Reply::new(400), page()] {
        let tag = tag.clone();
        let fake = Fake::start(move |request| {
            if request.path == tag {
                return Reply::new(200).header("content-type", media_type::INDEX).body(index());
            }
            api.clone()
        })
        .await;
        let found = builder().build().referrers(&fake.reference("a"), &subject, None).await;
        assert_eq!(found.unwrap().len(), 2);
    }
    let none = Fake::start(|_| Reply::new(404)).await;
    let found = builder().build().referrers(&none.reference("a"), &subject, None).await;
    assert_eq!(found.unwrap(), []);
}

fn page() -> Reply {
    Reply::new(200).header("content-type", "text/html").body("<html>")
}
