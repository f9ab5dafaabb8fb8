use rhumb_oci::{Descriptor, Manifest, media_type};
use rhumb_registry::{Error, Kind};
use rhumb_report::Diagnose;

use crate::fake::{Fake, Reply, builder, cache};

#[tokio::test]
async fn offline_uses_what_is_there_and_nothing_else() {
    let config = Descriptor::of(media_type::CHART_CONFIG, b"{}");
    let manifest = Manifest::new(config.clone(), vec![]).print();
    let fake = Fake::start(move |request| match request.path.split('/').nth(3).unwrap() {
        "manifests" => {
            Reply::new(200).header("content-type", media_type::MANIFEST).body(manifest.clone())
        }
        "tags" => Reply::new(200).json(r#"{"tags":["1","2"]}"#),
        _ => Reply::new(200).body("{}"),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let setup = builder().cache(Some(cache(folder.path())));
    let (online, offline) = (setup.clone().build(), setup.offline(true).build());
    let reference = fake.reference("a:1");
    let error = offline.manifest(&reference, media_type::MANIFESTS).await.unwrap_err();
    assert!(matches!(error, Error::Offline { .. }) && !error.hints().is_empty(), "{error}");
    offline.tags(&reference).await.unwrap_err();
    offline.blob_bytes(&reference, &config, Kind::Config, 9).await.unwrap_err();
    assert_eq!(fake.seen().len(), 0);

    let fetched = online.manifest(&reference, media_type::MANIFESTS).await.unwrap();
    online.blob_bytes(&reference, &config, Kind::Config, 9).await.unwrap();
    online.tags(&reference).await.unwrap();
    assert_eq!(fake.seen().len(), 3);

    let again = offline.manifest(&reference, media_type::MANIFESTS).await.unwrap();
    assert_eq!((again.bytes, again.descriptor), (fetched.bytes, fetched.descriptor.clone()));
    assert_eq!(offline.head_manifest(&reference).await.unwrap(), Some(fetched.descriptor));
    assert_eq!(offline.blob_bytes(&reference, &config, Kind::Config, 9).await.unwrap(), "{}");
    assert_eq!(offline.tags(&reference).await.unwrap().len(), 2);
    offline.manifest(&fake.reference("a:2"), media_type::MANIFESTS).await.unwrap_err();
    assert_eq!(fake.seen().len(), 3);
}
