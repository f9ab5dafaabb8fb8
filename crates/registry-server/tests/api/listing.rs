//! Tags, repositories and referrers.

use reqwest::StatusCode;
use rhumb_oci::Digest;
use serde_json::{Value, json};

use crate::support::{Registry, code, header, image};

/// Follows a list's pages from `path` on.
async fn pages(registry: &Registry, path: &str, field: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next {
        let page = registry.send("GET", &path).await;
        assert_eq!(page.status(), StatusCode::OK);
        let link = header(&page, "link");
        let target = link.strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\""));
        next = target.map(str::to_owned);
        let page: Value = page.json().await.unwrap();
        let entries = page[field].as_array().unwrap().iter();
        pages.push(entries.map(|entry| entry.as_str().unwrap().to_owned()).collect());
    }
    pages
}

#[tokio::test]
async fn lists_tags_page_by_page() {
    let registry = Registry::memory().await;
    registry.push_image("a", &["1.10.0", "1.2.0", "1.2.0_build", "latest", "B"]).await;
    let all = ["1.10.0", "1.2.0", "1.2.0_build", "B", "latest"];
    assert_eq!(pages(&registry, "/v2/a/tags/list", "tags").await, [all]);
    let two = pages(&registry, "/v2/a/tags/list?n=2", "tags").await;
    assert_eq!(two, [&all[..2], &all[2..4], &all[4..]]);
    assert_eq!(pages(&registry, "/v2/a/tags/list?n=5", "tags").await.len(), 1);
    assert_eq!(pages(&registry, "/v2/a/tags/list?last=B", "tags").await, [["latest"]]);
    assert_eq!(pages(&registry, "/v2/a/tags/list?n=0", "tags").await, [[""; 0]]);
    let refused = registry.send("GET", "/v2/a/tags/list?n=-1").await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert_eq!(code(registry.send("GET", "/v2/none/tags/list").await).await, "NAME_UNKNOWN");
    for tag in all {
        registry.send("DELETE", &format!("/v2/a/manifests/{tag}")).await;
    }
    assert_eq!(pages(&registry, "/v2/a/tags/list", "tags").await, [[""; 0]]);
}

#[tokio::test]
async fn lists_repositories_page_by_page() {
    let registry = Registry::memory().await;
    for name in ["b", "a/b", "a", "a-b", "a.b"] {
        registry.push_image(name, &["1"]).await;
    }
    registry.push_blob("no-manifest", "x").await;
    let all = ["a", "a-b", "a.b", "a/b", "b"];
    assert_eq!(pages(&registry, "/v2/_catalog", "repositories").await, [all]);
    let two = pages(&registry, "/v2/_catalog?n=3", "repositories").await;
    assert_eq!(two, [&all[..3], &all[3..]]);
}

#[tokio::test]
async fn lists_referrers_and_filters_them() {
    let registry = Registry::memory().await;
    let config = registry.push_blob("a", "{}").await;
    let subject = registry.push_image("a", &["1"]).await;
    let mut digests = Vec::new();
    for kind in ["text/signature", "text/sbom"] {
        let mut document = image(&config, &[]);
        document["subject"] = json!({ "digest": subject, "size": 1 });
        document["artifactType"] = json!(kind);
        document["annotations"] = json!({ "kind": kind });
        let digest = Digest::of(document.to_string().as_bytes());
        let pushed = registry.push_manifest("a", digest.as_str(), &document).await;
        assert_eq!(header(&pushed, "oci-subject"), subject.as_str());
        digests.push(digest);
    }
    let list = async |query: &str| {
        let path = format!("/v2/a/referrers/{subject}{query}");
        let listed = registry.send("GET", &path).await;
        assert_eq!(header(&listed, "content-type"), "application/vnd.oci.image.index.v1+json");
        let applied = header(&listed, "oci-filters-applied");
        let index: Value = listed.json().await.unwrap();
        (applied, index["manifests"].as_array().unwrap().clone())
    };
    let (applied, all) = list("").await;
    assert_eq!((&*applied, all.len()), ("", 2));
    let (applied, some) = list("?artifactType=text%2Fsbom").await;
    assert_eq!((&*applied, some.len()), ("artifactType", 1));
    assert_eq!(some[0]["digest"], json!(digests[1]));
    assert_eq!(some[0]["artifactType"], "text/sbom");
    assert_eq!(some[0]["annotations"], json!({ "kind": "text/sbom" }));
    registry.send("DELETE", &format!("/v2/a/manifests/{}", digests[1])).await;
    assert_eq!(list("").await.1.len(), 1);
    let none = registry.send("GET", &format!("/v2/b/referrers/{subject}")).await;
    assert_eq!(none.status(), StatusCode::OK);
}
