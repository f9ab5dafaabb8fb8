//! How many round trips the client's operations take, against the embedded registry behind a
//! proxy that makes each of them last.
//!
//! `cargo test --test trips -- --nocapture` prints the figures.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::print_stderr, reason = "the figures are for people")]

mod proxy;

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use rhumb_oci::{Manifest, Reference, media_type};
use rhumb_registry::{Blob, Cache, Client, IfExists, Kind, Outcome, Push, Transport};
use rhumb_registry_server::{Options, Running, Server, Storage};

use proxy::Proxy;

/// What a round trip takes. More than one of them is lost by a trip too many, so a busy machine
/// may lose this long without failing a test.
const TRIP: Duration = Duration::from_millis(100);

struct Scene {
    _server: Running,
    proxy: Proxy,
    folder: tempfile::TempDir,
    /// What took longer than it needs.
    late: Vec<String>,
}

impl Scene {
    async fn new() -> Self {
        let server = Server::start(Options::new(Storage::Memory)).await.unwrap();
        let proxy = Proxy::start(server.address(), TRIP).await;
        Self { _server: server, proxy, folder: tempfile::tempdir().unwrap(), late: Vec::new() }
    }

    fn reference(&self) -> Reference {
        format!("{}/charts/web:1.0.0", self.proxy.address()).parse().unwrap()
    }

    fn push(&self) -> Push {
        let config = Blob::from_bytes(media_type::CHART_CONFIG, &b"{\"name\":\"web\"}"[..]);
        let layer = Blob::from_bytes(media_type::CHART_LAYER, vec![7; 100_000]);
        let manifest = Manifest::new(config.descriptor.clone(), vec![layer.descriptor.clone()]);
        Push {
            reference: self.reference(),
            media_type: media_type::MANIFEST.into(),
            manifest: manifest.print().into(),
            blobs: vec![config, layer],
            if_exists: IfExists::Overwrite,
        }
    }

    /// A client as a new process has it; `cache` names what it shares with earlier ones.
    #[expect(clippy::disallowed_methods, reason = "a test reads the machine's clock")]
    fn client(&self, cache: &str) -> Client {
        let folder = self.folder.path().join(cache);
        Client::builder(Arc::new(SystemTime::now))
            .transport(Transport::PlainHttp)
            .cache(Some(Cache::new(folder.join("content"), folder.join("state"))))
            .build()
    }

    /// Runs something and checks what it takes: trips, one of them to connect, and requests.
    async fn takes<T>(
        &mut self,
        what: &str,
        (trips, requests): (u32, usize),
        run: impl Future<Output = T>,
    ) -> T {
        let (start, before) = (Instant::now(), self.proxy.requests());
        let result = run.await;
        let (elapsed, sent) = (start.elapsed(), self.proxy.requests() - before);
        let taken = elapsed.as_secs_f64() / TRIP.as_secs_f64();
        eprintln!("{what}: {sent} requests, {elapsed:.1?}, {taken:.2} trips");
        assert!(sent <= requests, "{what}: {sent} requests");
        assert!(elapsed >= TRIP * trips, "{what} cannot take {elapsed:?}");
        if elapsed >= TRIP * (trips + 1) {
            self.late.push(format!("{what}: {elapsed:?}"));
        }
        result
    }
}

async fn pull(client: &Client, reference: &Reference, layer: usize, kind: Kind) {
    let fetched = client.manifest(reference, media_type::MANIFESTS).await.unwrap();
    let manifest = Manifest::parse(&fetched.bytes).unwrap();
    let blob = manifest.layers.get(layer).unwrap_or(&manifest.config);
    client.blob_to_cache(reference, blob, kind).await.unwrap();
}

#[tokio::test]
async fn every_operation_takes_the_trips_that_it_needs() {
    // A machine that is busy may make one run late, but a trip too many makes each of them late.
    let mut late = Vec::new();
    for _ in 0..5 {
        late = run().await;
        if late.is_empty() {
            return;
        }
    }
    panic!("{late:?}");
}

/// Does everything once, and tells what was late.
async fn run() -> Vec<String> {
    let mut scene = Scene::new().await;
    let (push, reference) = (scene.push(), scene.reference());
    let client = scene.client("one");
    let pushed = scene.takes("push of a new chart", (4, 6), client.push(&push)).await.unwrap();
    assert_eq!(pushed.outcome, Outcome::Uploaded);
    let client = scene.client("one");
    let again = scene.takes("push again", (2, 3), client.push(&push)).await.unwrap();
    assert_eq!(again.outcome, Outcome::Unchanged);
    let client = scene.client("other");
    let again = scene.takes("push again from elsewhere", (2, 3), client.push(&push)).await.unwrap();
    assert_eq!(again.outcome, Outcome::Unchanged);
    let client = scene.client("third");
    let pulling = pull(&client, &reference, 0, Kind::Chart);
    scene.takes("pull by tag", (3, 2), pulling).await;
    let client = scene.client("third");
    let pulling = pull(&client, &reference, 0, Kind::Chart);
    scene.takes("pull by tag of what is cached", (2, 1), pulling).await;
    let client = scene.client("fourth");
    let showing = async {
        let tags = client.tags(&reference).await.unwrap();
        assert_eq!(tags.len(), 1);
        pull(&client, &reference, 9, Kind::Config).await;
    };
    scene.takes("show chart of the newest", (4, 3), showing).await;
    scene.late
}
