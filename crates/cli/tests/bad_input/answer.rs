use rhumb_oci::{Digest, media_type};

use crate::support::{Body, Failure, Fake, Home, OUT, Reply, Site, fails};

/// Downloads the chart in both ways, which must fail in the same way.
#[track_caller]
fn pull(fake: &Fake, version: &[&str], message: &str, hint: &str) {
    for flags in [&[][..], &["--untar"]] {
        pull_once(fake, &[version, flags].concat()).says(message, hint);
    }
}

#[track_caller]
fn pull_once(fake: &Fake, flags: &[&str]) -> Failure {
    let home = Home::new();
    let place = fake.place();
    fails(&home, &[&["pull", &place, "--plain-http", "-d", OUT], flags].concat())
}

const VERSION: &[&str] = &["--version", "1.0.0"];

#[test]
fn a_manifest_that_is_not_what_was_asked_for() {
    let fake = Site::new(b"archive").start();
    let other = Digest::of(b"something else");
    let home = Home::new();
    let place = format!("{}@{other}", fake.place());
    for flags in [&[][..], &["--untar"]] {
        fails(&home, &[&["pull", &place, "--plain-http", "-d", OUT], flags].concat())
            .says(&format!("expected {other}, got sha256:"), "nothing was kept");
    }
}

#[test]
fn a_manifest_that_is_not_what_its_answer_promises() {
    let mut site = Site::new(b"archive");
    let other = Digest::of(b"something else").to_string();
    site.manifest = site.manifest.header("docker-content-digest", &other);
    pull(&site.start(), VERSION, &format!("expected {other}"), "nothing was kept");
}

#[test]
fn a_manifest_without_an_end() {
    let mut site = Site::new(b"archive");
    site.manifest = Reply::new(media_type::MANIFEST, "");
    site.manifest.body = Body::Endless;
    pull(&site.start(), VERSION, "is larger than 4194304 bytes", "check the reference");
}

#[test]
fn a_manifest_that_is_too_large() {
    let mut site = Site::new(b"archive");
    site.manifest = Reply::new(media_type::MANIFEST, vec![b' '; (4 << 20) + 1]);
    pull(&site.start(), VERSION, "is larger than 4194304 bytes", "check the reference");
}

#[test]
fn a_manifest_that_is_none() {
    for text in ["", "{", "[]", "null", "{}", "\"\\ud800\"", &"[".repeat(100_000)] {
        let mut site = Site::new(b"archive");
        site.manifest = Reply::new(media_type::MANIFEST, text);
        pull(&site.start(), VERSION, "/charts/web:1.0.0", "");
    }
}

#[test]
fn a_web_page_wherever_something_else_should_be() {
    const MESSAGE: &str = "the answer is a web page, so this is not a registry";
    let fake = Fake::start(|_, _| Reply::page());
    let hint = "check the host and path";
    pull(&fake, VERSION, MESSAGE, hint);
    pull(&fake, &[], MESSAGE, hint);
    let home = Home::new();
    home.chart("web", "1.0.0");
    let place = fake.place();
    fails(&home, &["show", "chart", &place, "--plain-http"]).says(MESSAGE, hint);
    fails(&home, &["search", "repo", &place, "--plain-http"]).says(MESSAGE, hint);
    fails(&home, &["push", "web", &place, "--plain-http"]).says(MESSAGE, hint);
    let mut site = Site::new(b"archive");
    site.blobs.insert(site.layer.digest.to_string(), Reply::page());
    pull(&site.start(), VERSION, MESSAGE, hint);
}

#[test]
fn a_blob_that_is_not_what_its_digest_says() {
    let site = Site::new(b"archive").with_layer(Body::Whole(b"ARCHIVE".to_vec()));
    pull(&site.start(), VERSION, "mismatched digest of blob", "nothing was kept");
}

#[test]
fn a_blob_of_another_size() {
    for other in [&b"archive and more"[..], b"arch"] {
        let site = Site::new(b"archive").with_layer(Body::Whole(other.to_vec()));
        let message = format!("expected 7 bytes, got {}", other.len());
        pull(&site.start(), VERSION, &message, "nothing was kept");
    }
    let more = Site::new(b"archive").with_layer(Body::Unsized(b"archive and more".to_vec()));
    pull(&more.start(), VERSION, "expected 7 bytes, got 8", "nothing was kept");
}

#[test]
fn a_blob_that_never_ends() {
    let site = Site::new(b"archive").with_layer(Body::Endless);
    pull(&site.start(), VERSION, "expected 7 bytes, got 8", "nothing was kept");
}

#[test]
fn a_blob_that_is_larger_than_any_chart() {
    for size in [(100 << 20) + 1, u64::from(u32::MAX), i64::MAX.unsigned_abs()] {
        let mut site = Site::new(b"archive").with_layer(Body::Endless);
        site.layer.size = size;
        site.describe();
        pull(&site.start(), VERSION, "is larger than 104857600 bytes", "check the reference");
    }
}

#[test]
fn a_blob_that_is_cut_again_and_again() {
    let archive = vec![7; 1 << 10];
    let site = Site::new(&archive).with_layer(Body::Cut(archive[..9].to_vec(), 1 << 10));
    let failure = pull_once(&site.start(), VERSION);
    failure.says("the connection was cut", "try again");
}

#[test]
fn a_list_of_tags_without_an_end() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let fake = Fake::start(move |_, _| {
        let page = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let text = format!(r#"{{"name":"charts/web","tags":["1.0.{page}"]}}"#);
        let next = format!("</v2/charts/web/tags/list?n=1000&last=1.0.{page}>; rel=\"next\"");
        Reply::new("application/json", text).header("link", &next)
    });
    pull_once(&fake, &[]).says("has more than 1000 pages", "`--version`");
}

#[test]
fn a_list_of_tags_that_goes_in_a_circle() {
    let mut site = Site::new(b"archive");
    site.tags = site.tags.header("link", "</v2/charts/web/tags/list?last=1.0.0>; rel=\"next\"");
    pull_once(&site.start(), &["--version", "^2"])
        .says("its pages lead back to one another", "its owner should know");
}

#[test]
fn a_page_of_tags_without_an_end() {
    let mut site = Site::new(b"archive");
    site.tags.body = Body::Endless;
    pull_once(&site.start(), &[]).says("is larger than 4194304 bytes", "check the reference");
}
